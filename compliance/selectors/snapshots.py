"""Reading snapshots: the frozen rows within the viewer's sight, last week's counts, the trend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery, Sum

from assessments.enums import FourPredicate
from compliance.enums import SnapshotKind
from compliance.models import Snapshot, SnapshotPerson, SnapshotRow
from compliance.rules import Counts
from compliance.selectors.stages import BoardStage
from compliance.selectors.within import counts_of, counts_whole, whole_opd_ids, within_board
from orgunits.viewer import Viewer

WEEK = timedelta(days=7)
# A missed day or two don't matter; an older one is not "last week" any more.
OLDEST = timedelta(days=14)
NO_OPD = "Di luar OPD"
NUMBERS = ("obliged", "fulfilled", "agreed", "late")


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """An OPD as a snapshot holds it; without predicate where nobody was obliged or a part is counted.

    The sum of such rows belongs to no snapshot.
    """

    opd_id: int | None
    name: str
    counts: Counts
    predicate: FourPredicate | None
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The counts of about a week ago by OPD, and their day; empty and None without a snapshot then."""

    day: date | None
    counts: Mapping[int | None, Counts]


def snapshots_visible_to(viewer: Viewer) -> "QuerySet[Snapshot]":
    """The frozen snapshots in which the viewer's board counts somebody."""
    frozen = Snapshot.objects.filter(kind=SnapshotKind.DEADLINE)
    if viewer.sees_regency:
        return frozen
    people = SnapshotPerson.objects.filter(within_board(viewer))
    return frozen.filter(pk__in=people.values("snapshot"))


def latest_deadline(stage: BoardStage) -> "QuerySet[Snapshot]":
    """The newest frozen snapshot of the stage, one row or none."""
    frozen = Snapshot.objects.filter(kind=SnapshotKind.DEADLINE, **stage.rows)
    return frozen.order_by("-for_day")[:1]


def frozen_rows(viewer: Viewer, snapshots: "QuerySet[Snapshot]") -> list[FrozenRow]:
    """The OPD of the one frozen snapshot by name, as far as the viewer's board counts them.

    Whole OPD are read as they were stored, whatever the number of people; of others the viewer's
    part is counted. One query for overseers of the regency, two for others.
    """
    one = Subquery(snapshots.values("pk"))
    parts = _parts(viewer, one)
    rows = SnapshotRow.objects.filter(_seen(viewer, parts), snapshot=one).select_related("snapshot")
    return _frozen(viewer, rows, parts)


def compared_with(viewer: Viewer, stage: BoardStage) -> tuple[list[FrozenRow], Week]:
    """What the board compares with, in as many queries: the newest frozen rows, and last week's counts.

    Last week's are those of the newest daily snapshot that is a week old, of OPD counted whole.
    """
    one, daily = (
        Subquery(latest_deadline(stage).values("pk")),
        Subquery(_week_ago(viewer, stage).values("pk")),
    )
    parts = _parts(viewer, one)
    wanted = (_seen(viewer, parts) & Q(snapshot=one)) | (_seen(viewer, {}) & Q(snapshot=daily))
    rows = list(SnapshotRow.objects.filter(wanted).select_related("snapshot"))
    week = [row for row in rows if row.snapshot.kind == SnapshotKind.DAILY]
    counts = {row.opd_id: _counts(row) for row in week if counts_whole(viewer, row.opd_id)}
    frozen = [row for row in rows if row.snapshot.kind == SnapshotKind.DEADLINE]
    return _frozen(viewer, frozen, parts), Week(week[0].snapshot.for_day if counts else None, counts)


def _week_ago(viewer: Viewer, stage: BoardStage) -> "QuerySet[Snapshot]":
    span = {"for_day__lte": viewer.today - WEEK, "for_day__gte": viewer.today - OLDEST}
    return Snapshot.objects.filter(kind=SnapshotKind.DAILY, **span, **stage.rows).order_by("-for_day")[:1]


def _seen(viewer: Viewer, parts: Mapping[int | None, Counts]) -> Q:
    """The rows of OPD that the viewer counts whole or in part, and those outside of any OPD."""
    if viewer.sees_regency:
        return Q()
    places = {opd_id for opd_id in parts if opd_id is not None}
    return Q(opd__in=whole_opd_ids(viewer) | places) | Q(opd__isnull=True)


def _frozen(
    viewer: Viewer, rows: Iterable[SnapshotRow], parts: Mapping[int | None, Counts]
) -> list[FrozenRow]:
    found = [
        _stored(row) if counts_whole(viewer, row.opd_id) else _part(row, parts[row.opd_id])
        for row in rows
        if counts_whole(viewer, row.opd_id) or row.opd_id in parts
    ]
    return sorted(found, key=lambda row: (row.opd_id is None, row.name.casefold()))


def _stored(row: SnapshotRow) -> FrozenRow:
    word = FourPredicate(row.predicate) if row.predicate else None
    return FrozenRow(row.opd_id, row.name, _counts(row), word, row.snapshot)


def _counts(row: SnapshotRow) -> Counts:
    return Counts(row.obliged, row.fulfilled, row.agreed, row.late)


def _part(row: SnapshotRow, counts: Counts) -> FrozenRow:
    return FrozenRow(row.opd_id, row.name, counts, None, row.snapshot)


def _parts(viewer: Viewer, one: Subquery) -> dict[int | None, Counts]:
    """The viewer's people of the snapshot by OPD; nothing for overseers, who read the stored rows."""
    if viewer.sees_regency:
        return {}
    people: QuerySet[Any] = SnapshotPerson.objects.filter(within_board(viewer), snapshot=one, obliged=True)
    counted = (
        people.order_by()
        .values("opd_id")
        .annotate(
            all=Count("*"),
            done=Count("fulfilled_at"),
            in_force=Count("agreed_at"),
            behind=Count("pk", filter=Q(late=True)),
        )
    )
    return {row["opd_id"]: counts_of(row) for row in counted}


def frozen_opds(viewer: Viewer, snapshot: Snapshot) -> dict[int, str]:
    """The OPD in which the viewer's board counts somebody of the snapshot, by name, 0 for none; one query."""
    counting = snapshot_people(viewer, snapshot).order_by().values("opd")
    rows = SnapshotRow.objects.filter(snapshot=snapshot, opd__in=counting).order_by("name")
    return dict(rows.values_list("opd_id", "name")) | {0: NO_OPD}


def snapshot_people(viewer: Viewer, snapshot: Snapshot) -> "QuerySet[SnapshotPerson]":
    """The people of a frozen snapshot whom the viewer's board counts, the exempted ones among them."""
    return SnapshotPerson.objects.filter(within_board(viewer), snapshot=snapshot)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The regency's counts on a day."""

    day: date
    counts: Counts


def trend(stage: BoardStage) -> list[TrendPoint]:
    """The whole regency by day, oldest first, from the daily snapshots; for its overseers only."""
    daily: QuerySet[Any] = Snapshot.objects.filter(kind=SnapshotKind.DAILY, **stage.rows)
    sums = daily.order_by("for_day").annotate(**{f"sum_{name}": Sum(f"rows__{name}") for name in NUMBERS})
    rows = sums.values_list("for_day", *(f"sum_{name}" for name in NUMBERS))
    return [TrendPoint(row[0], Counts(*(number or 0 for number in row[1:]))) for row in rows]
