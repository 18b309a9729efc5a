"""Each rule of an import on the smallest files that show it (rules.md section 14)."""

from datetime import date

import pytest

from accounts.models import User
from config.lib.errors import Conflict
from orgunits.enums import EmploymentKind, LegalPosition
from orgunits.imports import running
from orgunits.models import Employee, OrgUnit, OrgUnitSpan
from tests.factories import nip_number
from tests.orgunits.importing import FIRST, LAST, NEXT, NOW, counts, only_error, person, posts
from tests.workbooks import (
    BIDANG,
    SD,
    SETDA,
    TRANSFER_HEADERS,
    employee,
    employees,
    sheet,
    transfer,
    tree,
)

pytestmark = pytest.mark.django_db

# --- Employees -----------------------------------------------------------------


def test_new_person_has_post_legal_position_and_account(load):
    report = load(
        units=tree(),
        pns=employees(employee(1, NAMA="  Siti   Aminah ", GELAR_DEPAN="Dr.", STATUS_CPNS_PNS="C")),
    )
    assert counts(report, "created") == {"units": 5, "people": 1}
    siti = person(1)
    assert (siti.full_name, siti.nip) == ("Dr. Siti Aminah", nip_number(1))
    assert siti.employment_kind == EmploymentKind.CPNS
    assert siti.user is not None
    assert (siti.user.username, siti.user.name) == (siti.nip, "Dr. Siti Aminah")
    assert not siti.user.has_usable_password()
    assert posts(1) == [(BIDANG, "PENGOLAH DATA", date(2020, 3, 1), None, False)]
    legal = siti.legal_positions.get()
    assert (legal.position, legal.start, legal.until) == (LegalPosition.ACTIVE, date(2020, 3, 1), None)


def test_post_begins_at_the_later_of_both_dates(load):
    load(
        units=tree(),
        pns=employees(
            employee(1, TMT_CPNS="01-02-2021", TMT_JABATAN="01-01-2018"),
            employee(2, TMT_JABATAN=None),
        ),
    )
    assert posts(1)[0][2] == date(2021, 2, 1)
    assert posts(2)[0][2] == date(2005, 1, 1)


@pytest.mark.parametrize(
    ("cells", "column", "code", "fix_by"),
    [
        ({"NIP_BARU": "'19700101200501100"}, "NIP BARU", "nip_length", "SIASN"),
        ({"NIP_BARU": 197001012005011002.0}, "NIP BARU", "nip_numeric", "BKPSDM"),
        ({"NIP_BARU": "'197013012005011002"}, "NIP BARU", "nip_birth_date", "SIASN"),
        ({"NIP_BARU": None}, "NIP BARU", "nip_empty", "SIASN"),
        ({"UNOR_ID": "U-LAMA", "UNOR_NAMA": "UNIT LAMA"}, "UNOR ID", "unit_unknown", "OPD DINAS PERTAMA"),
        ({"NAMA": None}, "NAMA", "empty", "SIASN"),
        ({"PNS_ID": None}, "PNS ID", "empty", "SIASN"),
        ({"JENIS_PEGAWAI_NAMA": "Honorer"}, "JENIS PEGAWAI NAMA", "employment_kind", "SIASN"),
        ({"KEDUDUKAN_HUKUM_NAMA": "Hilang"}, "KEDUDUKAN HUKUM NAMA", "legal_position", "SIASN"),
        ({"JENIS_JABATAN_ID": "3"}, "JENIS JABATAN ID", "position_kind", "SIASN"),
        ({"TMT_JABATAN": "31-02-2020"}, "TMT JABATAN", "date", "OPD DINAS PERTAMA"),
        ({"TMT_JABATAN": None, "TMT_CPNS": None}, "TMT JABATAN", "empty", "OPD DINAS PERTAMA"),
        ({"JABATAN_NAMA": "X" * 300}, "JABATAN NAMA", "too_long", "OPD DINAS PERTAMA"),
        ({"NIP_BARU": "'1", "UNOR_ID": "U-LAMA"}, "NIP BARU", "nip_length", "SIASN"),
    ],
)
def test_faulty_row_is_refused_once_with_its_first_fault(load, cells, column, code, fix_by):
    report = load(units=tree(), pns=employees(employee(1), employee(2, **cells)))
    error = only_error(report)
    assert (error.file, error.row, error.column, error.code) == ("pns.xlsx", 3, column, code)
    assert error.fix_by == fix_by
    assert error.message.endswith(".")
    assert list(Employee.objects.values_list("external_id", flat=True)) == ["P-1"]


def test_identical_rows_are_merged(load):
    report = load(units=tree(), pns=employees(employee(1), employee(2), employee(1)))
    assert report.as_json()["merged"] == 1
    assert counts(report, "created")["people"] == 2
    assert not report.errors


