"""Settings and regime of a period: typed, versioned, with a reason for every change."""

from datetime import datetime

from accounts.models import User
from config.lib.canonical import canonical_text
from config.lib.errors import DomainError
from config.lib.notes import SettingLine, setting_lines, setting_words
from orgunits.viewer import Viewer
from skp.deadlines import default_windows
from skp.enums import Approach, Regime, SkpEvent
from skp.models import Evidence, Extension, Feedback, Move, Period, Progress, Revision, SettingsVersion
from skp.scheme import approaches_of
from skp.services.period_changes import PeriodEffect, changing, record, windows_write
from skp.settings import SCHEMA_VERSION, PlanSettings, settings_problems
from skp.states import OPEN_STATES, Action, Stage

REGIME_FIXED = "Rezim penilaian tidak dapat diubah lagi karena sudah ada rencana yang dikirim."


def settings_change(
    *,
    actor: Viewer,
    period_id: int,
    version: int,
    settings: PlanSettings,
    regime: Regime,
    reason: str,
    now: datetime,
) -> PeriodEffect:
    """Store other settings, or another regime, as the next version.

    Raises Conflict on a stale page, NotAllowed, and DomainError for values that may not stand, a change
    of regime after the first plan was sent, of intervals after the first progress, or without reason.
    """
    problems = settings_problems(settings)
    if problems:
        raise DomainError(" ".join(problem.text for problem in problems))
    if not reason.strip():
        raise DomainError("Tulis alasan perubahan.")
    with changing(actor=actor, period_id=period_id, version=version, now=now) as change:
        period, old = change.period, change.period.settings
        lines = changed_lines(old, settings)
        if regime != period.regime:
            _require_regime(period, regime)
        elif not lines:
            raise DomainError("Tidak ada pengaturan yang berubah.")
        if settings.monitoring_intervals != old.monitoring_intervals:
            _divide_anew(period, settings.monitoring_intervals)
        before = {line.note.label: line.default for line in lines}
        after = {line.note.label: line.value for line in lines}
        if regime != period.regime:
            before["Rezim"], after["Rezim"] = Regime(period.regime).label, regime.label
        change.told += [
            f"{label}: {setting_words(before[label])} menjadi {setting_words(after[label])}."
            for label in after
        ]
        _store(actor, period, settings, regime, reason, now)
        record(
            actor,
            now,
            SkpEvent.PERIOD_SETTINGS,
            period,
            before=before,
            after={**after, "Alasan": reason.strip()},
        )
    return change.effect


def changed_lines(old: PlanSettings, new: PlanSettings) -> list[SettingLine]:
    """The settings whose values differ; ``default`` of each line holds the old value."""
    before = {line.name: line.value for line in setting_lines(old)}
    return [
        SettingLine(line.name, before[line.name], line.value, line.note)
        for line in setting_lines(new)
        if before[line.name] != line.value
    ]


def version_text(settings: PlanSettings, regime: Regime) -> str:
    """The canonical text of a SettingsVersion: the settings with the regime."""
    content = {line.name: line.value for line in setting_lines(settings)}
    return canonical_text({**content, "regime": regime}, schema_version=SCHEMA_VERSION)


def first_version(period: Period, *, actor: User | None, now: datetime) -> None:
    """Write version 1: what the period was made with."""
    SettingsVersion.objects.create(
        period=period,
        number=1,
        text=version_text(period.settings, Regime(period.regime)),
        at=now,
        actor=actor,
    )


def _store(
    actor: Viewer, period: Period, settings: PlanSettings, regime: Regime, reason: str, now: datetime
) -> None:
    number = period.settings_version + 1
    Period.objects.filter(pk=period.pk).update(
        settings_text=settings.to_text(), settings_version=number, regime=regime
    )
    SettingsVersion.objects.create(
        period=period,
        number=number,
        text=version_text(settings, regime),
        reason=reason.strip(),
        at=now,
        actor_id=actor.user_id,
    )


def regime_is_fixed(period: Period) -> bool:
    """Whether a plan of the period has been sent, after which its regime stays."""
    return Move.objects.filter(skp__period=period, action=Action.SUBMIT).exists()


def _require_regime(period: Period, regime: Regime) -> None:
    if regime == Regime.PP46:
        raise DomainError("PP 46/2011 hanya untuk riwayat dan tidak dapat dipakai periode ini.")
    if regime_is_fixed(period):
        raise DomainError(REGIME_FIXED)
    kept = approaches_of(regime)
    drafts = Revision.objects.filter(skp__period=period, state__in=OPEN_STATES)
    others = drafts.exclude(approach__in=kept).count()
    if others:
        words = ", ".join(Approach(approach).label.lower() for approach in kept)
        raise DomainError(f"{others} rencana tidak memakai pendekatan {words}, yang diwajibkan rezim ini.")


def intervals_are_fixed(period: Period) -> bool:
    """Whether something was written of an interval, after which their number stays."""
    of_period = {"indicator__result__skp__period": period}
    return (
        Progress.objects.filter(**of_period).exists()
        or Evidence.objects.filter(**of_period).exists()
        or Feedback.objects.filter(skp__period=period).exists()
    )


def _divide_anew(period: Period, intervals: int) -> None:
    """Replace the monitoring windows by the default ones of the new number of intervals."""
    if intervals_are_fixed(period):
        raise DomainError("Interval pemantauan tidak dapat diubah karena kemajuan sudah dicatat.")
    extensions = Extension.objects.filter(period=period, stage=Stage.MONITORING, revoked_at=None)
    if extensions.exists():
        raise DomainError("Cabut dahulu perpanjangan tahap pemantauan sebelum mengubah intervalnya.")
    period.windows.filter(stage=Stage.MONITORING).delete()
    planned = default_windows(period.year, intervals)
    windows_write(period, [window for window in planned if window.stage == Stage.MONITORING])
