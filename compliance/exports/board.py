"""The board and the people behind it as tables of a file."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from compliance.selectors.board import BoardRow
from compliance.selectors.people import PersonRow
from compliance.selectors.stages import BoardStage
from config.lib.dates import format_deadline, format_moment
from config.lib.xlsx import Table

BOARD_HEADERS = (
    "OPD",
    "Wajib",
    "Sudah memenuhi",
    "Disepakati",
    "Terlambat",
    "Persen",
    "Predikat sementara",
    "Perubahan 7 hari (poin)",
    "Wajib saat dibekukan",
    "Sudah saat dibekukan",
    "Predikat saat dibekukan",
)
PEOPLE_HEADERS = (
    "NIP",
    "Nama",
    "OPD",
    "Unit kerja",
    "Keadaan",
    "Alasan dikecualikan",
    "Tenggat",
    "Dipenuhi",
    "Disepakati",
)


def board_table(rows: Iterable[BoardRow], stage: BoardStage) -> Table:
    """The rows of the board; an empty cell stands for what is not known, never 0."""
    return Table(
        _title(stage), BOARD_HEADERS, (_board_row(row) for row in rows), (46, 10, 10, 12, 10, 10, 20)
    )


def _board_row(row: BoardRow) -> tuple[str | int | Decimal | None, ...]:
    frozen = row.frozen
    return (
        row.name,
        row.counts.obliged,
        row.counts.fulfilled,
        row.counts.agreed,
        row.counts.late,
        _rounded(row.counts.percent),
        str(row.predicate.label) if row.predicate else "",
        _rounded(row.change),
        frozen.counts.obliged if frozen else None,
        frozen.counts.fulfilled if frozen else None,
        str(frozen.predicate.label) if frozen and frozen.predicate else "",
    )


def people_table(rows: Iterable[PersonRow], stage: BoardStage) -> Table:
    """The people behind a number."""
    return Table(_title(stage), PEOPLE_HEADERS, (_person_row(row) for row in rows), (22, 36, 36, 36, 18))


def _person_row(row: PersonRow) -> tuple[str, ...]:
    return (
        row.nip,
        row.name,
        row.opd_name,
        row.unit_name,
        str(row.state.label),
        row.why_exempt,
        format_deadline(row.due_at) if row.due_at else "",
        format_moment(row.fulfilled_at) if row.fulfilled_at else "",
        format_moment(row.agreed_at) if row.agreed_at else "",
    )


def _title(stage: BoardStage) -> str:
    return f"{stage.label} {stage.period.year}"


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"), ROUND_HALF_UP)
