"""Achievement of an indicator in percent and its category (PP 30/2019, PermenPANRB 8/2021).

Percentages are unrounded; the category is read from the achievement rounded half-up to a whole percent.
"""

from decimal import Decimal

from assessments.enums import Category
from assessments.schemes.arithmetic import HUNDRED, ZERO, shown, whole_percent
from assessments.schemes.types import IndicatorInput, ResultInput, Worked
from config.lib.errors import DomainError, Incomplete
from skp.enums import Aspect, Direction

# Lowest whole percent of each category [law].
CATEGORY_FROM = (
    (Decimal(101), Category.VERY_GOOD),
    (Decimal(100), Category.GOOD),
    (Decimal(80), Category.FAIR),
    (Decimal(60), Category.POOR),
)


def indicator_achievement(indicator: IndicatorInput) -> Decimal:
    """Achievement in percent, 0 or more, unrounded, of one indicator by itself.

    Raises Incomplete without a realisation, DomainError on a negative number, on min > max and on
    target 0 with direction normal.
    """
    return work_achievement(indicator).value


def work_achievement(indicator: IndicatorInput) -> Worked:
    """As ``indicator_achievement``, with the formula."""
    realisation = _checked_realisation(indicator)
    low, high = indicator.target_min, indicator.target_max
    if high == 0:
        return Worked(HUNDRED if realisation == 0 else ZERO, f"target 0, realisasi {shown(realisation)}")
    if low < high and low <= realisation <= high:
        return Worked(HUNDRED, f"{shown(realisation)} berada dalam target {shown(low)}–{shown(high)}")
    bound = high if realisation > high else low
    quotient = f"{shown(realisation)} ÷ {shown(bound)}"
    if indicator.direction == Direction.NORMAL:
        return Worked(realisation * HUNDRED / bound, f"{quotient} × 100")
    achieved = (2 * bound - realisation) * HUNDRED / bound
    return Worked(max(ZERO, achieved), f"(2 − {quotient}) × 100{', paling rendah 0' if achieved < 0 else ''}")


def _checked_realisation(indicator: IndicatorInput) -> Decimal:
    realisation = indicator.realisation
    if realisation is None:
        raise Incomplete("Realisasi belum ada.")
    if realisation < 0 or indicator.target_min < 0:
        raise DomainError("Target dan realisasi tidak boleh negatif.")
    if indicator.target_min > indicator.target_max:
        raise DomainError("Target terendah tidak boleh lebih besar daripada target tertinggi.")
    if indicator.target_max == 0 and indicator.direction != Direction.SPECIAL:
        raise DomainError("Target 0 hanya berlaku untuk indikator berarah khusus.")
    return realisation


def work_achievements(result: ResultInput) -> tuple[Worked, ...]:
    """Achievements of a result's indicators, all 0 when nothing of its quantity was done."""
    worked = tuple(work_achievement(indicator) for indicator in result.indicators)
    if not nothing_done(result):
        return worked
    return tuple(Worked(ZERO, "seluruh kuantitas hasil ini 0, semua indikatornya dihitung 0") for _ in worked)


def nothing_done(result: ResultInput) -> bool:
    """Whether the result has quantity indicators and every one has realisation 0, in either direction [ours].

    What was not done was not done on time either. A quantity with target 0 does not speak here:
    for it 0 is the aim.
    """
    quantities = [
        indicator.realisation
        for indicator in result.indicators
        if indicator.aspect == Aspect.QUANTITY and indicator.target_max > 0
    ]
    return bool(quantities) and all(realisation == 0 for realisation in quantities)


def maximum_reached(indicator: IndicatorInput, achievement: Decimal) -> bool:
    """Whether a target that cannot be surpassed is reached: unrounded achievement of 100 or more [law].

    Of a range only the far bound is such a target: the upper one, or the lower one with direction special.
    """
    if not indicator.target_is_maximum or indicator.realisation is None or achievement < HUNDRED:
        return False
    if indicator.direction == Direction.SPECIAL:
        return indicator.realisation <= indicator.target_min
    return indicator.realisation >= indicator.target_max


def indicator_category(achievement: Decimal, *, maximum: bool = False) -> Category:
    """Category of an achievement in percent; ``maximum`` when a target that is a maximum was reached."""
    if maximum:
        return Category.VERY_GOOD
    percent = whole_percent(achievement)
    return next((category for bound, category in CATEGORY_FROM if percent >= bound), Category.VERY_POOR)
