"""Reading snapshots: the frozen rows within the viewer's sight, last week's counts, the trend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from assessments.enums import FourPredicate
from compliance.enums import SnapshotKind
from compliance.models import Snapshot, SnapshotPerson, SnapshotRow
from compliance.rules import Counts
from compliance.selectors.stages import GIVEN_STAGE, BoardStage
from compliance.selectors.within import counts_of, counts_whole, whole_opd_ids, within_board
from config.lib.prepared import Given, Prepared
from orgunits.viewer import Viewer

WEEK = timedelta(days=7)
# A missed day or two don't matter; an older one is not "last week" any more.
OLDEST = timedelta(days=14)
NO_OPD = "Di luar OPD"
NUMBERS = ("obliged", "fulfilled", "agreed", "late")
OF_SNAPSHOT = ("snapshot__kind", "snapshot__for_day")
# A row of a snapshot as it is read.
Stored = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """An OPD as a snapshot holds it; without predicate where nobody was obliged or a part is counted.

    ``snapshot_id`` and ``for_day`` say which and of what day; the sum of such rows belongs to none.
    """

    opd_id: int | None
    name: str
    counts: Counts
    predicate: FourPredicate | None
    snapshot_id: int | None = None
    for_day: date | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The counts of about a week ago by OPD, and their day; empty and None without a snapshot then."""

    day: date | None
    counts: Mapping[int | None, Counts]


def snapshots_visible_to(viewer: Viewer) -> "QuerySet[Snapshot]":
    """The frozen snapshots in which the viewer's board counts somebody."""
    if viewer.sees_regency:
        return _regency()
    people = SnapshotPerson.objects.filter(within_board(viewer))
    return _regency().filter(pk__in=people.values("snapshot"))


def _regency() -> "QuerySet[Snapshot]":
    return Snapshot.objects.filter(kind=SnapshotKind.DEADLINE)


SNAPSHOT = Prepared(lambda: _regency().filter(pk=Given("snapshot")).select_related("period"))


def visible_snapshot(viewer: Viewer, snapshot_id: int) -> Snapshot | None:
    """The frozen snapshot with its period; None where it doesn't exist for the viewer."""
    if viewer.sees_regency:
        return SNAPSHOT.first(snapshot=snapshot_id)
    return snapshots_visible_to(viewer).select_related("period").filter(pk=snapshot_id).first()


def latest_deadline(stage: BoardStage) -> "QuerySet[Snapshot]":
    """The newest frozen snapshot of the stage, one row or none."""
    return _deadline(stage.rows)


def _deadline(stage: Mapping[str, object]) -> "QuerySet[Snapshot]":
    return Snapshot.objects.filter(kind=SnapshotKind.DEADLINE, **stage).order_by("-for_day")[:1]


def frozen_rows(viewer: Viewer, snapshots: "QuerySet[Snapshot]") -> list[FrozenRow]:
    """The OPD of the one frozen snapshot by name, as far as the viewer's board counts them.

    Whole OPD are read as they were stored, whatever the number of people; of others the viewer's
    part is counted. One query for overseers of the regency, two for others.
    """
    one = Subquery(snapshots.values("pk"))
    parts = _parts(viewer, one)
    return _frozen(viewer, _read(SnapshotRow.objects.filter(_seen(viewer, parts), snapshot=one)), parts)


ROWS = Prepared(lambda: _read(SnapshotRow.objects.filter(snapshot=Given("snapshot"))))


def rows_of_snapshot(viewer: Viewer, snapshot_id: int) -> list[FrozenRow]:
    """``frozen_rows`` of the snapshot with this key."""
    if viewer.sees_regency:
        return _frozen(viewer, ROWS.rows(snapshot=snapshot_id), {})
    return frozen_rows(viewer, Snapshot.objects.filter(pk=snapshot_id))


