"""The quarters or months in which a plan is monitored, their end and completeness (rules.md §2, §7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from config.lib.dates import MONTHS, overlap, start_of_day
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


def interval_ends(year: int, windows: Iterable[WindowFacts]) -> dict[int, datetime]:
    """The instants at which the intervals of the monitoring stage end."""
    known = tuple(windows)
    return {
        window.interval: start_of_day(interval_span(year, window.interval, intervals_of(known))[1])
        for window in known
        if window.stage == Stage.MONITORING
    }


@dataclass(frozen=True, slots=True)
class IndicatorSince:
    """An indicator in force; ``since``: when an addendum brought it, None for those of the first plan."""

    indicator_id: int
    since: datetime | None


def complete_at(
    indicators: Iterable[IndicatorSince], noted: Mapping[int, datetime], ends_at: datetime
) -> datetime | None:
    """When the last indicator of an interval that ends at ``ends_at`` had its entry; None while one lacks it.

    ``noted``: when the entry of each indicator was made. What an addendum brought after the interval's
    end is not asked for in it.
    """
    asked = [one.indicator_id for one in indicators if one.since is None or one.since < ends_at]
    if not asked or any(indicator not in noted for indicator in asked):
        return None
    return max(noted[indicator] for indicator in asked)
