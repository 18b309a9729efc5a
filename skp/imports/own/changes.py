"""A changed result in words, as the list of changes shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.lib.numbers import show_decimal
from skp.enums import Approach, Direction
from skp.imports.own.comparing import Entry
from skp.imports.own.draft import OwnDraft
from skp.services.editing.inputs import IndicatorInput, ResultInput, result_section

LONGEST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a result; either side may be empty."""

    subject: str
    what: str
    before: str
    after: str


def changes_of(entry: Entry, draft: OwnDraft) -> list[Change]:
    """Every difference of a changed result, those of its indicators after its own."""
    assert entry.present is not None
    content = draft.content
    stored = result_section(entry.present).normal(content.scheme, content.approach)
    subject = stored.data.text[:LONGEST_SUBJECT]
    old, new = _values(stored.data, draft), _values(entry.section.data, draft)
    found = [Change(subject, what, old[what], new[what]) for what in old if old[what] != new[what]]
    before = {line.key: indicator_words(line.data, content.approach) for line in stored.indicators}
    after = {line.key: indicator_words(line.data, content.approach) for line in entry.section.indicators}
    found += [Change(subject, "Indikator", *pair) for pair in _pairs(before, after)]
    # Only the order of the indicators is another.
    return found or [Change(subject, "Urutan indikator", "", "; ".join(after.values()))]


def _pairs(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key in [*before, *(key for key in after if key not in before)]:
        if before.get(key) != after.get(key):
            yield before.get(key, ""), after.get(key, "")


def _values(data: ResultInput, draft: OwnDraft) -> dict[str, str]:
    return {
        "Rencana hasil kerja": data.text,
        "Jenis": str(data.kind.label),
        "Hasil kerja atasan": draft.parent_text(data.parent_id),
        "Metode cascading": str(data.cascade_method.label) if data.cascade_method else "",
        "Sumber": str(data.source.label) if data.source else "",
        "Perspektif": str(data.perspective.label) if data.perspective else "",
        "Acuan perjanjian kinerja": data.agreement_text,
        "Lingkup": str(data.scope),
        "Pemberi tugas": data.assigned_by,
    }


def indicator_words(data: IndicatorInput, approach: Approach) -> str:
    """ "Kuantitas: jumlah laporan – 12 laporan"."""
    return f"{data.aspect.label}: {data.text} – {_target(data, approach)}"


def _target(data: IndicatorInput, approach: Approach) -> str:
    if approach == Approach.QUALITATIVE:
        return data.target_text or "belum ada ekspektasi"
    if data.target_max == 0 and data.direction == Direction.NORMAL:
        return "belum ada target"
    low, high = show_decimal(data.target_min), show_decimal(data.target_max)
    limit = "paling banyak " if data.direction == Direction.SPECIAL else ""
    return f"{limit}{low if low == high else f'{low} – {high}'} {data.unit}".strip()
