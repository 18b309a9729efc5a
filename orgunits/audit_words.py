"""What an audit event changed, in words people read. Pure.

Events keep what changed as canonical text with the field names of the code; here each gets its
term, ids become the names given, and the ends of spans the last day that counts.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from config.lib.dates import format_date, format_moment, last_day_from_until
from orgunits.enums import AssignmentKind, CorrectionSubject, PositionKind, Role

NOTHING = "–"
HIDDEN = "tidak ditampilkan"
# Rows that only the database knows, and the version of the text itself.
LEFT_OUT = frozenset({"assignment", "override", "request", "schema_version"})
CONTACTS = frozenset({"phone", "email"})
WORDS: Mapping[str, str] = {
    "name": "Nama",
    "username": "NIP atau nama pengguna",
    "is_active": "Akun aktif",
    "email": "E-mail",
    "phone": "Telepon",
    "role": "Peran",
    "unit": "Unit kerja",
    "unit_id": "Unit kerja",
    "new_unit": "Unit baru",
    "into": "Digabung ke",
    "appraised_by": "Dinilai oleh pimpinan",
    "is_standalone": "Unit mandiri",
    "head_title": "Jabatan pimpinan",
    "position_title": "Jabatan",
    "position_kind": "Jenis jabatan",
    "echelon": "Kode eselon",
    "functional_level": "Jenjang fungsional",
    "is_head": "Memimpin unit",
    "kind": "Sebagai",
    "appraiser": "Pejabat penilai",
    "tmt": "TMT",
    "start": "Mulai",
    "until": "Hari terakhir",
    "decree": "Nomor SK",
    "reason": "Alasan",
    "review_note": "Catatan tinjauan",
    "subject": "Tentang",
    "text": "Penjelasan",
    "answer": "Jawaban",
    "employees": "Pegawai",
    "units": "Unit di bawahnya",
    "as_of": "Keadaan per",
    "create": "Baris baru",
    "update": "Baris berubah",
    "unchanged": "Baris tetap",
    "merged": "Baris digabung",
    "refused": "Baris ditolak",
    "address": "Alamat jaringan",
    "expires_at": "Berlaku sampai",
    "locked_until": "Dikunci sampai",
    "count": "Jumlah",
}
LABELS: Mapping[str, Mapping[str, str]] = {
    key: {str(value): str(label) for value, label in words.choices}
    for key, words in (
        ("role", Role),
        ("kind", AssignmentKind),
        ("position_kind", PositionKind),
        ("subject", CorrectionSubject),
    )
}
UNIT_KEYS = frozenset({"unit", "unit_id", "new_unit", "into", "appraised_by"})
PERSON_KEYS = frozenset({"appraiser"})


@dataclass(frozen=True, slots=True)
class Names:
    """Names of units and people by id, as far as they were looked up."""

    units: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed; ``before`` is empty where the event tells only what came."""

    what: str
    before: str
    after: str


def content_of(text: str) -> dict[str, object]:
    """The fields of an event's canonical text, none for an empty one."""
    content: dict[str, object] = json.loads(text) if text else {}
    return {key: value for key, value in content.items() if key not in LEFT_OUT}


def ids_in(content: Mapping[str, object], keys: frozenset[str]) -> set[int]:
    """The ids that stand under ``keys``: UNIT_KEYS or PERSON_KEYS."""
    return {value for key, value in content.items() if key in keys and isinstance(value, int)}


def changes_in(
    before: Mapping[str, object], after: Mapping[str, object], names: Names, *, contacts: bool
) -> tuple[Change, ...]:
    """What changed, field by field, those that stayed left out.

    ``contacts``: whether the reader may know phone numbers and addresses (rules.md §15).
    """
    found = []
    for key in [*WORDS, *sorted((before.keys() | after.keys()) - WORDS.keys())]:
        if key not in before and key not in after:
            continue
        if key in before and before[key] == after.get(key):
            continue
        hidden = key in CONTACTS and not contacts
        was, now = (
            "" if key not in side else HIDDEN if hidden else _shown(key, side[key], names)
            for side in (before, after)
        )
        found.append(Change(WORDS.get(key, key), was, now))
    return tuple(found)


def _shown(key: str, value: object, names: Names) -> str:
    """The value under ``key`` as people read it."""
    if value is None or value == "":
        return "belum ditentukan" if key == "until" else NOTHING
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, list):
        return str(len(value))
    if isinstance(value, int):
        known = names.units if key in UNIT_KEYS else names.people if key in PERSON_KEYS else {}
        return known.get(value, str(value))
    text = str(value)
    if key in LABELS:
        return LABELS[key].get(text, text)
    return _moments(key, text)


def _moments(key: str, text: str) -> str:
    """``text`` with a date or an instant in words where it is one."""
    readers: Mapping[str, Callable[[str], str]] = {
        "until": lambda day: format_date(last_day_from_until(date.fromisoformat(day)) or date.max),
        "start": lambda day: format_date(date.fromisoformat(day)),
        "tmt": lambda day: format_date(date.fromisoformat(day)),
        "as_of": lambda day: format_date(date.fromisoformat(day)),
        "expires_at": lambda moment: format_moment(datetime.fromisoformat(moment)),
        "locked_until": lambda moment: format_moment(datetime.fromisoformat(moment)),
    }
    return readers[key](text) if key in readers else text
