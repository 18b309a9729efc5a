"""The employee files against the register: new people, new posts, corrections."""

from datetime import date

from config.lib.dates import format_date
from orgunits.enums import AssignmentKind, ImportKind, RowVerdict
from orgunits.imports.employees import EmployeeRow
from orgunits.imports.register import Legal, Person, Post, Register, Unit
from orgunits.imports.results import SIASN, Report, RowFault

POST_CHANGED = "Perubahan jabatan atau unit menurut data kepegawaian"


def compare_people(register: Register, rows: list[EmployeeRow], as_of: date, report: Report) -> None:
    """Bring people and their definitive posts to what ``rows`` say as of ``as_of``."""
    holders = _holders(register, rows)
    for row in rows:
        holder = holders.get(row.nip.text)
        person = _known(register, row)
        if _is_taken(holder, row):
            assert holder is not None
            message = f"NIP {row.nip.text} sudah tercatat atas nama {holder.name} dengan PNS ID lain."
            fault = RowFault("NIP BARU", "nip_taken", message, SIASN)
            report.refuse(ImportKind.EMPLOYEES, row.source, fault)
            continue
        unit = register.unit_by_id[row.unit_id]
        if unit.is_closed and not _was_there(person, unit, row):
            message = f"Unit {unit.now.name} sudah ditutup di aplikasi. Perbaiki unit pegawai ini di SIASN."
            fault = RowFault("UNOR ID", "unit_closed", message[:500], SIASN)
            report.refuse(ImportKind.EMPLOYEES, row.source, fault)
            continue
        if person is None:
            _create(register, row)
            report.accept(ImportKind.EMPLOYEES, row.source, RowVerdict.CREATE)
            continue
        notes = _corrections(register, person, row)
        if _follow_legal(person, row, as_of):
            notes.append(f"kedudukan hukum {row.legal.label}")
        if _follow_post(register, person, row, as_of, report):
            notes.append(_post_note(person))
        verdict = RowVerdict.UPDATE if notes else RowVerdict.UNCHANGED
        report.accept(ImportKind.EMPLOYEES, row.source, verdict, "; ".join(notes))


def _known(register: Register, row: EmployeeRow) -> Person | None:
    """The person by PNS ID; one entered by hand without it is known by the NIP."""
    person = register.person_by_id.get(row.external_id)
    if person is not None:
        return person
    by_nip = register.person_by_nip.get(row.nip.text)
    is_same = by_nip is not None and by_nip.external_id is None and by_nip.nip == row.nip.text
    return by_nip if is_same else None


def _was_there(person: Person | None, unit: Unit, row: EmployeeRow) -> bool:
    """Whether the row equals a stored post, also a closed one (rules.md section 14)."""
    return person is not None and any(
        post.is_same_post(unit, row.title) and post.start == row.start for post in person.posts
    )


def _holders(register: Register, rows: list[EmployeeRow]) -> dict[str, Person]:
    """Who keeps a NIP after this import: stored people whose number no accepted row changes.

    A row refused for another's number leaves its own person's number taken, so it is asked again.
    """
    changing = {row.external_id for row in rows}
    while True:
        holders = {
            person.nip: person
            for person in register.people
            if person.nip and (person.external_id is None or person.external_id not in changing)
        }
        refused = {
            row.external_id
            for row in rows
            if row.external_id in changing and _is_taken(holders.get(row.nip.text), row)
        }
        if not refused:
            return holders
        changing -= refused


def _is_taken(holder: Person | None, row: EmployeeRow) -> bool:
    """Whether another person keeps the row's NIP; one without PNS ID is the row's own person."""
    return holder is not None and holder.external_id not in (None, row.external_id)


def _create(register: Register, row: EmployeeRow) -> None:
    person = register.add_person(Person(external_id=row.external_id, nip=row.nip.text))
    person.change(**_fields(row))
    person.legal = Legal(person=person, position=row.legal, start=row.start)
    person.fresh_legal.append(person.legal)
    _start(register, person, row, row.start)


def _fields(row: EmployeeRow) -> dict[str, object]:
    return {
        "name": row.name,
        "title_before": row.title_before,
        "title_after": row.title_after,
        "employment_kind": row.kind,
        "sex": row.sex,
        "birth_date": row.nip.birth_date,
        "grade": row.grade,
        "phone": row.phone,
        "email": row.email,
    }


