"""The unit tree and its leaders: each rule on the smallest files that show it (rules.md sections 9, 14)."""

from datetime import date

import pytest

from orgunits.enums import UNKNOWN_START, AssignmentKind, UnitKind
from orgunits.lines import lines_rebuild
from orgunits.models import Assignment, OrgUnit, OrgUnitSpan
from tests.orgunits.importing import FIRST, LAST, NEXT, counts, only_error, person, posts
from tests.workbooks import (
    BIDANG,
    DINAS,
    ROOT,
    SD,
    SETDA,
    TRANSFER_HEADERS,
    UNIT_HEADERS,
    employee,
    employees,
    sheet,
    transfer,
    tree,
    unit,
)

pytestmark = pytest.mark.django_db

SOTK_HEADERS = (
    *("ID", "NAMA UNOR", "DIATASAN ID", "ROW LEVEL", "ESELON", "JENIS JABATAN", "NAMA JABATAN"),
    *("AKTIF", "PEMIMPIN PNS ID"),
)


def spans(external_id):
    rows = OrgUnitSpan.objects.filter(unit__external_id=external_id).order_by("start")
    return [(row.name, row.start, row.until) for row in rows]


def now(external_id):
    return OrgUnitSpan.objects.get(unit__external_id=external_id, until=None)


def head_of(external_id):
    return Assignment.objects.get(
        unit__external_id=external_id, kind=AssignmentKind.DEFINITIVE, is_head=True, until=None
    )


def test_first_tree_is_valid_since_ever_and_hangs_together(load):
    load(units=tree())
    assert [now(key).kind for key in (ROOT, SETDA, DINAS, BIDANG, SD)] == [
        UnitKind.REGENCY,
        UnitKind.OPD,
        UnitKind.OPD,
        UnitKind.UNIT,
        UnitKind.SERVICE,
    ]
    assert spans(SD) == [("SD NEGERI 1", UNKNOWN_START, None)]
    assert now(BIDANG).opd.external_id == now(DINAS).opd.external_id == DINAS
    assert now(ROOT).opd is None
    assert now(DINAS).appraised_by.external_id == SETDA
    assert now(SETDA).appraised_by is None
    assert now(BIDANG).appraised_by is None
    assert (now(DINAS).head_echelon, now(DINAS).head_title) == ("22", "KEPALA DINAS PERTAMA")


def sotk_row(external_id, name, parent="", *, echelon="", leader="", active="Y"):
    return {
        "ID": external_id,
        "NAMA UNOR": name,
        "DIATASAN ID": parent,
        "ESELON": echelon,
        "JENIS JABATAN": "Struktural",
        "NAMA JABATAN": f"KEPALA {name.lstrip('-')}",
        "AKTIF": active,
        "PEMIMPIN PNS ID": leader,
    }


def test_other_style_of_the_tree_says_the_same(load):
    rows = [
        sotk_row(ROOT, "KABUPATEN UJI"),
        sotk_row(SETDA, "-SEKRETARIAT DAERAH", ROOT, echelon="II.a"),
        sotk_row(DINAS, "-DINAS PERTAMA", ROOT, echelon="II.b", leader="P-1"),
        sotk_row(BIDANG, "-- BIDANG SATU", DINAS, echelon="III.b"),
    ]
    report = load(units=sheet(SOTK_HEADERS, rows), pns=employees(employee(1, UNOR_ID=DINAS)))
    assert counts(report, "created") == {"units": 4, "people": 1}
    assert [now(key).name for key in (DINAS, BIDANG)] == ["DINAS PERTAMA", "BIDANG SATU"]
    assert now(DINAS).appraised_by.external_id == SETDA
    assert (now(BIDANG).head_echelon, now(SETDA).head_echelon) == ("32", "21")
    assert head_of(DINAS).employee == person(1)


def test_the_two_styles_can_follow_each_other(load):
    load(units=tree())
    rows = [
        sotk_row(ROOT, "KABUPATEN UJI"),
        sotk_row(SETDA, "-SEKRETARIAT DAERAH", ROOT, echelon="21"),
        sotk_row(DINAS, "-DINAS PERTAMA", ROOT, echelon="22"),
        sotk_row(BIDANG, "--BIDANG SATU", DINAS, echelon="32"),
        sotk_row(SD, "--SD NEGERI 1", DINAS),
    ]
    titles = {ROOT: "BUPATI", SETDA: "SEKRETARIS DAERAH", SD: "KEPALA SEKOLAH"}
    for row in rows:
        row["NAMA JABATAN"] = titles.get(row["ID"], row["NAMA JABATAN"])
    report = load(NEXT, units=sheet(SOTK_HEADERS, rows))
    assert counts(report, "unchanged") == {"units": 5}


