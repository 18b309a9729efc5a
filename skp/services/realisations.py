"""The year's realisation as the owner enters it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from config.lib.db import swap_version
from config.lib.errors import Conflict, DomainError
from orgunits.viewer import Viewer
from skp.enums import Scheme
from skp.models import AnnualRealisation, Skp
from skp.permissions import can_report
from skp.selectors.content import read_content
from skp.services.duties import duties_refresh
from skp.services.steps import lock_plan


@dataclass(frozen=True, slots=True)
class Correction:
    """What the appraiser puts in the place of the owner's realisation, 0 or more, and why."""

    value: Decimal
    reason: str


def realisations_save(
    *, actor: Viewer, skp_id: int, version: int, values: Mapping[int, Decimal | None], now: datetime
) -> None:
    """Write the annual realisation of indicators of the plan in force, keyed by the indicator's id.

    Values are in the indicator's own unit, not negative. None takes the entry back: the realisation
    is missing again, never 0. An indicator that is not named keeps what it has. Raises Conflict on a
    stale page, NotAllowed, or DomainError for an indicator that is not in force or a negative value.
    """
    with transaction.atomic():
        skp, facts = lock_plan(actor, skp_id, version)
        can_report(actor, facts, in_force=skp.in_force is not None).enforce()
        if skp.in_force is None:
            raise Conflict()
        planned = read_content(skp.in_force, Scheme(skp.scheme)).indicator_ids
        if not values.keys() <= planned:
            raise DomainError("Indikator ini tidak ada pada rencana yang disepakati.")
        entered = {key: value for key, value in values.items() if value is not None}
        if any(value < 0 for value in entered.values()):
            raise DomainError("Realisasi tidak boleh negatif.")
        AnnualRealisation.objects.filter(indicator_id__in=values.keys() - entered.keys()).delete()
        AnnualRealisation.objects.bulk_create(
            (
                AnnualRealisation(indicator_id=key, value=value, entered_at=now, entered_by_id=actor.user_id)
                for key, value in entered.items()
            ),
            update_conflicts=True,
            unique_fields=["indicator"],
            update_fields=["value", "entered_at", "entered_by"],
        )


def plan_lock(*, skp_id: int, version: int, now: datetime) -> None:
    """Hold the plan still while it is judged; called inside the move that reports it at ``now``.

    Raises Conflict when the plan has changed since ``version`` was read.
    """
    rows = Skp.objects.filter(pk=skp_id, locked_for_scoring=False)
    swap_version(rows, version=version, locked_for_scoring=True, reported_at=now)
    skp = Skp.objects.get(pk=skp_id)
    duties_refresh(period_id=skp.period_id, employee_ids=[skp.owner_id], now=now)


def realisations_correct(
    corrections: Mapping[int, Correction | None],
    *,
    among: Collection[int],
    user_id: int,
    now: datetime,
) -> None:
    """Put the appraiser's values beside the owner's, by indicator; None takes a correction back.

    Called inside the move that scores, which has decided and swapped; ``among``: the indicators in force.
    Raises DomainError for another indicator, a negative value, one without a reason, or one that was
    never reported.
    """
    if not corrections.keys() <= set(among):
        raise DomainError("Indikator ini tidak ada pada rencana yang disepakati.")
    for indicator_id, correction in corrections.items():
        rows = AnnualRealisation.objects.filter(indicator=indicator_id)
        if correction is None:
            rows.update(corrected_value=None, correction_reason="", corrected_at=None, corrected_by=None)
            continue
        if correction.value < 0:
            raise DomainError("Realisasi tidak boleh negatif.")
        if not correction.reason.strip():
            raise DomainError("Tulis alasan setiap koreksi realisasi.")
        changed = rows.update(
            corrected_value=correction.value,
            correction_reason=correction.reason.strip(),
            corrected_at=now,
            corrected_by_id=user_id,
        )
        if not changed:
            raise DomainError("Realisasi yang belum dilaporkan tidak dapat dikoreksi.")


def plan_delivered(*, skp_id: int, at: datetime | None, now: datetime) -> None:
    """Note on the plan that its result was delivered ``at``, None when it was taken back, and its duty.

    Called inside the move of the assessment, which has decided and swapped.
    """
    Skp.objects.filter(pk=skp_id).update(delivered_at=at)
    skp = Skp.objects.get(pk=skp_id)
    duties_refresh(period_id=skp.period_id, employee_ids=[skp.owner_id], now=now)
