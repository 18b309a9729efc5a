"""Transfers and acting officials: each rule on the smallest files that show it (rules.md section 14)."""

from datetime import date

import pytest

from orgunits.enums import AssignmentKind, PositionKind
from orgunits.imports.results import Report
from orgunits.lines import lines_rebuild
from orgunits.models import Assignment
from tests.factories import nip_number
from tests.orgunits.importing import LAST, NEXT, counts, only_error, person, posts
from tests.workbooks import (
    ACTING_HEADERS,
    BIDANG,
    DINAS,
    SD,
    SETDA,
    TRANSFER_HEADERS,
    acting,
    employee,
    employees,
    sheet,
    transfer,
    tree,
)

pytestmark = pytest.mark.django_db

# --- Transfers -------------------------------------------------------------------


def transferred(load, **cells) -> Report:
    return load(
        units=tree(),
        pns=employees(employee(1)),
        mutasi=sheet(TRANSFER_HEADERS, [transfer(1, **cells)]),
    )


def test_transfer_happens_on_its_date(load):
    report = transferred(load)
    assert counts(report, "created") == {"units": 5, "people": 1, "transfers": 1}
    assert posts(1) == [
        (BIDANG, "PENGOLAH DATA", date(2020, 3, 1), date(2026, 5, 1), False),
        (DINAS, "PENATA LAYANAN OPERASIONAL", date(2026, 5, 1), None, False),
    ]
    old, new = person(1).assignments.order_by("start")
    assert (old.end_reason, new.decree) == ("Mutasi ke DINAS PERTAMA", "821/1/2026")


def test_undated_snapshot_does_not_undo_a_transfer(load):
    transferred(load)
    for row in (employee(1), employee(1, JABATAN_NAMA="ANALIS"), employee(1, UNOR_ID=SD)):
        report = load(LAST, pns=employees(row))
        assert counts(report, "unchanged") == {"people": 1}
    assert posts(1)[-1][0] == DINAS


def test_snapshot_that_agreed_with_the_transfer_rules_again(load):
    transferred(load)
    agreeing = employee(1, UNOR_ID=DINAS, JABATAN_NAMA="PENATA LAYANAN OPERASIONAL", TMT_JABATAN="01-05-2026")
    assert counts(load(NEXT, pns=employees(agreeing)), "unchanged") == {"people": 1}
    load(LAST, pns=employees({**agreeing, "UNOR ID": SD, "JABATAN NAMA": "ANALIS"}))
    assert posts(1)[-1][:4] == (SD, "ANALIS", LAST, None)


def test_snapshot_with_a_later_date_beats_a_transfer(load):
    transferred(load)
    load(LAST, pns=employees(employee(1, UNOR_ID=SD, JABATAN_NAMA="ANALIS", TMT_JABATAN="01-08-2026")))
    assert posts(1)[-1][:4] == (SD, "ANALIS", date(2026, 8, 1), None)


def test_transfer_keeps_acting_posts_but_asks_for_review(load):
    load(units=tree(), pns=employees(employee(1)), plt=sheet(ACTING_HEADERS, [acting(1)]))
    load(NEXT, mutasi=sheet(TRANSFER_HEADERS, [transfer(1)]))
    kept = Assignment.objects.get(kind=AssignmentKind.PLT)
    assert (kept.until, kept.review_note) == (date(2026, 8, 1), "Pegawai dimutasi terhitung 1 Mei 2026")


def test_acting_post_entered_with_the_transfer_is_also_listed_for_review(load):
    load(
        units=tree(),
        pns=employees(employee(1)),
        plt=sheet(ACTING_HEADERS, [acting(1)]),
        mutasi=sheet(TRANSFER_HEADERS, [transfer(1)]),
    )
    assert Assignment.objects.get(kind=AssignmentKind.PLT).review_note


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"NIP": f"'{nip_number(77)}"}, "person_unknown"),
        ({"NIP": 197001012005011002.0}, "nip_numeric"),
        ({"UNOR_BARU_ID": "U-LAIN"}, "unit_unknown"),
        ({"UNOR_LAMA_ID": SETDA}, "old_unit"),
        ({"TMT_MUTASI": "01-03-2020"}, "same_day"),
        ({"TMT_MUTASI": "01-01-2010"}, "no_post"),
        ({"TMT_MUTASI": "besok"}, "date"),
        ({"JENIS_JABATAN_ID": "9"}, "position_kind"),
    ],
)
def test_faulty_transfer_is_refused(load, cells, code):
    report = transferred(load, **cells)
    assert only_error(report).code == code
    assert len(posts(1)) == 1


