"""The refused rows as an Excel: what is wrong, and who must mend it."""

from collections.abc import Iterable

from config.lib.xlsx import Table, workbook
from orgunits.imports.results import Finding

HEADERS = ("Berkas", "Baris", "Kolom", "Kode", "Alasan", "Diperbaiki oleh")
WIDTHS = (30, 8, 18, 18, 80, 40)


def refused_workbook(findings: Iterable[Finding]) -> bytes:
    """An .xlsx with one row per refused row, in the order given."""
    rows = (
        (finding.file, finding.row, finding.column, finding.code, finding.message, finding.fix_by)
        for finding in findings
    )
    return workbook([Table("Baris ditolak", HEADERS, rows, WIDTHS)])
