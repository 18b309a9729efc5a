"""CSV files: separators, digits kept, nothing that a spreadsheet would run."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from config.lib.csvfile import csv_bytes
from config.lib.xlsx import CellValue, Table


def read(*row: CellValue) -> list[str]:
    data = csv_bytes(Table("x", ("A", "B;C"), [row]))
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert lines[0] == ["A", "B;C"]
    return lines[1]


def test_values_are_written_as_indonesian_spreadsheets_read_them():
    row = read("Dinas; Satu", 2310, Decimal("61.04"), None, date(2026, 1, 31), 'a "b"\nc')
    assert row == ["Dinas; Satu", "2310", "61,04", "", "2026-01-31", 'a "b"\nc']


def test_a_negative_number_stays_a_number():
    assert read(Decimal("-1.5")) == ["-1,5"]


@pytest.mark.parametrize("text", ["=1+1", "+62812", "-2", "@x", "\tx", "\rx"])
def test_no_text_becomes_a_formula(text):
    assert read(text, "") == [f"'{text}", ""]


def test_an_nip_keeps_its_digits():
    assert read("198503142010012003", "12345") == ["'198503142010012003", "12345"]
