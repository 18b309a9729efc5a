"""What somebody reached of a plan in the year, and the quarters that lead to it."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import Enum
from random import Random

from config.demo.texts import DemoResult
from skp.content import IndicatorContent, PlanContent
from skp.enums import Aspect, Direction, Rollup

ONE, TENTH = Decimal(1), Decimal("0.1")
# Units in which nobody reaches more than 100.
CAPPED, CAP = ("persen", "indeks"), Decimal(100)
QUARTERS = 4


class Form(Enum):
    """How somebody's year went: where each indicator may end up, as bands drawn with equal chance."""

    ALL_OVER = ("over",)
    STRONG = ("over", "over", "over", "on")
    GOOD = ("over", "over", "over", "over", "on", "on", "on", "on", "on", "below")
    MIXED = ("below", "below", "below", "on", "on", "weak")
    FAILED = ("failed", "failed", "failed", "weak")


# The realisation as a share of the target, where more is better and where less is better.
SHARES = {
    "over": (Decimal("1.12"), Decimal("0.85")),
    "below": (Decimal("0.88"), Decimal("1.12")),
    "weak": (Decimal("0.70"), Decimal("1.30")),
    "failed": (Decimal("0.40"), Decimal("1.55")),
}


def year_values(
    content: PlanContent,
    told: Sequence[DemoResult],
    form: Form,
    chance: Random,
    *,
    share: Decimal = ONE,
) -> dict[int, Decimal]:
    """The year's realisation by indicator; what the story tells in numbers stands.

    ``share`` (0–1) of the year that the plan ran: quantities and costs are that much of the target.
    """
    values = {}
    for place, result in enumerate(content.results):
        known = told[place].indicators if place < len(told) else ()
        for number, item in enumerate(result.indicators):
            reached = known[number].reached if number < len(known) else ""
            values[item.indicator_id] = Decimal(reached) if reached else _reached(item, form, chance, share)
    return values


def _reached(item: IndicatorContent, form: Form, chance: Random, share: Decimal) -> Decimal:
    band = chance.choice(form.value)
    counted = item.aspect in (Aspect.QUANTITY, Aspect.COST)
    part = share if counted else ONE
    whole = item.aspect == Aspect.QUANTITY
    if band == "on":
        return (item.target_max * part).quantize(ONE if whole else TENTH, ROUND_CEILING)
    normal, special = SHARES[band]
    lower = item.direction == Direction.SPECIAL
    near = item.target_max if band == "over" else item.target_min
    value = near * part * (special if lower else normal)
    # Rounded away from the target, so that the band stays what it is.
    up = lower != (band == "over")
    value = value.quantize(ONE if whole else TENTH, ROUND_CEILING if up else ROUND_FLOOR)
    capped = item.unit in CAPPED and item.target_max <= CAP and not lower
    return min(value, CAP) if capped else value


def quarter_values(content: PlanContent, values: Mapping[int, Decimal], interval: int) -> dict[int, Decimal]:
    """What of the year's ``values`` was entered in the quarter ``interval``, from 1: they add up to it."""
    return {
        item.indicator_id: _quarter(values[item.indicator_id], item.rollup, interval)
        for result in content.results
        for item in result.indicators
    }


def _quarter(value: Decimal, rollup: Rollup, interval: int) -> Decimal:
    if rollup != Rollup.SUM:
        return value
    early = (value / QUARTERS).quantize(ONE, ROUND_FLOOR)
    return value - early * (QUARTERS - 1) if interval == QUARTERS else early
