"""Evaluation beside policy: last year's final predicate of each OPD next to this year's planning."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.enums import FourPredicate
from compliance.results import BEST_FIRST
from compliance.selectors.board import BoardRow, board_of
from compliance.selectors.scores import ResultRow, score_rows
from compliance.selectors.stages import BoardStage
from orgunits.viewer import Viewer
from skp.models import Period


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """An OPD in both years; ``last`` or ``now`` is None where the year does not know it.

    ``change``: by how many predicates the planning stands above last year's final one; None without both.
    """

    opd_id: int | None
    name: str
    last: ResultRow | None
    now: BoardRow | None

    @property
    def last_word(self) -> FourPredicate | None:
        """Last year's final predicate."""
        return self.last.final.word if self.last and self.last.final else None

    @property
    def agreed(self) -> Decimal | None:
        """Agreed plans in percent of the obliged of this year's planning, unrounded; None without any."""
        if self.now is None or not self.now.counts.obliged:
            return None
        return Decimal(self.now.counts.agreed * 100) / self.now.counts.obliged

    @property
    def change(self) -> int | None:
        word = self.now.predicate if self.now else None
        if self.last_word is None or word is None:
            return None
        return BEST_FIRST.index(self.last_word) - BEST_FIRST.index(word)


def evaluation_of(viewer: Viewer, stage: BoardStage, last: Period | None) -> list[EvaluationRow]:
    """Every OPD by name, in at most eight queries; ``stage``: the planning, ``last``: the year before."""
    now = {row.opd_id: row for row in board_of(viewer, stage).rows}
    before: Mapping[object, ResultRow] = (
        {row.key: row for row in score_rows(viewer, last)} if last is not None else {}
    )
    rows = [EvaluationRow(opd, row.name, before.get(opd), row) for opd, row in now.items()]
    gone = [row for key, row in before.items() if key not in now and row.tally.obliged]
    rows += [EvaluationRow(_opd(row), row.name, row, None) for row in gone]
    return sorted(rows, key=lambda row: (row.opd_id is None, row.name.casefold()))


def _opd(row: ResultRow) -> int | None:
    return row.key if isinstance(row.key, int) else None
