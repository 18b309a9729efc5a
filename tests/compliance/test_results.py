"""The predicate of an OPD by scores, the final one, and what is missing to the next: pure answers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.enums import FourPredicate, NationalPredicate
from compliance.results import (
    BEST_FIRST,
    Kind,
    Tally,
    by_scores,
    final_of,
    lacking_by_scores,
    lacking_by_share,
    lower_median,
    worse,
)
from compliance.rules import Counts, opd_predicate
from skp.enums import Regime
from skp.settings import PlanSettings

M, B, BAD, S = FourPredicate
SETTINGS = PlanSettings()
NUMERIC, QUADRANT = Regime.NUMERIC, Regime.QUADRANT
VERY_GOOD, GOOD, NEEDS, POOR, VERY_POOR = NationalPredicate


def tally(*finals: str, obliged: int | None = None, scored: int | None = None) -> Tally:
    """People with these finals; further obliged or scored ones have none that counts."""
    count = len(finals)
    return Tally(
        obliged=count if obliged is None else obliged,
        scored=count if scored is None else scored,
        counted=count,
        total=sum((Decimal(text) for text in finals), Decimal(0)),
    )


def quadrant(**people: int) -> Tally:
    nationals = {NationalPredicate[name.upper()]: count for name, count in people.items()}
    count = sum(people.values())
    return Tally(obliged=count, scored=count, counted=count, nationals=nationals)


@pytest.mark.parametrize(
    ("finals", "mean", "word"),
    [
        (["110"], "110.00", M),
        (["109.99"], "109.99", B),
        # 109.995 is printed as 110.00, 109.994… as 109.99.
        (["109.99", "110.00"], "110.00", M),
        (["109.99", "109.99", "110.00"], "109.99", B),
        # 89.995 and 49.995 likewise.
        (["89.99", "90.00"], "90.00", B),
        (["89.99", "89.99", "90.00"], "89.99", BAD),
        (["49.99", "50.00"], "50.00", BAD),
        (["49.99"], "49.99", S),
        (["0"], "0.00", S),
        (["120"], "120.00", M),
    ],
)
def test_the_mean_is_rounded_half_up_before_it_is_compared(finals, mean, word):
    told = by_scores(tally(*finals), NUMERIC, SETTINGS)
    assert (told.kind, told.value, told.word) == (Kind.PREDICATE, Decimal(mean), word)
    assert (told.counted, told.missing) == (len(finals), 0)


@pytest.mark.parametrize(
    ("obliged", "scored", "kind"),
    [
        (0, 0, Kind.NOBODY),
        (1, 0, Kind.TOO_FEW),
        (10, 4, Kind.TOO_FEW),
        (10, 5, Kind.PREDICATE),
        (11, 5, Kind.TOO_FEW),
        (11, 6, Kind.PREDICATE),
    ],
)
def test_fewer_than_half_scored_gives_no_predicate(obliged, scored, kind):
    told = by_scores(tally(*["100"] * scored, obliged=obliged), NUMERIC, SETTINGS)
    assert told.kind == kind
    assert (told.word is None) == (kind != Kind.PREDICATE)
    assert (told.counted, told.missing) == (scored, obliged - scored)


def test_results_that_count_in_no_mean_are_scored_and_told_as_missing():
    told = by_scores(tally("100", "100", obliged=4, scored=3), NUMERIC, SETTINGS)
    assert (told.word, told.value, told.counted, told.missing) == (B, Decimal(100), 2, 2)
    alone = by_scores(tally(obliged=2, scored=2), NUMERIC, SETTINGS)
    assert (alone.kind, alone.value, alone.counted) == (Kind.TOO_FEW, None, 0)


@pytest.mark.parametrize(
    ("people", "median"),
    [
        ({"very_good": 1}, VERY_GOOD),
        ({"very_good": 1, "good": 1}, GOOD),
        ({"very_good": 2, "good": 1}, VERY_GOOD),
        ({"very_good": 2, "very_poor": 2}, VERY_POOR),
        ({"good": 1, "needs_improvement": 1, "poor": 1}, NEEDS),
        ({"good": 2, "needs_improvement": 0, "poor": 2}, POOR),
    ],
)
def test_the_lower_of_the_two_in_the_middle(people, median):
    counted = quadrant(**people)
    assert lower_median(counted.nationals) == median
    told = by_scores(counted, QUADRANT, SETTINGS)
    assert (told.median, told.value) == (median, None)
    assert told.word == {VERY_GOOD: M, GOOD: B, NEEDS: BAD, POOR: BAD, VERY_POOR: S}[median]


def test_nobody_has_no_median():
    assert lower_median({}) is None
    assert by_scores(Tally(obliged=1, scored=1), QUADRANT, SETTINGS).kind == Kind.TOO_FEW


@pytest.mark.parametrize(
    ("scored", "obliged", "final"),
    [(90, 100, M), (89, 100, B), (75, 100, B), (74, 100, BAD), (50, 100, BAD), (100, 100, M)],
)
def test_the_final_predicate_is_the_worse_of_scores_and_share(scored, obliged, final):
    people = tally(*["110"] * scored, obliged=obliged)
    told = final_of(people, NUMERIC, SETTINGS)
    assert (told.word, told.value) == (final, Decimal(110))
    only = PlanSettings(opd_scores_only=True)
    assert final_of(people, NUMERIC, only).word == M


def test_low_scores_are_not_lifted_by_the_share():
    assert final_of(tally(*["70"] * 4), NUMERIC, SETTINGS).word == BAD


def test_without_enough_scores_there_is_no_final_predicate():
    told = final_of(tally("100", obliged=3), NUMERIC, SETTINGS)
    assert (told.kind, told.word, told.missing) == (Kind.TOO_FEW, None, 2)
    assert final_of(Tally(), NUMERIC, SETTINGS).kind == Kind.NOBODY


def test_the_thresholds_are_settings():
    strict = PlanSettings(opd_score_memuaskan_from=120, opd_score_baik_from=119, opd_score_buruk_from=118)
    assert by_scores(tally("118.5"), NUMERIC, strict).word == BAD


@pytest.mark.parametrize(
    ("fulfilled", "obliged", "people", "word"),
    [
        (89, 100, 1, M),
        (125, 140, 1, M),
        (0, 10, 5, BAD),
        (5, 10, 3, B),
        (1, 3, 1, BAD),
        (2, 3, 1, B),
    ],
)
def test_people_to_the_next_predicate(fulfilled, obliged, people, word):
    lacking = lacking_by_share(Counts(obliged, fulfilled), SETTINGS)
    assert (lacking.people, lacking.points, lacking.word) == (people, None, word)


@pytest.mark.parametrize("counts", [Counts(), Counts(100, 90)])
def test_at_the_top_and_without_people_nothing_is_lacking(counts):
    assert lacking_by_share(counts, SETTINGS) is None


def test_points_to_the_next_predicate():
    lacking = lacking_by_scores(tally("89.50"), NUMERIC, SETTINGS)
    assert (lacking.word, lacking.points, lacking.people) == (B, Decimal("0.50"), None)
    assert lacking_by_scores(tally("110"), NUMERIC, SETTINGS) is None
    assert lacking_by_scores(tally("50", obliged=3), NUMERIC, SETTINGS) is None


def test_people_whose_predicate_must_rise():
    lacking = lacking_by_scores(quadrant(good=1, poor=3), QUADRANT, SETTINGS)
    assert (lacking.word, lacking.people) == (B, 2)
    assert lower_median({GOOD: 3, POOR: 1}) == GOOD
    assert lower_median({GOOD: 2, POOR: 2}) == POOR


FINALS = st.lists(st.decimals(0, 120, places=2), min_size=1, max_size=30)
NATIONALS = st.lists(st.sampled_from(NationalPredicate), min_size=1, max_size=30)
COUNTS = st.integers(1, 400).flatmap(
    lambda obliged: st.builds(Counts, st.just(obliged), st.integers(0, obliged))
)


@given(FINALS, st.decimals(0, 10, places=2))
def test_better_scores_never_give_a_worse_predicate(finals, more):
    higher = [min(value + more, Decimal(120)) for value in finals]
    before, after = (by_scores(tally(*map(str, row)), NUMERIC, SETTINGS) for row in (finals, higher))
    assert BEST_FIRST.index(after.word) <= BEST_FIRST.index(before.word)
    assert min(finals) <= before.value <= max(finals)


@given(FINALS, st.integers(0, 60))
def test_counted_and_missing_are_all_the_obliged(finals, others):
    people = tally(*map(str, finals), obliged=len(finals) + others)
    told = final_of(people, NUMERIC, SETTINGS)
    assert told.counted + told.missing == people.obliged
    if told.word is not None:
        assert told.word == worse(told.word, opd_predicate(people.counts, SETTINGS))


@given(NATIONALS)
def test_the_median_is_that_of_the_sorted_list(words):
    order = list(NationalPredicate)
    worst_first = sorted(words, key=order.index, reverse=True)
    people = {word: words.count(word) for word in set(words)}
    assert lower_median(people) == worst_first[(len(words) - 1) // 2]


@given(COUNTS)
def test_the_people_lacking_are_the_fewest_that_lift(counts):
    lacking = lacking_by_share(counts, SETTINGS)
    if lacking is None:
        return

    def word_with(more: int) -> FourPredicate | None:
        return opd_predicate(Counts(counts.obliged, counts.fulfilled + more), SETTINGS)

    assert lacking.people > 0
    assert worse(word_with(lacking.people), lacking.word) == lacking.word
    assert word_with(lacking.people - 1) == opd_predicate(counts, SETTINGS)


@given(NATIONALS)
def test_the_predicates_lacking_are_the_fewest_that_lift(words):
    people = {word: words.count(word) for word in NationalPredicate}
    counted = Tally(len(words), len(words), len(words), nationals=people)
    lacking = lacking_by_scores(counted, QUADRANT, SETTINGS)
    if lacking is None:
        return
    target = next(word for word, four in TO_FOUR.items() if four == lacking.word)

    def lifted(more: int) -> FourPredicate | None:
        worst_first = sorted(words, key=list(NationalPredicate).index, reverse=True)
        row = [target] * more + worst_first[more:]
        moved = {word: row.count(word) for word in NationalPredicate}
        return by_scores(Tally(len(row), len(row), len(row), nationals=moved), QUADRANT, SETTINGS).word

    assert worse(lifted(lacking.people), lacking.word) == lacking.word
    assert worse(lifted(lacking.people - 1), lacking.word) != lacking.word


TO_FOUR = {VERY_GOOD: M, GOOD: B, NEEDS: BAD, VERY_POOR: S}


def test_tallies_add_up():
    one = Tally(3, 2, 1, Decimal("99.50"), {M: 1}, {GOOD: 1})
    total = one + one + Tally()
    assert (total.obliged, total.scored, total.counted, total.total) == (6, 4, 2, Decimal(199))
    assert (total.words[M], total.nationals[GOOD], total.without_word, total.missing) == (2, 2, 4, 4)