def test_inactive_unit_is_refused(load):
    rows = [sotk_row(ROOT, "KABUPATEN UJI"), sotk_row(DINAS, "-DINAS PERTAMA", ROOT, active="Tidak")]
    assert only_error(load(units=sheet(SOTK_HEADERS, rows))).code == "inactive"


def test_renamed_unit_keeps_its_identity(load):
    load(units=tree(), pns=employees(employee(1)))
    report = load(NEXT, units=tree(names={BIDANG: "BIDANG BARU"}))
    assert (counts(report, "updated"), counts(report, "unchanged")) == ({"units": 1}, {"units": 4})
    assert spans(BIDANG) == [("BIDANG SATU", UNKNOWN_START, NEXT), ("BIDANG BARU", NEXT, None)]
    assert posts(1)[0][:4] == (BIDANG, "PENGOLAH DATA", date(2020, 3, 1), None)


def test_second_name_on_the_same_day_corrects_the_first(load):
    load(units=tree())
    load(NEXT, units=tree(names={BIDANG: "BIDANG BARU"}))
    load(NEXT, units=tree(names={BIDANG: "BIDANG TERBARU"}))
    assert [span[0] for span in spans(BIDANG)] == ["BIDANG SATU", "BIDANG TERBARU"]


def test_name_given_in_the_application_is_not_undone_by_the_same_old_file(load):
    load(units=tree())
    OrgUnitSpan.objects.filter(unit__external_id=BIDANG).update(name="BIDANG DARI PENGELOLA")
    report = load(NEXT, units=tree(names={SD: "SD NEGERI SATU"}))
    assert counts(report, "updated") == {"units": 1}
    assert now(BIDANG).name == "BIDANG DARI PENGELOLA"


def test_older_tree_does_not_change_a_newer_name(load):
    load(units=tree())
    load(LAST, units=tree(names={BIDANG: "BIDANG BARU"}))
    report = load(NEXT, units=tree(names={BIDANG: "BIDANG TENGAH"}))
    assert [finding.code for finding in report.warnings] == ["older"]
    assert now(BIDANG).name == "BIDANG BARU"


def moved_tree(parent_of_bidang):
    return sheet(
        UNIT_HEADERS,
        [
            unit(ROOT, "KABUPATEN UJI", title="BUPATI"),
            unit(SETDA, "SEKRETARIAT DAERAH", ROOT, title="SEKRETARIS DAERAH", echelon="21"),
            unit(DINAS, "DINAS PERTAMA", ROOT, echelon="22"),
            unit(BIDANG, "BIDANG SATU", parent_of_bidang, echelon="32"),
            unit("U-SEKSI", "SEKSI", BIDANG, echelon="41"),
        ],
    )


def test_units_below_a_moved_one_follow_into_its_opd(load):
    load(units=moved_tree(DINAS))
    load(NEXT, units=moved_tree(SETDA))
    assert now(BIDANG).parent.external_id == now("U-SEKSI").opd.external_id == SETDA
    assert [span[1] for span in spans("U-SEKSI")] == [UNKNOWN_START, NEXT]


def test_unit_that_becomes_an_opd_is_appraised_by_setda_and_back(load):
    load(units=moved_tree(DINAS))
    load(NEXT, units=moved_tree(ROOT))
    assert (now(BIDANG).kind, now(BIDANG).appraised_by.external_id) == (UnitKind.OPD, SETDA)
    assert now("U-SEKSI").opd.external_id == BIDANG
    load(LAST, units=moved_tree(DINAS))
    assert (now(BIDANG).kind, now(BIDANG).appraised_by) == (UnitKind.UNIT, None)


def test_appraised_by_of_an_officer_is_never_overwritten(load):
    load(units=tree())
    OrgUnitSpan.objects.filter(unit__external_id=DINAS).update(appraised_by=None)
    lines_rebuild()
    load(NEXT, units=tree(names={DINAS: "DINAS UTAMA"}))
    assert now(DINAS).appraised_by is None


