"""Dates of the office: spans, the office's day, and dates written in Indonesian.

All spans inside the product are half-open ``[from, until)``. Inclusive last days exist only
in forms, files and prints; ``until_from_last_day`` and ``last_day_from_until`` convert them.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
FAR_FUTURE = date(9999, 12, 31)


def office_zone() -> ZoneInfo:
    """The regency's time zone."""
    return ZoneInfo(settings.TIME_ZONE)


def office_date(now: datetime) -> date:
    """The calendar day in the regency's zone at the aware instant ``now``."""
    return now.astimezone(office_zone()).date()


def start_of_day(day: date) -> datetime:
    """The instant at which ``day`` begins in the regency, in UTC."""
    return datetime.combine(day, time.min, tzinfo=office_zone()).astimezone(UTC)


def office_moment(day: date, clock: time) -> datetime:
    """The instant at which the regency's clocks show ``clock`` on ``day``, in UTC."""
    return datetime.combine(day, clock, tzinfo=office_zone()).astimezone(UTC)


def office_clock(moment: datetime) -> time:
    """The time of day, without seconds, that the regency's clocks show at the aware instant."""
    local = moment.astimezone(office_zone())
    return time(local.hour, local.minute)


def due_from_last_minute(last_day: date, clock: time) -> datetime:
    """The instant from which on a deadline has passed whose last minute, inclusive, is given."""
    return office_moment(last_day, clock) + timedelta(minutes=1)


def last_minute_of(due_at: datetime) -> tuple[date, time]:
    """The day and minute, inclusive, before which a deadline's instant lies; as forms and prints show it."""
    last = due_at - timedelta(minutes=1)
    return office_date(last), office_clock(last)


def until_from_last_day(last_day: date | None) -> date | None:
    """The open end of a span whose last day, inclusive, is given; None stays open-ended."""
    return None if last_day is None else last_day + timedelta(days=1)


def last_day_from_until(until: date | None) -> date | None:
    """The last day, inclusive, of a span that ends before ``until``; None stays open-ended."""
    return None if until is None else until - timedelta(days=1)


def covers(start: date, until: date | None, day: date) -> bool:
    """Whether ``day`` lies in ``[start, until)``."""
    return start <= day and (until is None or day < until)


def overlap(start: date, until: date | None, other_start: date, other_until: date | None) -> bool:
    """Whether two half-open spans share a day."""
    return start < (other_until or FAR_FUTURE) and other_start < (until or FAR_FUTURE)


def format_date(day: date) -> str:
    """ "31 Januari 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_moment(moment: datetime) -> str:
    """ "31 Januari 2026 pukul 23.59 WIB" in the regency's zone."""
    local = moment.astimezone(office_zone())
    zone = ZONE_NAMES.get(settings.TIME_ZONE, local.tzname() or "")
    return f"{format_date(office_date(moment))} pukul {local:%H.%M} {zone}"


def format_time(moment: datetime) -> str:
    """ "10.05": the time of day in the regency's zone."""
    return f"{moment.astimezone(office_zone()):%H.%M}"


def format_deadline(due_at: datetime) -> str:
    """A deadline as people say it: the last minute before the instant at which it has passed."""
    return format_moment(due_at - timedelta(minutes=1))


def format_day_end(moment: datetime) -> str:
    """The instant at which a day of the office ends, named by that day: "31 Januari 2026 pukul 24.00 WIB"."""
    zone = ZONE_NAMES.get(settings.TIME_ZONE, moment.astimezone(office_zone()).tzname() or "")
    return f"{format_date(office_date(moment - timedelta(microseconds=1)))} pukul 24.00 {zone}"


def time_left(now: datetime, due_at: datetime) -> str:
    """How long until ``due_at``, in words: days by the office's calendar, then hours, then minutes."""
    if now >= due_at:
        return "sudah lewat"
    days = (office_date(due_at - timedelta(microseconds=1)) - office_date(now)).days
    if days >= 1:
        return f"{days} hari lagi"
    minutes = int((due_at - now).total_seconds() // 60)
    return f"{minutes // 60} jam lagi" if minutes >= 60 else f"{max(minutes, 1)} menit lagi"
