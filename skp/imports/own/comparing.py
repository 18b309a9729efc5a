"""What a workbook would change in its owner's draft; writes nothing.

As with the offices' workbooks, what is not said (an empty cell, a column that is absent) keeps what the draft
says. A result of which a row is refused is left as it is, with all its rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from config.lib.canonical import canonical_text, text_hash
from orgunits.imports.results import Finding, RawRow, RowFault
from skp.content import ResultContent
from skp.enums import ResultKind, ResultSource
from skp.imports.checking import CodeRows
from skp.imports.own.draft import OwnDraft
from skp.imports.own.lines import lines_of
from skp.imports.own.reading import own_row
from skp.imports.reading import OFFICE
from skp.imports.rows import ResultRow
from skp.rules import same_text
from skp.services.editing.inputs import ResultInput, ResultSection, result_section


@dataclass(frozen=True, slots=True)
class Entry:
    """A result as it shall be; ``present``: as the draft has it, None for a new one."""

    key: UUID
    section: ResultSection
    present: ResultContent | None


@dataclass(slots=True)
class Filling:
    """What confirming would do; ``missing``: the draft's results that no row names."""

    added: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    missing: list[ResultContent] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def writes(self) -> list[Entry]:
        """The results to write, in the order of the workbook within new and changed."""
        return [*self.changed, *self.added]

    @property
    def mark(self) -> str:
        """The hash by which a confirmation knows that it does what the preview showed."""
        values = {
            "writes": [[str(entry.key), entry.section.mark] for entry in self.writes],
            "missing": [result.key for result in self.missing],
        }
        return text_hash(canonical_text(values, schema_version=1))

    def refuse(self, numbers: Iterable[int], fault: RowFault) -> None:
        """The first row was not taken for this fault, the others of its result because of it."""
        first, *others = numbers
        self._find(first, fault.column, fault.code, fault.message)
        for number in others:
            message = f"Hasil kerja pada baris ini tidak diambil karena baris {first} ditolak."
            self._find(number, "KODE RHK", "other_row", message)

    def _find(self, number: int, column: str, code: str, message: str) -> None:
        self.findings.append(Finding("", number, column, code, message, ""))


def compare_own(draft: OwnDraft, rows: Iterable[RawRow]) -> Filling:
    """The difference between the rows and the draft, without a query."""
    filling = Filling()
    taken: dict[int, int] = {}
    words: dict[str, int] = {}
    touched: set[int] = set()
    for group, fault in _grouped(draft, rows, filling):
        present = draft.result_of(group.result.code, group.result.text)
        if present is not None:
            touched.add(present.result_id)
        try:
            if fault is not None:
                raise fault
            _refuse_second(group, present, taken, words)
            entry = _entry(draft, group, present)
        except RowFault as error:
            filling.refuse(group.numbers, error)
            continue
        if present is None:
            filling.added.append(entry)
        elif result_section(present).normal(draft.content.scheme, draft.content.approach) == entry.section:
            filling.unchanged += 1
        else:
            filling.changed.append(entry)
    filling.missing = [result for result in draft.content.results if result.result_id not in touched]
    filling.findings.sort(key=lambda finding: finding.row)
    return filling


def _grouped(
    draft: OwnDraft, rows: Iterable[RawRow], filling: Filling
) -> list[tuple[CodeRows, RowFault | None]]:
    """The rows by code, each group with the fault of one of its rows, whose number stands first then."""
    groups: dict[str, CodeRows] = {}
    faults: dict[str, tuple[RawRow, RowFault]] = {}
    for raw in rows:
        try:
            _take(groups, raw, draft)
        except RowFault as error:
            about = raw.text("KODE RHK").casefold() or same_text(raw.text("RENCANA HASIL KERJA"))
            if faults.setdefault(about, (raw, error))[0] is not raw:
                filling.refuse([raw.number], error)
    found: list[tuple[CodeRows, RowFault | None]] = []
    for about, (raw, fault) in faults.items():
        # A group whose only rows are refused still tells which result they were about.
        group = groups.pop(about, None) or CodeRows(
            result=ResultRow(code=raw.text("KODE RHK"), text=raw.text("RENCANA HASIL KERJA"))
        )
        group.numbers = [raw.number, *(number for number in group.numbers if number != raw.number)]
        found.append((group, fault))
    return [*((group, None) for group in groups.values()), *found]


