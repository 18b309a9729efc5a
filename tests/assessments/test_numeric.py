import json
from dataclasses import replace
from decimal import ROUND_DOWN, Context, Decimal, localcontext

import pytest

from assessments.enums import Category, FourPredicate, NationalPredicate, Rating, Weighting
from assessments.schemes.arithmetic import printed
from assessments.schemes.numeric import missing_parts, numeric_score, skp_value
from assessments.schemes.settings import DEFAULTS, ScoringSettings
from assessments.schemes.types import RULE_VERSION, Exact, PlanInput
from config.lib.canonical import canonical_text
from config.lib.errors import DomainError, Incomplete
from config.lib.notes import Basis, setting_lines
from skp.enums import ResultSource, Scheme
from tests.assessments.plans import (
    additional,
    direct,
    indicator,
    non_direct,
    percent,
    plan,
    sourced,
    worked_example,
)


def test_worked_example_seventy_thirty() -> None:
    score = numeric_score(worked_example())
    outcome = score.outcome

    assert (str(outcome.skp), str(outcome.behaviour), str(outcome.final)) == ("109.60", "105.00", "108.22")
    assert outcome.category == Category.GOOD
    assert (outcome.results_rating, outcome.behaviour_rating) == (Rating.ABOVE, Rating.AS_EXPECTED)
    assert outcome.national == NationalPredicate.GOOD
    assert outcome.four == FourPredicate.GOOD
    assert [str(printed(result.weighted)) for result in score.results] == ["116.00", "100.00", "1.60"]
    assert score.exact == Exact(Decimal(108), Decimal("1.6"), Decimal("109.6"), Decimal(105))
    assert score.rule_version == RULE_VERSION


def test_worked_example_sixty_forty() -> None:
    outcome = numeric_score(worked_example(weighting=Weighting.SIXTY_FORTY)).outcome

    assert (str(outcome.final), outcome.category) == ("107.76", Category.GOOD)


def test_very_good_needs_the_new_idea() -> None:
    best = plan(direct(percent(120)), behaviour=(110,))
    without, with_idea = numeric_score(best).outcome, numeric_score(replace(best, new_idea=True)).outcome

    assert without.final == with_idea.final == Decimal("117.00")
    assert (without.category, without.four) == (Category.GOOD, FourPredicate.GOOD)
    assert (with_idea.category, with_idea.four) == (Category.VERY_GOOD, FourPredicate.SATISFACTORY)
    assert without.national == with_idea.national == NationalPredicate.VERY_GOOD


def test_the_final_score_comes_from_the_unrounded_parts() -> None:
    # 0.6 × 100 + 0.4 × 100.0125 = 100.005, printed 100.01; from the printed 100.01 it would be 100.004.
    given = plan(direct(percent(100)), behaviour=("100.0125",), weighting=Weighting.SIXTY_FORTY)
    outcome = numeric_score(given).outcome

    assert (str(outcome.behaviour), str(outcome.final)) == ("100.01", "100.01")


def test_every_word_is_read_from_the_printed_value() -> None:
    # 0.7 × 100 + 0.3 × 66.65 = 89.995, printed 90.00.
    outcome = numeric_score(plan(direct(percent(100)), behaviour=("66.65",))).outcome
    assert (str(outcome.final), outcome.category, outcome.four) == (
        "90.00",
        Category.GOOD,
        FourPredicate.GOOD,
    )

    outcome = numeric_score(plan(direct(percent(100)), behaviour=("109.995",))).outcome
    assert (str(outcome.behaviour), outcome.behaviour_rating) == ("110.00", Rating.ABOVE)

    outcome = numeric_score(plan(direct(percent(100)), behaviour=("89.994",))).outcome
    assert (str(outcome.behaviour), outcome.behaviour_rating) == ("89.99", Rating.BELOW)