def test_transfers_of_one_person_follow_each_other(load):
    rows = [
        transfer(1, UNOR_LAMA_ID=DINAS, UNOR_BARU_ID=SD, TMT_MUTASI="01-07-2026", NOMOR_SK="2"),
        transfer(1),
    ]
    load(units=tree(), pns=employees(employee(1)), mutasi=sheet(TRANSFER_HEADERS, rows))
    assert [(post[0], post[2]) for post in posts(1)] == [
        (BIDANG, date(2020, 3, 1)),
        (DINAS, date(2026, 5, 1)),
        (SD, date(2026, 7, 1)),
    ]


# --- Acting ------------------------------------------------------------------------


def test_last_day_of_an_acting_post_is_inclusive(load):
    load(units=tree(), pns=employees(employee(1)), plt=sheet(ACTING_HEADERS, [acting(1)]))
    post = Assignment.objects.get(kind=AssignmentKind.PLT)
    assert (post.start, post.until) == (date(2026, 2, 1), date(2026, 8, 1))
    assert (post.position_title, post.position_kind) == ("KEPALA SEKOLAH", PositionKind.FUNCTIONAL)
    assert post.is_head


def test_plh_may_stand_beside_a_plt(load):
    rows = [acting(1), acting(2, JABATAN_PLT="Pelaksana Harian KEPALA SEKOLAH", TMT_SELESAI=None)]
    report = load(units=tree(), pns=employees(employee(1), employee(2)), plt=sheet(ACTING_HEADERS, rows))
    assert counts(report, "created")["acting"] == 2
    assert Assignment.objects.get(kind=AssignmentKind.PLH).until is None


def test_second_plt_at_once_is_refused(load):
    rows = [acting(1), acting(2, TMT_MULAI="31-07-2026", TMT_SELESAI="30-09-2026")]
    report = load(units=tree(), pns=employees(employee(1), employee(2)), plt=sheet(ACTING_HEADERS, rows))
    error = only_error(report)
    assert (error.row, error.code) == (3, "overlap")
    assert "PEGAWAI 1" in error.message


def test_ended_plt_changes_exactly_that_post(load):
    rows = [acting(1), acting(2, UNOR_ID=BIDANG, JABATAN_PLT="Plt. KEPALA BIDANG SATU")]
    load(units=tree(), pns=employees(employee(1), employee(2)), plt=sheet(ACTING_HEADERS, rows))
    rows[0]["TMT SELESAI"] = "30-04-2026"
    report = load(NEXT, plt=sheet(ACTING_HEADERS, rows))
    assert (counts(report, "updated"), counts(report, "unchanged")) == ({"acting": 1}, {"acting": 1})
    ends = (
        Assignment.objects.filter(kind=AssignmentKind.PLT).order_by("decree").values_list("until", flat=True)
    )
    assert list(ends) == [date(2026, 5, 1), date(2026, 8, 1)]


def test_corrected_start_of_a_plt_is_known_by_its_decree(load):
    load(units=tree(), pns=employees(employee(1)), plt=sheet(ACTING_HEADERS, [acting(1)]))
    report = load(NEXT, plt=sheet(ACTING_HEADERS, [acting(1, TMT_MULAI="10-02-2026")]))
    assert counts(report, "updated") == {"acting": 1}
    assert Assignment.objects.get(kind=AssignmentKind.PLT).start == date(2026, 2, 10)


def test_acting_post_that_an_officer_ended_is_not_revived(load):
    load(units=tree(), pns=employees(employee(1)), plt=sheet(ACTING_HEADERS, [acting(1)]))
    Assignment.objects.filter(kind=AssignmentKind.PLT).update(
        until=date(2026, 4, 1), end_reason="Pejabat definitif telah diangkat"
    )
    lines_rebuild()
    report = load(NEXT, plt=sheet(ACTING_HEADERS, [acting(1)]))
    assert [finding.code for finding in report.warnings] == ["ended"]
    assert Assignment.objects.get(kind=AssignmentKind.PLT).until == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"JABATAN_PLT": "KEPALA SEKOLAH"}, "acting_kind"),
        ({"JABATAN_PLT": "Plt."}, "acting_kind"),
        ({"TMT_SELESAI": "31-01-2026"}, "date"),
        ({"UNOR_ID": "U-LAIN"}, "unit_unknown"),
        ({"NIP": f"'{nip_number(77)}"}, "person_unknown"),
    ],
)
def test_faulty_acting_row_is_refused(load, cells, code):
    report = load(units=tree(), pns=employees(employee(1)), plt=sheet(ACTING_HEADERS, [acting(1, **cells)]))
    assert only_error(report).code == code


def test_nip_of_somebody_else_is_noticed_by_the_name(load):
    report = load(
        units=tree(), pns=employees(employee(1)), plt=sheet(ACTING_HEADERS, [acting(1, NAMA="ORANG LAIN")])
    )
    assert [finding.code for finding in report.warnings] == ["name"]
