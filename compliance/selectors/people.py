"""The people behind a number of the board."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from compliance.enums import Which
from compliance.models import Snapshot, SnapshotPerson
from compliance.selectors.snapshots import snapshot_people
from compliance.selectors.stages import GIVEN_STAGE, BoardStage
from compliance.selectors.within import board_duties, late, whole_opd_ids
from config.lib.prepared import Given, PreparedPages
from orgunits.selectors.people import unit_names
from orgunits.viewer import Viewer
from skp.models import Duty, Skp
from skp.selectors.plans import plans_of_regency, skps_visible_to


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with a duty. ``plan_id``: where the viewer may read the plan; ``due_at``: None when frozen.

    ``name`` has the titles, ``nip`` may be empty, ``why_exempt`` is where the viewer may not read it.
    """

    name: str
    nip: str
    opd_name: str
    unit_name: str
    state: Which
    why_exempt: str
    due_at: datetime | None
    fulfilled_at: datetime | None
    agreed_at: datetime | None
    plan_id: int | None = None


def _condition(which: Which, behind: Q) -> Q:
    return {
        Which.OBLIGED: Q(obliged=True),
        Which.FULFILLED: Q(obliged=True, fulfilled_at__isnull=False),
        Which.OPEN: Q(obliged=True, fulfilled_at__isnull=True),
        Which.LATE: Q(obliged=True) & behind,
        Which.AGREED: Q(obliged=True, agreed_at__isnull=False),
        Which.EXEMPT: Q(obliged=False),
    }[which]


def _placed(opd_id: int | None, unit_id: int | None) -> Q:
    place = Q()
    if opd_id is not None:
        place &= Q(opd=opd_id) if opd_id else Q(opd__isnull=True)
    if unit_id is not None:
        place &= Q(unit=unit_id)
    return place


def board_people(
    viewer: Viewer,
    stage: BoardStage,
    *,
    which: Which = Which.OBLIGED,
    opd_id: int | None = None,
    unit_id: int | None = None,
) -> "QuerySet[Duty]":
    """The duties behind a number, by name, with ``readable``: whether the viewer may read the plan.

    ``opd_id`` 0 asks for the people outside of any OPD.
    """
    rows = board_duties(viewer, stage).filter(_condition(which, late(viewer.now)), _placed(opd_id, unit_id))
    return _by_name(rows, skps_visible_to(viewer))


def _by_name(duties: "QuerySet[Duty]", readable: "QuerySet[Skp]") -> "QuerySet[Duty]":
    plan = readable.filter(pk=OuterRef("skp"))
    return duties.annotate(readable=Exists(plan)).select_related("employee").order_by("employee__name", "pk")


def board_people_pages(
    viewer: Viewer, stage: BoardStage, *, which: Which, opd_id: int | None, unit_id: int | None
) -> Any:
    """``board_people`` for a ``Paginator``; the overseers of the regency all ask the same."""
    if not viewer.sees_regency:
        return board_people(viewer, stage, which=which, opd_id=opd_id, unit_id=unit_id)
    place = {name: key for name, key in (("opd", opd_id), ("unit", unit_id)) if key}
    values: dict[str, object] = {"now": viewer.now, **stage.given, **place}
    return PreparedPages(_of_regency, which, opd_id == 0, *place, **values)


def _of_regency(which: Which, outside: bool, *places: str) -> "QuerySet[Duty]":
    """Everybody behind a number; ``outside``: of any OPD; ``places``: columns of a chosen OPD or unit."""
    duties = Duty.objects.filter(_condition(which, late(Given("now"))), **GIVEN_STAGE)
    return _by_name(duties.filter(_given(outside, places)), plans_of_regency())


def _given(outside: bool, places: Iterable[str]) -> Q:
    place = Q(**{name: Given(name) for name in places})
    return place & Q(opd__isnull=True) if outside else place


def frozen_people(
    viewer: Viewer, snapshot: Snapshot, *, which: Which = Which.OBLIGED, opd_id: int | None = None
) -> "QuerySet[SnapshotPerson]":
    """The people behind a number of a frozen snapshot, by the names of then; ``opd_id`` as above."""
    rows = snapshot_people(viewer, snapshot).filter(_condition(which, Q(late=True)), _placed(opd_id, None))
    return rows.select_related("employee").order_by("pk")


def frozen_people_pages(viewer: Viewer, snapshot: Snapshot, *, which: Which, opd_id: int | None) -> Any:
    """``frozen_people`` for a ``Paginator``; the overseers of the regency all ask the same."""
    if not viewer.sees_regency:
        return frozen_people(viewer, snapshot, which=which, opd_id=opd_id)
    place = {"opd": opd_id} if opd_id else {}
    return PreparedPages(_frozen_of_regency, which, opd_id == 0, *place, snapshot=snapshot.pk, **place)


def _frozen_of_regency(which: Which, outside: bool, *places: str) -> "QuerySet[SnapshotPerson]":
    """Everybody behind a number, as above."""
    rows = SnapshotPerson.objects.filter(_condition(which, Q(late=True)), snapshot=Given("snapshot"))
    return rows.filter(_given(outside, places)).select_related("employee").order_by("pk")


def person_rows(viewer: Viewer, duties: Iterable[Duty]) -> list[PersonRow]:
    """The duties of ``board_people`` as their rows show them, with one query for the units' names."""
    listed = list(duties)
    names = _names(listed, viewer.today)
    return [
        PersonRow(
            name=duty.employee.full_name,
            nip=duty.employee.nip or "",
            opd_name=names.get(duty.opd_id, ""),
            unit_name=names.get(duty.unit_id, ""),
            state=_state(duty, duty.due_at <= viewer.now),
            why_exempt=_reason(viewer, duty),
            due_at=duty.due_at,
            fulfilled_at=duty.fulfilled_at,
            agreed_at=duty.agreed_at,
            plan_id=duty.skp_id if getattr(duty, "readable", False) else None,
        )
        for duty in listed
    ]


def frozen_person_rows(viewer: Viewer, people: Iterable[SnapshotPerson], day: date) -> list[PersonRow]:
    """The people of a snapshot as their rows show them, with the units' names of that day; one query."""
    listed = list(people)
    names = _names(listed, day)
    return [
        PersonRow(
            name=person.employee.full_name,
            nip=person.employee.nip or "",
            opd_name=names.get(person.opd_id, ""),
            unit_name=names.get(person.unit_id, ""),
            state=_state(person, person.late),
            why_exempt=_reason(viewer, person),
            due_at=None,
            fulfilled_at=person.fulfilled_at,
            agreed_at=person.agreed_at,
        )
        for person in listed
    ]


def _names(rows: Iterable[Duty | SnapshotPerson], day: date) -> dict[int | None, str]:
    ids = {place for row in rows for place in (row.opd_id, row.unit_id) if place is not None}
    names: dict[int | None, str] = {}
    if ids:
        names.update(unit_names(ids, day).items())
    return names


def _state(row: Duty | SnapshotPerson, passed: bool) -> Which:
    if not row.obliged:
        return Which.EXEMPT
    if row.fulfilled_at is not None:
        return Which.FULFILLED
    return Which.LATE if passed else Which.OPEN


def _reason(viewer: Viewer, row: Duty | SnapshotPerson) -> str:
    """The reason of an exemption is read by overseers, the OPD's admin and the heads above (rules.md §15)."""
    may = viewer.sees_regency or row.opd_id in whole_opd_ids(viewer) or row.unit_id in viewer.subtree_unit_ids
    return row.exempt_reason if may else ""
