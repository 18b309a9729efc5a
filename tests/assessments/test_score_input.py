import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from assessments.enums import Rating, Weighting
from assessments.json_fields import InputFault
from assessments.schemes.types import PlanInput
from assessments.score_input import QuadrantInput, read_score_input
from skp.enums import Aspect, CascadeMethod, Direction, ResultKind, ResultSource, Scheme


def numeric(**changes: Any) -> dict[str, Any]:
    """The input as the product describes it, every field present."""
    return {
        "regime": "numeric",
        "position": "ja_jf",
        "weights": "70/30",
        "new_idea": False,
        "results": [
            {
                "kind": "main",
                "source": "agreement",
                "cascade": "non-direct",
                "superior_value": 100,
                "scope": 1,
                "indicators": [
                    {
                        "aspect": "quantity",
                        "target": [12, 12],
                        "realisation": 13,
                        "direction": "normal",
                        "target_is_maximum": False,
                    }
                ],
            }
        ],
        "behaviour": [105],
        **changes,
    }


def read(given: object) -> PlanInput:
    plan = read_score_input(json.dumps(given))
    assert isinstance(plan, PlanInput)
    return plan


def fault(text: str) -> str:
    with pytest.raises(InputFault) as refusal:
        read_score_input(text)
    return str(refusal.value)


Change = Callable[[dict[str, Any]], object]


def changed(change: Change) -> str:
    given = numeric()
    change(given)
    return json.dumps(given)


def of_result(key: str, value: object) -> Change:
    return lambda given: given["results"][0].update({key: value})


def of_indicator(key: str, value: object) -> Change:
    return lambda given: given["results"][0]["indicators"][0].update({key: value})


def test_every_field_is_read() -> None:
    plan = read(numeric())
    (result,) = plan.results
    (indicator,) = result.indicators

    assert (plan.scheme, plan.weighting, plan.new_idea) == (Scheme.JA_JF, Weighting.SEVENTY_THIRTY, False)
    assert plan.behaviour == (Decimal(105),)
    assert (result.kind, result.cascade, result.superior_value) == (
        ResultKind.MAIN,
        CascadeMethod.NON_DIRECT,
        Decimal(100),
    )
    assert (indicator.aspect, indicator.direction) == (Aspect.QUANTITY, Direction.NORMAL)
    assert [indicator.target_min, indicator.target_max, indicator.realisation] == [12, 12, 13]
    assert indicator.target_is_maximum is False


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("13", "13"),
        ("13.0", "13"),
        ("0.1", "0.1"),
        ("1e2", "100"),
        ("1.25E1", "12.5"),
        ("-0", "0"),
        ("-0.0", "0"),
        ('"13"', "13"),
        ('"12.50"', "12.5"),
        ("999999999999999", "999999999999999"),
        ("0.12345678", "0.12345678"),
        ("1.500000000000", "1.5"),
    ],
)
def test_numbers_are_read_exactly(written: str, value: str) -> None:
    plan = read_score_input(json.dumps(numeric()).replace('"realisation": 13', f'"realisation": {written}'))

    assert isinstance(plan, PlanInput)
    assert plan.results[0].indicators[0].realisation == Decimal(value)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("true", "harus berupa angka"),
        ("false", "harus berupa angka"),
        ("[1]", "harus berupa angka"),
        ("{}", "harus berupa angka"),
        ("NaN", "harus berupa angka"),
        ('"NaN"', "harus berupa angka"),
        ('"Infinity"', "harus berupa angka"),
        ('""', "harus berupa angka"),
        ('" 13"', "harus berupa angka"),
        ('"13\\n"', "harus berupa angka"),
        ('"1_3"', "harus berupa angka"),
        ('"12,5"', "harus berupa angka"),
        ('"1e2"', "harus berupa angka"),
        ('"\u0661\u0663"', "harus berupa angka"),
        ("null", "wajib diisi, tidak boleh null"),
        ("-1", "tidak boleh negatif"),
        ('"-0.5"', "tidak boleh negatif"),
        ("-Infinity", "tidak boleh negatif"),
        ("Infinity", "paling banyak 15 angka di depan tanda desimal"),
        ("1000000000000000", "paling banyak 15 angka di depan tanda desimal"),
        ("1e400", "paling banyak 15 angka di depan tanda desimal"),
        ("1e99999999999999999999", "paling banyak 15 angka di depan tanda desimal"),
        ("9" * 5000, "paling banyak 15 angka di depan tanda desimal"),
        ("0.123456789", "paling banyak 8 angka di belakang tanda desimal"),
        ("1e-400", "paling banyak 8 angka di belakang tanda desimal"),
    ],
)
def test_what_is_no_usable_number_is_refused_by_its_field(written: str, why: str) -> None:
    text = json.dumps(numeric()).replace('"realisation": 13', f'"realisation": {written}')

    assert fault(text).startswith(f"results[0].indicators[0].realisation: {why}")


