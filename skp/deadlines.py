"""Until when: pure answers from windows, a plan's own start and its settings (rules.md §2, §10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.lib.dates import format_deadline, format_moment, start_of_day
from config.lib.decisions import ALLOWED, Decision, refused
from skp.enums import Scheme
from skp.settings import PlanSettings
from skp.states import Audience, Stage


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """A window as instants ``[opens_at, closes_at)``; ``interval`` is 0 outside monitoring."""

    stage: Stage
    audience: Audience
    interval: int
    opens_at: datetime
    closes_at: datetime


def default_windows(year: int, intervals: int = 4) -> tuple[WindowFacts, ...]:
    """The windows a new period starts with (rules.md §2), instants in the regency's zone.

    ``intervals`` is 4 for quarters or 12 for months; raises ValueError for anything else.
    The objection stage counts from receipt and has no window (PP 30/2019 art. 59).
    """
    if intervals not in (4, 12):
        raise ValueError("intervals must be 4 or 12")
    months = 12 // intervals
    monitoring = []
    for number in range(1, intervals + 1):
        opens = date(year, (number - 1) * months + 1, 1)
        ends = date(year, number * months + 1, 1) if number < intervals else date(year + 1, 1, 1)
        monitoring.append((Stage.MONITORING, Audience.ALL, number, opens, ends + timedelta(days=14)))
    spans = [
        (Stage.PLANNING, Audience.ALL, 0, date(year, 1, 1), date(year, 2, 1)),
        (Stage.PLANNING, Audience.JPT, 0, date(year, 1, 1), date(year, 1, 15)),
        *monitoring,
        (Stage.SELF_REPORT, Audience.ALL, 0, date(year, 12, 1), date(year + 1, 1, 11)),
        (Stage.ASSESSMENT, Audience.ALL, 0, date(year + 1, 1, 1), date(year + 1, 2, 1)),
    ]
    return tuple(
        WindowFacts(stage, audience, interval, start_of_day(opens), start_of_day(closes))
        for stage, audience, interval, opens, closes in spans
    )


def window_for(
    windows: Iterable[WindowFacts], stage: Stage, scheme: Scheme, interval: int = 0
) -> WindowFacts | None:
    """The window that binds a plan of ``scheme``: that of its own audience, else the one for all."""
    audiences = [Audience.JPT, Audience.ALL] if scheme == Scheme.JPT else [Audience.ALL]
    by_audience = {
        window.audience: window for window in windows if (window.stage, window.interval) == (stage, interval)
    }
    return next((by_audience[audience] for audience in audiences if audience in by_audience), None)


def due_at(window: WindowFacts, *, skp_start: date, settings: PlanSettings) -> datetime:
    """The instant before which a move of the window's stage must be made, without the hidden grace.

    A plan that starts after 1 January has planning until ``late_start_days`` after its start,
    that day included.
    """
    due = window.closes_at
    if window.stage == Stage.PLANNING and (skp_start.month, skp_start.day) != (1, 1):
        own = start_of_day(skp_start + timedelta(days=settings.late_start_days + 1))
        due = max(due, own)
    return due


def in_time(
    window: WindowFacts | None, *, skp_start: date, settings: PlanSettings, now: datetime, days_after: int = 0
) -> Decision:
    """Whether a move bound by the window may be made now, ``days_after`` days of the office later at most."""
    if window is None:
        return refused("Tahap ini belum dibuka pada periode ini. Hubungi BKPSDM.")
    if now < window.opens_at:
        return refused(f"Tahap {window.stage.label.lower()} baru dibuka {format_moment(window.opens_at)}.")
    due = due_at(window, skp_start=skp_start, settings=settings) + timedelta(days=days_after)
    if now >= due + timedelta(minutes=settings.grace_minutes):
        return refused(
            f"Tenggat {window.stage.label.lower()} sudah lewat ({format_deadline(due)})."
            " Perpanjangan hanya dapat diberikan oleh BKPSDM."
        )
    return ALLOWED
