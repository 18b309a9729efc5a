"""Where in its year a demo regency stands: the instant it is shown at, its windows, its moments."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from config.lib.dates import office_date, office_zone, start_of_day
from skp.deadlines import WindowFacts, default_windows
from skp.states import Audience, Stage


class DemoStage(StrEnum):
    """The points of a year at which the demo can stand."""

    PLANNING = "planning"
    RUNNING = "running"
    ASSESSMENT = "assessment"
    CLOSED = "closed"

    @property
    def is_over(self) -> bool:
        """Whether the year's work is done: it is judged, or was."""
        return self in (DemoStage.ASSESSMENT, DemoStage.CLOSED)


# The day of a past year at which each stage is shown, as month and day.
SHOWN_ON = {DemoStage.PLANNING: (1, 22), DemoStage.RUNNING: (9, 15)}
# The day of the next year on which a year that is over would be seen so by itself.
SEEN_ON = {DemoStage.ASSESSMENT: (1, 15), DemoStage.CLOSED: (3, 10)}
# From the first to the last of these days of January the year's own windows show an assessment under way.
JUDGED_FROM, JUDGED_UNTIL = (1, 14), (1, 24)
# From this day on the year's own windows have a past to show.
RUNNING_FROM = (3, 1)
# Days from the instant shown to the end of planning, where the year's own windows do not fit.
PLANNING_LEFT, PLANNING_GONE = 9, 12
PLANNING_DAYS = 31
JPT_DAYS = 14


def default_year(stage: DemoStage, now: datetime) -> int:
    """This year, or the last one where the stage shows a year that is over."""
    return office_date(now).year - stage.is_over


def shown_at(stage: DemoStage, year: int, now: datetime) -> datetime:
    """The instant at which the demo stands: now, or a fitting day of a year that has passed.

    A year that is over is judged now, so that its moves can be tried on any day.
    """
    if stage.is_over or year >= office_date(now).year:
        return now
    month, day = SHOWN_ON[stage]
    return datetime.combine(date(year, month, day), time(10, 5), tzinfo=office_zone()).astimezone(UTC)


def demo_windows(stage: DemoStage, year: int, at: datetime) -> tuple[WindowFacts, ...]:
    """The year's default windows; planning is moved where the stage would not fit the day otherwise."""
    windows = default_windows(year)
    today = office_date(at)
    if stage.is_over:
        return _moved_to_end(windows, stage, year, today)
    if stage is DemoStage.RUNNING and today.year == year and (today.month, today.day) >= RUNNING_FROM:
        return windows
    left = PLANNING_LEFT if stage is DemoStage.PLANNING else -PLANNING_GONE
    closes = today + timedelta(days=left + 1)
    opens = start_of_day(closes - timedelta(days=PLANNING_DAYS))
    ends = {
        Audience.ALL: start_of_day(closes),
        Audience.JPT: start_of_day(closes - timedelta(days=PLANNING_DAYS - JPT_DAYS)),
    }
    return tuple(
        replace(window, opens_at=opens, closes_at=ends[window.audience])
        if window.stage == Stage.PLANNING
        else _open_by(window, today)
        for window in windows
    )


def _moved_to_end(
    windows: tuple[WindowFacts, ...], stage: DemoStage, year: int, today: date
) -> tuple[WindowFacts, ...]:
    """The windows of a year that is over: all earlier where the day comes too soon.

    On a later day report and assessment alone are late, and a closed year keeps its windows.
    """
    days = (today - date(year + 1, *SEEN_ON[stage])).days
    if stage is DemoStage.CLOSED:
        days = min(days, 0)
    elif today.year == year + 1 and JUDGED_FROM <= (today.month, today.day) <= JUDGED_UNTIL:
        days = 0
    late = {Stage.SELF_REPORT, Stage.ASSESSMENT}
    by = timedelta(days=days)
    return tuple(
        replace(window, opens_at=window.opens_at + by, closes_at=window.closes_at + by)
        if days < 0 or window.stage in late
        else window
        for window in windows
    )


def _open_by(window: WindowFacts, today: date) -> WindowFacts:
    """The first interval of a year that has hardly begun is open on the day that is shown."""
    if window.stage != Stage.MONITORING or window.interval != 1:
        return window
    return replace(window, opens_at=min(window.opens_at, start_of_day(today)))


@dataclass(frozen=True, slots=True)
class Moments:
    """When planning ended or will end, and the instant that is shown; every step lies before that."""

    shown_at: datetime
    closes_at: datetime

    def before_close(self, *, days: float) -> datetime:
        """So many days before the end of planning."""
        return self.closes_at - timedelta(days=days)


def moments_of(windows: tuple[WindowFacts, ...], at: datetime) -> Moments:
    """The moments of a demo with these windows."""
    closes = next(
        window.closes_at
        for window in windows
        if window.stage == Stage.PLANNING and window.audience == Audience.ALL
    )
    return Moments(at, closes)
