"""From workbooks to rows: each recognised by its header row, cells as text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from config.lib.errors import DomainError
from config.lib.xlsx import ReadCell, Sheet, WorkbookError, read_sheets
from config.lib.zipguard import MAX_FILE_BYTES, TOO_LARGE
from orgunits.enums import ImportKind
from orgunits.imports.formats import FORMATS, Format, normal_header
from orgunits.imports.results import RawRow

# Exports may carry a title above the header row.
HEADER_WITHIN = 10
NO_ROWS = "tidak ada satu baris data pun di bawah judul kolom."
OTHER_SPREADSHEETS = frozenset({".xls", ".xlsm", ".xlsb", ".ods"})


class UnknownWorkbook(WorkbookError):
    """A readable workbook that is none of those the import knows."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One recognised workbook; ``digest`` is the SHA-256 of its bytes."""

    name: str
    kind: ImportKind
    digest: str
    rows: list[RawRow] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Header:
    layout: Format
    row: int
    columns: dict[int, str]


def read_directory(directory: Path) -> list[SourceFile]:
    """Every workbook of the directory that this import takes, by file name.

    Raises DomainError naming the file when one can't be read or isn't known, when there is none,
    or when two hold the unit tree: a directory is imported whole or not at all.
    """
    if not directory.is_dir():
        raise DomainError(f"Folder {directory} tidak ditemukan.")
    found: list[SourceFile] = []
    for path in sorted(directory.iterdir()):
        # Spreadsheet programs leave a lock file of this name beside an open workbook.
        if path.name.startswith(("~$", ".")) or not path.is_file():
            continue
        if path.suffix.lower() in OTHER_SPREADSHEETS:
            raise WorkbookError(f"{path.name}: simpan ulang sebagai .xlsx tanpa makro, lalu coba lagi.")
        if path.suffix.lower() == ".xlsx":
            source = _read_path(path)
            found += [source] if source else []
    if not found:
        raise DomainError(f"Folder {directory} tidak berisi berkas impor (.xlsx).")
    trees = [source.name for source in found if source.kind == ImportKind.UNITS]
    if len(trees) > 1:
        raise DomainError(f"Ada lebih dari satu pohon unit kerja: {', '.join(trees)}. Sisakan satu.")
    return found


def _read_path(path: Path) -> SourceFile | None:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise WorkbookError(f"{path.name}: {TOO_LARGE}")
    return read_workbook(path.name, path.read_bytes())


def read_workbook(name: str, data: bytes) -> SourceFile | None:
    """The rows of one workbook; None for a known one that another import takes.

    Raises WorkbookError, its text beginning with ``name``, when it is broken, unsafe, unknown,
    empty, or holds more than one sheet of data.
    """
    layout, rows = read_rows(name, data, FORMATS)
    if layout.kind is None:
        return None
    if not rows:
        raise UnknownWorkbook(f"{name}: {NO_ROWS}")
    return SourceFile(name, layout.kind, sha256(data).hexdigest(), rows)


def read_rows(name: str, data: bytes, formats: Sequence[Format]) -> tuple[Format, list[RawRow]]:
    """Which of the formats the workbook has, and its rows, maybe none; raises WorkbookError as above."""
    try:
        header, rows = _recognise(read_sheets(data), formats)
        return header.layout, list(_rows(name, header, rows))
    except WorkbookError as error:
        raise type(error)(f"{name}: {error}") from error


def _recognise(sheets: list[Sheet], formats: Sequence[Format]) -> tuple[_Header, list[list[ReadCell]]]:
    matches: list[tuple[_Header, list[list[ReadCell]]]] = []
    nearest: tuple[int, str] = (0, "")
    for sheet in sheets:
        rows = list(sheet.rows())
        for index, row in enumerate(rows[:HEADER_WITHIN]):
            header = _header(index, row, formats)
            if header is not None:
                matches.append((header, rows))
                break
            nearest = max(nearest, _near_miss(row, formats))
    if len(matches) > 1:
        raise UnknownWorkbook("ada lebih dari satu lembar data. Sisakan satu lembar per berkas.")
    if not matches:
        hint = nearest[1] or f"Tidak ada judul kolom {formats[0].source}."
        raise UnknownWorkbook(f"susunan kolom tidak dikenal. {hint}")
    return matches[0]


def _header(index: int, row: list[ReadCell], formats: Sequence[Format]) -> _Header | None:
    for layout in formats:
        columns = _columns(layout, row)
        if not layout.missing(frozenset(columns.values())):
            _refuse_repeated(columns)
            return _Header(layout, index, columns)
    return None


def _columns(layout: Format, row: list[ReadCell]) -> dict[int, str]:
    named = ((index, layout.column_of(cell)) for index, cell in enumerate(row) if isinstance(cell, str))
    return {index: column for index, column in named if column is not None}


def _refuse_repeated(columns: dict[int, str]) -> None:
    names = list(columns.values())
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise UnknownWorkbook(f"kolom {', '.join(repeated)} muncul lebih dari sekali.")


def _near_miss(row: list[ReadCell], formats: Sequence[Format]) -> tuple[int, str]:
    """How many columns a header row shares with the nearest known workbook, and what it lacks."""
    best = (0, "")
    texts = {normal_header(cell) for cell in row if isinstance(cell, str)}
    for layout in formats:
        shared = frozenset(_columns(layout, row).values())
        if len(shared) >= max(2, best[0] + 1) and texts:
            missing = ", ".join(layout.missing(shared))
            best = (len(shared), f"Paling mirip {layout.title}, tetapi kolom ini tidak ada: {missing}.")
    return best


def _rows(name: str, header: _Header, rows: Iterable[list[ReadCell]]) -> Iterator[RawRow]:
    for index, row in enumerate(rows):
        if index <= header.row:
            continue
        cells: dict[str, str] = {}
        numeric: set[str] = set()
        for position, column in header.columns.items():
            text = cell_text(row[position])
            if text:
                cells[column] = text
                if isinstance(row[position], float):
                    numeric.add(column)
        if cells:
            yield RawRow(name, index + 1, cells, frozenset(numeric))


def cell_text(cell: ReadCell) -> str:
    """A cell as text: whole numbers without a fraction, dates in ISO 8601, true and false as 1 and 0."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
