from decimal import Decimal

import pytest

from assessments.enums import Category
from assessments.schemes.achievement import (
    indicator_achievement,
    indicator_category,
    maximum_reached,
    work_achievement,
    work_achievements,
)
from assessments.schemes.arithmetic import printed
from assessments.schemes.types import IndicatorInput
from config.lib.errors import DomainError, Incomplete
from skp.enums import Aspect
from tests.assessments.plans import direct, indicator

QUANTITY, TIME, COST = Aspect.QUANTITY, Aspect.TIME, Aspect.COST


@pytest.mark.parametrize(
    ("realisation", "low", "high", "special", "expected"),
    [
        # The checks of the rules.
        ("70", "80", "90", False, "87.50"),
        ("6.5", "7", "8", True, "107.14"),
        ("9", "7", "8", True, "87.50"),
        ("92", "90", "90", False, "102.22"),
        # Single targets.
        ("0", "12", "12", False, "0.00"),
        ("12", "12", "12", False, "100.00"),
        ("30", "12", "12", False, "250.00"),
        ("12", "12", "12", True, "100.00"),
        ("0", "12", "12", True, "200.00"),
        ("24", "12", "12", True, "0.00"),
        ("25", "12", "12", True, "0.00"),
        # Ranges: both bounds belong to them.
        ("80", "80", "90", False, "100.00"),
        ("85", "80", "90", False, "100.00"),
        ("90", "80", "90", False, "100.00"),
        ("99", "80", "90", False, "110.00"),
        ("80", "80", "90", True, "100.00"),
        ("85", "80", "90", True, "100.00"),
        ("90", "80", "90", True, "100.00"),
        ("180", "80", "90", True, "0.00"),
        ("0", "80", "90", True, "200.00"),
        # A range may begin at 0.
        ("0", "0", "5", False, "100.00"),
        ("10", "0", "5", False, "200.00"),
        ("6", "0", "5", True, "80.00"),
        # Target 0.
        ("0", "0", "0", True, "100.00"),
        ("1", "0", "0", True, "0.00"),
        ("0.01", "0", "0", True, "0.00"),
    ],
)
def test_achievement_of_one_indicator(
    realisation: str, low: str, high: str, special: bool, expected: str
) -> None:
    achievement = indicator_achievement(indicator(realisation, low, high, special=special))

    assert str(printed(achievement)) == expected


def test_achievement_is_not_rounded() -> None:
    assert indicator_achievement(indicator(13, 12)) > Decimal("108.3333333333")


def test_only_what_was_raised_to_zero_says_so() -> None:
    def formula(realisation: str) -> str:
        return work_achievement(indicator(realisation, 12, special=True)).formula

    assert formula("23.94") == "(2 − 23,94 ÷ 12) × 100"
    assert formula("24") == "(2 − 24 ÷ 12) × 100"
    assert formula("24.12") == "(2 − 24,12 ÷ 12) × 100, paling rendah 0"


def test_target_zero_needs_direction_special() -> None:
    with pytest.raises(DomainError, match=r"^Target 0 hanya berlaku untuk indikator berarah khusus\.$"):
        indicator_achievement(indicator(1, 0))


def test_missing_realisation_is_not_zero() -> None:
    with pytest.raises(Incomplete, match=r"^Realisasi belum ada\.$"):
        indicator_achievement(indicator(None, 12))


@pytest.mark.parametrize(
    ("realisation", "low", "high", "told"),
    [
        ("-1", "5", "5", "Target dan realisasi tidak boleh negatif."),
        ("1", "-5", "5", "Target dan realisasi tidak boleh negatif."),
        ("1", "6", "5", "Target terendah tidak boleh lebih besar daripada target tertinggi."),
    ],
)
def test_impossible_numbers_are_refused(realisation: str, low: str, high: str, told: str) -> None:
    with pytest.raises(DomainError, match=f"^{told}$"):
        indicator_achievement(indicator(realisation, low, high))


