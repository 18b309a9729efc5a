"""The schedule of a period: when each stage opens and closes. Closing never deletes a draft (rules.md §2)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.lib.dates import format_deadline, format_moment, start_of_day
from config.lib.errors import Conflict, DomainError
from orgunits.viewer import Viewer
from skp.enums import SkpEvent
from skp.models import Period, Window
from skp.services.period_changes import PeriodEffect, changing, record
from skp.states import Audience, Stage
from skp.year import stage_name


@dataclass(frozen=True, slots=True)
class Opening:
    """When a window opens and closes: instants, half-open ``[opens_at, closes_at)``."""

    opens_at: datetime
    closes_at: datetime


def window_save(
    *, actor: Viewer, period_id: int, window_id: int, version: int, opening: Opening, now: datetime
) -> PeriodEffect:
    """Move a window of the period to other times.

    Raises Conflict on a stale page, NotAllowed, or DomainError for times out of order or far from the
    period's year.
    """
    with changing(actor=actor, period_id=period_id, version=version, now=now) as change:
        window = _window(change.period, window_id)
        _require_plausible(change.period, opening)
        change.told.append(_write(actor, now, change.period, window, opening))
    return change.effect


def window_open_now(
    *,
    actor: Viewer,
    period_id: int,
    window_id: int,
    version: int,
    now: datetime,
    closes_at: datetime | None = None,
) -> PeriodEffect:
    """Open a stage at this minute, until ``closes_at`` or, without it, until its deadline stands as it is.

    Raises DomainError when it is open already, or when its deadline has passed and no new one is given.
    """
    minute = now.replace(second=0, microsecond=0)
    with changing(actor=actor, period_id=period_id, version=version, now=now) as change:
        window = _window(change.period, window_id)
        if window.opens_at <= now < window.closes_at:
            raise DomainError("Tahap ini sudah terbuka.")
        reopened = window.closes_at <= now
        if reopened and closes_at is None:
            raise DomainError("Tenggat tahap ini sudah lewat. Tentukan tenggat yang baru.")
        # What had been open keeps its beginning: moves were made in that time.
        opens_at = window.opens_at if reopened else minute
        opening = Opening(opens_at, window.closes_at if closes_at is None else closes_at)
        if opening.closes_at <= now:
            raise DomainError("Tenggat yang baru harus sesudah saat ini.")
        _require_plausible(change.period, opening)
        _write(actor, now, change.period, window, opening)
        until = format_deadline(opening.closes_at)
        change.told.append(f"{_subject(change.period, window)} dibuka sekarang, sampai {until}.")
    return change.effect


def window_close_now(
    *, actor: Viewer, period_id: int, window_id: int, version: int, now: datetime
) -> PeriodEffect:
    """Close an open stage at this minute; raises DomainError when it is not open."""
    minute = now.replace(second=0, microsecond=0)
    with changing(actor=actor, period_id=period_id, version=version, now=now) as change:
        window = _window(change.period, window_id)
        if not window.opens_at < minute < window.closes_at:
            raise DomainError("Tahap ini tidak sedang terbuka.")
        _write(actor, now, change.period, window, Opening(window.opens_at, minute))
        change.told.append(f"{_subject(change.period, window)} ditutup sekarang. Draf tidak dihapus.")
    return change.effect


def window_add_jpt(
    *, actor: Viewer, period_id: int, window_id: int, version: int, opening: Opening, now: datetime
) -> PeriodEffect:
    """Give the high leaders times of their own in the stage of a window that is for all.

    Raises DomainError when they have them, or when the window is not one for all.
    """
    with changing(actor=actor, period_id=period_id, version=version, now=now) as change:
        common = _window(change.period, window_id)
        if common.audience != Audience.ALL:
            raise DomainError("Jadwal khusus ditambahkan pada jadwal untuk semua pegawai.")
        key = {"stage": common.stage, "audience": Audience.JPT, "interval": common.interval}
        if change.period.windows.filter(**key).exists():
            raise DomainError("Tahap ini sudah memiliki jadwal khusus pimpinan tinggi.")
        _require_plausible(change.period, opening)
        window = Window(period=change.period, **key, opens_at=opening.opens_at, closes_at=opening.closes_at)
        window.save()
        subject, words = _subject(change.period, window), _words(opening)
        record(
            actor, now, SkpEvent.WINDOW_CHANGED, change.period, before={subject: ""}, after={subject: words}
        )
        change.told.append(f"{subject}: jadwal khusus {words}.")
    return change.effect


def window_remove_jpt(
    *, actor: Viewer, period_id: int, window_id: int, version: int, now: datetime
) -> PeriodEffect:
    """Take the high leaders' own times away: those for all hold again. Refused for a window for all."""
    with changing(actor=actor, period_id=period_id, version=version, now=now) as change:
        window = _window(change.period, window_id)
        if window.audience != Audience.JPT:
            raise DomainError("Jadwal untuk semua pegawai tidak dapat dihapus; ubah atau tutuplah.")
        subject = _subject(change.period, window)
        words = _words(Opening(window.opens_at, window.closes_at))
        window.delete()
        record(
            actor, now, SkpEvent.WINDOW_CHANGED, change.period, before={subject: words}, after={subject: ""}
        )
        change.told.append(f"{subject}: jadwal khusus dihapus; jadwal semua pegawai berlaku.")
    return change.effect


def _window(period: Period, window_id: int) -> Window:
    window = Window.objects.filter(pk=window_id, period=period).first()
    if window is None:
        raise Conflict("Jadwal ini sudah tidak ada. Muat ulang halaman periode.")
    return window


def _write(actor: Viewer, now: datetime, period: Period, window: Window, opening: Opening) -> str:
    """Store the times with their audit event; what was changed as a sentence."""
    before = Opening(window.opens_at, window.closes_at)
    if before == opening:
        raise DomainError("Jadwal ini tidak berubah.")
    Window.objects.filter(pk=window.pk).update(opens_at=opening.opens_at, closes_at=opening.closes_at)
    subject = _subject(period, window)
    record(
        actor,
        now,
        SkpEvent.WINDOW_CHANGED,
        period,
        before={subject: _words(before)},
        after={subject: _words(opening)},
    )
    return f"{subject}: {_words(before)} menjadi {_words(opening)}."


def _require_plausible(period: Period, opening: Opening) -> None:
    if opening.closes_at <= opening.opens_at:
        raise DomainError("Tenggat harus sesudah waktu dibuka.")
    first = start_of_day(date(period.year - 1, 1, 1))
    last = start_of_day(date(period.year + 2, 1, 1))
    if opening.opens_at < first or opening.closes_at > last:
        raise DomainError(
            f"Jadwal {period} harus berada antara {format_moment(first)}"
            f" dan {format_moment(last - timedelta(minutes=1))}."
        )


def _subject(period: Period, window: Window) -> str:
    name = stage_name(Stage(window.stage), window.interval, period.settings.monitoring_intervals)
    return f"{name} – {Audience(window.audience).label.lower()}"


def _words(opening: Opening) -> str:
    return f"{format_moment(opening.opens_at)} sampai {format_deadline(opening.closes_at)}"
