"""The settings of scoring as the text that is kept with periods and scores, and back."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from assessments.enums import AspectSet, Category
from assessments.schemes.setting_rules import changed_settings
from assessments.schemes.settings import DEFAULTS, ByCategory, ScoringSettings

D = Decimal
# The numbers of the rules (rules.md §5), written out.
PLAIN = {
    "points": {"very_good": "16", "good": "13", "fair": "8", "poor": "3", "very_poor": "1"},
    "point_bounds": {"very_good": "42", "good": "34", "fair": "19", "poor": "7", "very_poor": "0"},
    "result_values": {"very_good": "120", "good": "100", "fair": "80", "poor": "60", "very_poor": "25"},
    "own_share": "0.80",
    "superior_shares": {
        "very_good": "0.20",
        "good": "0.20",
        "fair": "0.10",
        "poor": "0.05",
        "very_poor": "0.01",
    },
    "superior_value_unknown": "100",
    "additional_weights": {
        "very_good": "1",
        "good": "0.80",
        "fair": "0.60",
        "poor": "0.40",
        "very_poor": "0.20",
    },
    "scope_weights": ["0.01", "0.02", "0.03"],
    "agreement_weight": "0.60",
    "initiative_weight": "0.40",
    "jpt_value_at_101": "110",
    "superior_opinion": "60",
    "peers_opinion": "20",
    "subordinates_opinion": "20",
    "poor_from": "50",
    "results_above_ja_jf": "100",
    "results_above_jpt": "109",
    "results_expected_from": "90",
    "behaviour_above_from": "110",
    "behaviour_expected_from": "90",
    "aspects": "berakhlak",
    "four_good_from": "90",
    "four_bad_from": "50",
}
OTHERS = replace(
    DEFAULTS,
    points=ByCategory(D(20), D("12.5"), D(7), D(2), D(1)),
    own_share=D("0.75"),
    scope_weights=(D("0.02"), D("0.03"), D("0.05")),
    aspects=AspectSet.PP30,
)


def test_the_defaults_are_the_numbers_of_the_rules() -> None:
    assert DEFAULTS.as_plain() == PLAIN


@pytest.mark.parametrize("kept", [DEFAULTS, OTHERS])
def test_settings_are_read_back_as_they_were_kept(kept: ScoringSettings) -> None:
    assert ScoringSettings.from_text(kept.to_text()) == kept
    assert ScoringSettings.from_plain(kept.as_plain()) == kept


def test_the_text_says_by_which_schema_it_is_kept() -> None:
    assert json.loads(DEFAULTS.to_text()) == {**PLAIN, "schema_version": 1}


def test_no_exponent_is_kept() -> None:
    assert replace(DEFAULTS, superior_value_unknown=D("1E+2")).as_plain() == PLAIN
    tens = ByCategory(*[D("1E+1")] * 5)
    assert set(replace(DEFAULTS, points=tens).as_plain()["points"].values()) == {"10"}  # type: ignore[attr-defined]
    assert replace(DEFAULTS, scope_weights=(D("1E+1"),) * 3).as_plain()["scope_weights"] == ["10"] * 3


def test_what_was_not_kept_has_its_default() -> None:
    assert ScoringSettings.from_text("") == DEFAULTS
    assert ScoringSettings.from_text('{"own_share":"0.7","unknown":"1"}') == replace(
        DEFAULTS, own_share=D("0.7")
    )


@pytest.mark.parametrize(
    ("name", "stored", "told"),
    [
        ("points", "16", "'16'"),
        ("own_share", ["0.8"], r"\['0.8'\]"),
        ("scope_weights", "0.01", "'0.01'"),
        ("aspects", None, "None"),
    ],
)
def test_another_shape_is_refused(name: str, stored: object, told: str) -> None:
    with pytest.raises(ValueError, match=f"^{told} is no setting of scoring$"):
        ScoringSettings.from_plain({name: stored})


def test_a_value_of_another_kind_is_not_kept() -> None:
    with pytest.raises(TypeError, match=r"^float is no value of scoring$"):
        replace(DEFAULTS, own_share=0.8).as_plain()  # type: ignore[arg-type]


def test_every_category_has_its_number() -> None:
    assert [DEFAULTS.result_values.of(word) for word in Category] == [120, 100, 80, 60, 25]


def test_changes_are_told_with_the_value_before() -> None:
    told = changed_settings(DEFAULTS, OTHERS)
    assert [(line.name, line.default, line.value) for line in told] == [
        ("points", DEFAULTS.points, OTHERS.points),
        ("own_share", D("0.80"), D("0.75")),
        ("scope_weights", DEFAULTS.scope_weights, OTHERS.scope_weights),
        ("aspects", AspectSet.BERAKHLAK, AspectSet.PP30),
    ]
    assert told[1].note.label == "Bagian nilai sendiri pada cascading non-direct"
    back = changed_settings(OTHERS, DEFAULTS)
    assert [(line.default, line.value) for line in back] == [(line.value, line.default) for line in told]
    assert changed_settings(OTHERS, OTHERS) == []
