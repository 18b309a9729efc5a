"""How the intervals' realisations make the year's (rules.md §3, §5.1): a missing one is missing, never 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from config.lib.numbers import show_decimal, trimmed
from skp.enums import Rollup

# The decimals of a realisation's column.
STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Rolled:
    """What the intervals make: ``value`` of those entered, None where none is; ``counted`` of how many.

    ``missing``: the intervals whose number is still needed, in their order.
    """

    value: Decimal | None
    counted: int
    missing: tuple[int, ...]

    @property
    def whole(self) -> Decimal | None:
        """The value when nothing is missing: what the year's realisation may be prefilled with."""
        return None if self.missing else self.value


def rolled(rollup: Rollup, entered: Mapping[int, Decimal], asked: Sequence[int]) -> Rolled:
    """Sum, last or mean of ``entered`` (interval to number) over the intervals ``asked``.

    The last needs no number before it: what was reached earlier is part of it. A mean is rounded
    half-up to the four decimals that are kept.
    """
    order = sorted(asked)
    known = [number for number in order if number in entered]
    if not known:
        return Rolled(None, 0, tuple(order))
    if rollup == Rollup.LAST:
        last = known[-1]
        return Rolled(entered[last], 1, tuple(number for number in order if number > last))
    missing = tuple(number for number in order if number not in entered)
    total = sum((entered[number] for number in known), Decimal(0))
    if rollup == Rollup.MEAN:
        total = (total / len(known)).quantize(STEP, ROUND_HALF_UP)
    return Rolled(trimmed(total), len(known), missing)


def told(rollup: Rollup, found: Rolled, *, unit: str, names: Mapping[int, str], monthly: bool) -> str:
    """What the intervals say of the year, for the form of its realisation; "" when nothing was entered.

    ``names``: each interval's name by its number.
    """
    if found.value is None:
        return ""
    of_how_many = "" if rollup == Rollup.LAST else f" {found.counted} {'bulan' if monthly else 'triwulan'}"
    lacking = f"; belum diisi: {', '.join(names[n] for n in found.missing)}" if found.missing else ""
    return f"{rollup.label}{of_how_many}: {show_decimal(found.value)} {unit}{lacking}."