def compared_with(viewer: Viewer, stage: BoardStage) -> tuple[list[FrozenRow], Week]:
    """What the board compares with, in as many queries: the newest frozen rows, and last week's counts.

    Last week's are those of the newest daily snapshot that is a week old, of OPD counted whole.
    """
    span = {"newest": viewer.today - WEEK, "oldest": viewer.today - OLDEST}
    if viewer.sees_regency:
        parts: dict[int | None, Counts] = {}
        rows = COMPARED.rows(**span, **stage.given)
    else:
        one = Subquery(latest_deadline(stage).values("pk"))
        daily = Subquery(_daily(stage.rows, **span).values("pk"))
        parts = _parts(viewer, one)
        wanted = (_seen(viewer, parts) & Q(snapshot=one)) | (_seen(viewer, {}) & Q(snapshot=daily))
        rows = list(_read(SnapshotRow.objects.filter(wanted)))
    week = [row for row in rows if row["snapshot__kind"] == SnapshotKind.DAILY]
    counts = {row["opd_id"]: _counts(row) for row in week if counts_whole(viewer, row["opd_id"])}
    frozen = [row for row in rows if row["snapshot__kind"] == SnapshotKind.DEADLINE]
    return _frozen(viewer, frozen, parts), Week(week[0]["snapshot__for_day"] if counts else None, counts)


def _daily(
    stage: Mapping[str, object], *, newest: date | Given, oldest: date | Given
) -> "QuerySet[Snapshot]":
    """The newest daily snapshot of the stage between two days, one row or none."""
    span = {"for_day__lte": newest, "for_day__gte": oldest}
    return Snapshot.objects.filter(kind=SnapshotKind.DAILY, **span, **stage).order_by("-for_day")[:1]


def _read(rows: "QuerySet[SnapshotRow]") -> "QuerySet[Any, Stored]":
    read: QuerySet[Any] = rows
    return read.values("opd_id", "name", *NUMBERS, "predicate", "snapshot_id", *OF_SNAPSHOT)


# What every overseer of the regency compares with.
COMPARED = Prepared(
    lambda: _read(
        SnapshotRow.objects.filter(
            Q(snapshot=Subquery(_deadline(GIVEN_STAGE).values("pk")))
            | Q(
                snapshot=Subquery(
                    _daily(GIVEN_STAGE, newest=Given("newest"), oldest=Given("oldest")).values("pk")
                )
            )
        )
    )
)


def _seen(viewer: Viewer, parts: Mapping[int | None, Counts]) -> Q:
    """The rows of OPD that the viewer counts whole or in part, and those outside of any OPD."""
    if viewer.sees_regency:
        return Q()
    places = {opd_id for opd_id in parts if opd_id is not None}
    return Q(opd__in=whole_opd_ids(viewer) | places) | Q(opd__isnull=True)


def _frozen(viewer: Viewer, rows: Iterable[Stored], parts: Mapping[int | None, Counts]) -> list[FrozenRow]:
    found = [
        _row(row, None if counts_whole(viewer, row["opd_id"]) else parts[row["opd_id"]])
        for row in rows
        if counts_whole(viewer, row["opd_id"]) or row["opd_id"] in parts
    ]
    return sorted(found, key=lambda row: (row.opd_id is None, row.name.casefold()))


def _row(row: Stored, part: Counts | None) -> FrozenRow:
    """The row as it was stored, or with the counts of a ``part``, of which there is no predicate."""
    word = FourPredicate(row["predicate"]) if row["predicate"] and part is None else None
    counts = _counts(row) if part is None else part
    return FrozenRow(row["opd_id"], row["name"], counts, word, row["snapshot_id"], row["snapshot__for_day"])


def _counts(row: Stored) -> Counts:
    return Counts(*(row[name] for name in NUMBERS))


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
    if viewer.sees_regency:
        return dict(COUNTING.rows(snapshot=snapshot.pk)) | {0: NO_OPD}
    return dict(_counting(snapshot_people(viewer, snapshot), snapshot.pk)) | {0: NO_OPD}


def _counting(people: "QuerySet[SnapshotPerson]", snapshot: int | Given) -> "QuerySet[Any, tuple[int, str]]":
    """Key and name of the snapshot's OPD in which some of the people are, by name."""
    own: QuerySet[Any] = SnapshotRow.objects.filter(snapshot=snapshot).order_by("name")
    there = Exists(people.order_by().filter(opd=OuterRef("opd")))
    return own.filter(there).values_list("opd_id", "name")


COUNTING = Prepared(
    lambda: _counting(SnapshotPerson.objects.filter(snapshot=Given("snapshot")), Given("snapshot"))
)


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