@pytest.mark.parametrize(
    ("target", "low", "high"), [([12, 12], 12, 12), ([80, 90], 80, 90), (12, 12, 12), ("12", 12, 12)]
)
def test_target_is_a_pair_or_one_number(target: object, low: int, high: int) -> None:
    indicator = read(json.loads(changed(of_indicator("target", target)))).results[0].indicators[0]

    assert [indicator.target_min, indicator.target_max] == [low, high]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda given: given.update(regime="pp30"), "regime: harus salah satu dari numeric, quadrant, pp46."),
        (lambda given: given.update(regime="pp46"), "regime: pp46 belum dapat dihitung"),
        (lambda given: given.update(regime=1), "regime: harus salah satu dari"),
        (lambda given: given.update(position="jf"), "position: harus salah satu dari jpt, ja_jf."),
        (lambda given: given.update(weights="50/50"), "weights: harus salah satu dari 70/30, 60/40."),
        (lambda given: given.update(new_idea=0), "new_idea: harus true atau false."),
        (lambda given: given.update(new_idea="false"), "new_idea: harus true atau false."),
        (lambda given: given.update(note="x"), "note: isian tidak dikenal."),
        (lambda given: given.update(results={}), "results: harus berupa daftar."),
        (lambda given: given.update(results=[]), "results: paling sedikit satu hasil kerja utama."),
        (lambda given: given.update(results=[1]), "results[0]: harus berupa objek JSON."),
        (lambda given: given.update(results=[None]), "results[0]: wajib diisi, tidak boleh null."),
        (of_result("kind", "additional"), "results: paling sedikit satu hasil kerja utama."),
        (of_result("kind", "utama"), "results[0].kind: harus salah satu dari main, additional."),
        (of_result("name", "x"), "results[0].name: isian tidak dikenal."),
        (of_result("cascade", "indirect"), "results[0].cascade: harus salah satu dari direct, non-direct."),
        (of_result("cascade", None), "results[0].cascade: wajib diisi, tidak boleh null."),
        (of_result("superior_value", 121), "results[0].superior_value: paling tinggi 120."),
        (of_result("superior_value", True), "results[0].superior_value: harus berupa angka"),
        (of_result("scope", 0), "results[0].scope: harus 1, 2, atau 3."),
        (of_result("scope", 4), "results[0].scope: harus 1, 2, atau 3."),
        (of_result("scope", 1.5), "results[0].scope: harus 1, 2, atau 3."),
        (of_result("scope", True), "results[0].scope: harus berupa angka"),
        (of_result("indicators", []), "results[0].indicators: paling sedikit satu indikator."),
        (of_result("indicators", "x"), "results[0].indicators: harus berupa daftar."),
        (
            lambda given: given["results"][0].update(indicators=given["results"][0]["indicators"] * 5),
            "results[0].indicators: paling banyak 4 indikator.",
        ),
        (of_indicator("aspect", "speed"), "results[0].indicators[0].aspect: harus salah satu dari quantity"),
        (of_indicator("unit", "x"), "results[0].indicators[0].unit: isian tidak dikenal."),
        (of_indicator("direction", "down"), "results[0].indicators[0].direction: harus salah satu dari"),
        (of_indicator("target_is_maximum", 1), "results[0].indicators[0].target_is_maximum: harus true"),
        (of_indicator("target", [90, 80]), "results[0].indicators[0].target: angka terendah lebih besar"),
        (of_indicator("target", [12]), "results[0].indicators[0].target: harus berisi dua angka"),
        (of_indicator("target", [1, 2, 3]), "results[0].indicators[0].target: harus berisi dua angka"),
        (of_indicator("target", []), "results[0].indicators[0].target: harus berisi dua angka"),
        (of_indicator("target", [1, "x"]), "results[0].indicators[0].target[1]: harus berupa angka"),
        (of_indicator("target", [-1, 2]), "results[0].indicators[0].target[0]: tidak boleh negatif."),
        (of_indicator("target", True), "results[0].indicators[0].target: harus berupa angka"),
        (of_indicator("target", 0), "results[0].indicators[0].target: target 0 hanya berlaku"),
        (of_indicator("target", [0, 0]), "results[0].indicators[0].target: target 0 hanya berlaku"),
        (lambda given: given.update(behaviour=[]), "behaviour: paling sedikit satu nilai."),
        (lambda given: given.update(behaviour=105), "behaviour: harus berupa daftar."),
        (lambda given: given.update(behaviour=[100, 121]), "behaviour[1]: paling tinggi 120."),
        (lambda given: given.update(behaviour=[-1]), "behaviour[0]: tidak boleh negatif."),
        (lambda given: given.update(behaviour=[None]), "behaviour[0]: wajib diisi, tidak boleh null."),
        (lambda given: given.update(behaviour=[False]), "behaviour[0]: harus berupa angka"),
    ],
)
def test_faults_name_the_field(change: Change, message: str) -> None:
    assert fault(changed(change)).startswith(message)


