"""What all services here share: asking, claiming the row's version, the audit event, the lines."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from config.lib.dates import covers, format_date
from config.lib.db import swap_version
from config.lib.errors import DomainError, NotAllowed
from orgunits.announcing import organisation_told
from orgunits.enums import AssignmentKind, OrgEvent, Role
from orgunits.facts import OrgFacts
from orgunits.guards import readable_guards
from orgunits.line_changes import LineChange
from orgunits.lines import change_alone, lines_rebuild
from orgunits.models import Assignment, Employee, OrgUnit, OrgUnitSpan
from orgunits.permissions import OrgAction, can_do
from orgunits.selectors.days import on_day
from orgunits.selectors.units import units_of_opds
from orgunits.viewer import Viewer

BEYOND_OPD = "Perubahan ini mengganti pejabat penilai pegawai di OPD lain. Mintalah BKPSDM melakukannya."
TARGETS = {Employee: "employee", OrgUnit: "unit", User: "user"}


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does: ``changes`` of appraisers, and further consequences as full sentences."""

    changes: tuple[LineChange, ...] = ()
    notes: tuple[str, ...] = ()


@contextmanager
def writing() -> Iterator[None]:
    """One transaction, alone among changes of the organisation; the database's refusals read as sentences."""
    with transaction.atomic(), readable_guards():
        change_alone()
        yield


def require(actor: Viewer, facts: OrgFacts, action: OrgAction) -> None:
    """Raise NotAllowed with its sentence when the actor may not."""
    can_do(actor, facts, action).enforce()


def claim_employee(employee_id: int, version: int) -> Employee:
    """Take the person's row for this change; raises Conflict when the page was stale."""
    swap_version(Employee.objects.filter(pk=employee_id), version=version)
    return Employee.objects.select_related("user").get(pk=employee_id)


def claim_unit(unit_id: int, version: int) -> OrgUnit:
    """Take the unit's row for this change; raises Conflict when the page was stale."""
    swap_version(OrgUnit.objects.filter(pk=unit_id), version=version)
    return OrgUnit.objects.get(pk=unit_id)


def span_on(unit_id: int, day: date) -> OrgUnitSpan:
    """What the unit is on ``day``; raises DomainError when it does not exist then."""
    span = OrgUnitSpan.objects.filter(on_day(day), unit=unit_id).first()
    if span is None:
        raise DomainError(
            f"Unit kerja ini tidak berlaku pada {format_date(day)}. Pilih unit atau tanggal lain."
        )
    return span


def post_on(employee: Employee, day: date) -> Assignment | None:
    """The person's definitive assignment on ``day``."""
    posts = employee.assignments.filter(on_day(day), kind=AssignmentKind.DEFINITIVE)
    return posts.select_related("unit").first()


def rebuilt(
    actor: Viewer, unit_ids: Iterable[int] = (), employee_ids: Iterable[int] = ()
) -> tuple[LineChange, ...]:
    """Rebuild the appraisal lines that these units and people can reach; who changes, person by person.

    Raises NotAllowed when an OPD admin's act would reach appraisers in another OPD, as that of a new
    head of Sekretariat Daerah does.
    """
    units, people = set(unit_ids), set(employee_ids)
    changes = lines_rebuild(unit_ids=units, employee_ids=people).changes
    organisation_told(unit_ids=units, employee_ids=people)
    if not actor.is_bkpsdm and _reaches_beyond(actor, changes):
        raise NotAllowed(BEYOND_OPD)
    return changes


def _reaches_beyond(actor: Viewer, changes: Iterable[LineChange]) -> bool:
    states = [state for change in changes for state in (change.old, change.new) if state is not None]
    own = units_of_opds(actor.admin_opd_ids, actor.today).values("unit")
    touched = Assignment.objects.filter(pk__in={state.assignment_id for state in states})
    return touched.exclude(unit__in=own).exists()


def acting_as(actor: Viewer) -> str:
    """In what capacity an officer acts, as the audit trail says it."""
    role = Role.BKPSDM_ADMIN if actor.is_bkpsdm else Role.OPD_ADMIN if actor.admin_opd_ids else None
    return str(role.label) if role else ""


def record(
    actor: Viewer,
    now: datetime,
    kind: OrgEvent,
    subject: Employee | OrgUnit | User,
    label: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write the audit event of a change to a person, a unit or an account that is nobody's."""
    audit.record(
        actor=User.objects.get(pk=actor.user_id),
        now=now,
        kind=kind,
        target=f"{TARGETS[type(subject)]}:{subject.pk}",
        target_label=label,
        before=before,
        after=after,
        acting_as=acting_as(actor),
    )


def in_force(row: Assignment | OrgUnitSpan, day: date) -> bool:
    """Whether the row's span has ``day`` in it."""
    return covers(row.start, row.until, day)
