"""From a workbook of earlier years' results to a verdict on each row (rules.md §14)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from config.lib.numbers import parse_decimal, show_score
from config.lib.xlsx import Table, workbook
from orgunits.enums import RowVerdict
from orgunits.imports.formats import Format
from orgunits.imports.reading import NO_ROWS, UnknownWorkbook, read_rows
from orgunits.imports.results import BKPSDM, Finding, RawRow, RowFault
from orgunits.nip import NipFault, parse_nip

HISTORY = Format(
    kind=None,
    title="hasil tahun sebelumnya",
    columns=("NIP", "NAMA", "TAHUN", "NILAI", "PREDIKAT", "PEJABAT PENILAI"),
    optional=frozenset({"NAMA", "NILAI", "PEJABAT PENILAI"}),
    source="NIP, TAHUN, NILAI, PREDIKAT",
)
EARLIEST_YEAR = 2000
HIGHEST = Decimal(120)
APPRAISER_LIMIT = 255
# Letters of a cell that a preview shows.
SHOWN = 80
# The predicates of PP 46/2011, PP 30/2019 and the quadrant of PermenPANRB 6/2022.
WORDS = (
    "Sangat Baik",
    "Baik",
    "Cukup",
    "Butuh Perbaikan",
    "Kurang",
    "Kurang/Misconduct",
    "Buruk",
    "Sangat Kurang",
)
_KNOWN = {word.casefold(): word for word in WORDS}


@dataclass(frozen=True, slots=True)
class PastResult:
    """What a row says of a year; ``score``: 0–120 with at most 2 decimals, None where it has none."""

    score: Decimal | None
    predicate: str
    appraiser: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows are compared with.

    ``people``: employee and name by NIP, earlier NIPs too; ``stored``: results by employee and year;
    ``first_year``: the first year of the application itself, which no row may be of.
    """

    people: Mapping[str, tuple[int, str]]
    stored: Mapping[tuple[int, int], PastResult]
    first_year: int


