"""A subject's facts over time, cut into the segments in which nothing changes."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from config.lib.dates import FAR_FUTURE
from orgunits.appraisal.values import Barred, Override, Post, UnitSpan

BEGINNING = date.min
Dated = UnitSpan | Post | Barred | Override
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Segment:
    """A time without change; ``until`` is FAR_FUTURE for an open end."""

    until: date


class Timeline(Generic[S]):
    """Segments of one subject from the beginning of time on, found by date."""

    def __init__(self, facts: Iterable[Dated], make: Callable[[date, date], S]) -> None:
        cuts = {BEGINNING}
        for fact in facts:
            cuts.add(fact.start)
            if fact.until is not None:
                cuts.add(fact.until)
        self._starts = sorted(cuts)
        ends = [*self._starts[1:], FAR_FUTURE]
        self._segments = [make(day, until) for day, until in zip(self._starts, ends, strict=True)]

    def at(self, day: date) -> S:
        return self._segments[bisect_right(self._starts, day) - 1]
