"""The completeness list: each named problem of rules.md §3, with the place to mend it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from skp.enums import Direction, ResultKind, ResultSource, Scheme
from skp.rules import plan_problems
from skp.settings import PlanSettings
from tests.skp.contents import INDICATOR, RESULT, SECOND, content

SETTINGS = PlanSettings()


def problems(*results, scheme=Scheme.JA_JF, settings=SETTINGS):
    return [
        (problem.anchor, problem.text, problem.blocks_submit)
        for problem in plan_problems(content(*results, scheme=scheme), settings)
    ]


def with_indicator(**values):
    return replace(RESULT, indicators=(replace(INDICATOR, **values),))


def test_a_complete_plan_has_none():
    assert problems() == []


@pytest.mark.parametrize(
    ("first", "anchor", "said", "blocks"),
    [
        (replace(RESULT, text="Laporan"), "hasil-1", "kurang dari 10 huruf", True),
        (replace(RESULT, text=" " * 9 + "Laporan "), "hasil-1", "kurang dari 10 huruf", True),
        (replace(RESULT, indicators=()), "hasil-1", "belum ada indikator", True),
        (replace(RESULT, indicators=(INDICATOR,) * 5), "hasil-1", "indikator lebih dari 4", True),
        (replace(RESULT, parent_id=None), "hasil-1", "belum terhubung", False),
        (replace(RESULT, cascade_method=None), "hasil-1", "metode cascading belum dipilih", True),
        (with_indicator(text="Jumlah"), "indikator-21", "uraian indikator kurang dari 10", True),
        (
            with_indicator(target_min=Decimal(3), target_max=Decimal(2)),
            "indikator-21",
            "minimum melebihi",
            True,
        ),
        (
            with_indicator(target_min=Decimal(0), target_max=Decimal(0)),
            "indikator-21",
            "target 0 hanya",
            True,
        ),
    ],
)
def test_each_problem_is_named_once_with_its_place(first, anchor, said, blocks):
    [(place, text, blocks_submit)] = problems(first, SECOND)
    assert (place, blocks_submit) == (anchor, blocks)
    assert said in text
    assert text.startswith("Hasil 1:")


def test_target_zero_is_sound_where_less_is_better():
    zero = with_indicator(target_min=Decimal(0), target_max=Decimal(0), direction=Direction.SPECIAL)
    assert problems(zero, SECOND) == []


def test_a_range_from_zero_is_sound():
    assert problems(with_indicator(target_min=Decimal(0)), SECOND) == []


def test_the_same_text_twice_is_told_of_both_whatever_its_blanks_and_letters():
    twin = replace(SECOND, text="  TERSUSUNNYA laporan   kinerja ")
    assert [(place, "sama dengan" in text) for place, text, _ in problems(RESULT, twin)] == [
        ("hasil-1", True),
        ("hasil-2", True),
    ]


@pytest.mark.parametrize(("wanted", "count"), [(0, 0), (1, 0), (2, 1), (3, 1)])
def test_the_number_of_main_results_is_a_setting_never_below_one(wanted, count):
    settings = PlanSettings(min_main_results=wanted)
    found = [place for place, _, _ in problems(RESULT, settings=settings)]
    assert found == ["hasil-utama"] * count
    additional = replace(RESULT, kind=ResultKind.ADDITIONAL, parent_id=None)
    assert problems(additional, settings=settings)[0][0] == "hasil-utama"


def test_additional_results_need_no_link():
    additional = replace(RESULT, result_id=3, text="Terbantunya seleksi", kind=ResultKind.ADDITIONAL)
    assert problems(RESULT, SECOND, replace(additional, parent_id=None, cascade_method=None)) == []


def test_leaders_need_no_link():
    loose = replace(RESULT, parent_id=None, cascade_method=None, source=ResultSource.AGREEMENT)
    own = replace(SECOND, source=ResultSource.INITIATIVE)
    assert problems(loose, own, scheme=Scheme.JPT) == []


def test_leaders_name_the_source_of_main_results_only():
    sourced = replace(SECOND, source=ResultSource.INITIATIVE)
    additional = replace(RESULT, result_id=3, text="Terbantunya seleksi", kind=ResultKind.ADDITIONAL)
    found = problems(RESULT, sourced, additional, scheme=Scheme.JPT)
    assert [(place, text) for place, text, _ in found] == [("hasil-1", "Hasil 1: sumber belum dipilih.")]
