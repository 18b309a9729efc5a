"""From an office's workbook to rows of planned results: cells to values, one fault per refused row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import TypeVar

from config.lib.numbers import parse_decimal
from orgunits.imports.formats import Format
from orgunits.imports.reading import NO_ROWS, UnknownWorkbook, read_rows
from orgunits.imports.results import RawRow, RowFault
from orgunits.nip import NipFault, parse_nip
from skp.enums import Aspect, CascadeMethod, Direction, Perspective, ResultKind, ResultSource
from skp.imports.rows import IndicatorRow, ResultRow, RhkRow

RHK = Format(
    kind=None,
    title="rencana hasil kerja",
    columns=(
        *("NIP", "KODE RHK", "JENIS", "RENCANA HASIL KERJA", "KODE RHK ATASAN", "METODE CASCADING"),
        *("PERSPEKTIF", "ASPEK", "INDIKATOR KINERJA INDIVIDU", "TARGET MIN", "TARGET MAX", "SATUAN", "ARAH"),
        *("LINGKUP", "SUMBER", "PEMBERI TUGAS"),
    ),
    optional=frozenset({"PERSPEKTIF", "LINGKUP", "SUMBER", "PEMBERI TUGAS"}),
    source="rencana hasil kerja (NIP, KODE RHK, RENCANA HASIL KERJA, …)",
)
# Columns that only the workbook of a single plan has (skp.imports.own).
AGREEMENT, EXPECTATION = "ACUAN PERJANJIAN KINERJA", "EKSPEKTASI"
# Who mends a row of a plan: the office that wrote the workbook.
OFFICE = "Pengelola kepegawaian OPD"
CODE_LIMIT = 40
TEXT_LIMIT = 2000
STEP = Decimal("0.0001")
TOO_LARGE = Decimal(10) ** 14

KINDS = {"UTAMA": ResultKind.MAIN, "TAMBAHAN": ResultKind.ADDITIONAL}
METHODS = {
    "DIRECT": CascadeMethod.DIRECT,
    "LANGSUNG": CascadeMethod.DIRECT,
    "NON DIRECT": CascadeMethod.NON_DIRECT,
    "INDIRECT": CascadeMethod.NON_DIRECT,
    "TIDAK LANGSUNG": CascadeMethod.NON_DIRECT,
}
DIRECTIONS = {"NORMAL": Direction.NORMAL, "KHUSUS": Direction.SPECIAL, "SPECIAL": Direction.SPECIAL}
ASPECTS = {label.upper(): Aspect(value) for value, label in Aspect.choices}
PERSPECTIVES = {label.upper(): Perspective(value) for value, label in Perspective.choices}
SOURCES = {
    "PERJANJIAN KINERJA": ResultSource.AGREEMENT,
    "PERJANJIAN": ResultSource.AGREEMENT,
    "INISIATIF STRATEGIS": ResultSource.INITIATIVE,
    "INISIATIF": ResultSource.INITIATIVE,
}
SCOPES = {
    "1": 1,
    "2": 2,
    "3": 3,
    "DALAM UNIT KERJA": 1,
    "ANTARUNIT KERJA": 2,
    "ANTARINSTANSI": 3,
}

Word = TypeVar("Word")


@dataclass(frozen=True, slots=True)
class RhkFile:
    """One workbook: its rows that can be read, and why the others can't; ``digest`` is its SHA-256."""

    name: str
    digest: str
    rows: list[RhkRow] = field(repr=False)
    faults: list[tuple[int, RowFault]] = field(repr=False)


def read_rhk(name: str, data: bytes) -> RhkFile:
    """The rows of an office's workbook, recognised by its header row.

    Raises WorkbookError, its text beginning with ``name``, when it is broken, unsafe, another or empty.
    """
    _layout, raws = read_rows(name, data, (RHK,))
    if not raws:
        raise UnknownWorkbook(f"{name}: {NO_ROWS}")
    rows: list[RhkRow] = []
    faults: list[tuple[int, RowFault]] = []
    for raw in raws:
        try:
            rows.append(RhkRow(nip_of(raw), result_of(raw), indicator_of(raw), raw.number))
        except RowFault as fault:
            faults.append((raw.number, fault))
    return RhkFile(name, sha256(data).hexdigest(), rows, faults)


def nip_of(row: RawRow) -> str:
    """The owner's NIP; raises RowFault."""
    if "NIP" in row.numeric:
        message = "NIP tersimpan sebagai angka sehingga digit terakhirnya hilang. Simpan sebagai teks."
        raise RowFault("NIP", "nip_numeric", message, OFFICE)
    try:
        return parse_nip(row.text("NIP")).text
    except NipFault as fault:
        raise RowFault("NIP", fault.code, str(fault), OFFICE) from fault


