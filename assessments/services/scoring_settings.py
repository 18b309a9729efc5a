"""Changing the numbers by which a period is scored: versioned, with a reason, until the first delivery."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from assessments.enums import AssessmentEvent
from assessments.models import Assessment, ScoringVersion
from assessments.schemes.setting_rules import changed_settings, scoring_problems, value_words
from assessments.schemes.settings import ScoringSettings
from assessments.selectors.scoring_settings import scored_undelivered, scoring_open, scoring_state
from config.lib.errors import Conflict, DomainError
from config.lib.notes import SettingLine
from orgunits.enums import Role
from orgunits.services.common import Effect
from orgunits.viewer import Viewer
from skp.models import Period
from skp.permissions import can_manage_periods


def scoring_change(
    *, actor: Viewer, period_id: int, version: int, settings: ScoringSettings, reason: str, now: datetime
) -> Effect:
    """Store other numbers as the next version; ``version`` is the number of the newest one shown.

    What was scored and not delivered keeps its numbers and has to be scored again, which its delivery asks
    for. Raises NotAllowed, Conflict on a stale page, and DomainError for numbers that may not stand, none
    that differ, no reason, or once a result of the period was delivered.
    """
    can_manage_periods(actor).enforce()
    problems = scoring_problems(settings)
    if problems:
        raise DomainError(" ".join(problem.text for problem in problems))
    if not reason.strip():
        raise DomainError("Tulis alasan perubahan.")
    with transaction.atomic():
        period = Period.objects.get(pk=period_id)
        state = scoring_state(period)
        if state.number != version:
            raise Conflict()
        lines = changed_settings(state.settings, settings)
        if not lines:
            raise DomainError("Tidak ada ketentuan yang berubah.")
        again = _hold_scored(period)
        decision = scoring_open(period)
        if not decision:
            raise DomainError(decision.reason)
        _store(actor, period, state.number + 1, settings, reason.strip(), now)
        _record(actor, period, lines, reason.strip(), now)
        return Effect(notes=(*_told(lines), _again(again)))


def _hold_scored(period: Period) -> int:
    """Lock what is scored and not delivered: a delivery under way meets a stale page; how many."""
    return Assessment.objects.filter(pk__in=scored_undelivered(period.pk)).update(version=F("version") + 1)


def _store(
    actor: Viewer, period: Period, number: int, settings: ScoringSettings, reason: str, now: datetime
) -> None:
    try:
        with transaction.atomic():
            ScoringVersion.objects.create(
                period=period,
                number=number,
                text=settings.to_text(),
                reason=reason,
                changed_at=now,
                changed_by_id=actor.user_id,
            )
    except IntegrityError as error:
        raise Conflict() from error


def _record(actor: Viewer, period: Period, lines: list[SettingLine], reason: str, now: datetime) -> None:
    before: Mapping[str, object] = {line.note.label: value_words(line.default) for line in lines}
    after: Mapping[str, object] = {line.note.label: value_words(line.value) for line in lines}
    audit.record(
        actor=User.objects.get(pk=actor.user_id),
        now=now,
        kind=AssessmentEvent.SCORING_CHANGED,
        target=f"period:{period.pk}",
        target_label=str(period),
        before=before,
        after={**after, "Alasan": reason},
        acting_as=str(Role.BKPSDM_ADMIN.label),
    )


def _told(lines: list[SettingLine]) -> list[str]:
    return [
        f"{line.note.label}: {value_words(line.default)} menjadi {value_words(line.value)}." for line in lines
    ]


def _again(count: int) -> str:
    if not count:
        return "Tidak ada SKP yang harus dinilai lagi."
    return (
        f"{count} SKP yang sudah dinilai dan belum disampaikan harus dinilai lagi oleh pejabat penilainya "
        "sebelum hasilnya dapat disampaikan."
    )