def test_unit_left_out_is_told_and_not_closed(load):
    load(units=tree())
    rows = [
        unit(ROOT, "KABUPATEN UJI", title="BUPATI"),
        unit("U-BARU", "DINAS BARU", ROOT, echelon="22"),
    ]
    report = load(NEXT, units=sheet(UNIT_HEADERS, rows))
    assert [finding.code for finding in report.warnings] == ["missing"] * 4
    assert spans(SD)[0][2] is None
    assert spans("U-BARU") == [("DINAS BARU", NEXT, None)]


def test_closed_unit_is_not_opened_again_and_its_old_rows_are_no_news(load):
    load(units=tree(), pns=employees(employee(1, UNOR_ID=SD)))
    OrgUnitSpan.objects.filter(unit__external_id=SD).update(until=NEXT)
    Assignment.objects.update(until=NEXT, end_reason="Unit digabung")
    bidang = OrgUnit.objects.get(external_id=BIDANG)
    Assignment.objects.create(
        employee=person(1), unit=bidang, position_title="PENGOLAH DATA", position_kind="pelaksana", start=NEXT
    )
    lines_rebuild()
    report = load(LAST, units=tree(), pns=employees(employee(1, UNOR_ID=SD), employee(2, UNOR_ID=SD)))
    assert [finding.code for finding in report.warnings] == ["closed"]
    assert only_error(report).code == "unit_closed"
    assert counts(report, "unchanged") == {"units": 5, "people": 1}
    assert [(post[0], post[3]) for post in posts(1)] == [(SD, NEXT), (BIDANG, None)]


def test_unit_made_by_a_split_is_no_obstacle_to_the_tree(load):
    load(units=tree())
    made = OrgUnit.objects.create()
    dinas = now(DINAS)
    OrgUnitSpan.objects.create(
        unit=made, name="SUBDINAS", kind="unit", parent=dinas.unit, opd=dinas.unit, start=FIRST
    )
    OrgUnitSpan.objects.filter(unit__external_id=SD).update(parent=made)
    lines_rebuild()
    report = load(NEXT, units=tree(names={BIDANG: "BIDANG BARU"}))
    assert counts(report, "updated") == {"units": 1}
    assert not report.errors
    assert now(SD).parent == made


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([unit("A", "A", "TIDAK-ADA")], {"A": "parent_unknown"}),
        ([unit("A", "A", "TIDAK-ADA"), unit("B", "B", "A")], {"A": "parent_unknown", "B": "parent_unknown"}),
        ([unit("A", "A", "B"), unit("B", "B", "A")], {"A": "parent_cycle", "B": "parent_cycle"}),
        ([unit("A", "A")], {"A": "root_twice"}),
        ([unit("A", "A", ROOT), unit("A", "LAIN", ROOT)], {"A": "twice"}),
        ([unit("A", "", ROOT)], {"A": "empty"}),
    ],
)
def test_row_that_breaks_the_tree_is_refused(load, rows, codes):
    report = load(units=sheet(UNIT_HEADERS, [unit(ROOT, "KABUPATEN UJI"), *rows]))
    assert {finding.code for finding in report.errors} == set(codes.values())
    assert len(report.errors) == len(rows)
    assert OrgUnit.objects.count() == 1


def test_identical_unit_rows_are_merged(load):
    rows = [unit(ROOT, "KABUPATEN UJI"), unit(ROOT, "KABUPATEN UJI")]
    assert load(units=sheet(UNIT_HEADERS, rows)).as_json()["merged"] == 1


# --- Leaders ------------------------------------------------------------------------


def test_leader_leads_since_the_post_began(load):
    load(units=tree(leaders={BIDANG: "P-1"}), pns=employees(employee(1)))
    assert posts(1) == [(BIDANG, "PENGOLAH DATA", date(2020, 3, 1), None, True)]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"NIP_BARU": "'123"}, "baris pegawainya ditolak: NIP 123 terdiri atas 3 angka"),
        ({"PNS_ID": "P-9"}, "tidak ada dalam data pegawai"),
        ({"UNOR_ID": SD}, "tercatat di unit lain, yaitu SD NEGERI 1"),
    ],
)
def test_unit_of_a_leader_who_cannot_be_taken_is_vacant(load, cells, words):
    report = load(units=tree(leaders={BIDANG: "P-1"}), pns=employees(employee(1, **cells)))
    (warning,) = report.warnings
    assert (warning.code, warning.column) == ("leader", "PEMIMPIN PNS ID")
    assert words in warning.message
    assert counts(report, "created")["units"] == 5
    assert not Assignment.objects.filter(is_head=True).exists()


