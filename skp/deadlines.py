"""Until when: pure answers from windows, a plan's own start, extensions and settings (rules.md §2, §10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto

from config.lib.dates import format_date, format_deadline, format_moment, office_date, start_of_day
from config.lib.decisions import ALLOWED, Decision, refused
from skp.enums import Scheme
from skp.extension_rules import ExtensionFacts
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


def interval_span(year: int, interval: int, intervals: int) -> tuple[date, date]:
    """The days ``[first, end)`` of a quarter (``intervals`` 4) or month (12), numbered from 1."""
    months = 12 // intervals
    first = date(year, (interval - 1) * months + 1, 1)
    return first, date(year, interval * months + 1, 1) if interval < intervals else date(year + 1, 1, 1)


def intervals_of(windows: Iterable[WindowFacts]) -> int:
    """12 when the year is monitored by month, else 4."""
    return 12 if any(window.interval > 4 for window in windows) else 4


def default_windows(year: int, intervals: int = 4) -> tuple[WindowFacts, ...]:
    """The windows a new period starts with (rules.md §2), instants in the regency's zone.

    ``intervals`` is 4 for quarters or 12 for months; raises ValueError for anything else.
    The objection stage counts from receipt and has no window (PP 30/2019 art. 59).
    """
    if intervals not in (4, 12):
        raise ValueError("intervals must be 4 or 12")
    monitoring = []
    for number in range(1, intervals + 1):
        opens, ends = interval_span(year, number, intervals)
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


class DeadlineKind(Enum):
    """What sets a deadline."""

    WINDOW = auto()
    LATE_START = auto()
    EXTENSION = auto()
    RETURN = auto()


@dataclass(frozen=True, slots=True)
class Deadline:
    """The instant before which a move must be made, without the hidden grace, and what sets it.

    ``extension`` is the one that sets it, where one does.
    """

    stage: Stage
    due_at: datetime
    kind: DeadlineKind
    reason: str
    extension: ExtensionFacts | None = None


def deadline(
    window: WindowFacts,
    *,
    skp_start: date,
    settings: PlanSettings,
    extensions: Iterable[ExtensionFacts] = (),
    returned_at: datetime | None = None,
) -> Deadline:
    """The latest of the window's close, a late start and the extensions that reach the plan (rules.md §10).

    ``extensions``: those that reach the plan, of whatever stage. A plan that starts after 1 January has
    planning until ``late_start_days`` after its start, that day included. Of equal ones the earlier
    named holds, so that an extension is told only where it gives more. ``returned_at``: the last return
    of the revision that the move is on; one after the deadline gives ``return_days`` more, the last of
    them included (rules.md §4).
    """
    found = Deadline(window.stage, window.closes_at, DeadlineKind.WINDOW, _window_reason(window))
    if window.stage == Stage.PLANNING and (skp_start.month, skp_start.day) != (1, 1):
        own = start_of_day(skp_start + timedelta(days=settings.late_start_days + 1))
        if own > found.due_at:
            reason = (
                f"SKP ini mulai {format_date(skp_start)}: {settings.late_start_days} hari sejak tanggal itu."
            )
            found = Deadline(window.stage, own, DeadlineKind.LATE_START, reason)
    for extension in extensions:
        if (extension.stage, extension.interval) != (window.stage, window.interval):
            continue
        if extension.due_at > found.due_at:
            found = Deadline(
                window.stage, extension.due_at, DeadlineKind.EXTENSION, extension.told, extension
            )
    own = after_return(found.due_at, returned_at, settings)
    if own > found.due_at:
        reason = f"Dikembalikan setelah tenggat: {settings.return_days} hari untuk mengirim lagi."
        found = Deadline(window.stage, own, DeadlineKind.RETURN, reason)
    return found


def after_return(due: datetime, returned_at: datetime | None, settings: PlanSettings) -> datetime:
    """The deadline ``due``, or the end of the days to send again when the return came after it."""
    if returned_at is None or returned_at < due:
        return due
    return start_of_day(office_date(returned_at) + timedelta(days=settings.return_days + 1))


def _window_reason(window: WindowFacts) -> str:
    if window.audience == Audience.JPT:
        return "Jadwal periode untuk pimpinan tinggi dan pimpinan unit mandiri."
    return "Jadwal periode untuk semua pegawai."


def due_at(
    window: WindowFacts,
    *,
    skp_start: date,
    settings: PlanSettings,
    extensions: Iterable[ExtensionFacts] = (),
    returned_at: datetime | None = None,
) -> datetime:
    """The instant of ``deadline``."""
    return deadline(
        window, skp_start=skp_start, settings=settings, extensions=extensions, returned_at=returned_at
    ).due_at


def in_time(
    window: WindowFacts | None,
    *,
    skp_start: date,
    settings: PlanSettings,
    now: datetime,
    days_after: int = 0,
    extensions: Iterable[ExtensionFacts] = (),
    before_opening: bool = False,
    returned_at: datetime | None = None,
) -> Decision:
    """Whether a move bound by the window may be made now, ``days_after`` days of the office later at most.

    ``before_opening``: only the window's close binds; ``returned_at`` as in ``due_at``.
    """
    if window is None:
        return refused("Tahap ini belum dibuka pada periode ini. Hubungi BKPSDM.")
    if now < window.opens_at and not before_opening:
        return refused(f"Tahap {window.stage.label.lower()} baru dibuka {format_moment(window.opens_at)}.")
    due = due_at(
        window, skp_start=skp_start, settings=settings, extensions=extensions, returned_at=returned_at
    )
    due += timedelta(days=days_after)
    if now >= due + timedelta(minutes=settings.grace_minutes):
        return refused(
            f"Tenggat {window.stage.label.lower()} sudah lewat ({format_deadline(due)})."
            " Perpanjangan hanya dapat diberikan oleh BKPSDM."
        )
    return ALLOWED


def reference_day(year: int, windows: Iterable[WindowFacts], stage: Stage, interval: int = 0) -> date | None:
    """The day on which it is looked who is obliged, whatever extensions say (rules.md §8).

    Planning: the last day of the window of all; monitoring: the interval's last day; self-report and
    assessment: 31 December. None for a stage or interval without a window for all.
    """
    known = tuple(windows)
    window = window_for(known, stage, Scheme.JA_JF, interval)
    if window is None:
        return None
    if stage == Stage.PLANNING:
        return office_date(window.closes_at - timedelta(microseconds=1))
    if stage == Stage.MONITORING:
        return interval_span(year, interval, intervals_of(known))[1] - timedelta(days=1)
    return date(year, 12, 31)


def reference_days(year: int, windows: Iterable[WindowFacts]) -> dict[tuple[Stage, int], date]:
    """The reference day of each stage and interval that has a window for all, inside of the year."""
    known = tuple(windows)
    found = {}
    for window in known:
        day = reference_day(year, known, window.stage, window.interval)
        if day is not None:
            found[window.stage, window.interval] = max(date(year, 1, 1), min(day, date(year, 12, 31)))
    return found
