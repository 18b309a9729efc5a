"""The indicators of a result as its rows say them, with the identities that the draft has."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from uuid import UUID, uuid5

from skp.content import IndicatorContent, ResultContent
from skp.enums import Direction
from skp.imports.indicators import matched
from skp.imports.rows import IndicatorRow
from skp.services.editing.inputs import IndicatorInput, IndicatorLine, indicator_input


def lines_of(
    result_key: UUID, rows: Sequence[IndicatorRow], present: ResultContent | None
) -> tuple[IndicatorLine, ...]:
    """A line for each row, in their order; without a row the indicators stay.

    What the workbook has no column for (rollup, whether the target is the highest value) and what a cell
    leaves out stays with the indicator that is matched.
    """
    items = list(present.indicators) if present is not None else []
    if not rows:
        return tuple(IndicatorLine(item.key, indicator_input(item)) for item in items)
    used = {item.key for item in items}
    found = matched(rows, items, _said)
    lines = []
    for row, item in zip(rows, found, strict=True):
        if item is not None:
            lines.append(IndicatorLine(item.key, _changed(item, row)))
            continue
        key = _new_key(result_key, row, used)
        used.add(key)
        lines.append(IndicatorLine(key, _new(row)))
    return tuple(lines)


def _said(item: IndicatorContent) -> IndicatorRow:
    """A stored indicator in the words of a workbook, where runs of blanks are one."""
    return IndicatorRow(
        aspect=item.aspect,
        text=" ".join(item.text.split()),
        target_min=item.target_min,
        target_max=item.target_max,
        unit=item.unit,
        direction=item.direction,
        target_text=" ".join(item.target_text.split()),
    )


def _changed(item: IndicatorContent, row: IndicatorRow) -> IndicatorInput:
    said, present = _said(item), indicator_input(item)
    # A target of 0 where more is better is none.
    lacks = row.target_max == 0 and row.direction == Direction.NORMAL
    return replace(
        present,
        text=item.text if row.text == said.text else row.text,
        target_min=item.target_min if lacks else row.target_min,
        target_max=item.target_max if lacks else row.target_max,
        unit=row.unit or item.unit,
        direction=row.direction,
        target_text=item.target_text if row.target_text in ("", said.target_text) else row.target_text,
    )


def _new(row: IndicatorRow) -> IndicatorInput:
    return IndicatorInput(
        aspect=row.aspect,
        text=row.text,
        target_min=row.target_min,
        target_max=row.target_max,
        unit=row.unit,
        direction=row.direction,
        target_text=row.target_text,
    )


def _new_key(result_key: UUID, row: IndicatorRow, used: set[str]) -> str:
    """The same for preview and confirmation, and none that the result uses already."""
    keys = (str(uuid5(result_key, f"{place}:{row.aspect}:{row.text}")) for place in count())
    return next(key for key in keys if key not in used)
