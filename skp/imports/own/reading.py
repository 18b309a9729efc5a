"""From a person's workbook to the rows of their own plan: the offices' columns, most of them optional."""

from dataclasses import dataclass, field

from orgunits.imports.formats import Format
from orgunits.imports.reading import NO_ROWS, UnknownWorkbook, read_rows
from orgunits.imports.results import RawRow, RowFault
from skp.enums import Approach
from skp.imports.reading import (
    AGREEMENT,
    EXPECTATION,
    RHK,
    TEXT_LIMIT,
    indicator_of,
    narrative_of,
    nip_of,
    result_of,
)
from skp.imports.rows import IndicatorRow, ResultRow

NEEDED = frozenset({"KODE RHK", "RENCANA HASIL KERJA", "ASPEK", "INDIKATOR KINERJA INDIVIDU"})
OWN = Format(
    kind=None,
    title="rencana hasil kerja",
    columns=(*RHK.columns, AGREEMENT, EXPECTATION),
    optional=frozenset({*RHK.columns, AGREEMENT, EXPECTATION}) - NEEDED,
    source="KODE RHK, RENCANA HASIL KERJA, ASPEK, INDIKATOR KINERJA INDIVIDU",
)
OF_INDICATOR = ("ASPEK", "INDIKATOR KINERJA INDIVIDU", "TARGET MIN", "TARGET MAX", "SATUAN", EXPECTATION)
# No plan has so many indicators; an office's whole workbook has, and is cut down to the own rows first.
MAX_ROWS = 200


@dataclass(frozen=True, slots=True)
class OwnFile:
    """The rows that are the person's; ``skipped``: rows under somebody else's NIP."""

    rows: list[RawRow] = field(repr=False)
    skipped: int = 0


def read_own(name: str, data: bytes, *, nip: str | None) -> OwnFile:
    """The rows of the workbook that are the owner's: those without a NIP, and those with this one.

    Raises WorkbookError, its text beginning with ``name``, when it is broken, unsafe, another, too long, or
    holds no row of the owner's.
    """
    _layout, raws = read_rows(name, data, (OWN,))
    if not raws:
        raise UnknownWorkbook(f"{name}: {NO_ROWS}")
    own = [raw for raw in raws if _may_be_of(raw, nip)]
    if not own:
        raise UnknownWorkbook(f"{name}: tidak ada baris dengan NIP Anda.")
    if len(own) > MAX_ROWS:
        raise UnknownWorkbook(f"{name}: ada {len(own)} baris; satu rencana memuat paling banyak {MAX_ROWS}.")
    return OwnFile(own, len(raws) - len(own))


def _may_be_of(row: RawRow, nip: str | None) -> bool:
    """Whether the row is not somebody else's; one whose NIP can't be read is refused later, by its number."""
    if not row.text("NIP"):
        return True
    try:
        return nip_of(row) == nip
    except RowFault:
        return True


def own_row(row: RawRow, approach: Approach) -> tuple[ResultRow, IndicatorRow | None]:
    """What the row says; None without an indicator, whose cells are all empty. Raises RowFault."""
    if row.text("NIP"):
        nip_of(row)
    # The link may be written as the superior's own words.
    result = result_of(row, longest_parent=TEXT_LIMIT)
    if not any(row.text(column) for column in OF_INDICATOR):
        return result, None
    if approach == Approach.QUALITATIVE:
        return result, narrative_of(row)
    return result, indicator_of(row, of_draft=True)
