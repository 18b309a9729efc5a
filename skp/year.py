"""The year in words: names of its intervals, a schedule moved to another year, what is open, past and next.

Pure: windows and deadlines come as plain values, instants are aware.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import TextChoices

from config.lib.dates import MONTHS, office_clock, office_date, office_moment
from skp.deadlines import WindowFacts
from skp.states import Stage


class Standing(TextChoices):
    """Where a stage stands on the calendar, for all or for one person."""

    NEXT = "next", "Akan datang"
    OPEN = "open", "Terbuka"
    DONE = "done", "Selesai"
    LATE = "late", "Terlewat"
    OVER = "over", "Sudah ditutup"
    EXEMPT = "exempt", "Tidak wajib"

    @property
    def tone(self) -> str:
        """The sentiment in which it is shown."""
        return {Standing.OPEN: "info", Standing.DONE: "good", Standing.LATE: "bad"}.get(self, "neutral")

    @property
    def icon(self) -> str:
        """The icon that stands beside the word."""
        return {
            Standing.NEXT: "hourglass",
            Standing.OPEN: "lock-open",
            Standing.DONE: "check",
            Standing.LATE: "circle-alert",
            Standing.OVER: "lock",
        }.get(self, "minus")


def interval_name(interval: int, intervals: int) -> str:
    """ "triwulan 2" of four intervals, "Februari" of twelve; empty for interval 0, a stage without any."""
    if not interval:
        return ""
    return MONTHS[interval - 1] if intervals == len(MONTHS) else f"triwulan {interval}"


def stage_name(stage: Stage, interval: int, intervals: int) -> str:
    """ "Perencanaan", "Pemantauan triwulan 2" or "Pemantauan Februari"."""
    return f"{stage.label} {interval_name(interval, intervals)}".rstrip()


def moved_by_years(windows: Iterable[WindowFacts], years: int) -> tuple[WindowFacts, ...]:
    """The same schedule ``years`` later (earlier when negative), by the office's calendar and clock."""
    return tuple(
        replace(
            window,
            opens_at=_moved(window.opens_at, years),
            closes_at=_moved(window.closes_at, years),
        )
        for window in windows
    )


def _moved(moment: datetime, years: int) -> datetime:
    day = office_date(moment)
    # The ends of windows are exclusive: what ends with 28 February does so in a year without a 29th.
    leap = (day.month, day.day) == (2, 29)
    moved = date(day.year + years, 3, 1) if leap else day.replace(year=day.year + years)
    return office_moment(moved, office_clock(moment))


def standing(
    *,
    opens_at: datetime,
    due_at: datetime,
    now: datetime,
    obliged: bool | None = None,
    fulfilled: bool = False,
) -> Standing:
    """Where a stage stands at ``now``; ``obliged`` is None where nobody's duty is known."""
    if fulfilled:
        return Standing.DONE
    if obliged is False:
        return Standing.EXEMPT
    if now < opens_at:
        return Standing.NEXT
    if now < due_at:
        return Standing.OPEN
    return Standing.LATE if obliged else Standing.OVER


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One stage of the year as a calendar lists it.

    ``due_at`` is the instant at which the deadline passes, extensions included; ``closes_at`` that of
    the window alone. ``fulfilled_at`` is empty while the stage is not fulfilled or nobody is asked.
    """

    name: str
    stage: Stage
    interval: int
    opens_at: datetime
    closes_at: datetime
    due_at: datetime
    standing: Standing
    fulfilled_at: datetime | None = None
    exempt_reason: str = ""

    @property
    def is_later(self) -> bool:
        """Whether a later deadline than that of the window holds."""
        return self.due_at > self.closes_at


def open_entries(entries: Iterable[CalendarEntry]) -> tuple[CalendarEntry, ...]:
    """What can be done now, nearest deadline first."""
    found = [entry for entry in entries if entry.standing == Standing.OPEN]
    return tuple(sorted(found, key=lambda entry: entry.due_at))


def next_entry(entries: Iterable[CalendarEntry]) -> CalendarEntry | None:
    """The stage that opens next."""
    found = [entry for entry in entries if entry.standing == Standing.NEXT]
    return min(found, key=lambda entry: entry.opens_at, default=None)


def in_calendar_order(entries: Iterable[CalendarEntry]) -> tuple[CalendarEntry, ...]:
    """By opening, then by deadline, then by name of the stage."""
    return tuple(sorted(entries, key=lambda entry: (entry.opens_at, entry.due_at, entry.stage.value)))
