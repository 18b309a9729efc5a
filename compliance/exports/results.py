"""The results board, the people behind it and the recapitulations D10 and D11 as tables of a file."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from assessments.enums import FourPredicate
from compliance.results import Answer, Kind
from compliance.selectors.recaps import RecapOpd, RecapPerson
from compliance.selectors.scored_people import ScoredPerson
from compliance.selectors.scores import ResultRow
from config.lib.xlsx import CellValue, Table
from orgunits.enums import EmploymentKind
from skp.models import Period

TOO_FEW = "Belum cukup data"
WORDS = [str(word.label) for word in FourPredicate]
BOARD_HEADERS = (
    *("OPD", "Wajib", "Sudah dinilai", "Persen", "Rata-rata", "Dihitung", "Tidak dihitung"),
    *(*WORDS, "Belum berpredikat", "Predikat sementara", "Predikat menurut nilai", "Predikat akhir"),
)
PEOPLE_HEADERS = (
    *("NIP", "Nama", "OPD", "Unit kerja", "Jenis pegawai", "Keadaan", "Sebab"),
    *("Nilai akhir", "Predikat kinerja", "Predikat"),
)
OPD_HEADERS = (
    *("NO", "NAMA", "NIP", "GOL", "JABATAN", "STATUS SKP", "NILAI SKP", "PERILAKU", "NKP"),
    *("PREDIKAT", "PREDIKAT 4", "KET"),
)
REGENCY_HEADERS = (
    *("NO", "OPD", "WAJIB", "SUDAH SKP", "% SKP", "SUDAH DINILAI", "% DINILAI", "RATA-RATA"),
    *(*(word.upper() for word in WORDS), "BELUM", "PREDIKAT OPD"),
)


def answer_text(answer: Answer | None) -> str:
    """The predicate as a cell says it; empty where it is not told or nobody is obliged."""
    if answer is None or answer.kind == Kind.NOBODY:
        return ""
    return str(answer.word.label) if answer.word else TOO_FEW


def rounded(value: Decimal | None) -> Decimal | None:
    """Half-up to 2 decimals, for a cell."""
    return None if value is None else value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _share(part: int, whole: int) -> Decimal | None:
    return rounded(Decimal(part * 100) / whole) if whole else None


def _spread(row: ResultRow) -> list[int | None]:
    """The people by predicate and those without; empty where they are not told."""
    if not row.told:
        return [None] * (len(FourPredicate) + 1)
    return [*(row.tally.words.get(word, 0) for word in FourPredicate), row.tally.without_word]


def scores_table(rows: Iterable[ResultRow], period: Period) -> Table:
    """The rows of the results board; an empty cell stands for what is not known or not told, never 0."""
    return Table(f"Hasil {period.year}", BOARD_HEADERS, (_board_row(row) for row in rows), (46, 10, 10, 10))


def _board_row(row: ResultRow) -> Sequence[CellValue]:
    tally = row.tally
    return (
        row.name,
        tally.obliged,
        tally.scored,
        rounded(tally.counts.percent),
        tally.mean if row.told else None,
        tally.counted,
        tally.missing,
        *_spread(row),
        str(row.interim.label) if row.interim else "",
        answer_text(row.by_scores),
        answer_text(row.final),
    )


def scored_table(rows: Iterable[ScoredPerson], period: Period) -> Table:
    """The people behind a number of the results board."""
    table_rows = (_person_row(row) for row in rows)
    return Table(f"Hasil {period.year}", PEOPLE_HEADERS, table_rows, (22, 36, 36, 36, 16, 20, 40))


def _person_row(row: ScoredPerson) -> Sequence[CellValue]:
    return (
        row.employee.nip or "",
        row.employee.full_name,
        row.opd_name,
        row.unit_name,
        str(EmploymentKind(row.employee.employment_kind).label),
        str(row.standing.label),
        row.why,
        row.final,
        str(row.national.label) if row.national else "",
        str(row.four.label) if row.four else "",
    )


def opd_recap_table(rows: Iterable[RecapPerson], period: Period) -> Table:
    """Rekapitulasi predikat kinerja pegawai of an OPD (D10)."""
    lines = (_recap_row(number, row) for number, row in enumerate(rows, 1))
    return Table(f"Rekapitulasi {period.year}", OPD_HEADERS, lines, (6, 36, 22, 8, 40, 18))


def _recap_row(number: int, row: RecapPerson) -> Sequence[CellValue]:
    person = row.person
    return (
        number,
        person.employee.full_name,
        person.employee.nip or "",
        person.employee.grade,
        row.title,
        row.status,
        row.skp_value,
        row.behaviour,
        person.final,
        str(person.national.label) if person.national else "",
        str(person.four.label) if person.four else "",
        row.note,
    )


def regency_recap_table(rows: Iterable[RecapOpd], period: Period) -> Table:
    """Rekapitulasi of the regency's OPD (D11)."""
    lines = (_regency_row(number, recap) for number, recap in enumerate(rows, 1))
    return Table(f"Rekapitulasi {period.year}", REGENCY_HEADERS, lines, (6, 46, 10, 12, 10, 12, 10, 12))


def _regency_row(number: int, recap: RecapOpd) -> Sequence[CellValue]:
    row, tally = recap.row, recap.row.tally
    return (
        number,
        row.name,
        tally.obliged,
        recap.planned,
        _share(recap.planned, tally.obliged),
        tally.scored,
        _share(tally.scored, tally.obliged),
        tally.mean if row.told else None,
        *_spread(row),
        answer_text(row.final),
    )
