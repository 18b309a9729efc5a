"""Transfers and acting officials against the register: what a decree dates, happens on that date."""

from datetime import date

from config.lib.dates import covers, format_date, overlap
from orgunits.enums import AssignmentKind, ImportKind, PositionKind, RowVerdict
from orgunits.imports.cells import functional_level, same_words
from orgunits.imports.decrees import ActingRow, TransferRow
from orgunits.imports.register import Person, Post, Register, Unit
from orgunits.imports.results import BKPSDM, RawRow, Report, RowFault

ActingKey = tuple[str, str, AssignmentKind, date]


def compare_transfers(register: Register, rows: list[TransferRow], report: Report) -> None:
    """Carry out the transfers that are not stored yet, the earliest first."""
    for row in rows:
        try:
            verdict = _transfer(register, row)
        except RowFault as fault:
            report.refuse(ImportKind.TRANSFERS, row.source, fault)
        else:
            report.accept(ImportKind.TRANSFERS, row.source, verdict)
            _warn_name(register, row, report)


def compare_acting(register: Register, rows: list[ActingRow], report: Report) -> None:
    """Enter the acting officials that are not stored yet and correct those that changed."""
    starts = {(row.nip, row.unit_id, row.kind, row.start) for row in rows}
    for row in rows:
        try:
            verdict = _acting(register, row, starts, report)
        except RowFault as fault:
            report.refuse(ImportKind.ACTING, row.source, fault)
        else:
            report.accept(ImportKind.ACTING, row.source, verdict)
            _warn_name(register, row, report)


def _person(register: Register, nip: str) -> Person:
    person = register.person_by_nip.get(nip)
    if person is None:
        message = f"NIP {nip[:40]} tidak dikenal. Perbaiki NIP, atau terima dulu pegawainya."
        raise RowFault("NIP", "person_unknown", message, BKPSDM)
    return person


def _unit(register: Register, row: RawRow, column: str, external_id: str) -> Unit:
    unit = register.unit_by_id.get(external_id)
    if unit is None or unit.is_closed:
        message = f"Unit dengan ID {external_id} tidak ada dalam pohon unit kerja."
        raise RowFault(column, "unit_unknown", message, BKPSDM)
    return unit


def _warn_name(register: Register, row: TransferRow | ActingRow, report: Report) -> None:
    person = register.person_by_nip[row.nip]
    if row.name and same_words(person.name) not in same_words(row.name):
        message = f"NAMA berisi {row.name}, sedangkan NIP ini milik {person.name} menurut data."
        report.warn(row.source, "NAMA", "name", message[:500], BKPSDM)


def _transfer(register: Register, row: TransferRow) -> RowVerdict:
    person = _person(register, row.nip)
    unit = _unit(register, row.source, "UNOR BARU ID", row.unit_id)
    for post in person.posts:
        if post.start == row.start and post.is_same_post(unit, row.title):
            changed = bool(row.decree) and post.change(decree=row.decree)
            return RowVerdict.UPDATE if changed else RowVerdict.UNCHANGED
    old = person.post_on(row.start)
    if old is not None and old.is_same_post(unit, row.title):
        # The snapshot showed the new post before this list arrived.
        return RowVerdict.UNCHANGED
    _refuse_unfit(row, person, old)
    fresh = Post(
        person=person,
        unit=unit,
        kind=AssignmentKind.DEFINITIVE,
        position_title=row.title,
        position_kind=row.position_kind,
        functional_level=functional_level(row.position_kind, row.title),
        start=row.start,
        until=old.until if old else None,
        decree=row.decree,
        source=ImportKind.TRANSFERS,
        source_file=row.source.file,
    )
    if old is not None:
        fresh.end_reason = old.end_reason
        old.change(until=row.start, end_reason=f"Mutasi ke {unit.now.name}"[:200])
    register.add_post(fresh)
    for acting in person.acting:
        if acting.until is None or acting.until > row.start:
            acting.change(review_note=_review_note(row.start))
    return RowVerdict.CREATE