def test_refused_leader_leads_once_the_row_is_mended(load):
    load(units=tree(leaders={BIDANG: "P-1"}), pns=employees(employee(1, NIP_BARU="'123")))
    load(NEXT, pns=employees(employee(1)))
    assert head_of(BIDANG).start == date(2020, 3, 1)


def test_new_leader_follows_the_old_one_from_the_date_of_the_file(load):
    people = employees(employee(1), employee(2))
    load(units=tree(leaders={BIDANG: "P-1"}), pns=people)
    report = load(NEXT, units=tree(leaders={BIDANG: "P-2"}), pns=people)
    assert (counts(report, "updated"), counts(report, "unchanged")) == (
        {"units": 1},
        {"units": 4, "people": 2},
    )
    start = date(2020, 3, 1)
    assert posts(1) == [
        (BIDANG, "PENGOLAH DATA", start, NEXT, True),
        (BIDANG, "PENGOLAH DATA", NEXT, None, False),
    ]
    assert posts(2) == [
        (BIDANG, "PENGOLAH DATA", start, NEXT, False),
        (BIDANG, "PENGOLAH DATA", NEXT, None, True),
    ]
    again = load(LAST, units=tree(leaders={BIDANG: "P-2"}), pns=people)
    assert counts(again, "updated") == {}
    assert len(posts(1)) == len(posts(2)) == 2


def test_successor_with_a_date_of_his_own_leads_from_it(load):
    load(units=tree(leaders={BIDANG: "P-1"}), pns=employees(employee(1), employee(2, UNOR_ID=SD)))
    load(
        NEXT,
        units=tree(leaders={BIDANG: "P-2"}),
        pns=employees(
            employee(1, UNOR_ID=SD, TMT_JABATAN="01-04-2026"),
            employee(2, TMT_JABATAN="01-04-2026", JABATAN_NAMA="KEPALA BIDANG SATU"),
        ),
    )
    assert posts(1)[-1] == (SD, "PENGOLAH DATA", date(2026, 4, 1), None, False)
    assert posts(2)[-1] == (BIDANG, "KEPALA BIDANG SATU", date(2026, 4, 1), None, True)


def test_head_who_is_promoted_in_place_goes_on_leading(load):
    load(units=tree(leaders={BIDANG: "P-1"}), pns=employees(employee(1)))
    load(NEXT, pns=employees(employee(1, JABATAN_NAMA="ANALIS AHLI MADYA", TMT_JABATAN="01-04-2026")))
    assert [post[4] for post in posts(1)] == [True, True]


def test_leader_taken_out_of_the_tree_stays_as_a_member(load):
    load(units=tree(leaders={BIDANG: "P-1"}), pns=employees(employee(1)))
    load(NEXT, units=tree())
    assert [(post[2], post[4]) for post in posts(1)] == [(date(2020, 3, 1), True), (NEXT, False)]


def test_head_whom_an_officer_appointed_stays(load):
    load(units=tree(), pns=employees(employee(1), employee(2)))
    Assignment.objects.filter(employee=person(1)).update(is_head=True, source_batch=None, decree="800/1/2026")
    lines_rebuild()
    report = load(NEXT, units=tree(leaders={BIDANG: "P-2"}))
    assert [finding.code for finding in report.warnings] == ["leader"]
    assert head_of(BIDANG).employee == person(1)


def test_transferred_head_leads_no_longer_though_the_old_tree_names_him(load):
    load(units=tree(leaders={BIDANG: "P-1"}), pns=employees(employee(1)))
    load(FIRST, mutasi=sheet(TRANSFER_HEADERS, [transfer(1)]))
    report = load(NEXT, units=tree(leaders={BIDANG: "P-1"}), pns=employees(employee(1)))
    assert [finding.code for finding in report.warnings] == ["leader"]
    assert counts(report, "updated") == {}
    assert [(post[0], post[4]) for post in posts(1)] == [(BIDANG, True), (DINAS, False)]
