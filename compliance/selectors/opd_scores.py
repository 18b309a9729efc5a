"""One OPD's results: its predicate, and its people by unit and by kind of employee."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from compliance.selectors.scores import (
    Group,
    Key,
    ResultRow,
    board_results,
    groups_of,
    opd_row,
    part_rows,
)
from orgunits.enums import EmploymentKind
from orgunits.selectors.people import unit_names
from orgunits.viewer import Viewer
from skp.models import Period


@dataclass(frozen=True, slots=True)
class OpdScores:
    """The OPD's row of the board with its people by unit and by kind."""

    row: ResultRow
    units: tuple[ResultRow, ...]
    kinds: tuple[ResultRow, ...]


def opd_scores(viewer: Viewer, period: Period, opd_id: int) -> OpdScores | None:
    """The OPD as the viewer's board counts it, in at most three queries; None where it counts nobody."""
    rows = board_results(viewer, period).filter(opd=opd_id)
    groups = groups_of(viewer, rows, "unit_id", "employee__employment_kind")
    if not groups:
        return None
    fewest = period.settings.min_people_for_words
    units = _by((key[0], group) for key, group in groups.items())
    names = unit_names({opd_id, *(key for key in units if isinstance(key, int))}, viewer.today)
    unit_labels: dict[Key, str] = {None: "Tanpa unit"}
    unit_labels.update(names.items())
    whole = sum(units.values(), Group())
    return OpdScores(
        row=opd_row(viewer, period, opd_id, names.get(opd_id, ""), whole, fewest),
        units=tuple(part_rows(units, unit_labels, fewest)),
        kinds=tuple(kind_rows(groups_by_kind(groups), fewest)),
    )


def groups_by_kind(groups: dict[tuple[Any, ...], Group]) -> dict[Key, Group]:
    """Groups whose last column is the kind of employee, by that alone."""
    return _by((key[-1], group) for key, group in groups.items())


def kind_rows(groups: dict[Key, Group], fewest: int) -> list[ResultRow]:
    """The kinds of employee in their usual order."""
    names: dict[Key, str] = {kind.value: str(kind.label) for kind in EmploymentKind}
    order = list(names)
    return sorted(part_rows(groups, names, fewest), key=lambda row: order.index(row.key))


def _by(groups: Iterable[tuple[Key, Group]]) -> dict[Key, Group]:
    found: dict[Key, Group] = {}
    for key, group in groups:
        found[key] = found.get(key, Group()) + group
    return found


def kind_scores(viewer: Viewer, period: Period) -> list[ResultRow]:
    """Everybody in the viewer's sight by kind of employee, in at most two queries."""
    groups = groups_of(viewer, board_results(viewer, period), "employee__employment_kind")
    return kind_rows(groups_by_kind(groups), period.settings.min_people_for_words)
