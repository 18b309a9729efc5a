"""A row of an office's workbook of planned results, as plain values."""

from dataclasses import dataclass
from decimal import Decimal

from skp.enums import Aspect, CascadeMethod, Direction, Perspective, ResultKind, ResultSource


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What a row says of the result; its rows, one per indicator, repeat it.

    ``scope``, ``source`` and ``assigned_by`` are None where the workbook does not say (rules.md §14 names
    what holds then); ``parent_code`` is empty without a link. ``agreement_text``: only in the workbook of a
    single plan.
    """

    code: str
    text: str
    kind: ResultKind = ResultKind.MAIN
    parent_code: str = ""
    cascade_method: CascadeMethod | None = None
    perspective: Perspective | None = None
    scope: int | None = None
    source: ResultSource | None = None
    assigned_by: str | None = None
    agreement_text: str | None = None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """What a row says of the indicator; a single target is given twice, up to 4 decimals.

    ``target_text``: the expectation of the approach kualitatif, only in the workbook of a single plan.
    """

    aspect: Aspect
    text: str
    target_min: Decimal
    target_max: Decimal
    unit: str
    direction: Direction = Direction.NORMAL
    target_text: str = ""


@dataclass(frozen=True, slots=True)
class RhkRow:
    """One indicator of one result of the person with this NIP; ``number``: its row in the sheet, from 1."""

    nip: str
    result: ResultRow
    indicator: IndicatorRow
    number: int = 0
