from dataclasses import replace
from decimal import Decimal

import pytest

from assessments.enums import Category
from assessments.schemes.ja_jf import additional_value, result_points, result_value_ja_jf, weighted_value
from assessments.schemes.numeric import numeric_score
from assessments.schemes.settings import DEFAULTS, ByCategory
from assessments.schemes.types import ResultInput, ScoredIndicator
from config.lib.errors import DomainError
from skp.enums import CascadeMethod
from tests.assessments.plans import additional, direct, indicator, non_direct, percent, plan

SB, B, C, K, SK = Category


@pytest.mark.parametrize(
    ("categories", "points", "category", "value"),
    [
        # The two results of the worked example.
        ((SB, B, SB), "45", SB, "120"),
        ((B, C, B), "34", B, "100"),
        # Each bound, reached and just missed.
        ((SB, SB, B), "45", SB, "120"),
        ((B, B, SB), "42", SB, "120"),
        ((SB, SB, C), "40", B, "100"),
        ((B, B, C), "34", B, "100"),
        ((SB, B, K), "32", C, "80"),
        ((SB, SK, SK), "18", K, "60"),
        ((C, C, K), "19", C, "80"),
        ((B, K, K), "19", C, "80"),
        ((K, K, SK), "7", K, "60"),
        ((K, SK, SK), "5", SK, "25"),
        ((SK, SK, SK), "3", SK, "25"),
        # Other than three indicators: three times the mean.
        ((SB,), "48", SB, "120"),
        ((B,), "39", B, "100"),
        ((C,), "24", C, "80"),
        ((K,), "9", K, "60"),
        ((SK,), "3", SK, "25"),
        ((SB, B), "43.5", SB, "120"),
        ((SB, C), "36", B, "100"),
        ((B, C), "31.5", C, "80"),
        ((K, SK), "6", SK, "25"),
        ((SB, SB, B, SK), "34.5", B, "100"),
        ((SB, B, C, C), "33.75", C, "80"),
        ((SB, SB, SB, C), "42", SB, "120"),
    ],
)
def test_category_and_value_of_a_result(
    categories: tuple[Category, ...], points: str, category: Category, value: str
) -> None:
    assert result_points(categories) == Decimal(points)
    assert result_value_ja_jf(categories) == (category, Decimal(value))


@pytest.mark.parametrize(
    ("category", "value", "superior", "expected"),
    [
        (SB, 120, 100, "116"),
        (B, 100, 100, "100"),
        (C, 80, 100, "74"),
        (K, 60, 100, "53"),
        (SK, 25, 100, "21"),
        (SB, 120, 120, "120"),
        (SB, 120, 25, "101"),
        (SB, 120, 0, "96"),
        (SK, 25, 120, "21.2"),
    ],
)
def test_non_direct_takes_part_of_the_superiors_value(
    category: Category, value: int, superior: int, expected: str
) -> None:
    weighted = weighted_value(category, Decimal(value), CascadeMethod.NON_DIRECT, Decimal(superior))

    assert weighted == Decimal(expected)


def test_other_points_give_another_value() -> None:
    fewer = replace(DEFAULTS, points=ByCategory(*[Decimal(number) for number in (14, 10, 8, 3, 1)]))

    assert result_value_ja_jf((B, B, B), fewer) == (C, Decimal(80))
    score = numeric_score(plan(direct(percent(100))), fewer)
    assert score.outcome.skp == 80
    assert [step.value for step in score.steps if step.label == "Utama 1: jumlah poin"] == [30]


def test_direct_keeps_the_value() -> None:
    assert weighted_value(SB, Decimal(120), CascadeMethod.DIRECT, Decimal(25)) == 120


@pytest.mark.parametrize(
    ("category", "value", "scope", "expected"),
    [
        (SB, 120, 1, "1.2"),
        (SB, 120, 2, "2.4"),
        (SB, 120, 3, "3.6"),
        (B, 100, 2, "1.6"),
        (C, 80, 1, "0.48"),
        (K, 60, 3, "0.72"),
        (SK, 25, 1, "0.05"),
    ],
)
def test_additional_result(category: Category, value: int, scope: int, expected: str) -> None:
    assert additional_value(category, Decimal(value), scope) == Decimal(expected)


@pytest.mark.parametrize("scope", [-1, 0, 4])
def test_unknown_scope_is_refused(scope: int) -> None:
    with pytest.raises(DomainError, match=r"^Lingkup hasil kerja tambahan harus 1, 2, atau 3\.$"):
        additional_value(SB, Decimal(120), scope)


def _skp(*results: ResultInput) -> str:
    return str(numeric_score(plan(*results)).outcome.skp)


def test_main_results_count_by_their_mean_and_additional_ones_on_top() -> None:
    assert _skp(direct(percent(100)), direct(percent(80)), additional(percent(100))) == "90.80"


def test_additional_results_add_at_most_ten() -> None:
    assert _skp(direct(percent(80)), *[additional(percent(120), scope=3)] * 2) == "87.20"
    assert _skp(direct(percent(80)), *[additional(percent(120), scope=3)] * 3) == "90.00"


def test_exactly_ten_is_not_cut_and_says_nothing_of_the_limit() -> None:
    wider = replace(DEFAULTS, scope_weights=(Decimal("0.01"), Decimal("0.02"), Decimal("0.05")))
    # 1 × 0.05 × 120 and 0.8 × 0.05 × 100.
    given = plan(direct(percent(80)), additional(percent(120), scope=3), additional(percent(100), scope=3))
    score = numeric_score(given, wider)

    assert [result.weighted for result in score.results[1:]] == [6, 4]
    assert score.outcome.skp == 90
    assert {step.label: step.formula for step in score.steps}["Jumlah hasil tambahan"] == "6 + 4"


def test_skp_value_is_at_most_120() -> None:
    assert _skp(direct(percent(120)), additional(percent(120))) == "120.00"


def test_maximum_reached_makes_sixteen_points() -> None:
    score = numeric_score(plan(direct(indicator(100, 100, maximum=True))))

    assert score.results[0].indicators[0].category == SB
    assert score.results[0].indicators[0].value == 16
    assert score.outcome.skp == 120


def test_the_superiors_value_used_is_named_and_provisional_until_known() -> None:
    score = numeric_score(
        plan(
            non_direct(percent(100), superior=None),
            non_direct(percent(100), superior=80),
            direct(percent(100)),
            additional(percent(100)),
        )
    )

    assert [result.superior_value for result in score.results] == [100, 80, None, None]
    assert [result.provisional for result in score.results] == [True, False, False, False]
    assert [result.weighted for result in score.results] == [100, 96, 100, Decimal("0.8")]
    assert score.provisional


def test_each_result_keeps_its_category_and_indicators() -> None:
    score = numeric_score(plan(direct(percent(100), percent(80)), additional(percent("100.6"))))

    assert [result.category for result in score.results] == [C, SB]
    assert score.results[0].indicators == (
        ScoredIndicator(Decimal(100), B, Decimal(13)),
        ScoredIndicator(Decimal(80), C, Decimal(8)),
    )
    assert score.results[1].indicators == (ScoredIndicator(Decimal("100.6"), SB, Decimal(16)),)


def test_results_keep_the_order_of_the_plan() -> None:
    score = numeric_score(plan(additional(percent(80)), direct(percent(100)), additional(percent(120))))

    assert [result.value for result in score.results] == [80, 100, 120]
