"""Cells to values: dates, the words of the national export, titles. Pure."""

import re
from datetime import date

from orgunits.enums import EmploymentKind, LegalPosition, PositionKind
from orgunits.imports.results import BKPSDM, RawRow, RowFault

# Older or later dates are slips of the pen: no post of today began before 1950.
EARLIEST = date(1950, 1, 1)
LATEST = date(2100, 1, 1)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")

POSITION_KINDS = {"1": PositionKind.STRUCTURAL, "2": PositionKind.FUNCTIONAL, "4": PositionKind.EXECUTIVE}
ECHELONS = {"II.A": "21", "II.B": "22", "III.A": "31", "III.B": "32", "IV.A": "41", "IV.B": "42"}
LEGAL_POSITIONS = {label.upper(): LegalPosition(value) for value, label in LegalPosition.choices}
LEVELS = {
    "AHLI PERTAMA": "Ahli Pertama",
    "AHLI MUDA": "Ahli Muda",
    "AHLI MADYA": "Ahli Madya",
    "AHLI UTAMA": "Ahli Utama",
    "PEMULA": "Pemula",
    "TERAMPIL": "Terampil",
    "MAHIR": "Mahir",
    "PENYELIA": "Penyelia",
}


def parse_date(text: str) -> date | None:
    """The date written "31-01-2026", "31/01/2026" or "2026-01-31"; None when it is none."""
    day_first = _DAY_FIRST.fullmatch(text)
    year_first = _YEAR_FIRST.match(text)
    if day_first:
        day, month, year = day_first.groups()
    elif year_first:
        year, month, day = year_first.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def needed(row: RawRow, column: str, *, limit: int, fix_by: str) -> str:
    """The cell's text; raises RowFault when it is empty or longer than ``limit`` characters."""
    text = row.text(column)
    if not text:
        raise RowFault(column, "empty", f"Kolom {column} kosong.", fix_by)
    if len(text) > limit:
        message = f"Kolom {column} lebih panjang dari {limit} huruf."
        raise RowFault(column, "too_long", message, fix_by)
    return text


def needed_date(row: RawRow, column: str, *, fix_by: str = BKPSDM) -> date:
    """The cell's date; raises RowFault when it is none or absurd."""
    day = optional_date(row, column, fix_by=fix_by)
    if day is None:
        raise RowFault(column, "empty", f"Kolom {column} kosong.", fix_by)
    return day


def optional_date(row: RawRow, column: str, *, fix_by: str = BKPSDM) -> date | None:
    """The cell's date, None when empty; raises RowFault when it is no date or absurd."""
    text = row.text(column)
    if not text:
        return None
    day = parse_date(text)
    if day is None or not EARLIEST <= day < LATEST:
        raise RowFault(column, "date", f"{column} “{text[:40]}” bukan tanggal yang benar.", fix_by)
    return day


def employment_kind(name: str, status: str) -> EmploymentKind | None:
    """By the words of JENIS PEGAWAI NAMA; a PNS whose STATUS CPNS PNS is C is still a CPNS."""
    words = name.upper()
    if words.startswith("PPPK"):
        return EmploymentKind.PPPK_PART if "PARUH WAKTU" in words else EmploymentKind.PPPK
    if words.startswith(("PNS", "CPNS", "CALON PNS")):
        is_candidate = status.upper() == "C" or not words.startswith("PNS")
        return EmploymentKind.CPNS if is_candidate else EmploymentKind.PNS
    return None


def echelon(text: str) -> str:
    """The echelon's id, "21" to "42", from the id or its name "II.a"; empty when it is neither."""
    known = ECHELONS.get(text.upper(), text)
    return known if known in ECHELONS.values() else ""


def functional_level(kind: PositionKind, title: str) -> str:
    """The level at the end of a functional title: "GURU AHLI MADYA" → "Ahli Madya"."""
    if kind != PositionKind.FUNCTIONAL:
        return ""
    words = title.upper().split()
    return LEVELS.get(" ".join(words[-2:])) or LEVELS.get(" ".join(words[-1:])) or ""


def same_words(text: str) -> str:
    """What is compared when two titles or names may differ in spelling only."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