@pytest.mark.parametrize("key", ["regime", "position", "weights", "new_idea", "results", "behaviour"])
def test_a_missing_field_is_named(key: str) -> None:
    assert fault(changed(lambda given: given.pop(key))) == f"{key}: wajib diisi."


@pytest.mark.parametrize("key", ["kind", "indicators", "cascade"])
def test_a_missing_field_of_a_result_is_named(key: str) -> None:
    assert fault(changed(lambda given: given["results"][0].pop(key))) == f"results[0].{key}: wajib diisi."


@pytest.mark.parametrize("key", ["aspect", "target", "realisation", "direction", "target_is_maximum"])
def test_a_missing_field_of_an_indicator_is_named(key: str) -> None:
    text = changed(lambda given: given["results"][0]["indicators"][0].pop(key))

    assert fault(text) == f"results[0].indicators[0].{key}: wajib diisi."


def test_superior_value_and_scope_may_be_absent_or_null() -> None:
    for change in (
        lambda result: (result.pop("superior_value"), result.pop("scope")),
        lambda result: result.update(superior_value=None, scope=None),
    ):
        given = numeric()
        change(given["results"][0])
        (result,) = read(given).results
        assert (result.superior_value, result.scope) == (None, 1)


def test_main_results_of_jpt_need_the_source_and_nothing_else() -> None:
    given = numeric(position="jpt")
    given["results"][0].update(cascade="x", superior_value=-5)
    (result,) = read(given).results
    assert (result.source, result.cascade, result.superior_value) == (ResultSource.AGREEMENT, None, None)

    del given["results"][0]["source"]
    assert fault(json.dumps(given)) == "results[0].source: wajib diisi."
    given["results"][0]["source"] = "plan"
    assert fault(json.dumps(given)).startswith("results[0].source: harus salah satu dari")


def test_what_does_not_count_is_not_looked_at() -> None:
    given = numeric()
    given["results"][0].update(source="x", cascade="direct", superior_value=-5)
    other = {**given["results"][0], "kind": "additional", "cascade": 7, "scope": 3}
    given["results"].append(other)
    main, additional = read(given).results

    assert (main.source, main.superior_value) == (None, None)
    assert (additional.cascade, additional.superior_value, additional.scope) == (None, None, 3)


def test_target_zero_is_read_with_direction_special() -> None:
    given = numeric()
    given["results"][0]["indicators"][0].update(target=[0, 0], direction="special", realisation=0)

    assert read(given).results[0].indicators[0].target_max == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "masukan: bukan JSON yang sah (baris 1, kolom 1)."),
        ("{", "masukan: bukan JSON yang sah (baris 1, kolom 2)."),
        ('{"regime": "numeric",}', "masukan: bukan JSON yang sah"),
        ("[]", "masukan: harus berupa objek JSON."),
        ("null", "masukan: wajib diisi, tidak boleh null."),
        ("1", "masukan: harus berupa objek JSON."),
        ("[" * 100_000, "masukan: susunan JSON terlalu dalam."),
        ('{"regime": "numeric", "regime": "quadrant"}', "regime: ditulis dua kali dalam satu objek."),
    ],
)
def test_what_is_no_object_is_refused(text: str, message: str) -> None:
    assert fault(text).startswith(message)


def test_quadrant_takes_two_ratings() -> None:
    given = {"regime": "quadrant", "results_rating": "above", "behaviour_rating": "as"}

    assert read_score_input(json.dumps(given)) == QuadrantInput(Rating.ABOVE, Rating.AS_EXPECTED)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"results_rating": "good"}, "results_rating: harus salah satu dari above, as, below."),
        ({"behaviour_rating": None}, "behaviour_rating: wajib diisi, tidak boleh null."),
        ({"position": "jpt"}, "position: isian tidak dikenal."),
    ],
)
def test_faults_of_the_quadrant_name_the_field(change: dict[str, object], message: str) -> None:
    given = {"regime": "quadrant", "results_rating": "above", "behaviour_rating": "as", **change}

    assert fault(json.dumps(given)) == message


def test_a_missing_rating_is_named() -> None:
    assert fault('{"regime": "quadrant", "results_rating": "as"}') == "behaviour_rating: wajib diisi."
