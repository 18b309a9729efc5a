"""Behaviour, ratings and predicates."""

from decimal import Decimal

import pytest

from assessments.enums import Category, FourPredicate, NationalPredicate, OrgPerformance, Rating
from assessments.schemes.arithmetic import printed
from assessments.schemes.behaviour import aspect_value, behaviour_value
from assessments.schemes.four import four_predicate_numeric, four_predicate_quadrant
from assessments.schemes.numeric import final_category
from assessments.schemes.quadrant import (
    national_predicate,
    quadrant_score,
    rating_of_organisation,
    suggested_behaviour_rating,
    suggested_results_rating,
)
from assessments.schemes.types import RULE_VERSION
from config.lib.errors import DomainError, Incomplete
from skp.enums import Scheme

ABOVE, AS, BELOW = Rating


def _numbers(*values: int) -> list[Decimal]:
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("superior", "peers", "subordinates", "expected"),
    [
        ((100,), (90,), (80,), "94.00"),
        ((100, 110), (90, 100, 80), (80,), "97.00"),
        ((100,), (90,), (), "97.50"),
        ((100,), (), (80,), "95.00"),
        ((100,), (), (), "100.00"),
        ((), (90,), (80,), "85.00"),
        ((0,), (0,), (0,), "0.00"),
    ],
)
def test_aspect_from_three_groups(
    superior: tuple[int, ...], peers: tuple[int, ...], subordinates: tuple[int, ...], expected: str
) -> None:
    value = aspect_value(_numbers(*superior), _numbers(*peers), _numbers(*subordinates))

    assert str(printed(value)) == expected


def test_aspect_without_any_opinion_is_missing() -> None:
    with pytest.raises(Incomplete, match=r"^Nilai perilaku kerja belum ada\.$"):
        aspect_value([], [], [])


def test_behaviour_is_the_mean_of_the_applicable_aspects() -> None:
    assert str(printed(behaviour_value(_numbers(100, 110, 100)))) == "103.33"


def test_behaviour_without_aspects_is_missing() -> None:
    with pytest.raises(Incomplete, match=r"^Nilai perilaku kerja belum ada\.$"):
        behaviour_value([])


@pytest.mark.parametrize("value", ["-0.01", "120.01"])
def test_behaviour_outside_its_scale_is_refused(value: str) -> None:
    with pytest.raises(DomainError, match="antara 0 dan 120"):
        behaviour_value([Decimal(value)])
    with pytest.raises(DomainError, match=r"^Nilai perilaku kerja harus antara 0 dan 120\.$"):
        aspect_value([Decimal(100)], [Decimal(value)], [])


@pytest.mark.parametrize(
    ("final", "new_idea", "category"),
    [
        ("120.00", True, Category.VERY_GOOD),
        ("110.00", True, Category.VERY_GOOD),
        ("120.00", False, Category.GOOD),
        ("109.99", True, Category.GOOD),
        ("90.00", False, Category.GOOD),
        ("89.99", True, Category.FAIR),
        ("70.00", True, Category.FAIR),
        ("69.99", True, Category.POOR),
        ("50.00", True, Category.POOR),
        ("49.99", True, Category.VERY_POOR),
        ("0.00", True, Category.VERY_POOR),
    ],
)
def test_category_of_the_final_score(final: str, new_idea: bool, category: Category) -> None:
    assert final_category(Decimal(final), new_idea=new_idea) == category


@pytest.mark.parametrize(
    ("results", "behaviour", "label"),
    [
        (ABOVE, BELOW, "Kurang/Misconduct"),
        (ABOVE, AS, "Baik"),
        (ABOVE, ABOVE, "Sangat Baik"),
        (AS, BELOW, "Kurang/Misconduct"),
        (AS, AS, "Baik"),
        (AS, ABOVE, "Baik"),
        (BELOW, BELOW, "Sangat Kurang"),
        (BELOW, AS, "Butuh Perbaikan"),
        (BELOW, ABOVE, "Butuh Perbaikan"),
    ],
)
def test_national_predicate(results: Rating, behaviour: Rating, label: str) -> None:
    assert national_predicate(results, behaviour).label == label


