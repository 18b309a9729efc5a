"""The tree's rows against the register: new units, new spans, nothing that an officer decided undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from config.lib.dates import format_date
from orgunits.enums import UNKNOWN_START, RowVerdict, UnitKind
from orgunits.imports.register import Register, Span, Unit
from orgunits.imports.results import BKPSDM, RawRow, Report
from orgunits.imports.units import UnitRow

SERVICES = (
    *("SD ", "SDN ", "SMP ", "SMPN ", "TK ", "PAUD ", "SKB ", "SEKOLAH "),
    *("PUSKESMAS ", "UPTD ", "UPT ", "RSUD ", "RUMAH SAKIT "),
)
SECRETARIAT = "SEKRETARIAT DAERAH"
SECRETARY = "SEKRETARIS DAERAH"


@dataclass(slots=True)
class _Place:
    """Where a unit hangs: its parent, its OPD and what kind that makes it."""

    parent: Unit | None
    opd: Unit | None
    kind: UnitKind


def compare_units(
    register: Register,
    rows: list[UnitRow],
    said_before: Mapping[str, UnitRow],
    as_of: date,
    report: Report,
) -> dict[str, RowVerdict]:
    """Bring the register's units to what ``rows`` (parents first) say as of ``as_of``.

    Answers the verdicts on new and changed units by external id; the others are unchanged so far.

    ``said_before``: the rows of the last tree applied. A row that repeats what that tree said
    says nothing new, so what an officer changed since then stays. Kind and appraised-by are set when
    a unit is made or moves between levels, never otherwise.
    """
    first_import = not register.units
    start = UNKNOWN_START if first_import else as_of
    verdicts: dict[str, RowVerdict] = {}
    new_opds: list[Unit] = []
    for row in rows:
        unit = register.unit_by_id.get(row.external_id)
        was = unit.now.kind if unit else None
        if unit is None:
            unit = register.add_unit(Unit(external_id=row.external_id))
            _make(register, unit, row, start)
            verdicts[row.external_id] = RowVerdict.CREATE
        elif _brings_change(unit, row, said_before, as_of, report) and _revise(register, unit, row, as_of):
            verdicts[row.external_id] = RowVerdict.UPDATE
        if unit.now.kind == UnitKind.OPD and was != UnitKind.OPD:
            new_opds.append(unit)
    _rehang(register, as_of)
    _appraise_by_secretariat(register, new_opds)
    if rows:
        _warn_missing(register, rows, report)
    return verdicts


def _make(register: Register, unit: Unit, row: UnitRow, start: date) -> None:
    place = _place(register, unit, row.parent_id, row.name)
    unit.span = Span(
        unit=unit,
        name=row.name,
        kind=place.kind,
        parent=place.parent,
        opd=place.opd,
        appraised_by=None,
        head_title=row.head_title,
        head_echelon=row.head_echelon,
        start=start,
    )
    unit.touched_spans.append(unit.span)


def _place(register: Register, unit: Unit, parent_id: str, name: str) -> _Place:
    parent = register.unit_by_id[parent_id] if parent_id else None
    if parent is None:
        return _Place(None, None, UnitKind.REGENCY)
    if parent.now.kind == UnitKind.REGENCY:
        return _Place(parent, unit, UnitKind.OPD)
    kind = UnitKind.SERVICE if f"{name.upper()} ".startswith(SERVICES) else UnitKind.UNIT
    return _Place(parent, parent.now.opd, kind)


def _brings_change(
    unit: Unit, row: UnitRow, said_before: Mapping[str, UnitRow], as_of: date, report: Report
) -> bool:
    """Whether the row says something new that may be taken."""
    if unit.is_closed:
        message = f"Unit {row.name} sudah ditutup di aplikasi; baris ini tidak membukanya lagi."
        report.warn(row.source, "ID", "closed", message, BKPSDM)
        return False
    before = said_before.get(row.external_id)
    if before is not None and before.content == row.content:
        return False
    if as_of < unit.now.start != UNKNOWN_START:
        message = f"Unit ini sudah diubah per {format_date(unit.now.start)}, sesudah tanggal berkas."
        report.warn(row.source, "NAMA UNOR", "older", message, BKPSDM)
        return False
    return True


def _revise(register: Register, unit: Unit, row: UnitRow, as_of: date) -> bool:
    span = unit.now
    place = _place(register, unit, row.parent_id, row.name)
    moved = place.parent is not span.parent
    values: dict[str, object] = {
        "name": row.name,
        "head_title": row.head_title,
        "head_echelon": row.head_echelon,
        "parent": place.parent,
        "opd": place.opd,
    }
    if moved and (place.kind == UnitKind.OPD) != (span.kind == UnitKind.OPD):
        values["kind"] = place.kind
        values["appraised_by"] = None
    return _from(unit, as_of, values)


def _from(unit: Unit, as_of: date, values: dict[str, object]) -> bool:
    """Let the unit be so from ``as_of``: a new span, or the same one when it began that day."""
    span = unit.now
    if all(getattr(span, name) == value for name, value in values.items()):
        return False
    unit.touched_spans.append(span)
    if span.is_new or span.start >= as_of:
        return span.change(**values)
    fresh = Span(
        unit=unit,
        name=span.name,
        kind=span.kind,
        parent=span.parent,
        opd=span.opd,
        appraised_by=span.appraised_by,
        head_title=span.head_title,
        head_echelon=span.head_echelon,
        letterhead=span.letterhead,
        signing_place=span.signing_place,
        start=as_of,
    )
    span.change(until=as_of)
    fresh.change(**values)
    unit.touched_spans.append(fresh)
    unit.span = fresh
    return True


def _rehang(register: Register, as_of: date) -> None:
    """Units below a moved one follow it into its OPD."""
    known: dict[int, Unit | None] = {}

    def opd_of(unit: Unit) -> Unit | None:
        key = id(unit)
        if key not in known:
            span = unit.now
            if span.kind == UnitKind.REGENCY or span.parent is None:
                known[key] = None
            else:
                known[key] = unit if span.kind == UnitKind.OPD else opd_of(span.parent)
        return known[key]

    for unit in register.units:
        if not unit.is_closed:
            _from(unit, as_of, {"opd": opd_of(unit)})


def _appraise_by_secretariat(register: Register, new_opds: list[Unit]) -> None:
    """Units directly under the regency are appraised by Sekretariat Daerah (rules.md section 9)."""
    opds = [unit for unit in register.units if not unit.is_closed and unit.now.kind == UnitKind.OPD]
    secretariat = next((unit for unit in opds if unit.now.head_title.upper() == SECRETARY), None) or next(
        (unit for unit in opds if unit.now.name.upper() == SECRETARIAT), None
    )
    for unit in new_opds:
        if secretariat is not None and unit is not secretariat:
            unit.now.change(appraised_by=secretariat)


def _warn_missing(register: Register, rows: list[UnitRow], report: Report) -> None:
    """A unit that the file leaves out is told, not closed."""
    named = {row.external_id for row in rows}
    source = RawRow(rows[0].source.file, 0, {})
    for external_id, unit in register.unit_by_id.items():
        if external_id not in named and not unit.is_closed:
            message = f"Unit {unit.now.name} tidak ada lagi dalam berkas; tetap berlaku di aplikasi."
            report.warn(source, "ID", "missing", message[:500], BKPSDM)
