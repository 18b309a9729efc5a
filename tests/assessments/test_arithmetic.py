"""Numbers of a score: the mean, the one rounding, and how they are written."""

from decimal import ROUND_DOWN, Context, Decimal, localcontext

import pytest

from assessments.schemes.arithmetic import mean, plain, printed, share, shown, shown_outcome, whole_percent

D = Decimal


def test_a_mean_is_not_rounded() -> None:
    assert mean([D(100), D(90), D(95)]) == 95
    assert mean([D(1), D(2)]) == D("1.5")
    assert mean([D(1), D(0), D(0)]) > D("0.33333333333333")


@pytest.mark.parametrize(
    ("value", "two", "whole"),
    [
        ("89.994", "89.99", "90"),
        ("89.995", "90.00", "90"),
        ("100.5", "100.50", "101"),
        ("100.49", "100.49", "100"),
        ("79.435", "79.44", "79"),
        # What thirds and ninths leave behind the twelfth decimal is no half more and no half less.
        ("79.43499999999999999", "79.44", "79"),
        ("79.434999999999", "79.43", "79"),
        ("120", "120.00", "120"),
        ("0", "0.00", "0"),
    ],
)
def test_rounding_is_half_up(value: str, two: str, whole: str) -> None:
    assert (str(printed(D(value))), str(whole_percent(D(value)))) == (two, whole)


@pytest.mark.parametrize(
    ("value", "point", "comma"),
    [
        ("12", "12", "12"),
        ("100.00", "100", "100"),
        ("1E+2", "100", "100"),
        ("0.80", "0.8", "0,8"),
        ("108.3333333", "108.333333", "108,333333"),
        ("0.0000005", "0.000001", "0,000001"),
        ("0.0000004", "0", "0"),
    ],
)
def test_numbers_of_a_step(value: str, point: str, comma: str) -> None:
    assert (plain(D(value)), shown(D(value))) == (point, comma)


def test_the_thread_s_own_decimal_context_changes_no_rounding() -> None:
    with localcontext(Context(prec=3, rounding=ROUND_DOWN)):
        assert str(printed(D("1234.565"))) == "1234.57"
        assert str(whole_percent(D("1234.5"))) == "1235"
        assert plain(D("1234.5678915")) == "1234.567892"


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("108.333333", "108,333333"),
        ("116", "116"),
        ("0.8", "0,8"),
        # Words stay as they are, with their points.
        ("Sangat Baik", "Sangat Baik"),
        ("S.Pd.", "S.Pd."),
        ("1.2.3", "1.2.3"),
        ("", ""),
    ],
)
def test_a_stored_outcome_is_told_with_a_comma(stored: str, told: str) -> None:
    assert shown_outcome(stored) == told


@pytest.mark.parametrize(("value", "told"), [("0.8", "80 %"), ("0.025", "2,5 %"), ("1", "100 %")])
def test_a_share_is_told_in_percent(value: str, told: str) -> None:
    assert share(D(value)) == told
