"""Rows of the unit tree, in both styles in use: typed, or refused; the tree must hang together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from orgunits.enums import ImportKind
from orgunits.imports.cells import echelon, needed
from orgunits.imports.results import BKPSDM, RawRow, Report, RowFault

# One style shows a unit's depth by hyphens before its name.
DEPTH_MARKS = "- –—"
INACTIVE = frozenset({"0", "N", "NO", "F", "FALSE", "TIDAK", "TIDAK AKTIF", "NONAKTIF"})


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What one accepted row says of a unit; ``parent_id`` and ``leader_id`` are empty when it has none."""

    source: RawRow
    external_id: str
    name: str
    parent_id: str
    head_title: str
    head_echelon: str
    leader_id: str

    @property
    def content(self) -> tuple[str, str, str, str]:
        """What a span of the unit stores; two rows with the same content say the same of it."""
        return self.name, self.parent_id, self.head_title, self.head_echelon


def unit_rows(raws: Iterable[RawRow], stored_parents: dict[str, str], report: Report) -> list[UnitRow]:
    """The rows that can be taken, parents before children.

    ``stored_parents``: external id → the parent's (empty for the root) of the units already known;
    they may be parents of new ones though the file leaves them out. Inactive units give a warning.
    """
    parsed: dict[str, UnitRow] = {}
    for group in _by_unit(raws).values():
        row = _one(group, report)
        if row is not None:
            parsed[row.external_id] = row
    sound = _sound(parsed, stored_parents, report)
    return sorted(sound, key=lambda row: _depth(row, parsed, stored_parents))


def unit_row(row: RawRow) -> UnitRow:
    """One row as typed; raises RowFault."""
    return UnitRow(
        source=row,
        external_id=needed(row, "ID", limit=64, fix_by=BKPSDM),
        name=_name(row),
        parent_id=_identifier(row, "ID ATASAN"),
        head_title=row.text("NAMA JABATAN")[:255],
        head_echelon=echelon(row.text("ESELON ID")),
        leader_id=_identifier(row, "PEMIMPIN PNS ID"),
    )


def _identifier(row: RawRow, column: str) -> str:
    text = row.text(column)
    return "" if text in {"-", "0", "NULL"} else text


def _name(row: RawRow) -> str:
    name = needed(row, "NAMA UNOR", limit=255, fix_by=BKPSDM).lstrip(DEPTH_MARKS)
    if not name:
        raise RowFault("NAMA UNOR", "empty", "Kolom NAMA UNOR kosong.", BKPSDM)
    return name


def _by_unit(raws: Iterable[RawRow]) -> dict[str, list[RawRow]]:
    groups: dict[str, list[RawRow]] = defaultdict(list)
    for row in raws:
        groups[row.text("ID") or f"{row.file}:{row.number}"].append(row)
    return groups


def _one(group: list[RawRow], report: Report) -> UnitRow | None:
    first = group[0]
    for other in group[1:]:
        if other.cells == first.cells:
            report.merge(ImportKind.UNITS, other, first)
    differing = [row for row in group if row.cells != first.cells]
    if differing:
        for row in (first, *differing):
            others = ", ".join(str(other.number) for other in (first, *differing) if other is not row)
            message = f"ID unit yang sama dipakai lagi dengan isi berbeda pada baris {others}."
            report.refuse(ImportKind.UNITS, row, RowFault("ID", "twice", message, BKPSDM))
        return None
    if first.text("AKTIF").upper() in INACTIVE:
        message = "Unit ditandai tidak aktif: tidak diambil, dan unit yang sudah tercatat tidak ditutup."
        report.refuse(ImportKind.UNITS, first, RowFault("AKTIF", "inactive", message, BKPSDM))
        return None
    try:
        return unit_row(first)
    except RowFault as fault:
        report.refuse(ImportKind.UNITS, first, fault)
        return None


def _sound(parsed: dict[str, UnitRow], stored: dict[str, str], report: Report) -> list[UnitRow]:
    """The rows that lead up to the one root; all others are refused."""
    root = _root(parsed, stored)
    sound: list[UnitRow] = []
    for row in parsed.values():
        fault = _tree_fault(row, root, parsed, stored)
        if fault is None:
            sound.append(row)
        else:
            report.refuse(ImportKind.UNITS, row.source, fault)
    return sound


def _root(parsed: dict[str, UnitRow], stored: dict[str, str]) -> str:
    """The stored root, else the first row without a parent; empty when there is none."""
    known = next((unit for unit, parent in stored.items() if not parent), "")
    return known or next((row.external_id for row in parsed.values() if not row.parent_id), "")


def _tree_fault(
    row: UnitRow, root: str, parsed: dict[str, UnitRow], stored: dict[str, str]
) -> RowFault | None:
    column = "ID ATASAN"
    if not row.parent_id and row.external_id != root:
        message = "Hanya satu unit, yaitu pemerintah daerah, yang boleh tanpa unit atasan."
        return RowFault(column, "root_twice", message, BKPSDM)
    seen: set[str] = set()
    at = row.external_id
    while at != root:
        if at in seen:
            message = "Rantai unit atasan berputar kembali ke unit ini atau tidak sampai ke puncak."
            return RowFault(column, "parent_cycle", message, BKPSDM)
        seen.add(at)
        above = parsed[at].parent_id if at in parsed else stored.get(at, "")
        if above not in parsed and above not in stored:
            where = "ini" if at == row.external_id else f"{parsed[at].name} di atasnya"
            message = f"Unit atasan dari unit {where} tidak ada dalam pohon unit kerja."
            return RowFault(column, "parent_unknown", message, BKPSDM)
        at = above
    return None


def _depth(row: UnitRow, parsed: dict[str, UnitRow], stored: dict[str, str]) -> int:
    depth, at = 0, row.external_id
    while at:
        at = parsed[at].parent_id if at in parsed else stored.get(at, "")
        depth += 1
    return depth
