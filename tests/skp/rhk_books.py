"""Workbooks of planned results as offices write them; a test names only what it is about."""

from collections.abc import Mapping
from datetime import UTC, datetime

from skp.imports.reading import RhkFile, read_rhk
from skp.imports.results import RhkReport
from skp.imports.running import import_file
from skp.models import Period, PlannedResult
from tests.people import Person
from tests.workbooks import Cell, sheet

HEADERS = (
    *("NIP", "KODE RHK", "JENIS", "RENCANA HASIL KERJA", "KODE RHK ATASAN", "METODE CASCADING"),
    *("PERSPEKTIF", "ASPEK", "INDIKATOR KINERJA INDIVIDU", "TARGET MIN", "TARGET MAX", "SATUAN", "ARAH"),
)
MARCH = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def row(person: Person, code: str, **cells: Cell) -> dict[str, Cell]:
    """One quantity indicator of a main result; keywords name columns by underscores."""
    values: dict[str, Cell] = {
        "NIP": f"'{person.employee.nip}",
        "KODE RHK": code,
        "JENIS": "UTAMA",
        "RENCANA HASIL KERJA": f"Terlaksananya pekerjaan {code}",
        "KODE RHK ATASAN": "",
        "METODE CASCADING": "direct",
        "PERSPEKTIF": "",
        "ASPEK": "kuantitas",
        "INDIKATOR KINERJA INDIVIDU": "Jumlah laporan yang selesai",
        "TARGET MIN": 12.0,
        "TARGET MAX": 12.0,
        "SATUAN": "laporan",
        "ARAH": "normal",
    }
    values.update({name.replace("_", " "): value for name, value in cells.items()})
    return values


def book(
    *rows: Mapping[str, Cell], headers: tuple[str, ...] = HEADERS, name: str = "RHK Dinas.xlsx"
) -> RhkFile:
    """The rows as a workbook, written and read again."""
    return read_rhk(name, sheet(headers, rows))


def run(period: Period, *rows: Mapping[str, Cell], **options: object) -> RhkReport:
    """Import a workbook of these rows."""
    return import_file(
        file=book(*rows, **options),  # type: ignore[arg-type]
        period=period,
        actor=None,
        now=MARCH,
    )


def planned(code: str) -> PlannedResult:
    """What the newest revision says of the imported result."""
    rows = PlannedResult.objects.filter(result__import_code=code).select_related("result", "revision")
    found = rows.order_by("-revision__number").first()
    assert found is not None
    return found