def result_of(row: RawRow, *, longest_parent: int = CODE_LIMIT) -> ResultRow:
    """What the row says of the result; raises RowFault. ``longest_parent``: letters of KODE RHK ATASAN."""
    kind = _word(row, "JENIS", KINDS)
    return ResultRow(
        code=_text(row, "KODE RHK", CODE_LIMIT),
        text=_text(row, "RENCANA HASIL KERJA", TEXT_LIMIT),
        kind=kind or ResultKind.MAIN,
        parent_code=_text(row, "KODE RHK ATASAN", longest_parent, empty_allowed=True),
        cascade_method=_word(row, "METODE CASCADING", METHODS),
        perspective=_word(row, "PERSPEKTIF", PERSPECTIVES),
        scope=_word(row, "LINGKUP", SCOPES),
        source=_word(row, "SUMBER", SOURCES),
        assigned_by=_text(row, "PEMBERI TUGAS", 200, empty_allowed=True) or None,
        agreement_text=_text(row, AGREEMENT, TEXT_LIMIT, empty_allowed=True) or None,
    )


def indicator_of(row: RawRow, *, of_draft: bool = False) -> IndicatorRow:
    """What the row says of the indicator, with a measured target; raises RowFault.

    ``of_draft``: the target (read as 0) and the unit may be missing, but for a target where less is better:
    there 0 is a promise.
    """
    aspect = _aspect(row)
    blank = of_draft and not row.text("TARGET MIN") and not row.text("TARGET MAX")
    lacks = blank and _word(row, "ARAH", DIRECTIONS) != Direction.SPECIAL
    low = Decimal(0) if lacks else _number(row, "TARGET MIN")
    high = _number(row, "TARGET MAX") if row.text("TARGET MAX") else low
    if low > high:
        raise RowFault("TARGET MIN", "target_range", "TARGET MIN melebihi TARGET MAX.", OFFICE)
    return IndicatorRow(
        aspect=aspect,
        text=_text(row, "INDIKATOR KINERJA INDIVIDU", TEXT_LIMIT),
        target_min=low,
        target_max=high,
        unit=_text(row, "SATUAN", 60, empty_allowed=of_draft),
        direction=_word(row, "ARAH", DIRECTIONS) or Direction.NORMAL,
    )


def narrative_of(row: RawRow) -> IndicatorRow:
    """What the row says of the indicator, with the expectation in words; raises RowFault."""
    return IndicatorRow(
        aspect=_aspect(row),
        text=_text(row, "INDIKATOR KINERJA INDIVIDU", TEXT_LIMIT),
        target_min=Decimal(0),
        target_max=Decimal(0),
        unit=_text(row, "SATUAN", 60, empty_allowed=True),
        target_text=_text(row, EXPECTATION, TEXT_LIMIT),
    )


def _aspect(row: RawRow) -> Aspect:
    aspect = _word(row, "ASPEK", ASPECTS)
    if aspect is None:
        raise RowFault("ASPEK", "empty", "Kolom ASPEK kosong.", OFFICE)
    return aspect


def _text(row: RawRow, column: str, limit: int, *, empty_allowed: bool = False) -> str:
    text = row.text(column)
    if not text and not empty_allowed:
        raise RowFault(column, "empty", f"Kolom {column} kosong.", OFFICE)
    if len(text) > limit:
        raise RowFault(column, "too_long", f"Kolom {column} lebih panjang dari {limit} huruf.", OFFICE)
    return text


def _word(row: RawRow, column: str, words: Mapping[str, Word]) -> Word | None:
    """The value that the cell's word means, None for an empty cell."""
    text = row.text(column)
    if not text:
        return None
    found = words.get(_plain(text))
    if found is None:
        known = ", ".join(sorted({word.lower() for word in words}))
        raise RowFault(column, "word", f"{column} “{text[:40]}” tidak dikenal (isi: {known}).", OFFICE)
    return found


def _plain(text: str) -> str:
    """In capitals, hyphens as blanks."""
    return " ".join(text.replace("-", " ").upper().split())


def _number(row: RawRow, column: str) -> Decimal:
    """The target, half-up to the four decimals that are kept."""
    text = row.text(column)
    if not text:
        raise RowFault(column, "empty", f"Kolom {column} kosong.", OFFICE)
    try:
        # A number cell is written with a point for decimals, whatever the size of its groups.
        number = Decimal(text) if column in row.numeric else parse_decimal(text)
    except (ValueError, ArithmeticError):
        raise RowFault(column, "number", f"{column} “{text[:40]}” bukan angka.", OFFICE) from None
    if not number.is_finite() or number < 0 or number >= TOO_LARGE:
        raise RowFault(column, "number", f"{column} tidak boleh negatif atau sebesar itu.", OFFICE)
    return number.quantize(STEP, rounding=ROUND_HALF_UP)