@pytest.mark.parametrize(
    ("achievement", "category"),
    [
        ("250", Category.VERY_GOOD),
        ("101", Category.VERY_GOOD),
        ("100.5", Category.VERY_GOOD),
        ("100.4999999999999999999999999", Category.GOOD),
        ("100", Category.GOOD),
        ("99.5", Category.GOOD),
        ("99.49", Category.FAIR),
        ("80", Category.FAIR),
        ("79.5", Category.FAIR),
        ("79.49", Category.POOR),
        ("60", Category.POOR),
        ("59.5", Category.POOR),
        ("59.49", Category.VERY_POOR),
        ("0", Category.VERY_POOR),
    ],
)
def test_category_is_read_from_the_whole_percent(achievement: str, category: Category) -> None:
    assert indicator_category(Decimal(achievement)) == category


@pytest.mark.parametrize(
    ("realisation", "low", "high", "special", "reached"),
    [
        ("100", "100", "100", False, True),
        ("99.999", "100", "100", False, False),
        ("110", "100", "100", False, True),
        ("10", "10", "10", True, True),
        ("10.001", "10", "10", True, False),
        ("9", "10", "10", True, True),
        ("0", "0", "0", True, True),
        ("1", "0", "0", True, False),
        # Of a range only the far bound is a maximum.
        ("95", "90", "100", False, False),
        ("100", "90", "100", False, True),
        ("8", "7", "8", True, False),
        ("7", "7", "8", True, True),
    ],
)
def test_target_that_is_a_maximum(
    realisation: str, low: str, high: str, special: bool, reached: bool
) -> None:
    item = indicator(realisation, low, high, special=special, maximum=True)

    assert maximum_reached(item, indicator_achievement(item)) is reached


def test_target_that_is_no_maximum_is_never_reached_as_one() -> None:
    item = indicator(100, 100)

    assert maximum_reached(item, indicator_achievement(item)) is False


def test_maximum_reached_is_very_good_at_exactly_100() -> None:
    assert indicator_category(Decimal(100), maximum=True) == Category.VERY_GOOD


def _achievements(*indicators: IndicatorInput) -> list[str]:
    return [str(printed(worked.value)) for worked in work_achievements(direct(*indicators))]


def test_nothing_done_counts_zero_everywhere() -> None:
    assert _achievements(
        indicator(0, 12, aspect=QUANTITY), indicator(100, 100), indicator(0, 12, aspect=TIME, special=True)
    ) == ["0.00", "0.00", "0.00"]


@pytest.mark.parametrize("target", ["1", "0.5"])
def test_nothing_done_of_a_small_quantity_is_nothing_done(target: str) -> None:
    assert _achievements(indicator(0, target, aspect=QUANTITY), indicator(90, 100)) == ["0.00", "0.00"]


def test_one_quantity_done_keeps_the_others() -> None:
    assert _achievements(
        indicator(0, 12, aspect=QUANTITY), indicator(3, 12, aspect=QUANTITY), indicator(90, 100)
    ) == ["0.00", "25.00", "90.00"]


def test_nothing_done_does_not_ask_for_the_direction() -> None:
    assert _achievements(indicator(0, 12, aspect=QUANTITY, special=True), indicator(90, 100)) == [
        "0.00",
        "0.00",
    ]


def test_results_without_quantity_know_no_such_rule() -> None:
    assert _achievements(indicator(0, 12, aspect=COST, special=True), indicator(90, 100)) == [
        "200.00",
        "90.00",
    ]


def test_zero_incidents_alone_are_an_aim_reached() -> None:
    assert _achievements(indicator(0, 0, aspect=QUANTITY, special=True), indicator(90, 100)) == [
        "100.00",
        "90.00",
    ]


def test_zero_incidents_do_not_speak_for_the_other_quantities() -> None:
    incidents = indicator(3, 0, aspect=QUANTITY, special=True)

    assert _achievements(incidents, indicator(0, 12, aspect=QUANTITY), indicator(90, 100)) == ["0.00"] * 3


def test_zero_incidents_fall_with_what_was_not_done() -> None:
    incidents = indicator(0, 0, aspect=QUANTITY, special=True)

    assert _achievements(incidents, indicator(0, 12, aspect=QUANTITY)) == ["0.00", "0.00"]


def test_nothing_done_beats_a_maximum() -> None:
    undone = direct(indicator(0, 12, aspect=QUANTITY), indicator(100, 100, maximum=True))
    worked = work_achievements(undone)[1]

    assert maximum_reached(undone.indicators[1], worked.value) is False