def _refuse_unfit(row: TransferRow, person: Person, old: Post | None) -> None:
    when = format_date(row.start)
    if old is None:
        if not person.posts:
            return
        first = format_date(person.posts[0].start)
        message = f"Pegawai tidak mempunyai jabatan definitif pada {when}; jabatan pertamanya mulai {first}."
        raise RowFault("TMT MUTASI", "no_post", message, BKPSDM)
    if old.start == row.start:
        message = f"Sudah ada jabatan lain ({old.position_title}) yang mulai {when}."
        raise RowFault("TMT MUTASI", "same_day", message, BKPSDM)
    if row.old_unit_id and old.unit.external_id != row.old_unit_id:
        message = (
            f"Pada {when} pegawai ini tercatat di {old.unit.now.name}, bukan di unit lama yang tertulis."
        )
        raise RowFault("UNOR LAMA ID", "old_unit", message[:500], BKPSDM)


def _review_note(tmt: date) -> str:
    return f"Pegawai dimutasi terhitung {format_date(tmt)}"


def _acting(register: Register, row: ActingRow, starts: set[ActingKey], report: Report) -> RowVerdict:
    person = _person(register, row.nip)
    unit = _unit(register, row.source, "UNOR ID", row.unit_id)
    stored = _stored(person, unit, row, starts)
    if stored is not None and stored.end_reason and _reaches_beyond(row.until, stored.until):
        message = f"Sudah diakhiri di aplikasi ({stored.end_reason}); TMT SELESAI berkas tidak dipakai."
        report.warn(row.source, "TMT SELESAI", "ended", message[:500], BKPSDM)
        return RowVerdict.UNCHANGED
    _refuse_overlap(row, unit, stored)
    if stored is not None:
        values: dict[str, object] = {"start": row.start, "until": row.until, "position_title": row.title}
        changed = stored.change(**values, decree=row.decree or stored.decree)
        return RowVerdict.UPDATE if changed else RowVerdict.UNCHANGED
    register.add_post(_acting_post(person, unit, row))
    return RowVerdict.CREATE


def _reaches_beyond(until: date | None, other: date | None) -> bool:
    return other is not None and (until is None or until > other)


def _stored(person: Person, unit: Unit, row: ActingRow, starts: set[ActingKey]) -> Post | None:
    """The same acting assignment, known by its start or, when that was corrected, by its decree."""
    same = [post for post in person.acting if post.unit is unit and post.kind == row.kind]
    by_start = [post for post in same if post.start == row.start]
    by_decree = [
        post
        for post in same
        # A post whose start another row states is that row's.
        if row.decree
        and post.decree == row.decree
        and (row.nip, row.unit_id, row.kind, post.start) not in starts
    ]
    return next(iter([*by_start, *by_decree]), None)


def _refuse_overlap(row: ActingRow, unit: Unit, stored: Post | None) -> None:
    for other in unit.heads:
        if other is stored or other.kind != row.kind:
            continue
        if overlap(row.start, row.until, other.start, other.until):
            label = AssignmentKind(row.kind).label
            message = f"Unit ini sudah dipimpin {label} {other.person.name} mulai {format_date(other.start)}."
            raise RowFault("TMT MULAI", "overlap", message, BKPSDM)


def _acting_post(person: Person, unit: Unit, row: ActingRow) -> Post:
    transferred = [
        post
        for post in person.posts
        if post.source == ImportKind.TRANSFERS and covers(row.start, row.until, post.start)
    ]
    return Post(
        person=person,
        unit=unit,
        kind=row.kind,
        position_title=row.title,
        position_kind=PositionKind.STRUCTURAL if unit.now.head_echelon else PositionKind.FUNCTIONAL,
        echelon=unit.now.head_echelon,
        is_head=True,
        start=row.start,
        until=row.until,
        decree=row.decree,
        review_note=_review_note(transferred[-1].start) if transferred else "",
        source=ImportKind.ACTING,
        source_file=row.source.file,
    )