def test_exact_halves_go_up_even_when_ninths_and_thirds_do_not_end() -> None:
    # 0.6 × 451/9 + 0.4 × 304/3 = 70.6 exactly; 0.7 × 70.6 + 0.3 × 100.05 = 79.435.
    outcome = numeric_score(
        plan(
            sourced(ResultSource.AGREEMENT, percent(61), percent(60), percent(60)),
            sourced(ResultSource.AGREEMENT, *[percent(60)] * 3),
            sourced(ResultSource.AGREEMENT, *[percent(60)] * 3),
            sourced(ResultSource.INITIATIVE, percent(100), percent(100), percent(96)),
            scheme=Scheme.JPT,
            behaviour=("100.05",),
        )
    ).outcome

    assert (str(outcome.skp), str(outcome.final)) == ("70.60", "79.44")


def test_the_thread_s_own_decimal_context_changes_nothing() -> None:
    expected = numeric_score(worked_example())

    with localcontext(Context(prec=5, rounding=ROUND_DOWN)):
        assert numeric_score(worked_example()) == expected
        # 320 ÷ 3
        assert str(skp_value(plan(*[direct(percent(one)) for one in (120, 100, 100)]))) == "106.67"


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (plan(direct(indicator(None, 12))), "realisasi Utama 1 indikator 1"),
        (
            plan(direct(percent(1)), additional(percent(1), indicator(None, 1))),
            "realisasi Tambahan 1 indikator 2",
        ),
        (plan(direct()), "indikator Utama 1"),
        (plan(), "hasil kerja utama"),
        (plan(additional(percent(100))), "hasil kerja utama"),
        (plan(direct(percent(1)), behaviour=()), "nilai perilaku kerja"),
        (plan(direct(percent(1)), behaviour=(100, None)), "nilai perilaku kerja 2"),
        (plan(sourced(ResultSource.AGREEMENT, percent(1))), "metode cascading Utama 1"),
        (plan(direct(percent(1)), scheme=Scheme.JPT), "sumber Utama 1"),
    ],
)
def test_a_missing_part_is_named_and_never_zero(given: PlanInput, missing: str) -> None:
    assert missing_parts(given) == (missing,)
    with pytest.raises(Incomplete) as refusal:
        numeric_score(given)
    assert refusal.value.problems == (missing,)
    assert str(refusal.value) == f"Nilai belum dapat dihitung. Belum ada: {missing}."


def test_all_missing_parts_are_named_at_once() -> None:
    with pytest.raises(Incomplete, match="realisasi Utama 1 indikator 1; realisasi Utama 2 indikator 1"):
        numeric_score(plan(direct(indicator(None, 1)), direct(indicator(None, 1))))


def test_values_as_the_database_gives_them_score_the_same() -> None:
    """Columns give plain strings, not members."""
    given = worked_example()
    results = tuple(
        replace(result, kind=result.kind.value, cascade=result.cascade.value if result.cascade else None)  # type: ignore[arg-type]
        for result in given.results
    )
    plain = replace(given, scheme="ja_jf", weighting="70/30", results=results)  # type: ignore[arg-type]

    assert numeric_score(plain) == numeric_score(given)


def test_the_skp_value_alone_does_not_ask_for_behaviour() -> None:
    for behaviour in ((), (None,), (105,)):
        assert str(skp_value(replace(worked_example(), behaviour=behaviour))) == "109.60"
    # 0.8 × 100 + 0.2 × 50; with an own share of 0.7 it is 70 + 10.
    given = plan(non_direct(percent(100), superior=50))
    assert str(skp_value(given)) == "90.00"
    assert str(skp_value(given, replace(DEFAULTS, own_share=Decimal("0.7")))) == "80.00"
    assert skp_value(plan(direct(percent(120)), additional(percent(120)))) == 120


def test_the_skp_value_alone_names_what_is_missing() -> None:
    missing = ("indikator Utama 1", "realisasi Tambahan 1 indikator 1")
    with pytest.raises(Incomplete) as refusal:
        skp_value(plan(direct(), additional(indicator(None, 1)), behaviour=()))
    assert refusal.value.problems == missing
    assert str(refusal.value) == (
        "Nilai SKP belum dapat dihitung. Belum ada: indikator Utama 1; realisasi Tambahan 1 indikator 1."
    )


