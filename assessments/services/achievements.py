"""How a unit did, set by the leader one level up (SE MenPANRB 3/2023)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from assessments.enums import AssessmentEvent, OrgPerformance
from assessments.models import Assessment, OrgAchievement
from assessments.selectors.achievements import LOCKED, heads_assessments, last_day_of
from assessments.states import DELIVERED_STATES, AssessmentStatus
from config.lib.db import swap_version
from config.lib.errors import Conflict, DomainError, NotAllowed
from orgunits.selectors.leading import units_led_by
from orgunits.viewer import Viewer
from skp.enums import Regime
from skp.models import Period

NOT_YOURS = "Capaian organisasi ditetapkan oleh pimpinan satu tingkat di atas pimpinan unit kerja itu."


@dataclass(frozen=True, slots=True)
class AchievementEntry:
    """What the leader chooses for a unit; ``version`` is that of the row shown, 0 for none yet."""

    unit_id: int
    performance: OrgPerformance
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class AchievementVerdict:
    """What became of one entry; ``text`` says why it was refused.

    ``score_again``: the unit's head was scored with another achievement, not delivered yet.
    """

    unit_id: int
    done: bool
    text: str = ""
    score_again: bool = False


def achievements_set(
    *, actor: Viewer, period_id: int, entries: Iterable[AchievementEntry], now: datetime
) -> list[AchievementVerdict]:
    """Set each unit's achievement on its own; one that is refused leaves the others set."""
    return [_verdict(actor, period_id, entry, now) for entry in entries]


def _verdict(actor: Viewer, period_id: int, entry: AchievementEntry, now: datetime) -> AchievementVerdict:
    try:
        again = achievement_set(actor=actor, period_id=period_id, entry=entry, now=now)
    except DomainError as error:
        return AchievementVerdict(entry.unit_id, False, str(error))
    return AchievementVerdict(entry.unit_id, True, score_again=again)


def achievement_set(*, actor: Viewer, period_id: int, entry: AchievementEntry, now: datetime) -> bool:
    """Set or change a unit's achievement; whether the unit's head has to be scored again for it.

    Raises NotAllowed for anybody but the leader one level up, Conflict on a stale page, and DomainError
    once the head's result was delivered with it.
    """
    with transaction.atomic():
        period = Period.objects.get(pk=period_id)
        led = {unit.unit_id: unit for unit in units_led_by(actor, last_day_of(period))}
        if entry.unit_id not in led:
            raise NotAllowed(NOT_YOURS)
        before = OrgAchievement.objects.filter(period=period, unit=entry.unit_id).first()
        again = _hold_head(period, entry.unit_id)
        made = _store(actor, period, before, entry, now)
        changed = before is None or before.performance != entry.performance
        _record(actor, made, before, led[entry.unit_id].span.name, now)
        return again and changed


def _hold_head(period: Period, unit_id: int) -> bool:
    """Lock the scores of the unit's head that are not delivered; whether there are any.

    Their version goes up, so that a delivery that is under way now meets a stale page.
    """
    heads = heads_assessments(period.pk, [unit_id])
    quadrant = period.regime == Regime.QUADRANT
    held = quadrant and Assessment.objects.filter(
        pk__in=heads.filter(status=AssessmentStatus.SCORED).values("pk")
    ).update(version=F("version") + 1)
    if heads.filter(status__in=DELIVERED_STATES).exists():
        raise DomainError(LOCKED)
    return bool(held)


def _store(
    actor: Viewer, period: Period, before: OrgAchievement | None, entry: AchievementEntry, now: datetime
) -> OrgAchievement:
    values: dict[str, object] = {
        "performance": entry.performance,
        "note": entry.note.strip(),
        "set_at": now,
        "set_by_id": actor.user_id,
        "set_as": actor.label,
    }
    if before is not None:
        swap_version(OrgAchievement.objects.filter(pk=before.pk), version=entry.version, **values)
        return OrgAchievement.objects.get(pk=before.pk)
    if entry.version:
        raise Conflict()
    try:
        with transaction.atomic():
            return OrgAchievement.objects.create(period=period, unit_id=entry.unit_id, version=1, **values)
    except IntegrityError as error:
        raise Conflict() from error


def _record(
    actor: Viewer, made: OrgAchievement, before: OrgAchievement | None, unit: str, now: datetime
) -> None:
    audit.record(
        actor=User.objects.get(pk=actor.user_id),
        now=now,
        kind=AssessmentEvent.ACHIEVEMENT_SET,
        target=f"achievement:{made.pk}",
        target_label=f"{unit}, {made.period}",
        before=_words(before) if before else None,
        after=_words(made),
        acting_as="Pimpinan satu tingkat di atas",
    )


def _words(row: OrgAchievement) -> dict[str, object]:
    return {"Capaian organisasi": row.get_performance_display(), "Dasar": row.note}
