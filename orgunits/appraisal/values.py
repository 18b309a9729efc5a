"""The facts that decide who appraises whom, and the answers, as plain dated values."""

from dataclasses import dataclass
from datetime import date

from orgunits.enums import AssignmentKind, NoAppraiser


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """Where a unit hangs during ``[start, until)``."""

    unit: int
    parent: int | None
    appraised_by: int | None
    start: date
    until: date | None

    @property
    def up(self) -> int | None:
        """The unit to which the walk goes on from this one's head."""
        return self.parent if self.appraised_by is None else self.appraised_by


@dataclass(frozen=True, slots=True)
class Post:
    """One person's assignment during ``[start, until)``."""

    id: int
    employee: int
    unit: int
    kind: AssignmentKind
    is_head: bool
    start: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Barred:
    """A time in which a person's legal position keeps them from heading a unit."""

    employee: int
    start: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Override:
    """A decision that ``appraiser`` appraises ``employee`` during ``[start, until)``."""

    employee: int
    appraiser: int
    start: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who appraises and who stands above, as ids of posts, people and units.

    ``head_unit``: the unit as whose head the appraiser acts (the override's own unit); without an
    appraiser the unit where the search began, so that its head of a later day can act on a closed
    plan. ``superior_unit`` likewise for the superior.
    """

    appraiser_post: int | None = None
    appraiser: int | None = None
    head_unit: int | None = None
    acts_as: str = ""
    superior_post: int | None = None
    superior: int | None = None
    superior_unit: int | None = None
    superior_acts_as: str = ""
    none_reason: str = NoAppraiser.NONE


@dataclass(frozen=True, slots=True)
class Line:
    """A verdict for one definitive assignment during ``[start, until)``."""

    assignment: int
    employee: int
    verdict: Verdict
    start: date
    until: date | None


@dataclass(frozen=True, slots=True)
class UnitHeads:
    """Who answers for a unit during ``[start, until)``: the head found from it, and the next one above.

    The next one answers for the first's own papers.
    """

    unit: int
    first_post: int | None
    first: int | None
    second_post: int | None
    second: int | None
    start: date
    until: date | None
