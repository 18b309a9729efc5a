"""The quarters or months in which a plan is monitored (rules.md §2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from config.lib.dates import MONTHS, overlap
from skp.deadlines import WindowFacts, interval_span, intervals_of
from skp.states import Stage

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Interval:
    """A quarter or month: its number from 1, its name, its days ``[first, end)``."""

    number: int
    name: str
    first: date
    end: date


def interval_name(number: int, intervals: int) -> str:
    """ "Triwulan II", or "Mei" where the year is monitored by month."""
    return MONTHS[number - 1] if intervals == 12 else f"Triwulan {ROMAN[number - 1]}"


def intervals_asked(
    windows: Iterable[WindowFacts], *, year: int, start: date, until: date
) -> tuple[Interval, ...]:
    """The intervals with a window that share a day with the plan's ``[start, until)``, in their order."""
    known = tuple(windows)
    intervals = intervals_of(known)
    numbers = sorted({window.interval for window in known if window.stage == Stage.MONITORING})
    made = (Interval(n, interval_name(n, intervals), *interval_span(year, n, intervals)) for n in numbers)
    return tuple(item for item in made if overlap(item.first, item.end, start, until))