def _take(groups: dict[str, CodeRows], raw: RawRow, draft: OwnDraft) -> None:
    result, indicator = own_row(raw, draft.content.approach)
    group = groups.get(result.code.casefold())
    if group is None:
        indicators = [] if indicator is None else [indicator]
        groups[result.code.casefold()] = CodeRows(result=result, indicators=indicators, numbers=[raw.number])
    elif indicator is not None:
        group.add(result, indicator, raw.number)


def _refuse_second(
    group: CodeRows, present: ResultContent | None, taken: dict[int, int], words: dict[str, int]
) -> None:
    """Two codes may not mean one result of the draft, nor say the same."""
    first = group.numbers[0]
    text = same_text(group.result.text)
    other = words.get(text)
    if other is None and present is not None:
        other = taken.get(present.result_id)
    if other is not None:
        message = f"Hasil kerja ini sudah ada pada baris {other} dengan kode lain."
        raise RowFault("RENCANA HASIL KERJA", "twice", message, OFFICE)
    words[text] = first
    if present is not None:
        taken[present.result_id] = first


def _entry(draft: OwnDraft, group: CodeRows, present: ResultContent | None) -> Entry:
    scheme, approach = draft.content.scheme, draft.content.approach
    key = UUID(present.key) if present is not None else draft.key_of(group.result.code)
    lines = lines_of(key, group.indicators, present)
    section = ResultSection(_input(draft, group.result, present), lines).normal(scheme, approach)
    return Entry(key, section, present)


def _input(draft: OwnDraft, row: ResultRow, present: ResultContent | None) -> ResultInput:
    """What the workbook says, else what the draft says, else what rules.md §14 takes for not said."""
    if present is None:
        return ResultInput(
            text=row.text,
            kind=row.kind,
            parent_id=_parent(draft, row, None),
            cascade_method=row.cascade_method,
            source=row.source or ResultSource.AGREEMENT,
            scope=row.scope or 1,
            assigned_by=row.assigned_by or draft.assigner[:200],
            perspective=row.perspective,
            agreement_text=row.agreement_text or "",
        )
    return ResultInput(
        text=kept_text(row.text, present.text),
        kind=row.kind,
        parent_id=_parent(draft, row, present),
        cascade_method=row.cascade_method or present.cascade_method,
        source=row.source or present.source,
        scope=row.scope or present.scope,
        assigned_by=row.assigned_by or present.assigned_by,
        perspective=row.perspective or present.perspective,
        agreement_text=kept_text(row.agreement_text or "", present.agreement_text),
    )


def _parent(draft: OwnDraft, row: ResultRow, present: ResultContent | None) -> int | None:
    stays = present.parent_id if present is not None else None
    if row.kind == ResultKind.ADDITIONAL or not row.parent_code:
        return stays
    if present is not None and stays is None and row.parent_code == present.open_parent_code:
        return None
    found = draft.parent_of(row.parent_code, present)
    if found is None:
        message = (
            f"“{row.parent_code[:60]}” tidak ada pada rencana pejabat penilai Anda. "
            "Salin kodenya dari lembar “Hasil atasan”, atau kosongkan dahulu."
        )
        raise RowFault("KODE RHK ATASAN", "parent_unknown", message, OFFICE)
    return found


def kept_text(said: str, stored: str) -> str:
    """The stored text where the cell is empty or differs in blanks only, which a workbook does not keep."""
    return stored if not said or " ".join(stored.split()) == said else said
