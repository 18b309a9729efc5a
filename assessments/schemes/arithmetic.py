"""Decimal arithmetic of the schemes: means, the one rounding, and numbers as text.

Values stay unrounded until ``printed`` or ``whole_percent``; nothing else
rounds a value that is used further.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)

# Wide enough that no sum, product or quotient of a plan loses a digit that could reach a printed one.
WIDE = Context(prec=60)

_CENT = Decimal("0.01")
# Thirds and ninths do not end; noise far below this step must not push an exact half over or under.
_NOISE = Decimal("1E-12")
_SHOWN = Decimal("0.000001")


def mean(values: Sequence[Decimal]) -> Decimal:
    """Unweighted mean; ``values`` must not be empty."""
    return sum(values, ZERO) / len(values)


def printed(value: Decimal) -> Decimal:
    """The value as it is printed: two decimals, half-up."""
    steady = value.quantize(_NOISE, ROUND_HALF_EVEN, context=WIDE)
    return steady.quantize(_CENT, ROUND_HALF_UP, context=WIDE)


def whole_percent(achievement: Decimal) -> Decimal:
    """An achievement in percent, rounded half-up to a whole percent."""
    return achievement.quantize(ONE, ROUND_HALF_UP, context=WIDE)


def plain(value: Decimal) -> str:
    """A number of a worked step: at most six decimals, decimal point, no exponent, no idle zeros."""
    text = format(value.quantize(_SHOWN, ROUND_HALF_UP, context=WIDE), "f")
    return text.rstrip("0").rstrip(".")


def shown(value: Decimal) -> str:
    """The same number as Indonesian text, with a decimal comma."""
    return plain(value).replace(".", ",")


def shown_outcome(text: str) -> str:
    """The stored outcome of a step as Indonesian text: a number with a decimal comma, a word as it is."""
    return text.replace(".", ",") if text.replace(".", "", 1).isdecimal() else text


def share(value: Decimal) -> str:
    """A share such as 0.8 as Indonesian text: ``80 %``."""
    return f"{shown(value * HUNDRED)} %"
