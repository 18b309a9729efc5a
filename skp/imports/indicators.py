"""Indicators of imported results: an identity stays with the indicator that says the same."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from skp.imports.comparing import Desired, indicator_row
from skp.imports.rows import IndicatorRow
from skp.models import Indicator, PlannedIndicator, PlannedResult
from skp.services.editing.inputs import ROLLUP_OF

FIELDS = ("order", "aspect", "text", "target_min", "target_max", "unit", "direction", "rollup")
Present = TypeVar("Present")


def write_indicators(pairs: Iterable[tuple[Desired, PlannedResult]]) -> None:
    """Give every result the indicators of its rows, in their order; others of it go."""
    created: list[PlannedIndicator] = []
    changed: list[PlannedIndicator] = []
    removed: list[PlannedIndicator] = []
    for desired, planned in pairs:
        present = list(desired.stored.indicators) if desired.stored and desired.stored.planned else []
        rows = matched(desired.indicators, present, indicator_row)
        removed += present
        for order, (wanted, row) in enumerate(zip(desired.indicators, rows, strict=True), start=1):
            if row is None:
                row = PlannedIndicator(
                    planned_result=planned, indicator=Indicator(result_id=planned.result_id)
                )
                created.append(row)
            else:
                changed.append(row)
            _set(row, wanted, order)
    PlannedIndicator.objects.filter(pk__in=[row.pk for row in removed]).delete()
    # Draft of revision 1: no other revision can know them.
    Indicator.objects.filter(pk__in=[row.indicator_id for row in removed]).delete()
    Indicator.objects.bulk_create([row.indicator for row in created], batch_size=500)
    for row in created:
        row.indicator_id = row.indicator.pk
    PlannedIndicator.objects.bulk_create(created, batch_size=500)
    PlannedIndicator.objects.bulk_update(changed, FIELDS, batch_size=200)


def matched(
    wanted: Sequence[IndicatorRow],
    present: list[Present],
    said: Callable[[Present], IndicatorRow],
) -> list[Present | None]:
    """For each wanted indicator the present one that says the same, else the next of its aspect.

    ``said``: what a present one says, as a row. What is matched leaves ``present``.
    """
    found: list[Present | None] = [None] * len(wanted)
    for near in (False, True):
        for index, row in enumerate(wanted):
            match = next((item for item in present if _is_match(said(item), row, near=near)), None)
            if found[index] is None and match is not None:
                found[index] = match
                present.remove(match)
    return found


def _is_match(said: IndicatorRow, row: IndicatorRow, *, near: bool) -> bool:
    return said.aspect == row.aspect if near else said == row


def _set(item: PlannedIndicator, row: IndicatorRow, order: int) -> None:
    # Of a new indicator the aspect is still empty.
    if item.aspect != row.aspect:
        item.rollup = ROLLUP_OF[row.aspect]
    item.order, item.aspect, item.text, item.unit = order, row.aspect, row.text, row.unit
    item.target_min, item.target_max, item.direction = row.target_min, row.target_max, row.direction
