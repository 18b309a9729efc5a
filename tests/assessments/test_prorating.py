"""The target of a plan that closed early (rules.md §9)."""

from decimal import ROUND_DOWN, Context, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.schemes.prorating import PartOfYear, prorated
from skp.enums import Aspect

HALF = PartOfYear(181, 365)


@pytest.mark.parametrize(
    ("target", "days", "expected"),
    [
        # 12 × 181 ÷ 365 = 5.95 → 6; the quotient is rounded once, half-up, to the target's own decimals.
        ("12", 181, "6"),
        ("100", 181, "50"),
        ("2.50", 146, "1.0"),
        ("2.55", 146, "1.02"),
        ("7.5", 146, "3.0"),
        ("5", 73, "1"),
        # Exactly a half goes up: 5 × 182.5 ÷ 365 is not reached by whole days, 10 × 91.25 neither.
        ("2190", 5, "30"),
        ("219", 5, "3"),
        ("1095", 5, "15"),
        ("511", 5, "7"),
        ("548", 365, "548"),
        # At least 1.
        ("12", 10, "1"),
        ("3", 1, "1"),
        # What was not above 1 before stays as it is.
        ("1", 181, "1"),
        ("0.5", 181, "0.5"),
        ("0", 181, "0"),
    ],
)
@pytest.mark.parametrize("aspect", [Aspect.QUANTITY, Aspect.COST])
def test_quantity_and_cost_shrink_with_the_days(aspect, target, days, expected):
    assert prorated(Decimal(target), aspect, PartOfYear(days, 365)) == Decimal(expected)


@pytest.mark.parametrize(("target", "expected"), [("3", "2"), ("2.1", "1.1"), ("2.11", "1.06")])
def test_an_exact_half_goes_up(target, expected):
    assert prorated(Decimal(target), Aspect.QUANTITY, PartOfYear(1, 2)) == Decimal(expected)


def test_the_thread_s_own_decimal_context_changes_no_target():
    with localcontext(Context(prec=3, rounding=ROUND_DOWN)):
        assert prorated(Decimal("12.345"), Aspect.COST, PartOfYear(1, 2)) == Decimal("6.173")
        assert prorated(Decimal(123457), Aspect.COST, PartOfYear(1, 2)) == Decimal(61729)


def test_idle_zeros_of_a_column_add_no_decimals():
    assert prorated(Decimal("12.0000"), Aspect.QUANTITY, HALF) == Decimal(6)
    assert prorated(Decimal("1200.0000"), Aspect.QUANTITY, HALF) == Decimal(595)


@pytest.mark.parametrize("aspect", [Aspect.QUALITY, Aspect.TIME])
def test_quality_and_time_ask_the_same_of_every_day(aspect):
    assert prorated(Decimal(90), aspect, HALF) == Decimal(90)


@pytest.mark.parametrize(
    ("days", "of_days", "whole"), [(364, 365, False), (365, 365, True), (366, 365, True)]
)
def test_a_part_is_whole_when_nothing_was_cut_off(days, of_days, whole):
    assert PartOfYear(days, of_days).whole is whole
    expected = Decimal(365) if whole else Decimal(364)
    assert prorated(Decimal(365), Aspect.COST, PartOfYear(days, of_days)) == expected


@given(
    st.decimals(min_value=0, max_value=10**9, places=4),
    st.integers(min_value=1, max_value=366),
    st.sampled_from(Aspect),
)
def test_a_part_never_asks_more_than_the_year_and_never_nothing(target, days, aspect):
    part = prorated(target, aspect, PartOfYear(days, 366))
    assert 0 <= part <= target
    assert part >= min(target, 1)
