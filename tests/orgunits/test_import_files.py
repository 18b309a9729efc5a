"""Which workbooks are known, which are refused, and the command that takes a directory of them."""

import json
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from config.lib.errors import DomainError
from config.lib.xlsx import Table, WorkbookError, read_file, workbook
from config.lib.zipguard import OLE_MAGIC
from orgunits.enums import ImportKind
from orgunits.imports.reading import read_directory, read_workbook
from orgunits.models import Employee, ImportBatch, OrgUnit
from tests.workbooks import (
    ACTING_HEADERS,
    EMPLOYEE_HEADERS,
    TRANSFER_HEADERS,
    acting,
    employee,
    employees,
    repacked,
    sheet,
    transfer,
    tree,
    write,
)

MANY_COLUMNS = workbook([Table("Data", [f"KOLOM {n}" for n in range(40)], [["isi"] * 40])])

BROKEN_FILES = {
    "empty": (b"", "Berkas kosong"),
    "csv": (b"PNS ID;NIP BARU\n1;2\n", "bukan Excel .xlsx"),
    "html": (b"<html><table></table></html>", "bukan Excel .xlsx"),
    "cut": (employees(employee(1))[:1500], "rusak"),
    "old": (OLE_MAGIC + b"\0" * 600, "Excel lama"),
    "password": (OLE_MAGIC + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
    "macro": (repacked(employees(employee(1)), add={"xl/vbaProject.bin": b"x"}), "makro"),
    "bomb": (
        repacked(employees(employee(1)), add={"xl/worksheets/sheet1.xml": b" " * 20_000_000}),
        "terlalu besar",
    ),
    "other": (MANY_COLUMNS, "susunan kolom tidak dikenal"),
    "two_sheets": (
        workbook([Table("A", EMPLOYEE_HEADERS, [["x"]]), Table("B", EMPLOYEE_HEADERS, [["x"]])]),
        "lebih dari satu lembar data",
    ),
    "no_rows": (employees(), "tidak ada satu baris data"),
    "headers": (sheet(EMPLOYEE_HEADERS[:-4], [employee(1)]), "kolom ini tidak ada: UNOR ID"),
    "repeated": (sheet((*EMPLOYEE_HEADERS, "NAMA"), [employee(1)]), "kolom NAMA muncul lebih dari sekali"),
}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (tree(), ImportKind.UNITS),
        (employees(employee(1)), ImportKind.EMPLOYEES),
        (sheet(ACTING_HEADERS, [acting(1)]), ImportKind.ACTING),
        (sheet(TRANSFER_HEADERS, [transfer(1)]), ImportKind.TRANSFERS),
    ],
)
def test_workbook_is_known_by_its_headers_whatever_its_name(data, kind):
    source = read_workbook("apa saja.xlsx", data)
    assert source is not None
    assert source.kind == kind


def test_planned_results_are_known_and_left_to_their_own_import():
    headers = ("NIP", "KODE RHK", "RENCANA HASIL KERJA", "SATUAN")
    assert read_workbook("RHK.xlsx", sheet(headers, [{"NIP": "1"}])) is None


def test_headers_may_stand_below_a_title_and_rows_keep_their_numbers():
    rows = [
        ["Data per 1 Maret"],
        [],
        list(EMPLOYEE_HEADERS),
        [employee(1).get(h) for h in EMPLOYEE_HEADERS],
    ]
    source = read_workbook("a.xlsx", workbook([Table("A", [], rows)]))
    assert source is not None
    assert [row.number for row in source.rows] == [5]


def test_other_sheets_without_data_do_not_matter():
    data = workbook(
        [
            Table("Petunjuk", ["Cara mengisi"], [["…"]]),
            Table("Data", EMPLOYEE_HEADERS, [[employee(1).get(name) for name in EMPLOYEE_HEADERS]]),
        ]
    )
    source = read_workbook("a.xlsx", data)
    assert source is not None
    assert len(source.rows) == 1


def test_numbers_dates_and_truths_are_read_as_text():
    book = openpyxl.Workbook()
    book.active.append(list(EMPLOYEE_HEADERS))
    cells = employee(1, NIP_BARU=197001012005011002, JENIS_JABATAN_ID=4)
    book.active.append([cells.get(name) for name in EMPLOYEE_HEADERS])
    stream = BytesIO()
    book.save(stream)
    source = read_workbook("a.xlsx", stream.getvalue())
    assert source is not None
    (row,) = source.rows
    assert row.text("JENIS JABATAN ID") == "4"
    assert row.numeric == {"NIP BARU", "JENIS JABATAN ID"}


@pytest.mark.parametrize("name", BROKEN_FILES)
def test_file_that_cannot_be_taken_is_named_with_the_reason(name):
    data, reason = BROKEN_FILES[name]
    with pytest.raises(WorkbookError, match=reason) as caught:
        read_workbook("data saya.xlsx", data)
    assert str(caught.value).startswith("data saya.xlsx: ")
    assert caught.value.status == 422


