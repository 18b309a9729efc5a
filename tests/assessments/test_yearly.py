"""A year from its parts: weights, means, words, what is missing, and properties of all of it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.enums import Category, FourPredicate, NationalPredicate
from assessments.schemes.settings import ScoringSettings
from assessments.states import NoPerformanceKind
from assessments.yearly import (
    RANKS,
    DeliveredScore,
    YearPart,
    parts_text,
    unplanned,
    wholly_covered,
    year_outcome,
)
from skp.duties import PostFacts
from skp.enums import Regime

N = NationalPredicate
JANUARY, JULY, NEXT = date(2026, 1, 1), date(2026, 7, 1), date(2027, 1, 1)


def score(final: str | None = "100.00", national: N = N.GOOD, *, idea: bool = False) -> DeliveredScore:
    return DeliveredScore(7, national, None if final is None else Decimal(final), idea)


def part(start: date, until: date, given: DeliveredScore | None = None, **values) -> YearPart:
    return YearPart(skp_id=1, start=start, until=until, score=given, **values)


def halves(first: DeliveredScore | None, second: DeliveredScore | None) -> tuple[YearPart, YearPart]:
    return part(JANUARY, JULY, first), part(JULY, NEXT, second)


def test_one_part_is_the_year():
    outcome = year_outcome([part(JANUARY, NEXT, score("108.22"))], Regime.NUMERIC)
    assert outcome.final == Decimal("108.22")
    assert outcome.category == Category.GOOD
    assert outcome.national == N.GOOD
    assert outcome.four == FourPredicate.GOOD
    assert outcome.scored
    assert outcome.counts


def test_a_transfer_on_the_first_weighs_whole_months():
    outcome = year_outcome(halves(score("80.01"), score("100.00")), Regime.NUMERIC)
    assert (outcome.by_months, outcome.weights) == (True, (6, 6))
    # (80.01 + 100) / 2 = 90.005, half-up.
    assert outcome.final == Decimal("90.01")
    assert outcome.four == FourPredicate.GOOD


def test_a_transfer_within_a_month_weighs_days():
    middle = date(2026, 3, 15)
    parts = [part(JANUARY, middle, score("80.00")), part(middle, NEXT, score("100.00"))]
    outcome = year_outcome(parts, Regime.NUMERIC)
    assert (outcome.by_months, outcome.weights) == (False, (73, 292))
    # (80 × 73 + 100 × 292) / 365
    assert outcome.final == Decimal("96.00")


def test_who_began_within_a_month_is_weighed_by_days_though_the_transfer_was_on_the_first():
    parts = [part(date(2026, 3, 2), JULY, score()), part(JULY, NEXT, score())]
    assert year_outcome(parts, Regime.NUMERIC).weights == (121, 184)


def test_the_words_are_read_from_the_printed_value():
    # 109.995 is printed 110.00, and the idea of one part is enough.
    outcome = year_outcome(halves(score("109.99"), score("110.00", idea=True)), Regime.NUMERIC)
    assert outcome.final == Decimal("110.00")
    assert outcome.category == Category.VERY_GOOD
    assert outcome.four == FourPredicate.SATISFACTORY


def test_without_an_idea_the_year_is_good_at_most():
    outcome = year_outcome(halves(score("120.00"), score("120.00")), Regime.NUMERIC)
    assert (outcome.category, outcome.four) == (Category.GOOD, FourPredicate.GOOD)


def test_the_thresholds_are_those_of_the_period():
    settings = ScoringSettings(four_good_from=Decimal(95), four_bad_from=Decimal(60))
    assert year_outcome(halves(score("94"), score("94")), Regime.NUMERIC, settings).four == FourPredicate.BAD
    assert (
        year_outcome(halves(score("55"), score("55")), Regime.NUMERIC, settings).four
        == FourPredicate.VERY_BAD
    )


@pytest.mark.parametrize(
    ("first", "second", "year", "four"),
    [
        (N.VERY_GOOD, N.VERY_GOOD, N.VERY_GOOD, FourPredicate.SATISFACTORY),
        # A half goes down.
        (N.VERY_GOOD, N.GOOD, N.GOOD, FourPredicate.GOOD),
        (N.GOOD, N.NEEDS_IMPROVEMENT, N.NEEDS_IMPROVEMENT, FourPredicate.BAD),
        (N.VERY_GOOD, N.NEEDS_IMPROVEMENT, N.GOOD, FourPredicate.GOOD),
        (N.POOR, N.VERY_POOR, N.VERY_POOR, FourPredicate.VERY_BAD),
    ],
)
def test_the_quadrant_s_year_is_the_mean_rank_half_down(first, second, year, four):
    outcome = year_outcome(halves(score(None, first), score(None, second)), Regime.QUADRANT)
    assert (outcome.final, outcome.category) == (None, None)
    assert (outcome.national, outcome.four) == (year, four)


def test_above_a_half_the_rank_goes_up():
    parts = [
        part(JANUARY, date(2026, 6, 1), score(None, N.GOOD)),
        part(date(2026, 6, 1), NEXT, score(None, N.VERY_GOOD)),
    ]
    assert year_outcome(parts, Regime.QUADRANT).national == N.VERY_GOOD


@pytest.mark.parametrize("regime", [Regime.NUMERIC, Regime.QUADRANT])
def test_a_missing_part_makes_the_year_missing(regime):
    outcome = year_outcome(halves(score(), None), regime)
    assert (outcome.final, outcome.category, outcome.national, outcome.four) == (None, None, None, None)
    assert (outcome.scored, outcome.counts) == (False, False)
    assert outcome.weights == (6, 6)


def test_an_exempt_part_has_no_weight_and_is_not_missed():
    first, second = halves(None, score("95.00"))
    outcome = year_outcome([replace(first, exempt=True), second], Regime.NUMERIC)
    assert outcome.weights == (0, 6)
    assert (outcome.scored, outcome.final) == (True, Decimal("95.00"))


def test_a_year_of_exempt_parts_alone_has_no_result():
    outcome = year_outcome([part(JANUARY, NEXT, score(), exempt=True)], Regime.NUMERIC)
    assert (outcome.scored, outcome.final, outcome.four) == (False, None, None)


def test_no_plan_at_all_is_missing():
    outcome = year_outcome([], Regime.NUMERIC)
    assert (outcome.scored, outcome.final, outcome.four) == (False, None, None)


def test_who_never_sent_a_plan_is_very_bad_without_a_result():
    outcome = year_outcome([], Regime.NUMERIC, no_performance=NoPerformanceKind.NEVER_SENT)
    assert (outcome.final, outcome.category, outcome.national) == (None, None, None)
    assert outcome.four == FourPredicate.VERY_BAD
    assert not outcome.counts


def test_without_evidence_the_year_keeps_what_was_scored_and_counts_in_no_mean():
    outcome = year_outcome(
        halves(score("100"), score("100")), Regime.NUMERIC, no_performance=NoPerformanceKind.NO_EVIDENCE
    )
    assert (outcome.final, outcome.national) == (Decimal("100.00"), N.GOOD)
    assert outcome.four == FourPredicate.VERY_BAD
    assert (outcome.scored, outcome.counts) == (True, False)


def test_the_stored_text_tells_days_weights_and_versions():
    parts = halves(score("80.00"), None)
    stored = json.loads(parts_text(parts, year_outcome(parts, Regime.NUMERIC)))
    assert (stored["by_months"], stored["weights_total"]) == (True, 12)
    assert stored["parts"][0] == {
        "skp": 1,
        "start": "2026-01-01",
        "until": "2026-07-01",
        "days": 181,
        "weight": 6,
        "exempt": False,
        "version": 7,
        "final": "80.00",
        "national": "good",
        "new_idea": False,
    }
    assert stored["parts"][1]["version"] is None


@pytest.mark.parametrize(
    ("spans", "covered"),
    [
        ([], False),
        ([(JANUARY, JULY)], True),
        ([(date(2025, 5, 1), None)], True),
        ([(date(2026, 3, 1), JULY), (JANUARY, date(2026, 3, 1))], True),
        ([(JANUARY, date(2026, 6, 30))], False),
        ([(JANUARY, date(2026, 3, 1)), (date(2026, 3, 2), JULY)], False),
    ],
)
def test_a_part_is_exempt_only_when_every_day_of_it_is(spans, covered):
    assert wholly_covered(JANUARY, JULY, spans) is covered


finals = st.decimals(min_value=0, max_value=120, places=2)


@st.composite
def years(draw: st.DrawFn) -> list[YearPart]:
    """One to four delivered parts that follow each other."""
    days = st.integers(min_value=1, max_value=364)
    cuts = sorted(draw(st.sets(days, max_size=3)))
    borders = [JANUARY, *(JANUARY + timedelta(days=cut) for cut in cuts), NEXT]
    return [
        part(start, until, DeliveredScore(1, draw(st.sampled_from(N)), draw(finals), draw(st.booleans())))
        for start, until in pairwise(borders)
    ]


@given(years(), st.sampled_from([Regime.NUMERIC, Regime.QUADRANT]))
def test_the_year_lies_between_its_worst_and_its_best_part(parts, regime):
    outcome = year_outcome(parts, regime)
    values = [one.score.final for one in parts]
    ranks = [RANKS[one.score.national] for one in parts]
    assert min(values) <= outcome.final <= max(values)
    assert min(ranks) <= RANKS[outcome.national] <= max(ranks)


@given(years(), st.randoms())
def test_the_order_of_parts_does_not_matter(parts, chance):
    shuffled = list(parts)
    chance.shuffle(shuffled)
    given_order, other = year_outcome(parts, Regime.NUMERIC), year_outcome(shuffled, Regime.NUMERIC)
    assert replace(given_order, weights=()) == replace(other, weights=())


@given(years(), st.data())
def test_a_better_part_never_makes_the_year_worse(parts, data):
    which = data.draw(st.integers(0, len(parts) - 1))
    one = parts[which]
    better = replace(one.score, final=data.draw(st.decimals(one.score.final, 120, places=2)))
    changed = [*parts[:which], replace(one, score=better), *parts[which + 1 :]]
    before, after = year_outcome(parts, Regime.NUMERIC), year_outcome(changed, Regime.NUMERIC)
    assert after.final >= before.final


APRIL, OCTOBER = date(2026, 4, 1), date(2026, 10, 1)


def post(key: int, start: date, until: date | None) -> PostFacts:
    return PostFacts(key, 1, "", False, start, until)


def missing(*posts: PostFacts, planned: dict[int, date], months: int = 1) -> list[tuple[date, date]]:
    return unplanned(2026, posts, planned, new_in_post_months=months)


def test_the_post_of_the_year_s_end_misses_its_plan():
    assert missing(post(1, date(2020, 1, 1), None), planned={}) == [(JANUARY, NEXT)]
    assert missing(post(1, date(2020, 1, 1), None), planned={1: JANUARY}) == []
    late = post(2, date(2026, 12, 20), None)
    assert missing(post(1, JANUARY, late.start), late, planned={1: JANUARY}) == [(late.start, NEXT)]


def test_a_post_between_two_planned_ones_misses_its_plan():
    posts = post(1, JANUARY, APRIL), post(2, APRIL, JULY), post(3, JULY, None)
    assert missing(*posts, planned={1: JANUARY, 3: JULY}) == [(APRIL, JULY)]
    assert missing(*posts, planned={1: JANUARY}) == [(APRIL, JULY), (JULY, NEXT)]
    assert missing(*posts, planned={1: JANUARY, 2: APRIL, 3: JULY}) == []


def test_a_post_left_before_the_first_plan_misses_none():
    posts = post(1, JANUARY, APRIL), post(2, APRIL, None)
    assert missing(*posts, planned={2: APRIL}) == []
    assert missing(*posts, planned={}) == [(APRIL, NEXT)]


@pytest.mark.parametrize(("until", "months", "expected"), [(1, 1, 0), (2, 1, 1), (1, 2, 0), (2, 2, 0)])
def test_a_post_of_a_month_is_too_new_for_a_plan(until: int, months: int, expected: int):
    short = post(2, APRIL, date(2026, 5, until))
    posts = post(1, JANUARY, APRIL), short, post(3, short.until or NEXT, None)
    found = missing(*posts, planned={1: JANUARY, 3: short.until or NEXT}, months=months)
    assert len(found) == expected


def test_posts_of_other_years_miss_nothing():
    posts = post(1, date(2020, 1, 1), JANUARY), post(2, JANUARY, OCTOBER), post(3, NEXT, None)
    assert missing(*posts, planned={2: JANUARY}) == []
