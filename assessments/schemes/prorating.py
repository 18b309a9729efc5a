"""The target of a part of the year (rules.md §9): quantity and cost shrink with the days [ours]."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assessments.schemes.arithmetic import ONE, WIDE
from skp.enums import Aspect

SHRINKING = frozenset({Aspect.QUANTITY, Aspect.COST})


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """A plan that closed early: it ran ``days`` of the ``of_days`` that it was made for."""

    days: int
    of_days: int

    @property
    def whole(self) -> bool:
        """Whether nothing was cut off."""
        return self.days >= self.of_days


def prorated(target: Decimal, aspect: Aspect, part: PartOfYear) -> Decimal:
    """The target for the part, half-up to the target's own decimals, at least 1; 0 stays 0.

    Only quantity and cost are prorated: quality and time ask the same of every day. A target that was
    below 1 already stays as it is.
    """
    if aspect not in SHRINKING or part.whole or target <= ONE:
        return target
    step = ONE.scaleb(_exponent(target))
    share = WIDE.divide(WIDE.multiply(target, Decimal(part.days)), Decimal(part.of_days))
    return max(ONE, share.quantize(step, ROUND_HALF_UP, context=WIDE))


def _exponent(target: Decimal) -> int:
    """Minus the number of decimals that the target is written with, without idle zeros."""
    exponent = target.normalize(WIDE).as_tuple().exponent
    return min(0, exponent) if isinstance(exponent, int) else 0