def test_behaviour_off_the_scale_is_refused() -> None:
    with pytest.raises(DomainError, match="antara 0 dan 120"):
        numeric_score(plan(direct(percent(100)), behaviour=(121,)))


def test_steps_are_text_that_json_and_canonical_text_can_hold() -> None:
    steps = [step.as_plain() for step in numeric_score(worked_example()).steps]

    assert json.loads(json.dumps(steps)) == steps
    assert canonical_text({"steps": steps}, schema_version=1)
    assert all(value for step in steps for value in step.values())
    assert steps[0] == {
        "label": "Utama 1, indikator 1 (kuantitas): capaian (%)",
        "formula": "13 ÷ 12 × 100",
        "value": "108.333333",
    }
    assert {
        "label": "Utama 1: nilai tertimbang",
        "formula": "80 % × 120 + 20 % × 100",
        "value": "116",
    } in steps
    assert {"label": "Nilai akhir", "formula": "70 % × 109,6 + 30 % × 105", "value": "108.22"} in steps


def test_steps_say_what_is_provisional_and_what_was_capped() -> None:
    score = numeric_score(
        plan(
            non_direct(indicator(30, 10, special=True), superior=None),
            direct(indicator(100, 100, maximum=True)),
            *[additional(percent(120), scope=3)] * 3,
        )
    )
    formulas = {step.label: step.formula for step in score.steps}

    assert formulas["Utama 1, indikator 1 (kualitas): capaian (%)"] == "(2 − 30 ÷ 10) × 100, paling rendah 0"
    assert formulas["Utama 1: nilai tertimbang"] == "80 % × 25 + 1 % × 100 (nilai pimpinan sementara)"
    assert formulas["Utama 2, indikator 1 (kualitas): poin"] == "target maksimal tercapai: Sangat Baik"
    assert formulas["Jumlah hasil tambahan"] == "3,6 + 3,6 + 3,6, paling tinggi 10"


def test_the_same_plan_gives_the_same_steps() -> None:
    assert numeric_score(worked_example()) == numeric_score(worked_example())


def test_settings_change_the_score() -> None:
    generous = replace(DEFAULTS, own_share=Decimal(1), superior_value_unknown=Decimal(0))
    given = plan(non_direct(percent(100), superior=None))

    assert numeric_score(given, generous).outcome.skp == 100
    assert numeric_score(given, replace(DEFAULTS, superior_value_unknown=Decimal(0))).outcome.skp == 80


def test_words_and_suggestions_are_read_by_the_period_s_settings() -> None:
    given = plan(direct(percent(100)), behaviour=(100,))
    usual = numeric_score(given).outcome
    strict = replace(DEFAULTS, results_above_ja_jf=Decimal(99), behaviour_above_from=Decimal(100))
    other = numeric_score(given, strict).outcome

    assert (usual.results_rating, usual.behaviour_rating) == (Rating.AS_EXPECTED, Rating.AS_EXPECTED)
    assert (other.results_rating, other.behaviour_rating) == (Rating.ABOVE, Rating.ABOVE)
    assert (usual.national, other.national) == (NationalPredicate.GOOD, NationalPredicate.VERY_GOOD)

    low = plan(direct(percent(60)), behaviour=(60,))
    assert numeric_score(low).outcome.category == Category.POOR
    assert numeric_score(low, replace(DEFAULTS, poor_from=Decimal(61))).outcome.category == Category.VERY_POOR


def test_every_setting_has_a_basis_and_a_note() -> None:
    lines = setting_lines(DEFAULTS)

    assert [line.name for line in lines] == list(ScoringSettings.__dataclass_fields__)
    assert all(line.note.label for line in lines)
    assert all(line.note.text.endswith(".") for line in lines if line.note.text)
    assert {line.note.basis for line in lines} == {Basis.PRACTICE, Basis.OURS}
    assert lines[0].default == DEFAULTS.points