FIELD_WORDS = {
    "external_id": "PNS ID",
    "nip": "NIP",
    "name": "nama",
    "title_before": "gelar depan",
    "title_after": "gelar belakang",
    "employment_kind": "jenis kepegawaian",
    "sex": "jenis kelamin",
    "birth_date": "tanggal lahir",
    "grade": "golongan",
    "phone": "telepon",
    "email": "surel",
}


def _corrections(register: Register, person: Person, row: EmployeeRow) -> list[str]:
    """Spelling, rank, contacts, NIP: put right in place; what was."""
    fields = _fields(row)
    if person.email_confirmed:
        del fields["email"]
    person.change(external_id=row.external_id, **fields)
    register.person_by_id[row.external_id] = person
    if person.nip != row.nip.text:
        person.former_nip = person.nip or ""
        person.change(nip=row.nip.text)
        register.person_by_nip[row.nip.text] = person
    return [word for name, word in FIELD_WORDS.items() if name in person.dirty]


def _post_note(person: Person) -> str:
    post = person.posts[-1]
    return f"jabatan {post.position_title} di {post.unit.now.name} mulai {format_date(post.start)}"


def _follow_legal(person: Person, row: EmployeeRow, as_of: date) -> bool:
    legal = person.legal
    if legal is not None and legal.position == row.legal and legal.until is None:
        return False
    if legal is not None and legal.start >= as_of:
        # An older file tells nothing about a position that began after it.
        if legal.start > as_of:
            return False
        person.fresh_legal.append(legal)
        return legal.change(position=row.legal, until=None)
    if legal is not None and legal.until is None:
        legal.change(until=as_of)
        person.fresh_legal.append(legal)
    person.legal = Legal(person=person, position=row.legal, start=as_of)
    person.fresh_legal.append(person.legal)
    return True


def _post_fields(row: EmployeeRow) -> dict[str, object]:
    return {
        "position_title": row.title,
        "position_kind": row.position_kind,
        "echelon": row.echelon,
        "functional_level": row.level,
    }


def _follow_post(register: Register, person: Person, row: EmployeeRow, as_of: date, report: Report) -> bool:
    """A row equal to any stored post, also a closed one, is no news; else a new post or a correction."""
    unit = register.unit_by_id[row.unit_id]
    last = person.last_post
    if last is None:
        _start(register, person, row, row.start)
        return True
    if last.is_same_post(unit, row.title):
        return _same_post(person, last, row)
    if _was_there(person, unit, row):
        return False
    if last.is_by_decree and row.start <= last.start:
        # A dated decree beats an undated snapshot until the snapshot agrees.
        return False
    return _next_post(register, person, last, row, as_of, report)


def _same_post(person: Person, last: Post, row: EmployeeRow) -> bool:
    """The snapshot agrees with the last post: from now on it speaks for it; slips are put right."""
    if last.until is not None:
        return False
    agreed = last.is_by_decree
    if agreed:
        last.change(source=ImportKind.EMPLOYEES, source_file=row.source.file)
        last.dirty.discard("source_file")
    changed = last.change(**_post_fields(row))
    may_move = not agreed and len(person.posts) == 1 and last.start != row.start
    if may_move and not (last.is_head and row.start < last.start):
        changed |= last.change(start=row.start)
    return changed


def _next_post(
    register: Register, person: Person, last: Post, row: EmployeeRow, as_of: date, report: Report
) -> bool:
    start = row.start if row.start > last.start else as_of
    ended = last.until
    if start <= last.start or (ended is not None and start < ended):
        message = f"Jabatan yang tercatat ({last.position_title}) lebih baru daripada berkas; tidak diubah."
        report.warn(row.source, "TMT JABATAN", "older", message, SIASN)
        return False
    fresh = _start(register, person, row, start)
    if ended is None:
        last.change(until=start, end_reason=f"{POST_CHANGED} per {format_date(as_of)}"[:200])
        if last.is_head and last.unit is fresh.unit:
            fresh.is_head = True
            fresh.unit.heads.append(fresh)
    return True


def _start(register: Register, person: Person, row: EmployeeRow, start: date) -> Post:
    unit: Unit = register.unit_by_id[row.unit_id]
    return register.add_post(
        Post(
            person=person,
            unit=unit,
            kind=AssignmentKind.DEFINITIVE,
            start=start,
            source=ImportKind.EMPLOYEES,
            source_file=row.source.file,
            position_title=row.title,
            position_kind=row.position_kind,
            echelon=row.echelon,
            functional_level=row.level,
        )
    )
