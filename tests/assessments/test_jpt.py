from decimal import Decimal

import pytest

from assessments.enums import Category
from assessments.schemes.arithmetic import printed
from assessments.schemes.jpt import jpt_value
from assessments.schemes.numeric import numeric_score
from assessments.schemes.types import ResultInput, ScoredIndicator
from skp.enums import Aspect, ResultSource, Scheme
from tests.assessments.plans import additional, indicator, percent, plan, sourced

AGREEMENT, INITIATIVE = ResultSource.AGREEMENT, ResultSource.INITIATIVE


@pytest.mark.parametrize(
    ("achievement", "expected"),
    [
        # The checks of the rules.
        ("130", "120.00"),
        ("105", "114.44"),
        ("100", "109.00"),
        ("98", "88.00"),
        ("87", "77.00"),
        ("65", "55.00"),
        ("30", "24.92"),
        # Band edges: the whole percent chooses, the achievement is clamped.
        ("0", "0.00"),
        ("59", "49.00"),
        ("59.49", "49.00"),
        ("59.5", "50.00"),
        ("60", "50.00"),
        ("79.49", "69.00"),
        ("79.7", "70.00"),
        ("79.5", "70.00"),
        ("80", "70.00"),
        ("99", "89.00"),
        ("99.49", "89.00"),
        ("99.5", "109.00"),
        ("100.49", "109.00"),
        ("100.5", "110.00"),
        ("100.6", "110.00"),
        ("101", "110.00"),
        ("110", "120.00"),
        ("110.4", "120.00"),
        ("110.5", "120.00"),
        ("111", "120.00"),
        ("1000000", "120.00"),
    ],
)
def test_value_of_an_indicator(achievement: str, expected: str) -> None:
    assert str(printed(jpt_value(Decimal(achievement)))) == expected


def test_maximum_reached_is_120() -> None:
    assert jpt_value(Decimal(100), maximum=True) == 120


def _main(*results: ResultInput) -> Decimal:
    score = numeric_score(plan(*results, scheme=Scheme.JPT))
    return score.outcome.skp


def test_sources_weigh_sixty_and_forty() -> None:
    # Means 98.67 and 109: 59.2 + 43.6.
    agreement = sourced(AGREEMENT, percent(130), percent(98), percent(98))

    assert str(_main(agreement, sourced(INITIATIVE, percent(100)))) == "102.80"


def test_the_mean_of_a_source_is_over_indicators_not_results() -> None:
    # (70 + 70 + 109) ÷ 3 = 83; the mean of means would be 89.5.
    assert _main(sourced(AGREEMENT, percent(80), percent(80)), sourced(AGREEMENT, percent(100))) == 83


@pytest.mark.parametrize("source", [AGREEMENT, INITIATIVE])
def test_an_absent_source_gives_its_weight_to_the_other(source: ResultSource) -> None:
    assert _main(sourced(source, percent(98))) == 88


def test_target_that_is_a_maximum_counts_120() -> None:
    assert _main(sourced(AGREEMENT, indicator(100, 100, maximum=True))) == 120


def test_weighted_values_add_up_to_the_main_value() -> None:
    score = numeric_score(
        plan(
            sourced(AGREEMENT, percent(80), percent(100)),
            sourced(INITIATIVE, percent(100)),
            sourced(AGREEMENT, percent(98)),
            scheme=Scheme.JPT,
        )
    )
    # Agreement (70 + 109 + 88) ÷ 3 = 89; 0.6 × 89 + 0.4 × 109 = 97.
    assert score.outcome.skp == 97
    assert [str(printed(result.weighted)) for result in score.results] == ["35.80", "43.60", "17.60"]
    assert [str(result.value) for result in score.results] == ["89.5", "109", "88"]
    assert [result.category for result in score.results] == [None, None, None]
    assert score.results[0].indicators == (
        ScoredIndicator(Decimal(80), Category.FAIR, Decimal(70)),
        ScoredIndicator(Decimal(100), Category.GOOD, Decimal(109)),
    )
    assert not score.provisional


def test_additional_results_are_scored_by_points() -> None:
    score = numeric_score(
        plan(
            sourced(AGREEMENT, percent(98)),
            additional(percent(101), percent(101), percent(101), scope=3),
            additional(percent(100)),
            scheme=Scheme.JPT,
        )
    )
    assert [result.weighted for result in score.results[1:]] == [Decimal("3.6"), Decimal("0.8")]
    assert str(score.outcome.skp) == "92.40"


def test_skp_value_is_at_most_120() -> None:
    assert _main(sourced(AGREEMENT, percent(130)), additional(percent(130), scope=3)) == 120


def test_nothing_done_gives_nothing() -> None:
    assert _main(sourced(AGREEMENT, indicator(0, 4, aspect=Aspect.QUANTITY), percent(100))) == 0
