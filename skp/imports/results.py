"""What an import of planned results says of itself: counts, and one error per refused row."""

from dataclasses import dataclass, field

from orgunits.imports.results import Finding, RowFault


@dataclass(slots=True)
class RhkReport:
    """Filled while a workbook is compared.

    ``results``: codes accepted, whether new, changed or as before; ``people``: keys of their owners;
    ``open_links``: codes among them whose superior's result is still missing; ``created``, ``updated``,
    ``unchanged``: how many results; ``merged``: rows that repeat an earlier one; ``started``: plans opened;
    ``joined``: results of earlier workbooks whose open link this one closes.
    """

    file: str
    results: set[str] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    open_links: set[str] = field(default_factory=set)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    started: int = 0
    joined: int = 0
    errors: list[Finding] = field(default_factory=list)

    def refuse(self, number: int, fault: RowFault) -> None:
        """The row was not taken over, for this first fault."""
        self.errors.append(Finding(self.file, number, fault.column, fault.code, fault.message, fault.fix_by))

    @property
    def changes_something(self) -> bool:
        """Whether applying writes anything."""
        return bool(self.created or self.updated or self.joined)

    def as_json(self) -> dict[str, object]:
        """The answer of ``import_rhk --json`` (product.md), errors in the order of rows."""
        return {
            "results": len(self.results),
            "people": len(self.people),
            "open_links": len(self.open_links),
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "merged": self.merged,
            "plans_started": self.started,
            "joined": self.joined,
            "errors": [finding.as_json() for finding in sorted(self.errors, key=lambda finding: finding.row)],
        }
