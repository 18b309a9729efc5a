"""CSV as spreadsheets of Indonesian offices open it: semicolons, decimal commas, UTF-8 with its mark."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

from config.lib.xlsx import FORMULA_STARTS, CellValue, Table

CONTENT_TYPE = "text/csv; charset=utf-8"


def csv_bytes(table: Table) -> bytes:
    """The table as a file; no text becomes a formula, and a long number, such as an NIP, keeps its digits.

    Both by an apostrophe before the text, which imports take away again (rules.md §14).
    """
    stream = StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.headers)
    writer.writerows([_text(value) for value in row] for row in table.rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")


def _text(value: CellValue) -> str:
    match value:
        case None:
            return ""
        case str():
            guarded = value.startswith(FORMULA_STARTS) or (len(value) > 11 and value.isdecimal())
            return f"'{value}" if guarded else value
        case Decimal() | float():
            return str(value).replace(".", ",")
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case date():
            return value.isoformat()
        case _:
            return str(value)
