"""Workbooks: what may be read, what is refused before a library sees it, what is written as text."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pytest

from config.lib import zipguard
from config.lib.xlsx import Table, WorkbookError, read_file, read_sheets, workbook
from tests.workbooks import repacked


def plain() -> bytes:
    return workbook([Table("Data", ["NIP", "NAMA"], [["'19700101", "BUDI"], ["", "SITI"]])])


def test_reads_back_what_was_written():
    (sheet,) = read_sheets(plain())
    assert sheet.name == "Data"
    assert list(sheet.rows()) == [["NIP", "NAMA"], ["'19700101", "BUDI"], ["", "SITI"]]


def test_rows_start_at_the_first_row_of_the_sheet_whatever_is_empty_there():
    book = openpyxl.Workbook()
    book.active["C3"] = "isi"
    stream = io.BytesIO()
    book.save(stream)
    (sheet,) = read_sheets(stream.getvalue())
    assert list(sheet.rows()) == [["", "", ""], ["", "", ""], ["", "", "isi"]]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://example.invalid")', "+62811", "-5", "@SUM(A1)", "#N/A"])
def test_text_that_looks_like_a_formula_stays_text(text):
    book = openpyxl.load_workbook(io.BytesIO(workbook([Table("A", ["Kolom"], [[text]])])))
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) == (text[0] in "=+-@")


def test_control_characters_and_overlong_text_do_not_break_a_file():
    data = workbook([Table("A/B:C" * 20, ["Kolom"], [["baris\x0bsatu"], ["x" * 40_000]])])
    (sheet,) = read_sheets(data)
    rows = list(sheet.rows())
    assert rows[1] == ["barissatu"]
    assert len(rows[2][0]) == 32_767
    assert len(sheet.name) == 31


def refusal(data: bytes) -> str:
    with pytest.raises(WorkbookError) as caught:
        read_sheets(data)
    assert caught.value.status == 422
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", zipguard.EMPTY),
        (b"NIP;NAMA\n1;BUDI\n", zipguard.XLSX.not_it),
        (b"<html><table><tr><td>NIP</td></tr></table></html>", zipguard.XLSX.not_it),
        (b"PK\x03\x04 dan seterusnya", zipguard.XLSX.broken),
        (zipguard.OLE_MAGIC + b"\0" * 600, zipguard.XLSX.old),
        (zipguard.OLE_MAGIC + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, zipguard.ENCRYPTED),
    ],
)
def test_what_is_no_workbook_is_refused_with_its_reason(data, reason):
    assert refusal(data) == reason


def test_cut_off_file_is_broken():
    data = plain()
    assert refusal(data[: len(data) // 2]) == zipguard.XLSX.broken


def test_damaged_part_is_broken():
    data = bytearray(plain())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    middle = sheet.header_offset + 30 + len(sheet.filename) + sheet.compress_size // 2
    data[middle] ^= 0xFF
    assert refusal(bytes(data)) == zipguard.XLSX.broken


def test_plain_zip_is_no_workbook():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("surat.txt", "isi")
    assert refusal(stream.getvalue()) == zipguard.XLSX.not_it


def test_macros_are_refused_by_part_and_by_type():
    assert refusal(repacked(plain(), add={"xl/vbaProject.bin": b"makro"})) == zipguard.XLSX.macros
    with zipfile.ZipFile(io.BytesIO(plain())) as archive:
        types = archive.read("[Content_Types].xml")
    types = types.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
    assert refusal(repacked(plain(), add={"[Content_Types].xml": types})) == zipguard.XLSX.macros


def test_zip_bomb_is_refused_before_it_unfolds():
    bomb = b"<worksheet>" + b" " * (40 * 1024 * 1024)
    data = repacked(plain(), add={"xl/worksheets/sheet1.xml": bomb})
    assert len(data) < 100_000
    assert refusal(data) == zipguard.BOMB


def test_part_that_lies_about_its_size_is_refused():
    data = repacked(plain(), add={"xl/worksheets/sheet1.xml": b" " * 1_000_000})
    true, lie = struct.pack("<L", 1_000_000), struct.pack("<L", 10)
    assert data.count(true) == 2
    data = data.replace(true, lie).replace(
        struct.pack("<L", zlib.crc32(b" " * 1_000_000)), struct.pack("<L", zlib.crc32(b" " * 10))
    )
    assert refusal(data) == zipguard.XLSX.broken


def test_declared_size_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(zipguard, "MAX_INFLATED_BYTES", 1_000)
    assert refusal(plain()) == zipguard.BOMB


def test_sheet_that_names_its_last_possible_cell_is_refused():
    """A reader would allocate the whole rectangle: 17 thousand million cells."""
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    assert refusal(repacked(plain(), add={"xl/worksheets/sheet1.xml": sheet})) == zipguard.BOMB


def test_address_across_two_pieces_is_still_seen(monkeypatch):
    monkeypatch.setattr(zipguard, "CHUNK", 7)
    monkeypatch.setattr(zipguard, "MAX_CELLS", 5)
    assert refusal(plain()) == zipguard.BOMB


def test_encrypted_part_is_refused():
    data = bytearray(plain())
    central = data.rindex(b"PK\x01\x02")
    data[central + 8] |= 0x1
    assert refusal(bytes(data)) == zipguard.ENCRYPTED


def test_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("config.lib.xlsx.MAX_FILE_BYTES", 100)
    path = tmp_path / "besar.xlsx"
    path.write_bytes(plain())
    with pytest.raises(WorkbookError, match="lebih besar"):
        read_file(path)
    monkeypatch.setattr(zipguard, "MAX_FILE_BYTES", 100)
    assert refusal(plain()) == zipguard.TOO_LARGE


def test_missing_file_has_a_readable_reason(tmp_path):
    with pytest.raises(WorkbookError, match="tidak dapat dibuka"):
        read_file(tmp_path / "tidak-ada.xlsx")
