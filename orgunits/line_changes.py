"""What a difference between appraisal lines means for people: plain values, no database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from config.lib.dates import FAR_FUTURE


@dataclass(frozen=True, slots=True)
class LineState:
    """The part of a line that a person is told about; ids, None for nobody."""

    assignment_id: int
    appraiser_id: int | None
    acts_as: str
    superior_id: int | None
    none_reason: str


@dataclass(frozen=True, slots=True)
class DatedState:
    """A person's line during ``[start, until)``."""

    employee_id: int
    start: date
    until: date | None
    state: LineState


@dataclass(frozen=True, slots=True)
class LineChange:
    """What changes for one person during ``[start, until)``; None where there was or is no line."""

    employee_id: int
    start: date
    until: date | None
    old: LineState | None
    new: LineState | None

    @property
    def old_appraiser_id(self) -> int | None:
        return self.old.appraiser_id if self.old else None

    @property
    def new_appraiser_id(self) -> int | None:
        return self.new.appraiser_id if self.new else None

    @property
    def changes_appraiser(self) -> bool:
        """Whether another person, or nobody, appraises; a new capacity or superior alone does not count."""
        return self.old_appraiser_id != self.new_appraiser_id


@dataclass(frozen=True, slots=True)
class LineChanges:
    """The difference between stored and computed lines: rows written and removed, and what it means."""

    created: int
    deleted: int
    changes: tuple[LineChange, ...]

    def __bool__(self) -> bool:
        return bool(self.created or self.deleted)


def told(gone: Iterable[DatedState], fresh: Iterable[DatedState]) -> Iterator[LineChange]:
    """The difference by person: for each stretch of days the state before and after."""
    old, new = _by_employee(gone), _by_employee(fresh)
    for employee in sorted(old.keys() | new.keys()):
        yield from _one_person(employee, old.get(employee, []), new.get(employee, []))


def _one_person(employee: int, old: list[DatedState], new: list[DatedState]) -> Iterator[LineChange]:
    cuts = sorted({day for line in [*old, *new] for day in (line.start, line.until or FAR_FUTURE)})
    pending: LineChange | None = None
    for start, end in pairwise(cuts):
        was, becomes = _state_on(old, start), _state_on(new, start)
        until = None if end == FAR_FUTURE else end
        if pending and (pending.until, pending.old, pending.new) == (start, was, becomes):
            pending = replace(pending, until=until)
            continue
        if pending:
            yield pending
        pending = None if was == becomes else LineChange(employee, start, until, was, becomes)
    if pending:
        yield pending


def _by_employee(lines: Iterable[DatedState]) -> dict[int, list[DatedState]]:
    people: dict[int, list[DatedState]] = defaultdict(list)
    for line in lines:
        people[line.employee_id].append(line)
    return people


def _state_on(lines: list[DatedState], day: date) -> LineState | None:
    return next((one.state for one in lines if one.start <= day < (one.until or FAR_FUTURE)), None)
