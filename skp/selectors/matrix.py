"""The matrix of roles and results: a leader's results as columns, the people appraised in the rows.

One meaning for the page and for D4: everybody whom the leader appraises on the day, those who serve nothing
included, and a column for each of the leader's results.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from orgunits.models import AppraisalLine, Assignment, Employee
from orgunits.selectors.days import on_day
from skp.enums import ResultKind
from skp.models import Period, PlannedResult, Skp
from skp.states import Lifecycle


class Column(NamedTuple):
    """A result of the leader; only main ones have to be served by somebody."""

    result_id: int
    text: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A direct appraisee: for each column the texts of the results that serve it, and those that serve none.

    ``skp_id`` is None, and all empty, without a plan; ``agreed``: read from a revision in force.
    """

    employee: Employee
    post: Assignment
    skp_id: int | None
    agreed: bool
    cells: tuple[tuple[str, ...], ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """``columns``: the leader's results, main ones first; ``agreed``: they are in force."""

    columns: tuple[Column, ...]
    agreed: bool
    rows: tuple[MatrixRow, ...]

    def served(self) -> tuple[int, ...]:
        """How many people serve each column."""
        return tuple(sum(bool(row.cells[index]) for row in self.rows) for index in range(len(self.columns)))


def matrix_of(
    leader_id: int, period: Period, day: date, *, plan: Skp | None = None, agreed_only: bool = False
) -> Matrix:
    """The matrix of a leader on ``day`` in four queries; plans in force, drafts where there is none yet.

    ``plan``: which of the leader's plans, None for the last one that still runs. ``agreed_only``: nothing
    from drafts, as a signed document needs it; who has no plan in force stands there with empty cells.
    """
    lines = AppraisalLine.objects.filter(on_day(day), appraiser=leader_id)
    people = list(
        lines.select_related("employee", "assignment").order_by(
            "-assignment__is_head", "employee__name", "pk"
        )
    )
    plans = _plans(period, [leader_id, *(line.employee_id for line in people)], agreed_only=agreed_only)
    own = plans.get(leader_id, [])
    leader = plan or next((one for one in reversed(own) if one.lifecycle == Lifecycle.ACTIVE), None)
    chosen = {line.employee_id: _of_post(plans.get(line.employee_id, []), line) for line in people}
    results = _results([leader, *chosen.values()])
    columns = tuple(
        Column(row.result_id, row.text, row.kind == ResultKind.MAIN)
        for row in results.get(_shown(leader) or 0, ())
    )
    return Matrix(
        columns=columns,
        agreed=leader is not None and leader.in_force_id is not None,
        rows=tuple(_row(line, chosen[line.employee_id], results, columns) for line in people),
    )


def _plans(period: Period, owners: list[int], *, agreed_only: bool) -> dict[int, list[Skp]]:
    found: dict[int, list[Skp]] = defaultdict(list)
    plans = Skp.objects.filter(period=period, owner__in=owners).exclude(lifecycle=Lifecycle.CANCELLED)
    if agreed_only:
        plans = plans.filter(in_force__isnull=False)
    for plan in plans.order_by("start"):
        found[plan.owner_id].append(plan)
    return found


def _of_post(plans: list[Skp], line: AppraisalLine) -> Skp | None:
    return next((plan for plan in plans if plan.assignment_id == line.assignment_id), None)


def _shown(plan: Skp | None) -> int | None:
    return (plan.in_force_id or plan.open_revision_id) if plan is not None else None


def _results(plans: list[Skp | None]) -> dict[int, list[PlannedResult]]:
    found: dict[int, list[PlannedResult]] = defaultdict(list)
    shown = {_shown(plan) for plan in plans} - {None}
    for row in PlannedResult.objects.filter(revision__in=shown).order_by("-kind", "order", "pk"):
        found[row.revision_id].append(row)
    return found


def _row(
    line: AppraisalLine,
    plan: Skp | None,
    results: dict[int, list[PlannedResult]],
    columns: tuple[Column, ...],
) -> MatrixRow:
    own = results.get(_shown(plan) or 0, [])
    keys = {column.result_id for column in columns}
    return MatrixRow(
        employee=line.employee,
        post=line.assignment,
        skp_id=plan.pk if plan else None,
        agreed=plan is not None and plan.in_force_id is not None,
        cells=tuple(
            tuple(row.text for row in own if row.parent_id == column.result_id) for column in columns
        ),
        others=tuple(row.text for row in own if row.parent_id not in keys),
    )
