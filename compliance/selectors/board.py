"""The board: how far the people of each OPD have come in a stage, counted from their duties."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from assessments.enums import FourPredicate
from compliance.rules import Counts, change_in_points, opd_predicate
from compliance.selectors.snapshots import NO_OPD, FrozenRow, Week, compared_with
from compliance.selectors.stages import GIVEN_STAGE, BoardStage
from compliance.selectors.within import board_duties, counts_whole, live_counts, live_counts_of_opd
from config.lib.prepared import Given, Prepared
from orgunits.enums import UnitKind
from orgunits.models import OrgUnitSpan
from orgunits.selectors.days import on_day
from orgunits.selectors.people import unit_names
from orgunits.viewer import Viewer
from skp.models import Duty


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An OPD on the board; ``opd_id`` is None for people who sit in none.

    ``whole``: all its people are counted; of a part there is neither predicate nor change.
    ``change``: percent points since last week; ``frozen``: the row of the deadline's snapshot.
    """

    opd_id: int | None
    name: str
    counts: Counts
    whole: bool
    predicate: FourPredicate | None
    change: Decimal | None
    frozen: FrozenRow | None


@dataclass(frozen=True, slots=True)
class Board:
    """The rows by name, what they are compared with, and which snapshot froze them; None for none."""

    rows: tuple[BoardRow, ...]
    week: Week
    frozen_on: date | None
    snapshot_id: int | None

    @property
    def compared_with(self) -> date | None:
        """The day of last week's counts."""
        return self.week.day


def board_of(viewer: Viewer, stage: BoardStage) -> Board:
    """The viewer's board of a stage, in at most four queries however many people.

    Who oversees the regency sees every OPD of today, also one in which nobody has a duty.
    """
    live = live_counts(viewer, stage)
    frozen, week = compared_with(viewer, stage)
    by_opd = {row.opd_id: row for row in frozen}
    rows = [
        _row(viewer, stage, opd_id, name, live.get(opd_id, Counts()), week, by_opd)
        for opd_id, name in opds_listed(viewer, live).items()
    ]
    return Board(
        rows=tuple(sorted(rows, key=lambda row: (row.opd_id is None, row.name.casefold()))),
        week=week,
        frozen_on=frozen[0].for_day if frozen else None,
        snapshot_id=frozen[0].snapshot_id if frozen else None,
    )


def _row(
    viewer: Viewer,
    stage: BoardStage,
    opd_id: int | None,
    name: str,
    counts: Counts,
    week: Week,
    frozen: Mapping[int | None, FrozenRow],
) -> BoardRow:
    whole = counts_whole(viewer, opd_id)
    return BoardRow(
        opd_id=opd_id,
        name=name,
        counts=counts,
        whole=whole,
        predicate=opd_predicate(counts, stage.settings) if whole and opd_id is not None else None,
        change=change_in_points(counts, week.counts.get(opd_id)) if whole else None,
        frozen=frozen.get(opd_id),
    )


def opds_listed(viewer: Viewer, live: Collection[int | None]) -> dict[int | None, str]:
    """The OPD to list: all of today for the regency's overseers, else those with people; two queries."""
    names: dict[int | None, str] = {None: NO_OPD} if None in live else {}
    if viewer.sees_regency:
        names.update(OPDS.rows(day=viewer.today))
    missing = [opd_id for opd_id in live if opd_id is not None and opd_id not in names]
    if missing:
        names.update(unit_names(missing, viewer.today).items())
    return names


def total_of(rows: Iterable[BoardRow]) -> BoardRow:
    """The rows added up; the predicate of the sum is nobody's, so there is none."""
    listed = list(rows)
    frozen = [row.frozen for row in listed if row.frozen]
    return BoardRow(
        opd_id=None,
        name="Jumlah",
        counts=sum((row.counts for row in listed), Counts()),
        whole=False,
        predicate=None,
        change=None,
        frozen=FrozenRow(None, "Jumlah", sum((row.counts for row in frozen), Counts()), None)
        if frozen
        else None,
    )


def board_opds(viewer: Viewer, stage: BoardStage) -> dict[int, str]:
    """The OPD in which the viewer's board counts somebody, by name, and 0 for none; one query."""
    everybody = viewer.sees_regency
    spans = COUNTING.rows(**stage.given) if everybody else opd_names(board_duties(viewer, stage))
    return opds_by_name(spans, viewer.today)


def opds_by_name(spans: Iterable[tuple[int, str, date]], day: date) -> dict[int, str]:
    """Of the names, those of the day, the first ones of OPD that are not yet; by name, and 0 for none."""
    names: dict[int, str] = {}
    for unit_id, name, start in spans:
        if start <= day or unit_id not in names:
            names[unit_id] = name
    return dict(sorted(names.items(), key=lambda item: item[1].casefold())) | {0: NO_OPD}


def opd_names(rows: "QuerySet[Any]") -> "QuerySet[Any, tuple[int, str, date]]":
    """The names that the OPD of duties or year results have had, each with the day from which."""
    # Obliged or not, said as a list: so SQLite goes on to the OPD in the index of the board.
    own = rows.order_by().filter(obliged__in=[True, False], opd=OuterRef("unit"))
    spans: QuerySet[Any] = OrgUnitSpan.objects.filter(Exists(own), kind=UnitKind.OPD).order_by("start")
    return spans.values_list("unit_id", "name", "start")


OPDS = Prepared(
    lambda: OrgUnitSpan.objects.filter(on_day(Given("day")), kind=UnitKind.OPD).values_list("unit_id", "name")
)
COUNTING = Prepared(lambda: opd_names(Duty.objects.filter(**GIVEN_STAGE)))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of an OPD with the people who sit in itself, not in units below."""

    unit_id: int | None
    name: str
    counts: Counts


def unit_rows(viewer: Viewer, stage: BoardStage, opd_id: int) -> list[UnitRow]:
    """The units of an OPD in which the viewer's board counts somebody, by name, in two queries."""
    live = live_counts_of_opd(viewer, stage, opd_id)
    names = unit_names((unit_id for unit_id in live if unit_id is not None), viewer.today)
    rows = [
        UnitRow(unit_id, names.get(unit_id or 0, "Tanpa unit"), counts) for unit_id, counts in live.items()
    ]
    return sorted(rows, key=lambda row: row.name.casefold())