@dataclass(frozen=True, slots=True)
class Stated:
    """What stands in a row that could not be read, as its cells have it, so that it is found again."""

    name: str
    year: str
    score: str
    predicate: str
    appraiser: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A row with its verdict; ``message`` is the sentence of a refusal or says what changes.

    ``stated`` is told where there is no ``result``.
    """

    number: int
    nip: str
    verdict: RowVerdict
    name: str = ""
    employee_id: int | None = None
    year: int | None = None
    result: PastResult | None = None
    column: str = ""
    message: str = ""
    stated: Stated | None = None


@dataclass(frozen=True, slots=True)
class HistoryReport:
    """Every row of the workbook in its order."""

    rows: tuple[HistoryRow, ...] = field(repr=False)

    @property
    def counts(self) -> dict[RowVerdict, int]:
        """Rows by verdict."""
        found = Counter(row.verdict for row in self.rows)
        return {verdict: found[verdict] for verdict in RowVerdict}

    def with_verdict(self, verdict: RowVerdict) -> list[HistoryRow]:
        """The rows of one verdict."""
        return [row for row in self.rows if row.verdict == verdict]

    @property
    def changes(self) -> list[HistoryRow]:
        """The rows that applying writes."""
        return [row for row in self.rows if row.verdict in (RowVerdict.CREATE, RowVerdict.UPDATE)]

    @property
    def findings(self) -> list[Finding]:
        """The refused rows as the Excel for those who must mend them has it."""
        refused = self.with_verdict(RowVerdict.REFUSED)
        return [Finding("", row.number, row.column, "history", row.message, BKPSDM) for row in refused]


def template_workbook() -> bytes:
    """The .xlsx to fill in; the second sheet says what each column takes."""
    guide = (
        ("NIP", "18 angka, disimpan sebagai teks. Wajib."),
        ("NAMA", "Untuk memeriksa saja; tidak disimpan."),
        ("TAHUN", "Sebelum periode pertama di aplikasi ini. Wajib."),
        ("NILAI", "0 sampai 120, paling banyak dua desimal. Kosong bila tahun itu tanpa nilai."),
        ("PREDIKAT", f"Salah satu dari: {', '.join(WORDS)}. Wajib."),
        ("PEJABAT PENILAI", "Nama pejabat penilai tahun itu, bila diketahui."),
    )
    return workbook(
        [
            Table("Hasil", HISTORY.columns, (), (24, 36, 10, 10, 22, 40)),
            Table("Petunjuk", ("KOLOM", "ISI"), guide, (24, 90)),
        ]
    )


def read_history(data: bytes, *, name: str = "Berkas") -> list[RawRow]:
    """The rows of the workbook; raises WorkbookError when it is broken, unsafe, another, or empty."""
    _layout, rows = read_rows(name, data, (HISTORY,))
    if not rows:
        raise UnknownWorkbook(f"{name}: {NO_ROWS}")
    return rows


def compare_history(rows: Iterable[RawRow], known: Known) -> HistoryReport:
    """The verdict on each row; of several rows of one person and year all are refused if they differ."""
    read = [_compared(row, known) for row in rows]
    groups: dict[tuple[int, int], list[HistoryRow]] = {}
    for row in read:
        if row.employee_id is not None and row.year is not None:
            groups.setdefault((row.employee_id, row.year), []).append(row)
    again = {row.number: told for group in groups.values() for row, told in _repeated(group)}
    return HistoryReport(tuple(again.get(row.number, row) for row in read))


def _repeated(group: list[HistoryRow]) -> Iterable[tuple[HistoryRow, HistoryRow]]:
    first, *others = group
    if any(row.result != first.result for row in others):
        for row in group:
            numbers = ", ".join(str(other.number) for other in group if other is not row)
            message = f"NIP dan tahun ini juga ada di baris {numbers} dengan isi lain. Sisakan satu."
            yield row, replace(row, verdict=RowVerdict.REFUSED, column="TAHUN", message=message)
        return
    for row in others:
        yield (
            row,
            replace(row, verdict=RowVerdict.MERGED, message=f"Sama persis dengan baris {first.number}."),
        )


def _compared(row: RawRow, known: Known) -> HistoryRow:
    nip = row.text("NIP")
    try:
        nip, employee_id, name = _person(row, known)
        year = _year(row, known.first_year)
        result = PastResult(_score(row), _predicate(row), _appraiser(row))
    except RowFault as fault:
        refused = HistoryRow(row.number, nip, RowVerdict.REFUSED, stated=_stated(row))
        return replace(refused, column=fault.column, message=fault.message)
    before = known.stored.get((employee_id, year))
    verdict, message = RowVerdict.CREATE, ""
    if before is not None:
        verdict = RowVerdict.UNCHANGED if before == result else RowVerdict.UPDATE
        message = "" if before == result else f"Sebelumnya: {_words(before)}."
    return HistoryRow(row.number, nip, verdict, name, employee_id, year, result, message=message)


def _stated(row: RawRow) -> Stated:
    columns = ("NAMA", "TAHUN", "NILAI", "PREDIKAT", "PEJABAT PENILAI")
    return Stated(*(row.text(column)[:SHOWN] for column in columns))


def _words(result: PastResult) -> str:
    """The result in words; a name, which may end with a full stop of its own, is not the last of them."""
    score = "tanpa nilai" if result.score is None else f"nilai {show_score(result.score)}"
    by = f" oleh {result.appraiser}" if result.appraiser else ""
    return f"dinilai{by}, {score}, predikat {result.predicate}"


def _fault(column: str, message: str) -> RowFault:
    return RowFault(column, "history", message, BKPSDM)


def _person(row: RawRow, known: Known) -> tuple[str, int, str]:
    if "NIP" in row.numeric:
        raise _fault(
            "NIP", "NIP tersimpan sebagai angka sehingga digit terakhirnya hilang. Simpan sebagai teks."
        )
    try:
        nip = parse_nip(row.text("NIP")).text
    except NipFault as fault:
        raise _fault("NIP", str(fault)) from fault
    if nip not in known.people:
        raise _fault("NIP", f"NIP {nip} tidak ada dalam data pegawai.")
    return nip, *known.people[nip]


def _year(row: RawRow, first_year: int) -> int:
    text = row.text("TAHUN")
    if not (text.isascii() and text.isdecimal() and len(text) == len("2000")):
        raise _fault("TAHUN", "TAHUN harus berisi empat angka, misalnya 2024.")
    year = int(text)
    if year >= first_year:
        raise _fault(
            "TAHUN",
            f"Tahun {year} dinilai di aplikasi ini; yang diimpor hanya tahun sebelum {first_year}.",
        )
    if year < EARLIEST_YEAR:
        raise _fault("TAHUN", f"TAHUN paling awal {EARLIEST_YEAR}.")
    return year


def _score(row: RawRow) -> Decimal | None:
    text = row.text("NILAI")
    if not text:
        return None
    try:
        score = Decimal(text) if "NILAI" in row.numeric else parse_decimal(text)
        if not score.is_finite():
            raise ValueError(text)
    except (ValueError, InvalidOperation) as error:
        raise _fault("NILAI", f"NILAI “{text}” bukan angka.") from error
    if not 0 <= score <= HIGHEST:
        raise _fault("NILAI", f"NILAI {text} di luar 0 sampai 120.")
    rounded = score.quantize(Decimal("0.01"))
    if rounded != score:
        raise _fault("NILAI", f"NILAI {text} mempunyai lebih dari dua desimal. Bulatkan dahulu.")
    return rounded


def _predicate(row: RawRow) -> str:
    text = row.text("PREDIKAT")
    word = _KNOWN.get(text.casefold())
    if word is None:
        raise _fault("PREDIKAT", f"PREDIKAT “{text}” tidak dikenal. Yang dikenal: {', '.join(WORDS)}.")
    return word


def _appraiser(row: RawRow) -> str:
    text = row.text("PEJABAT PENILAI")
    if len(text) > APPRAISER_LIMIT:
        raise _fault("PEJABAT PENILAI", f"PEJABAT PENILAI lebih dari {APPRAISER_LIMIT} huruf.")
    return text
