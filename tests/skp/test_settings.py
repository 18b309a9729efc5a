"""The settings of a period: what each says of itself, and which values may stand."""

from dataclasses import fields, replace

import pytest

from config.lib.notes import Basis, setting_lines
from skp.enums import Approach, Regime
from skp.scheme import approaches_of
from skp.settings import PlanSettings, settings_problems

DEFAULTS = PlanSettings()


def test_every_setting_says_its_name_its_meaning_and_its_basis():
    lines = setting_lines(DEFAULTS)
    assert [line.name for line in lines] == [field.name for field in fields(PlanSettings)]
    assert all(line.note.label and line.note.text.endswith(".") for line in lines)
    practice = {line.name for line in lines if line.note.basis == Basis.PRACTICE}
    assert practice == {"decision_days", "monitoring_intervals", "objection_in_working_days"}
    assert not any(line.changed for line in lines)
    assert len({line.note.label for line in lines}) == len(lines)


def test_a_number_has_bounds_or_choices_and_its_default_keeps_them():
    numbers = [line for line in setting_lines(DEFAULTS) if not isinstance(line.default, bool)]
    assert all(line.note.choices or line.note.high > line.note.low for line in numbers)
    assert all(line.note.unit for line in numbers)
    assert settings_problems(DEFAULTS) == ()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"min_main_results": 0}, "min_main_results"),
        ({"grace_minutes": 1441}, "grace_minutes"),
        ({"monitoring_intervals": 6}, "monitoring_intervals"),
        ({"opd_baik_from": 90}, "opd_memuaskan_from"),
        ({"opd_buruk_from": 80}, "opd_memuaskan_from"),
        ({"opd_memuaskan_from": 101}, "opd_memuaskan_from"),
    ],
)
def test_values_out_of_bounds_and_thresholds_out_of_order_are_named(changes, named):
    assert named in [problem.name for problem in settings_problems(replace(DEFAULTS, **changes))]


@pytest.mark.parametrize("intervals", [4, 12])
def test_quarters_and_months_may_stand(intervals):
    assert settings_problems(replace(DEFAULTS, monitoring_intervals=intervals)) == ()


def test_the_text_of_an_older_release_reads_with_the_defaults_of_what_it_lacks():
    read = PlanSettings.from_text('{"return_days": 9, "unknown": 1}')
    assert read == replace(DEFAULTS, return_days=9)
    assert PlanSettings.from_text(read.to_text()) == read
    assert [line.name for line in setting_lines(read) if line.changed] == ["return_days"]


def test_the_numeric_regime_measures_targets_only():
    assert approaches_of(Regime.NUMERIC) == (Approach.QUANTITATIVE,)
    assert set(approaches_of(Regime.QUADRANT)) == set(Approach)