def test_person_named_in_two_units_is_refused_in_both_rows(load):
    report = load(
        units=tree(),
        pns=employees(employee(1), employee(2)),
        pppk=employees(employee(1, UNOR_ID=SETDA, UNOR_NAMA="SEKRETARIAT DAERAH")),
    )
    first, second = report.errors
    assert (first.code, first.file, first.row) == ("two_units", "pns.xlsx", 2)
    assert "pppk.xlsx baris 2 (SEKRETARIAT DAERAH)" in first.message
    assert "pns.xlsx baris 2 (BIDANG SATU)" in second.message
    assert first.fix_by == second.fix_by == "BKPSDM"


def test_two_units_of_one_opd_are_mended_by_that_opd(load):
    report = load(units=tree(), pns=employees(employee(1), employee(1, UNOR_ID=SD)))
    assert {finding.fix_by for finding in report.errors} == {"OPD DINAS PERTAMA"}


def test_same_person_with_different_rank_twice_is_refused_in_both_rows(load):
    report = load(units=tree(), pns=employees(employee(1), employee(1, GOL_AKHIR_NAMA="III/c")))
    assert [finding.code for finding in report.errors] == ["twice", "twice"]


def test_one_nip_for_two_people_is_refused_in_both_rows(load):
    report = load(units=tree(), pns=employees(employee(1), employee(2, NIP_BARU=f"'{nip_number(1)}")))
    assert [finding.code for finding in report.errors] == ["nip_twice", "nip_twice"]


def test_nip_of_a_stored_person_is_refused(load):
    load(units=tree(), pns=employees(employee(1)))
    report = load(NEXT, pns=employees(employee(2, NIP_BARU=f"'{nip_number(1)}")))
    assert only_error(report).code == "nip_taken"


def test_refused_change_of_number_keeps_the_number_taken(load):
    """Person 2 wants the number of 1, who keeps it; so 3 can't have that of 2 either."""
    load(units=tree(), pns=employees(employee(1), employee(2)))
    report = load(
        NEXT,
        pns=employees(
            employee(2, NIP_BARU=f"'{nip_number(1)}"),
            employee(3, NIP_BARU=f"'{nip_number(2)}"),
        ),
    )
    assert [finding.code for finding in report.errors] == ["nip_taken", "nip_taken"]
    assert person(2).nip == nip_number(2)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"TANGGAL_LAHIR": "31-02-1980"}, "birth_date"),
        ({"TANGGAL_LAHIR": "02-01-1970"}, "birth_date"),
        ({"JENIS_KELAMIN": "F"}, "sex"),
        ({"NIP_BARU": "'199001012005011001", "TANGGAL_LAHIR": "01-01-1990"}, "age"),
        ({"GOL_AKHIR_NAMA": "IX"}, "grade"),
        ({"EMAIL": "bukan surel"}, "email"),
    ],
)
def test_doubtful_row_is_taken_with_a_warning(load, cells, code):
    report = load(units=tree(), pns=employees(employee(1, **cells)))
    assert [finding.code for finding in report.warnings] == [code]
    assert counts(report, "created")["people"] == 1
    assert f"{person(1).birth_date:%Y%m%d}" == person(1).nip[:8]


def test_people_may_share_an_address(load):
    load(units=tree(), pns=employees(employee(1, EMAIL="a@b.id"), employee(2, EMAIL="a@b.id")))
    assert User.objects.filter(email="a@b.id").count() == 2


def test_corrections_keep_post_and_history(load):
    load(units=tree(), pns=employees(employee(1)))
    report = load(
        NEXT,
        pns=employees(
            employee(1, NAMA="PEGAWAI SATU", GOL_AKHIR_NAMA="III/c", JABATAN_NAMA="Pengolah  Data")
        ),
    )
    assert counts(report, "updated") == {"people": 1}
    assert (person(1).name, person(1).grade) == ("PEGAWAI SATU", "III/c")
    assert person(1).user.name == "PEGAWAI SATU"
    assert posts(1) == [(BIDANG, "Pengolah Data", date(2020, 3, 1), None, False)]


def test_a_confirmed_address_stays_with_account_and_person(load):
    load(units=tree(), pns=employees(employee(1, EMAIL="sendiri@b.id"), employee(2)))
    User.objects.filter(username=nip_number(1)).update(email_confirmed_at=NOW)
    report = load(NEXT, pns=employees(employee(1, EMAIL="baru@b.id"), employee(2, EMAIL="baru@b.id")))
    assert counts(report, "updated") == {"people": 1}
    assert person(1).user.email == person(1).email == "sendiri@b.id"
    assert person(2).user.email == person(2).email == "baru@b.id"


