"""The completeness list: each named problem of rules.md §3, with the place to mend it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from skp.enums import (
    AppendixKind,
    Approach,
    Direction,
    Perspective,
    ResultKind,
    ResultSource,
    Scheme,
)
from skp.rules import Blocks, open_problems, plan_problems, target_missed
from skp.settings import PlanSettings
from tests.skp.contents import INDICATOR, RESULT, SECOND, content

SETTINGS = PlanSettings()
LEADS = {
    "source": ResultSource.AGREEMENT,
    "perspective": Perspective.PROCESS,
    "agreement_text": "Sasaran strategis pertama",
}
ADDITIONAL = replace(
    RESULT, text="Terbantunya seleksi", kind=ResultKind.ADDITIONAL, assigned_by="Kepala Bidang"
)


def problems(*results, scheme=Scheme.JA_JF, settings=SETTINGS):
    return [
        (problem.anchor, problem.text, problem.blocks_submit)
        for problem in plan_problems(content(*results, scheme=scheme), settings)
        if not problem.is_warning
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
    additional = replace(RESULT, kind=ResultKind.ADDITIONAL, parent_id=None, assigned_by="Kepala")
    assert problems(additional, settings=settings)[0][0] == "hasil-utama"


def test_additional_results_need_no_link():
    additional = replace(ADDITIONAL, result_id=3)
    assert problems(RESULT, SECOND, replace(additional, parent_id=None, cascade_method=None)) == []


def test_leaders_need_no_link():
    loose = replace(RESULT, parent_id=None, cascade_method=None, **LEADS)
    own = replace(SECOND, **LEADS | {"source": ResultSource.INITIATIVE})
    assert problems(loose, own, scheme=Scheme.JPT) == []


@pytest.mark.parametrize(
    ("missing", "said"), [("source", "sumber belum dipilih."), ("perspective", "perspektif belum dipilih.")]
)
def test_leaders_name_source_and_perspective_of_main_results_only(missing, said):
    sourced = replace(SECOND, **LEADS)
    without = replace(RESULT, **LEADS | {missing: None})
    found = problems(without, sourced, replace(ADDITIONAL, result_id=3), scheme=Scheme.JPT)
    assert [(place, text) for place, text, _ in found] == [("hasil-1", f"Hasil 1: {said}")]


def test_an_additional_result_names_who_assigned_it():
    [(place, text, blocks)] = problems(RESULT, SECOND, replace(ADDITIONAL, result_id=3, assigned_by=" "))
    assert (place, text, blocks) == ("hasil-3", "Hasil 3: pemberi tugas belum ditulis.", True)


def test_a_target_without_unit_is_told():
    assert problems(with_indicator(unit=" "), SECOND) == [
        ("indikator-21", "Hasil 1: satuan target belum diisi.", True)
    ]


def qualitative(text):
    zero = Decimal(0)
    item = replace(INDICATOR, target_min=zero, target_max=zero, unit="", target_text=text)
    plan = content(replace(RESULT, indicators=(item,)), replace(SECOND, indicators=(item,)))
    return plan_problems(replace(plan, approach=Approach.QUALITATIVE), SETTINGS)


def test_kualitatif_asks_for_the_expectation_instead_of_numbers():
    short = [problem.text for problem in qualitative("Tepat") if not problem.is_warning]
    assert short == [f"Hasil {number}: ekspektasi indikator kurang dari 10 huruf." for number in (1, 2)]
    assert [problem for problem in qualitative("Tepat waktu") if not problem.is_warning] == []


def test_an_empty_appendix_warns_and_blocks_nothing():
    filled = replace(content(), appendix=((AppendixKind.RESOURCES, "Dua orang pengolah data"),))
    [warning] = plan_problems(filled, SETTINGS)
    assert (warning.anchor, warning.section, warning.blocks) == ("lampiran", "lampiran", Blocks.NOTHING)
    assert warning.text == "Lampiran belum diisi: skema pertanggungjawaban, konsekuensi."
    assert open_problems([warning]) == 0
    whole = replace(content(), appendix=tuple((kind, "Satu butir") for kind in AppendixKind))
    assert plan_problems(whole, SETTINGS) == []


@pytest.mark.parametrize(
    ("direction", "reached", "missed"),
    [
        (Direction.NORMAL, 89, True),
        (Direction.NORMAL, 90, False),
        (Direction.NORMAL, 96, False),
        (Direction.SPECIAL, 95, False),
        (Direction.SPECIAL, 96, True),
        (Direction.SPECIAL, 1, False),
    ],
)
def test_a_target_is_missed_on_its_bad_side_only(direction, reached, missed):
    item = replace(INDICATOR, target_min=Decimal(90), target_max=Decimal(95), direction=direction)
    assert target_missed(item, Decimal(reached)) is missed
