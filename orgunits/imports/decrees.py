"""Rows of the lists that rest on decrees: Plt and Plh, transfers."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from accounts.names import clean_nip
from config.lib.dates import until_from_last_day
from orgunits.enums import AssignmentKind, ImportKind, PositionKind
from orgunits.imports.cells import POSITION_KINDS, needed, needed_date, optional_date
from orgunits.imports.results import BKPSDM, RawRow, Report, RowFault

_PREFIX = re.compile(r"(plt|plh|pelaksana tugas|pelaksana harian)\b\.?\s*", re.IGNORECASE)
_KINDS = {
    "plt": AssignmentKind.PLT,
    "pelaksana tugas": AssignmentKind.PLT,
    "plh": AssignmentKind.PLH,
    "pelaksana harian": AssignmentKind.PLH,
}


@dataclass(frozen=True, slots=True)
class ActingRow:
    """Somebody leads a unit during ``[start, until)`` as Plt or Plh; ``title`` is without that prefix."""

    source: RawRow
    nip: str
    name: str
    unit_id: str
    kind: AssignmentKind
    title: str
    start: date
    until: date | None
    decree: str


@dataclass(frozen=True, slots=True)
class TransferRow:
    """Somebody moves from one unit to a post in another on ``start``."""

    source: RawRow
    nip: str
    name: str
    old_unit_id: str
    unit_id: str
    title: str
    position_kind: PositionKind
    start: date
    decree: str


Row = TypeVar("Row", ActingRow, TransferRow)


def acting_rows(raws: Iterable[RawRow], report: Report) -> list[ActingRow]:
    """The rows of a list of Plt and Plh that can be read, the earliest first."""
    return _parsed(ImportKind.ACTING, raws, _acting, report)


def transfer_rows(raws: Iterable[RawRow], report: Report) -> list[TransferRow]:
    """The rows of a list of transfers that can be read, the earliest first."""
    return _parsed(ImportKind.TRANSFERS, raws, _transfer, report)


def _parsed(
    kind: ImportKind, raws: Iterable[RawRow], parse: Callable[[RawRow], Row], report: Report
) -> list[Row]:
    rows: list[Row] = []
    seen: dict[tuple[tuple[str, str], ...], RawRow] = {}
    for raw in raws:
        first = seen.setdefault(tuple(sorted(raw.cells.items())), raw)
        if first is not raw:
            report.merge(kind, raw, first)
            continue
        try:
            rows.append(parse(raw))
        except RowFault as fault:
            report.refuse(kind, raw, fault)
    return sorted(rows, key=lambda row: row.start)


def _acting(row: RawRow) -> ActingRow:
    nip = _nip(row)
    unit_id = needed(row, "UNOR ID", limit=64, fix_by=BKPSDM)
    stated = needed(row, "JABATAN PLT", limit=255, fix_by=BKPSDM)
    prefix = _PREFIX.match(stated)
    if prefix is None or not stated[prefix.end() :]:
        message = f"JABATAN PLT “{stated[:60]}” harus diawali Plt. atau Plh. lalu nama jabatan."
        raise RowFault("JABATAN PLT", "acting_kind", message, BKPSDM)
    start = needed_date(row, "TMT MULAI")
    last_day = optional_date(row, "TMT SELESAI")
    if last_day is not None and last_day < start:
        raise RowFault("TMT SELESAI", "date", "TMT SELESAI mendahului TMT MULAI.", BKPSDM)
    return ActingRow(
        source=row,
        nip=nip,
        name=row.text("NAMA"),
        unit_id=unit_id,
        kind=_KINDS[prefix.group(1).lower()],
        title=stated[prefix.end() :],
        start=start,
        until=until_from_last_day(last_day),
        decree=row.text("NOMOR SK")[:120],
    )


def _transfer(row: RawRow) -> TransferRow:
    nip = _nip(row)
    position_kind = POSITION_KINDS.get(row.text("JENIS JABATAN ID"))
    if position_kind is None:
        message = f"JENIS JABATAN ID “{row.text('JENIS JABATAN ID')[:20]}” tidak dikenal (1, 2 atau 4)."
        raise RowFault("JENIS JABATAN ID", "position_kind", message, BKPSDM)
    return TransferRow(
        source=row,
        nip=nip,
        name=row.text("NAMA"),
        old_unit_id=row.text("UNOR LAMA ID"),
        unit_id=needed(row, "UNOR BARU ID", limit=64, fix_by=BKPSDM),
        title=needed(row, "JABATAN BARU", limit=255, fix_by=BKPSDM),
        position_kind=position_kind,
        start=needed_date(row, "TMT MUTASI"),
        decree=row.text("NOMOR SK")[:120],
    )


def _nip(row: RawRow) -> str:
    """The NIP as a key to look up; whether somebody has it is for the register to say."""
    if "NIP" in row.numeric:
        message = "NIP tersimpan sebagai angka sehingga digit terakhirnya hilang. Simpan sebagai teks."
        raise RowFault("NIP", "nip_numeric", message, BKPSDM)
    nip = clean_nip(row.text("NIP"))
    if not nip:
        raise RowFault("NIP", "nip_empty", "NIP kosong.", BKPSDM)
    return nip