def test_nip_may_change_and_the_old_one_stays_known(load):
    load(units=tree(), pns=employees(employee(1)))
    report = load(
        NEXT,
        pns=employees(employee(1, NIP_BARU=f"'{nip_number(50)}")),
        mutasi=sheet(TRANSFER_HEADERS, [transfer(1)]),
    )
    assert counts(report, "updated") == {"people": 1}
    assert counts(report, "created") == {"transfers": 1}
    assert person(1).nip == person(1).user.username == nip_number(50)
    assert person(1).earlier_nips.get().nip == nip_number(1)


def test_two_people_may_swap_their_numbers(load):
    load(units=tree(), pns=employees(employee(1), employee(2)))
    load(
        NEXT,
        pns=employees(
            employee(1, NIP_BARU=f"'{nip_number(2)}"),
            employee(2, NIP_BARU=f"'{nip_number(1)}"),
        ),
    )
    assert (person(1).nip, person(2).nip) == (nip_number(2), nip_number(1))
    assert (person(1).user.username, person(2).user.username) == (nip_number(2), nip_number(1))


def test_account_that_exists_under_the_nip_is_taken_over(load):
    account = User.objects.create_user(nip_number(1), "Akun lama")
    load(units=tree(), pns=employees(employee(1)))
    assert person(1).user == account


def test_promotion_begins_at_its_own_date(load):
    load(units=tree(), pns=employees(employee(1)))
    report = load(NEXT, pns=employees(employee(1, JABATAN_NAMA="ANALIS", TMT_JABATAN="01-04-2026")))
    assert counts(report, "updated") == {"people": 1}
    assert posts(1) == [
        (BIDANG, "PENGOLAH DATA", date(2020, 3, 1), date(2026, 4, 1), False),
        (BIDANG, "ANALIS", date(2026, 4, 1), None, False),
    ]
    assert "menurut data kepegawaian" in person(1).assignments.order_by("start")[0].end_reason


def test_change_without_a_date_of_its_own_begins_at_the_file_s(load):
    load(units=tree(), pns=employees(employee(1)))
    load(NEXT, pns=employees(employee(1, UNOR_ID=SD)))
    assert posts(1)[1] == (SD, "PENGOLAH DATA", NEXT, None, False)


def test_row_equal_to_a_closed_post_is_unchanged(load):
    load(units=tree(), pns=employees(employee(1)))
    load(NEXT, pns=employees(employee(1, UNOR_ID=SD, TMT_JABATAN="01-04-2026")))
    report = load(LAST, pns=employees(employee(1)))
    assert counts(report, "unchanged") == {"people": 1}
    assert len(posts(1)) == 2


def test_older_file_changes_no_newer_post(load):
    load(NEXT, units=tree(), pns=employees(employee(1, TMT_JABATAN="01-05-2026")))
    report = load(FIRST, pns=employees(employee(1, UNOR_ID=SD, TMT_JABATAN="01-01-2015")))
    assert [finding.code for finding in report.warnings] == ["older"]
    assert counts(report, "unchanged") == {"people": 1}
    assert len(posts(1)) == 1


def test_corrected_start_is_taken_while_there_is_no_history(load):
    load(units=tree(), pns=employees(employee(1)))
    load(NEXT, pns=employees(employee(1, TMT_JABATAN="01-04-2020")))
    assert [post[2] for post in posts(1)] == [date(2020, 4, 1)]


def test_legal_position_changes_from_the_date_of_the_file(load):
    load(units=tree(), pns=employees(employee(1)))
    report = load(NEXT, pns=employees(employee(1, KEDUDUKAN_HUKUM_NAMA="CLTN")))
    assert counts(report, "updated") == {"people": 1}
    spans = person(1).legal_positions.order_by("start")
    assert [(span.position, span.until) for span in spans] == [
        (LegalPosition.ACTIVE, NEXT),
        (LegalPosition.UNPAID_LEAVE, None),
    ]
    again = load(LAST, pns=employees(employee(1, KEDUDUKAN_HUKUM_NAMA="CLTN")))
    assert counts(again, "unchanged") == {"people": 1}


# --- Counting --------------------------------------------------------------------------


def test_nothing_is_written_when_a_file_is_broken(load):
    with pytest.raises(Exception, match="rusak"):
        load(units=tree(), pns=employees(employee(1))[:-200])
    assert not OrgUnit.objects.exists()
    assert not OrgUnitSpan.objects.exists()


def test_row_that_somebody_changed_during_the_import_stops_it(load, monkeypatch):
    load(units=tree(), pns=employees(employee(1)))
    read = running.load_register

    def read_and_be_overtaken():
        register = read()
        Employee.objects.update(version=9)
        return register

    monkeypatch.setattr(running, "load_register", read_and_be_overtaken)
    with pytest.raises(Conflict, match="ulangi impor"):
        load(NEXT, pns=employees(employee(1, NAMA="PEGAWAI SATU")))
    assert person(1).name == "PEGAWAI 1"
