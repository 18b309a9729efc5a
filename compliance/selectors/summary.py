"""The Sekda's one page: the OPD by predicate, what moved since last week, the worst ten, the trend."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assessments.enums import FourPredicate
from compliance.rules import Counts, opd_predicate
from compliance.selectors.board import BoardRow, board_of
from compliance.selectors.snapshots import TrendPoint, trend
from compliance.selectors.stages import BoardStage
from orgunits.enums import AssignmentKind
from orgunits.models import Assignment
from orgunits.selectors.units import heads_on
from orgunits.viewer import Viewer

WORST = 10


@dataclass(frozen=True, slots=True)
class WorstRow:
    """One of the OPD with the lowest shares; ``head``: who leads it, "Plt. …" for an acting one, or empty."""

    row: BoardRow
    head: str


@dataclass(frozen=True, slots=True)
class Summary:
    """``before`` and ``total_before`` are last week's, None without a snapshot of then."""

    words: Mapping[FourPredicate, int]
    before: Mapping[FourPredicate, int] | None
    total: Counts
    total_before: Counts | None
    compared_with: date | None
    without: int
    worst: tuple[WorstRow, ...]
    trend: tuple[TrendPoint, ...]


def summary_of(viewer: Viewer, stage: BoardStage) -> Summary:
    """The page of a stage for an overseer of the regency, in at most seven queries."""
    board = board_of(viewer, stage)
    week = board.week
    listed = [row for row in board.rows if row.opd_id is not None]
    words_before = Counter(
        opd_predicate(counts, stage.settings) for opd_id, counts in week.counts.items() if opd_id is not None
    )
    return Summary(
        words=_by_word(row.predicate for row in listed),
        before=_by_word(words_before.elements()) if week.day else None,
        total=sum((row.counts for row in board.rows), Counts()),
        total_before=sum(week.counts.values(), Counts()) if week.day else None,
        compared_with=week.day,
        without=sum(row.predicate is None for row in listed),
        worst=_worst(viewer, listed),
        trend=tuple(trend(stage)),
    )


def _by_word(words: Iterable[FourPredicate | None]) -> dict[FourPredicate, int]:
    found = Counter(words)
    return {word: found[word] for word in FourPredicate}


def _worst(viewer: Viewer, rows: Iterable[BoardRow]) -> tuple[WorstRow, ...]:
    """The lowest shares first; of equal ones that with more people who have not fulfilled."""
    obliged = [(row.counts.percent, -row.counts.unfulfilled, row.name, row) for row in rows if row.opd_id]
    known = sorted((item for item in obliged if item[0] is not None), key=lambda item: item[:3])[:WORST]
    worst = [item[3] for item in known]
    heads = heads_on([row.opd_id for row in worst if row.opd_id], viewer.today)
    return tuple(WorstRow(row, _named(heads.get(row.opd_id or 0, ()))) for row in worst)


def _named(heads: tuple[Assignment, ...]) -> str:
    if not heads:
        return ""
    first = heads[0]
    acting = "" if first.kind == AssignmentKind.DEFINITIVE else f"{AssignmentKind(first.kind).label} "
    return f"{acting}{first.employee.full_name}"