@pytest.mark.parametrize(
    ("performance", "rating"),
    [
        (OrgPerformance.OUTSTANDING, ABOVE),
        (OrgPerformance.GOOD, AS),
        (OrgPerformance.NEEDS_IMPROVEMENT, BELOW),
        (OrgPerformance.POOR, BELOW),
        (OrgPerformance.VERY_POOR, BELOW),
    ],
)
def test_a_head_is_rated_by_the_unit_s_achievement(performance: OrgPerformance, rating: Rating) -> None:
    assert rating_of_organisation(performance) == rating


@pytest.mark.parametrize(
    ("skp", "scheme", "rating"),
    [
        ("100.01", Scheme.JA_JF, ABOVE),
        ("100.00", Scheme.JA_JF, AS),
        ("90.00", Scheme.JA_JF, AS),
        ("89.99", Scheme.JA_JF, BELOW),
        ("109.01", Scheme.JPT, ABOVE),
        ("109.00", Scheme.JPT, AS),
        ("90.00", Scheme.JPT, AS),
        ("89.99", Scheme.JPT, BELOW),
    ],
)
def test_suggested_rating_of_results(skp: str, scheme: Scheme, rating: Rating) -> None:
    assert suggested_results_rating(Decimal(skp), scheme) == rating


@pytest.mark.parametrize(
    ("behaviour", "rating"),
    [("110.00", ABOVE), ("109.99", AS), ("90.00", AS), ("89.99", BELOW)],
)
def test_suggested_rating_of_behaviour(behaviour: str, rating: Rating) -> None:
    assert suggested_behaviour_rating(Decimal(behaviour)) == rating


@pytest.mark.parametrize(
    ("category", "final", "predicate"),
    [
        (Category.VERY_GOOD, "110.00", FourPredicate.SATISFACTORY),
        (Category.GOOD, "120.00", FourPredicate.GOOD),
        (Category.GOOD, "90.00", FourPredicate.GOOD),
        (Category.FAIR, "89.99", FourPredicate.BAD),
        (Category.POOR, "50.00", FourPredicate.BAD),
        (Category.VERY_POOR, "49.99", FourPredicate.VERY_BAD),
        (Category.VERY_POOR, "0.00", FourPredicate.VERY_BAD),
    ],
)
def test_four_words_from_the_score(category: Category, final: str, predicate: FourPredicate) -> None:
    assert four_predicate_numeric(category, Decimal(final)) == predicate


@pytest.mark.parametrize(
    ("national", "label"),
    [
        (NationalPredicate.VERY_GOOD, "Memuaskan"),
        (NationalPredicate.GOOD, "Baik"),
        (NationalPredicate.NEEDS_IMPROVEMENT, "Buruk"),
        (NationalPredicate.POOR, "Buruk"),
        (NationalPredicate.VERY_POOR, "Sangat Buruk"),
    ],
)
def test_four_words_from_the_quadrant(national: NationalPredicate, label: str) -> None:
    assert four_predicate_quadrant(national).label == label


def test_quadrant_score_shows_its_steps() -> None:
    score = quadrant_score(ABOVE, BELOW)

    assert (score.national, score.four) == (NationalPredicate.POOR, FourPredicate.BAD)
    assert score.rule_version == RULE_VERSION
    assert [step.as_plain() for step in score.steps] == [
        {
            "label": "Predikat kinerja",
            "formula": "hasil kerja di atas ekspektasi, perilaku kerja di bawah ekspektasi",
            "value": "Kurang/Misconduct",
        },
        {
            "label": "Predikat empat kata",
            "formula": "predikat kinerja Kurang/Misconduct",
            "value": "Buruk",
        },
    ]
