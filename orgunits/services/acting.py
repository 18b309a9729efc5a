"""Plt and Plh: heads for a while, by decree, beside the person's own post."""

from datetime import date, datetime

from django.db.models import F

from config.lib.dates import format_date
from config.lib.db import swap_version
from config.lib.errors import DomainError
from orgunits.enums import CANNOT_HEAD, AssignmentKind, LegalPosition, OrgEvent, PositionKind
from orgunits.models import Assignment, Employee, OrgUnitSpan
from orgunits.permissions import OrgAction
from orgunits.selectors.days import on_day
from orgunits.selectors.facts import facts_of_person, facts_of_post
from orgunits.services.common import (
    Effect,
    claim_employee,
    post_on,
    rebuilt,
    record,
    require,
    span_on,
    writing,
)
from orgunits.viewer import Viewer

LONGEST_TITLE = 255
ACTING_KINDS = (AssignmentKind.PLT, AssignmentKind.PLH)


def acting_start(
    *,
    actor: Viewer,
    now: datetime,
    employee_id: int,
    version: int,
    unit_id: int,
    kind: AssignmentKind,
    start: date,
    until: date | None,
    decree: str,
) -> Effect:
    """Let a person lead a unit as Plt or Plh, beside the own definitive post.

    Raises NotAllowed, Conflict for a stale ``version``, and DomainError when the unit does not exist
    then, another one already acts in the same way, or the person cannot: is its definitive head, has
    no definitive post, or stands in a legal position that bars from leading.
    """
    if kind not in ACTING_KINDS:
        raise DomainError("Pilih Plt. atau Plh.")
    with writing():
        employee = claim_employee(employee_id, version)
        require(actor, facts_of_person(actor, employee.pk, employee.user_id, unit_id), OrgAction.EDIT_POSTS)
        span = span_on(unit_id, start)
        _refuse_unfit(employee, unit_id, start)
        row = Assignment.objects.create(
            employee=employee,
            unit_id=unit_id,
            kind=kind,
            position_title=head_title(span),
            position_kind=PositionKind.STRUCTURAL,
            echelon=span.head_echelon,
            is_head=True,
            start=start,
            until=until,
            decree=decree,
        )
        record(
            actor,
            now,
            OrgEvent.ACTING_STARTED,
            employee,
            str(employee),
            after={"unit": unit_id, "kind": kind, "start": start, "until": until, "decree": decree},
        )
        note = f"{employee} menjadi {row.shown_title} mulai {format_date(start)}; jabatan definitifnya tetap."
        return Effect(rebuilt(actor, [unit_id]), (note,))


def head_title(span: OrgUnitSpan) -> str:
    """The title of the unit's head; built from the unit's name where no file gave one."""
    return (span.head_title or f"Kepala {span.name}")[:LONGEST_TITLE]


def _refuse_unfit(employee: Employee, unit_id: int, day: date) -> None:
    post = post_on(employee, day)
    if post is None:
        raise DomainError(f"{employee} tidak mempunyai jabatan definitif pada {format_date(day)}.")
    if post.is_head and post.unit_id == unit_id:
        raise DomainError(f"{employee} sudah menjadi pimpinan definitif unit ini.")
    legal = employee.legal_positions.filter(on_day(day), position__in=CANNOT_HEAD).first()
    if legal is not None:
        label = LegalPosition(legal.position).label
        raise DomainError(f"{employee} berkedudukan hukum {label}, sehingga tidak dapat memimpin unit.")


def acting_keep(*, actor: Viewer, now: datetime, assignment_id: int, version: int) -> Effect:
    """Say that an acting assignment which a transfer left for review goes on; takes it off the list."""
    with writing():
        swap_version(Assignment.objects.filter(pk=assignment_id), version=version)
        row = Assignment.objects.select_related("employee").get(pk=assignment_id)
        require(actor, facts_of_post(actor, row, row.employee.user_id), OrgAction.EDIT_POSTS)
        Assignment.objects.filter(pk=row.pk).update(review_note="")
        Employee.objects.filter(pk=row.employee_id).update(version=F("version") + 1)
        record(
            actor,
            now,
            OrgEvent.ACTING_KEPT,
            row.employee,
            str(row.employee),
            before={"review_note": row.review_note},
            after={"assignment": row.pk},
        )
        return Effect(notes=(f"{row.shown_title} dilanjutkan dan tidak lagi menunggu tinjauan.",))
