"""Why a unit's predicates keep to another pattern than its achievement asks for."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from assessments.enums import AssessmentEvent
from assessments.models import DistributionReason
from assessments.selectors.distribution import unit_distributions
from config.lib.errors import DomainError, NotAllowed
from orgunits.viewer import Viewer
from skp.models import Period

# Letters.
MAX_REASON = 300


def distribution_reason_give(
    *, actor: Viewer, period_id: int, unit_id: int, text: str, now: datetime
) -> DistributionReason:
    """Write down the reason beside the rules that are broken now; earlier reasons stay.

    Raises NotAllowed for anybody but the unit's head, DomainError without a text, with a
    longer one than ``MAX_REASON``, or where nothing is broken.
    """
    with transaction.atomic():
        period = Period.objects.get(pk=period_id)
        mine = {unit.unit_id: unit for unit in unit_distributions(actor, period)}
        if unit_id not in mine:
            raise NotAllowed("Alasan pola distribusi ditulis oleh pimpinan unit kerja itu.")
        unit = mine[unit_id]
        if not unit.broken:
            raise DomainError("Tidak ada aturan distribusi yang dilanggar pada unit kerja ini.")
        if not text.strip():
            raise DomainError("Tulis alasan pola distribusi unit kerja ini.")
        if len(text.strip()) > MAX_REASON:
            raise DomainError(f"Alasan paling banyak {MAX_REASON} huruf; yang tertulis {len(text.strip())}.")
        made = DistributionReason.objects.create(
            period=period,
            unit_id=unit_id,
            text=text.strip(),
            given_at=now,
            given_by_id=actor.user_id,
            given_label=actor.label,
        )
        audit.record(
            actor=User.objects.get(pk=actor.user_id),
            now=now,
            kind=AssessmentEvent.DISTRIBUTION_REASON,
            target=f"distribution:{made.pk}",
            target_label=f"{unit.unit_name}, {period}",
            after={"Alasan": made.text, "Pola": " ".join(unit.broken)},
            acting_as="Pimpinan unit kerja",
        )
        return made
