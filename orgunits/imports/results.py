"""What an import says about its rows: verdicts, refusals, warnings, and the counts made of them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from orgunits.enums import ImportKind, RowVerdict

BKPSDM = "BKPSDM"
SIASN = "SIASN"
FIX_BY_LIMIT = 100
ACCEPTED = (RowVerdict.CREATE, RowVerdict.UPDATE, RowVerdict.UNCHANGED)
# The names under which the four kinds are counted.
COUNTED_AS = {
    ImportKind.UNITS: "units",
    ImportKind.EMPLOYEES: "people",
    ImportKind.ACTING: "acting",
    ImportKind.TRANSFERS: "transfers",
}


def opd(name: str) -> str:
    """ "OPD DINAS KESEHATAN" as the one who must mend a row; BKPSDM where no OPD is known."""
    return f"OPD {name}"[:FIX_BY_LIMIT] if name else BKPSDM


@dataclass(frozen=True, slots=True)
class RawRow:
    """A data row as it stands in the workbook.

    ``number``: its row in the sheet, from 1; ``cells``: texts by the column's usual name, empty ones
    left out; ``numeric``: columns whose cell held a number, so that long digits are lost.
    """

    file: str
    number: int
    cells: Mapping[str, str]
    numeric: frozenset[str] = frozenset()

    def text(self, column: str) -> str:
        """The cell's text with runs of blanks made one; empty when the cell is."""
        return " ".join(self.cells.get(column, "").split())


class RowFault(Exception):
    """The first fault of a row: it is refused. ``message`` is a sentence for the one who must mend it."""

    def __init__(self, column: str, code: str, message: str, fix_by: str) -> None:
        super().__init__(message)
        self.column = column
        self.code = code
        self.message = message
        self.fix_by = fix_by


@dataclass(frozen=True, slots=True)
class Finding:
    """An error or a warning about one row."""

    file: str
    row: int
    column: str
    code: str
    message: str
    fix_by: str

    def as_json(self) -> dict[str, object]:
        """As ``import_siasn --json`` prints it (product.md)."""
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "message": self.message,
            "fix_by": self.fix_by,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one row; ``finding`` explains a refusal or a merger, ``note`` says what changes."""

    kind: ImportKind
    source: RawRow
    verdict: RowVerdict
    finding: Finding | None = None
    note: str = ""


@dataclass(slots=True)
class Report:
    """Everything an import run has to say; filled while it runs."""

    outcomes: list[Outcome] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def accept(self, kind: ImportKind, source: RawRow, verdict: RowVerdict, note: str = "") -> None:
        """The row was taken over: new, changed (``note`` says how) or as before."""
        self.outcomes.append(Outcome(kind, source, verdict, note=note))

    def refuse(self, kind: ImportKind, source: RawRow, fault: RowFault) -> None:
        """The row was not taken over."""
        finding = _finding(source, fault.column, fault.code, fault.message, fault.fix_by)
        self.outcomes.append(Outcome(kind, source, RowVerdict.REFUSED, finding))

    def merge(self, kind: ImportKind, source: RawRow, first: RawRow) -> None:
        """The row repeats an earlier one."""
        message = f"Sama persis dengan {first.file} baris {first.number}."
        finding = _finding(source, "", "merged", message, "")
        self.outcomes.append(Outcome(kind, source, RowVerdict.MERGED, finding))

    def warn(self, source: RawRow, column: str, code: str, message: str, fix_by: str) -> None:
        """The row was taken over, but somebody should look at it."""
        self.warnings.append(_finding(source, column, code, message, fix_by))

    def count(self, kind: ImportKind, verdict: RowVerdict) -> int:
        """How many rows of ``kind`` got ``verdict``."""
        return self._tally()[kind, verdict]

    @property
    def errors(self) -> list[Finding]:
        """One per refused row, in the order of files and rows."""
        found = [
            outcome.finding
            for outcome in self.outcomes
            if outcome.verdict == RowVerdict.REFUSED and outcome.finding
        ]
        return sorted(found, key=lambda finding: (finding.file, finding.row))

    @property
    def changes_something(self) -> bool:
        """Whether any row was new or changed."""
        return any(outcome.verdict in (RowVerdict.CREATE, RowVerdict.UPDATE) for outcome in self.outcomes)

    def as_json(self) -> dict[str, object]:
        """The answer of ``import_siasn --json`` (product.md)."""
        tally = self._tally()
        accepted = {
            name: sum(tally[kind, verdict] for verdict in ACCEPTED) for kind, name in COUNTED_AS.items()
        }
        by_verdict = {
            word: {name: tally[kind, verdict] for kind, name in COUNTED_AS.items()}
            for word, verdict in zip(("created", "updated", "unchanged"), ACCEPTED, strict=True)
        }
        merged = sum(tally[kind, RowVerdict.MERGED] for kind in ImportKind)
        return {
            **accepted,
            **by_verdict,
            "merged": merged,
            "errors": [finding.as_json() for finding in self.errors],
            "warnings": [finding.as_json() for finding in self.warnings],
        }

    def of_file(self, file: str) -> Iterator[Outcome]:
        """The outcomes of one workbook's rows."""
        return (outcome for outcome in self.outcomes if outcome.source.file == file)

    def _tally(self) -> Counter[tuple[ImportKind, RowVerdict]]:
        return Counter((outcome.kind, outcome.verdict) for outcome in self.outcomes)


def _finding(source: RawRow, column: str, code: str, message: str, fix_by: str) -> Finding:
    return Finding(source.file, source.number, column, code, message, fix_by)
