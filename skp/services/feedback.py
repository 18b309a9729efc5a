"""What the appraiser says of the work while it runs; nothing is taken back."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.services.notifications import notifications_add
from config.lib.errors import Conflict, DomainError
from orgunits.viewer import Viewer
from skp.models import Feedback, PlannedResult
from skp.progress_rules import can_give_feedback
from skp.selectors.progress import asked_of
from skp.services.steps import lock_plan

MAX_FEEDBACK = 2000


def feedback_add(
    *,
    actor: Viewer,
    skp_id: int,
    version: int,
    interval: int,
    text: str,
    now: datetime,
    result_id: int | None = None,
) -> Feedback:
    """Comment on a result in force, or on the whole plan without ``result_id``; the owner is notified.

    Raises Conflict on a stale page, NotAllowed for everybody but the appraiser of today's line,
    DomainError for an empty or overlong text, a result not in force or an interval that is not asked.
    """
    words = text.strip()
    if not words:
        raise DomainError("Tulis umpan balik sebelum mengirim.")
    if len(words) > MAX_FEEDBACK:
        raise DomainError(f"Umpan balik paling banyak {MAX_FEEDBACK} huruf.")
    with transaction.atomic():
        skp, facts = lock_plan(actor, skp_id, version)
        can_give_feedback(actor, facts, in_force=skp.in_force_id is not None).enforce()
        asked = next((item for item in asked_of(skp, facts) if item.number == interval), None)
        if asked is None:
            raise DomainError("SKP ini tidak berjalan pada jangka waktu tersebut.")
        planned = PlannedResult.objects.filter(revision__in_force_of=skp, result=result_id)
        if result_id is not None and not planned.exists():
            raise Conflict("Hasil kerja ini sudah tidak berlaku. Muat ulang halaman.")
        row = Feedback.objects.create(
            skp=skp,
            result_id=result_id,
            interval=interval,
            text=words,
            given_at=now,
            given_by_id=actor.user_id,
            given_label=actor.label,
            given_as=facts.appraiser_title,
        )
        place = f"hasil-{result_id}" if result_id is not None else "umpan-balik"
        notifications_add(
            users=[skp.owner.user] if skp.owner.user else [],
            text=f"{actor.label} memberi umpan balik atas {asked.name} SKP {skp.period.year}.",
            now=now,
            link=f"{reverse('skp:progress', args=[skp.pk, interval])}#{place}",
        )
        return row
