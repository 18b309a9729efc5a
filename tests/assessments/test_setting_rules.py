"""Which numbers of scoring may stand, and what is never touched by thresholds."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.enums import AspectSet, Category, FourPredicate, Rating
from assessments.forms.scoring_settings import ScoringForm
from assessments.inputs import Ratings, ScoredInput, input_text
from assessments.judging import judged
from assessments.schemes.setting_rules import WORDS_ONLY, same_numbers, scoring_problems, value_words
from assessments.schemes.settings import DEFAULTS, ByCategory
from assessments.simulating import Change, Verdict, by_inputs, by_words, matrix_of
from config.lib.notes import setting_lines
from skp.enums import Regime
from tests.assessments.plans import direct, percent, plan, worked_example

D = Decimal


def each(*numbers: str) -> ByCategory:
    return ByCategory(*(D(number) for number in numbers))


def test_the_defaults_may_stand():
    assert scoring_problems(DEFAULTS) == ()


# Each change alone: the setting to mend, a word of what is said, and the nearest value that may stand.
WRONG = [
    (
        {"points": each("16", "13", "13", "3", "1")},
        "points",
        "menurun",
        {"points": each("16", "13", "12.9", "3", "1")},
    ),
    (
        {"points": each("101", "13", "8", "3", "1")},
        "points",
        "antara 0 dan 100",
        {"points": each("100", "13", "8", "3", "1")},
    ),
    ({"point_bounds": each("42", "34", "19", "7", "1")}, "point_bounds", "harus 0", {}),
    ({"result_values": each("121", "100", "80", "60", "25")}, "result_values", "antara 0 dan 120", {}),
    ({"own_share": D("0.81")}, "superior_shares", "paling tinggi 1", {"own_share": D("0.79")}),
    (
        {"superior_shares": each("0.1", "0.2", "0.1", "0.05", "0.01")},
        "superior_shares",
        "tidak boleh naik",
        {},
    ),
    (
        {"additional_weights": each("1", "0.8", "0.9", "0.4", "0.2")},
        "additional_weights",
        "tidak boleh naik",
        {},
    ),
    (
        {"scope_weights": (D("0.02"), D("0.01"), D("0.03"))},
        "scope_weights",
        "tidak boleh turun",
        {"scope_weights": (D("0.02"), D("0.02"), D("0.03"))},
    ),
    (
        {"agreement_weight": D("0.61")},
        "agreement_weight",
        "harus 1",
        {"agreement_weight": D("0.7"), "initiative_weight": D("0.3")},
    ),
    (
        {"jpt_value_at_101": D("108.9")},
        "jpt_value_at_101",
        "antara 109 dan 120",
        {"jpt_value_at_101": D(109)},
    ),
    (
        {"peers_opinion": D(21)},
        "superior_opinion",
        "harus 100",
        {"peers_opinion": D(21), "superior_opinion": D(59)},
    ),
    ({"poor_from": D(70)}, "poor_from", "di bawah 70", {"poor_from": D("69.99")}),
    (
        {"results_above_ja_jf": D("89.99")},
        "results_above_ja_jf",
        "sesuai ekspektasi",
        {"results_above_ja_jf": D(90)},
    ),
    (
        {"results_above_jpt": D("89.99")},
        "results_above_jpt",
        "sesuai ekspektasi",
        {"results_above_jpt": D(90)},
    ),
    (
        {"behaviour_above_from": D(90)},
        "behaviour_above_from",
        "di atas batas",
        {"behaviour_above_from": D("90.01")},
    ),
    ({"four_good_from": D(50)}, "four_good_from", "di atas batas Buruk", {"four_good_from": D("50.01")}),
    ({"four_bad_from": D("-1")}, "four_bad_from", "antara 0 dan 120", {"four_bad_from": D(0)}),
    ({"four_good_from": D("90.00001")}, "four_good_from", "4 angka", {"four_good_from": D("90.0001")}),
]


@pytest.mark.parametrize(("change", "name", "said", "right"), WRONG, ids=lambda item: str(item)[:40])
def test_a_number_out_of_bounds_or_order_is_named(change, name, said, right):
    problems = scoring_problems(replace(DEFAULTS, **change))
    assert [problem.name for problem in problems] == [name]
    assert said in problems[0].text
    assert scoring_problems(replace(DEFAULTS, **right)) == ()


def test_every_setting_has_a_label_a_basis_and_bounds():
    for line in setting_lines(DEFAULTS):
        assert line.note.label
        assert isinstance(line.value, AspectSet) or line.note.high > line.note.low


def test_values_are_shown_as_people_read_them():
    assert value_words(DEFAULTS.points) == "Sangat Baik 16 · Baik 13 · Cukup 8 · Kurang 3 · Sangat Kurang 1"
    assert value_words(DEFAULTS.scope_weights) == "0,01 · 0,02 · 0,03"
    assert (value_words(D("0.80")), value_words(AspectSet.PP30)) == ("0,8", "Aspek PP 30/2019")


def test_the_form_gives_back_what_it_shows():
    blank = ScoringForm(settings=DEFAULTS, asks_reason=False)
    data = {field.html_name: field.value() for field in blank}
    assert len(data) == 5 * 5 + 3 + 16 + 1
    form = ScoringForm(data, settings=DEFAULTS, asks_reason=False)
    assert form.is_valid(), form.errors
    assert form.settings() == DEFAULTS
    wrong = ScoringForm(data | {"points_good": "17"}, settings=DEFAULTS, asks_reason=False)
    assert "points_very_good" in wrong.errors
    typed = ScoringForm(
        data | {"own_share": "0,75", "scope_weights_3": "0.05"}, settings=DEFAULTS, asks_reason=False
    )
    assert typed.is_valid()
    assert (typed.settings().own_share, typed.settings().scope_weights[2]) == (D("0.75"), D("0.05"))


def scored(values, **given) -> ScoredInput:
    return ScoredInput(
        Regime.NUMERIC, "", DEFAULTS, Ratings(Rating.ABOVE, Rating.ABOVE), plan(values, **given)
    )


OTHER_WORDS = st.builds(
    lambda bad, gap, poor: replace(DEFAULTS, four_bad_from=bad, four_good_from=bad + gap, poor_from=poor),
    st.decimals(0, 60, places=2),
    st.decimals(1, 60, places=2),
    st.decimals(0, 69, places=2),
)


@given(st.integers(0, 130), st.integers(0, 120), st.booleans(), OTHER_WORDS)
def test_thresholds_read_from_the_stored_score_as_from_the_inputs(achieved, behaviour, idea, settings):
    """The short way of a simulation says the same as judging all again."""
    given_input = scored(direct(percent(achieved)), behaviour=(behaviour,), new_idea=idea)
    stored = judged(given_input)
    before = Verdict(stored.four, stored.final)
    short = by_words(before, new_idea=idea, settings=settings)
    assert short == by_inputs(input_text(given_input), settings)


def test_numbers_are_told_from_words():
    assert same_numbers(replace(DEFAULTS, four_good_from=D(80), aspects=AspectSet.PP30), DEFAULTS)
    for line in setting_lines(DEFAULTS):
        if line.name not in WORDS_ONLY:
            other = D("0.5") if isinstance(line.value, Decimal) else (each("9", "8", "7", "6", "0"))
            assert not same_numbers(replace(DEFAULTS, **{line.name: other}), DEFAULTS), line.name


def test_other_numbers_judge_the_stored_inputs_again():
    text = input_text(
        ScoredInput(
            Regime.NUMERIC, "", DEFAULTS, Ratings(Rating.AS_EXPECTED, Rating.AS_EXPECTED), worked_example()
        )
    )
    assert by_inputs(text, DEFAULTS) == Verdict(FourPredicate.GOOD, D("108.22"))
    poorer = replace(DEFAULTS, result_values=each("90", "80", "60", "40", "20"), superior_value_unknown=D(90))
    # Main 0.8 × 90 + 0.2 × 100 = 92 and 80, additional 0.8 × 0.02 × 80 = 1.28: SKP 87.28, final 92.596.
    assert by_inputs(text, poorer) == Verdict(FourPredicate.GOOD, D("92.60"))


def test_a_matrix_counts_who_goes_where():
    good, bad = Verdict(FourPredicate.GOOD, D(95)), Verdict(FourPredicate.BAD, D(80))
    changes = [Change(1, good, bad), Change(2, good, good), Change(3, bad, good), Change(4, good, bad)]
    assert matrix_of(changes) == {
        (FourPredicate.GOOD, FourPredicate.BAD): 2,
        (FourPredicate.GOOD, FourPredicate.GOOD): 1,
        (FourPredicate.BAD, FourPredicate.GOOD): 1,
    }
    assert [change.step for change in changes] == [-1, 0, 1, -1]


def test_a_quadrant_verdict_does_not_move():
    before = Verdict(FourPredicate.BAD, None)
    assert (
        by_words(before, new_idea=False, settings=replace(DEFAULTS, four_good_from=D(10), four_bad_from=D(5)))
        == before
    )
    text = input_text(ScoredInput(Regime.QUADRANT, "", DEFAULTS, Ratings(Rating.BELOW, Rating.ABOVE), None))
    assert by_inputs(text, replace(DEFAULTS, four_good_from=D(10), four_bad_from=D(5))) == before


def test_all_five_categories_are_typed_in_their_order():
    assert [
        name.removeprefix("points_")
        for name in ScoringForm(settings=DEFAULTS, asks_reason=True).fields
        if name.startswith("points_")
    ] == Category.values
