"""NIP, ranks and the words of the export: pure rules of rules.md section 14."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgunits.enums import EmploymentKind, PositionKind
from orgunits.imports.cells import echelon, employment_kind, functional_level, parse_date, same_words
from orgunits.nip import NipFault, parse_nip
from orgunits.ranks import grade_fits, normal_grade, rank_name, shown_rank


@pytest.mark.parametrize("text", ["'197109102000042001", "19710910 200004 2 001", " 1971091020000420 01 "])
def test_nip_is_read_without_apostrophe_and_blanks(text):
    nip = parse_nip(text)
    assert nip.text == "197109102000042001"
    assert (nip.birth_date, nip.appointed_year) == (date(1971, 9, 10), 2000)
    assert (nip.sex, nip.is_contract, nip.age_at_appointment) == ("F", False, 29)


def test_contract_code_begins_at_21():
    assert parse_nip("197902132019211001").is_contract
    assert not parse_nip("197902132019121001").is_contract


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nip_empty"),
        ("'", "nip_empty"),
        ("19701207199912100", "nip_length"),
        ("1970120719991210011", "nip_length"),
        ("19701207199912100A", "nip_digits"),
        ("１９７１０９１０２００００４２００１", "nip_digits"),
        ("197102302000042001", "nip_birth_date"),
        ("000001012000042001", "nip_birth_date"),
    ],
)
def test_what_is_no_nip_is_named(text, code):
    with pytest.raises(NipFault) as caught:
        parse_nip(text)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(("year", "likely"), [(17, False), (18, True), (70, True), (71, False)])
def test_age_at_appointment_is_likely_from_18_to_70(year, likely):
    assert parse_nip(f"19400101{1940 + year}041001").has_likely_age is likely


@given(st.text(alphabet="0123456789' A", max_size=22) | st.text(max_size=30))
def test_whatever_is_taken_for_a_nip_has_18_digits_and_a_birth_date(text):
    try:
        nip = parse_nip(text)
    except NipFault:
        return
    assert re.fullmatch(r"[0-9]{18}", nip.text)
    assert nip.text.startswith(f"{nip.birth_date:%Y%m%d}")


@pytest.mark.parametrize(
    ("grade", "shown"),
    [("I/a", "Juru Muda (I/a)"), ("III/d", "Penata Tk. I (III/d)"), ("IV/e", "Pembina Utama (IV/e)")],
)
def test_pns_grades_have_rank_names(grade, shown):
    assert shown_rank(grade) == shown


def test_pppk_grades_have_no_rank_name():
    assert (rank_name("IX"), shown_rank("IX"), shown_rank("")) == ("", "Golongan IX", "")
    assert grade_fits(EmploymentKind.PPPK_PART, "XVII")
    assert not grade_fits(EmploymentKind.PPPK, "III/a")
    assert not grade_fits(EmploymentKind.CPNS, "IX")


def test_grades_are_read_in_any_spelling():
    assert (normal_grade("iii/D"), normal_grade(" ix "), normal_grade("V/a")) == ("III/d", "IX", "")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31-01-2026", date(2026, 1, 31)),
        ("1/2/2026", date(2026, 2, 1)),
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31 00:00:00", date(2026, 1, 31)),
        ("31-02-1980", None),
        ("46053", None),
        ("", None),
    ],
)
def test_dates_are_read_day_first_or_iso(text, day):
    assert parse_date(text) == day


def test_employment_kinds_by_the_words_of_the_export():
    pns = "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota"
    assert employment_kind(pns, "P") == EmploymentKind.PNS
    assert employment_kind(pns, "C") == EmploymentKind.CPNS
    assert employment_kind("PPPK", "") == EmploymentKind.PPPK
    assert employment_kind("PPPK Paruh Waktu", "") == EmploymentKind.PPPK_PART
    assert employment_kind("Honorer", "") is None


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("GURU AHLI MADYA", "Ahli Madya"),
        ("PERAWAT TERAMPIL", "Terampil"),
        ("ARSIPARIS PENYELIA", "Penyelia"),
        ("PENATA KELOLA SISTEM", ""),
    ],
)
def test_functional_level_is_the_end_of_the_title(title, level):
    assert functional_level(PositionKind.FUNCTIONAL, title) == level
    assert functional_level(PositionKind.EXECUTIVE, title) == ""


def test_echelons_are_read_as_id_and_as_name():
    assert [echelon(text) for text in ("21", "IV.b", "ii.A", "99", "")] == ["21", "42", "21", "", ""]


def test_same_words_looks_through_spelling_alone():
    assert same_words("Kepala  Bidang-Satu.") == same_words("KEPALA BIDANG SATU")
    assert same_words("Kepala Bidang Satu") != same_words("Kepala Bidang Dua")
