"""Which reminder is due when, and what it says (rules.md §11): pure answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from compliance.enums import ReminderKind
from config.lib.dates import format_deadline, last_minute_of, office_clock, office_date
from skp.settings import PlanSettings
from skp.states import Stage, stage_label

# So many people are named in the line inside the application; the e-mail names all.
NAMED = 3
FOOT = "Pesan ini dikirim oleh sistem paling banyak sekali sehari selama masih ada yang belum selesai."


class ReminderKey(NamedTuple):
    """What makes a reminder one that is sent once; ``due_day`` is the last day, inclusive."""

    employee_id: int
    kind: str
    period_id: int
    stage: str
    interval: int
    due_day: date
    days_before: int


@dataclass(frozen=True, slots=True)
class Occasion:
    """What one person is told about one stage; ``names``: the people below who wait, none for one's own."""

    key: ReminderKey
    subject: str
    due_at: datetime
    names: tuple[str, ...] = ()


def reminder_days(settings: PlanSettings) -> tuple[int, ...]:
    """How many days before the last day people are reminded, the last day itself included."""
    return (settings.reminder_first_days, settings.reminder_second_days, settings.reminder_third_days, 0)


def reminder_due(due_at: datetime, now: datetime, settings: PlanSettings) -> int | None:
    """The reminder that stands at ``now``, as days before the last day; None when none does.

    From its day on it stands until the next one does, so that a day without a timer delays it instead of
    losing it. After the deadline none stands.
    """
    left = (last_minute_of(due_at)[0] - office_date(now)).days
    if now >= due_at:
        return None
    return min((days for days in reminder_days(settings) if days >= left), default=None)


def is_quiet(now: datetime, settings: PlanSettings) -> bool:
    """Whether nothing is sent at this hour of the office's clock; equal bounds mean never."""
    first, end, hour = settings.quiet_from_hour, settings.quiet_until_hour, office_clock(now).hour
    if first <= end:
        return first <= hour < end
    return hour >= first or hour < end


def stage_words(kind: ReminderKind, stage: Stage, interval: int, year: int, intervals: int) -> str:
    """What is waited for: "Perencanaan SKP 2026", "Pemantauan triwulan 2 SKP 2026"."""
    if kind == ReminderKind.SCORING:
        return f"Penilaian dan penyampaian hasil SKP {year}"
    return f"{stage_label(stage, interval, intervals)} SKP {year}"


def digest_line(occasions: Iterable[Occasion], now: datetime) -> str:
    """The line inside the application, the nearest deadline first."""
    return "Pengingat: " + " ".join(_short(one, now) for one in in_order(occasions))


def digest_mail(name: str, occasions: Iterable[Occasion], now: datetime) -> tuple[str, str]:
    """Subject and body of the e-mail to the person of this name."""
    ordered = in_order(occasions)
    nearest = _days(ordered[0], now)
    parts = [f"Yth. {name},", *(_long(one, now) for one in ordered), FOOT]
    return f"Pengingat SKP: tenggat {nearest}", "\n\n".join(parts) + "\n"


def in_order(occasions: Iterable[Occasion]) -> Sequence[Occasion]:
    """One's own before those of others, the nearest deadline first."""
    kinds = list(ReminderKind.values)
    return sorted(occasions, key=lambda one: (one.due_at, kinds.index(one.key.kind), one.key))


def _short(occasion: Occasion, now: datetime) -> str:
    told = f"{occasion.subject} sampai {format_deadline(occasion.due_at)} ({_days(occasion, now)})"
    if not occasion.names:
        return f"{told}."
    shown, more = occasion.names[:NAMED], len(occasion.names) - NAMED
    rest = f", dan {more} lainnya" if more > 0 else ""
    return f"{told}, {_of(occasion)} ({', '.join(shown)}{rest})."


def _long(occasion: Occasion, now: datetime) -> str:
    told = f"{occasion.subject} berakhir pada {format_deadline(occasion.due_at)} ({_days(occasion, now)})."
    if not occasion.names:
        return f"{told} Anda belum menyelesaikannya."
    listed = "\n".join(f"- {name}" for name in occasion.names)
    return f"{told} {_of(occasion)}:\n{listed}"


def _of(occasion: Occasion) -> str:
    if occasion.key.kind == ReminderKind.SCORING:
        return f"{len(occasion.names)} laporan menunggu Anda"
    return f"{len(occasion.names)} pegawai Anda belum memenuhinya"


def _days(occasion: Occasion, now: datetime) -> str:
    left = (occasion.key.due_day - office_date(now)).days
    return {0: "hari ini", 1: "besok"}.get(left, f"{left} hari lagi")