@pytest.mark.django_db
@pytest.mark.parametrize("name", BROKEN_FILES)
def test_command_stops_at_a_file_it_cannot_take_and_changes_nothing(name, tmp_path):
    folder = write(tmp_path, units=tree(), pns=employees(employee(1)), zz=BROKEN_FILES[name][0])
    with pytest.raises(CommandError, match=BROKEN_FILES[name][1]):
        call_command("import_siasn", str(folder), stdout=StringIO())
    assert not OrgUnit.objects.exists()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "tidak berisi berkas impor"),
        ({"a": tree(), "b": tree()}, "lebih dari satu pohon unit kerja: a.xlsx, b.xlsx"),
    ],
)
def test_directory_that_makes_no_sense_is_refused(files, reason, tmp_path):
    with pytest.raises(DomainError, match=reason):
        read_directory(write(tmp_path / "berkas", **files))


def test_missing_directory_and_old_formats_are_refused(tmp_path):
    with pytest.raises(DomainError, match="tidak ditemukan"):
        read_directory(tmp_path / "tidak-ada")
    (tmp_path / "lama.xlsm").write_bytes(b"x")
    with pytest.raises(DomainError, match=r"lama\.xlsm: simpan ulang"):
        read_directory(tmp_path)


def test_lock_files_and_other_files_are_passed_over(tmp_path):
    write(tmp_path, units=tree())
    (tmp_path / "~$units.xlsx").write_bytes(b"kunci")
    (tmp_path / "README.md").write_text("catatan")
    assert [source.name for source in read_directory(tmp_path)] == ["units.xlsx"]


# --- The command ------------------------------------------------------------------


def run(folder, *options):
    output = StringIO()
    call_command("import_siasn", str(folder), *options, stdout=output)
    return output.getvalue()


@pytest.fixture
def folder(tmp_path):
    return write(
        tmp_path / "siasn",
        units=tree(),
        pns=employees(employee(1), employee(1), employee(2, NIP_BARU="'123")),
        plt=sheet(ACTING_HEADERS, [acting(1)]),
        mutasi=sheet(TRANSFER_HEADERS, [transfer(1)]),
    )


@pytest.mark.django_db
def test_json_has_the_shape_of_the_specification(folder):
    answer = json.loads(run(folder, "--json"))
    assert set(answer) == {
        *("units", "people", "acting", "transfers", "created", "updated", "unchanged"),
        *("merged", "errors", "warnings"),
    }
    assert {name: answer[name] for name in ("units", "people", "acting", "transfers", "merged")} == {
        "units": 5,
        "people": 1,
        "acting": 1,
        "transfers": 1,
        "merged": 1,
    }
    assert answer["created"] == {"units": 5, "people": 1, "acting": 1, "transfers": 1}
    (error,) = answer["errors"]
    assert error == {
        "file": "pns.xlsx",
        "row": 4,
        "column": "NIP BARU",
        "code": "nip_length",
        "message": "NIP 123 terdiri atas 3 angka, seharusnya 18.",
        "fix_by": "SIASN",
    }
    again = json.loads(run(folder, "--json"))
    assert again["unchanged"] == answer["created"]


@pytest.mark.django_db
def test_dry_run_says_the_same_and_writes_nothing(folder):
    answer = json.loads(run(folder, "--json", "--dry-run"))
    assert answer["created"] == {"units": 5, "people": 1, "acting": 1, "transfers": 1}
    assert not OrgUnit.objects.exists()
    assert not Employee.objects.exists()
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db
def test_words_for_people_name_each_refused_row(folder):
    text = run(folder, "--dry-run", "--as-of", "2026-01-31")
    assert "Keadaan per 31 Januari 2026, 4 berkas." in text
    assert "Pegawai: 1 baru, 0 berubah, 0 tetap." in text
    assert "pns.xlsx baris 4, NIP BARU: NIP 123" in text
    assert "Uji coba: tidak ada yang ditulis." in text


@pytest.mark.django_db
def test_as_of_dates_what_has_no_date_of_its_own(folder, tmp_path):
    run(folder, "--as-of", "2026-01-31")
    later = write(tmp_path / "nanti", units=tree(names={"U-BIDANG": "BIDANG BARU"}))
    run(later, "--as-of", "2026-02-15")
    renamed = OrgUnit.objects.get(external_id="U-BIDANG").spans.get(name="BIDANG BARU")
    assert f"{renamed.start}" == "2026-02-15"
    with pytest.raises(CommandError, match="tidak benar"):
        run(folder, "--as-of", "besok")


@pytest.mark.django_db
def test_refused_rows_are_written_as_excel(folder, tmp_path):
    target = tmp_path / "ditolak.xlsx"
    run(folder, "--refused", str(target))
    rows = list(read_file(target)[0].rows())
    assert rows[0] == ["Berkas", "Baris", "Kolom", "Kode", "Alasan", "Diperbaiki oleh"]
    assert rows[1][:4] == ["pns.xlsx", 4, "NIP BARU", "nip_length"]
    assert rows[1][5] == "SIASN"
