"""Excel workbooks: read safely, written so that no text becomes a formula."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from config.lib.zipguard import MAX_FILE_BYTES, TOO_LARGE, XLSX, WorkbookError, check_xlsx

__all__ = ["CellValue", "ReadCell", "Sheet", "Table", "WorkbookError", "read_file", "read_sheets", "workbook"]

ReadCell = str | float | int | bool | date | datetime | time | timedelta
CellValue = str | int | float | Decimal | date | None
TEXT_LIMIT = 32_767
SHEET_NAME_LIMIT = 31
# What a spreadsheet would take for the beginning of a formula or command.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
DEFAULT_WIDTH = 18
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet; ``rows`` starts at row 1, column A, whatever is empty there."""

    name: str
    _source: CalamineSheet = field(repr=False)

    def rows(self) -> Iterator[list[ReadCell]]:
        """The rows from the first; an empty cell is "" and a number is a float or int."""
        start = self._source.start
        if start is None:
            return
        yield from self._source.to_python(skip_empty_area=False)


def read_file(path: Path) -> list[Sheet]:
    """The worksheets of a file; raises WorkbookError when it is no harmless, readable .xlsx."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise WorkbookError(TOO_LARGE)
        data = path.read_bytes()
    except OSError as error:
        raise WorkbookError("Berkas tidak dapat dibuka.") from error
    return read_sheets(data)


def read_sheets(data: bytes) -> list[Sheet]:
    """The worksheets in ``data``, hidden ones included; raises WorkbookError as ``read_file`` does."""
    check_xlsx(data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        return [Sheet(name, book.get_sheet_by_name(name)) for name in names]
    except (CalamineError, ValueError, OSError) as error:
        raise WorkbookError(XLSX.broken) from error


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet to write: its tab's name, the header row, the rows, and widths in characters.

    ``rows`` may be a generator; it is consumed while writing.
    """

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[CellValue]]
    widths: Sequence[int] = ()


def workbook(tables: Iterable[Table]) -> bytes:
    """An .xlsx with one sheet per table; text stays text, also when it begins like a formula."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(_sheet_name(table.title))
        for index in range(len(table.headers)):
            width = table.widths[index] if index < len(table.widths) else DEFAULT_WIDTH
            sheet.column_dimensions[get_column_letter(index + 1)].width = width
        sheet.freeze_panes = "A2"
        sheet.append([_header(sheet, text) for text in table.headers])
        for row in table.rows:
            sheet.append([_cell(sheet, value) for value in row])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet_name(title: str) -> str:
    cleaned = "".join("-" if letter in r"[]:*?/\\" else letter for letter in title).strip("'") or "Lembar"
    return cleaned[:SHEET_NAME_LIMIT]


def _header(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = _text_cell(sheet, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: CellValue) -> object:
    return _text_cell(sheet, value) if isinstance(value, str) else value


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    safe = ILLEGAL_CHARACTERS_RE.sub("", text)[:TEXT_LIMIT]
    cell = WriteOnlyCell(sheet, value=safe)
    # openpyxl would write a leading "=" as a formula and "#N/A" as an error.
    cell.data_type = "s"
    if safe.startswith(FORMULA_STARTS):
        # Tells the spreadsheet to keep it text even after somebody edits the cell.
        cell.quotePrefix = True
    return cell
