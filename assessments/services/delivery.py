"""Giving the result to its owner, its receipt and acceptance, and silence (rules.md §12)."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.services.notifications import notifications_add
from assessments.models import Assessment, AssessmentVersion, Delivery
from assessments.receipt import deemed_at, deemed_receipt, objection_closes_at
from assessments.services.basis import require_basis
from assessments.services.issuing import score_documents_issue, score_receipt_issue
from assessments.services.steps import Judging, begin, record
from assessments.services.superiors import delivery_lock, superior_delivered
from assessments.services.years import year_results_refresh
from assessments.states import AssessmentAction, AssessmentStatus
from config.lib.db import swap_version
from config.lib.errors import Conflict
from config.lib.prepared import Given, Prepared
from orgunits.viewer import Viewer
from skp.selectors.plans import plan_facts_with, read_plan
from skp.services.realisations import plan_delivered
from skp.states import Lifecycle

logger = logging.getLogger(__name__)


def assessment_deliver(*, actor: Viewer, skp_id: int, version: int, now: datetime) -> Delivery:
    """Give the newest version to its owner: from now on it counts, and the clock of receipt runs.

    ``version`` is the assessment's. Raises Conflict on a stale page, NotAllowed, and DomainError when the
    numbers of scoring, or a head's unit's achievement, have changed since it was scored.
    """
    with transaction.atomic():
        delivery_lock(skp_id)
        judging = begin(actor, skp_id, version, AssessmentAction.DELIVER)
        current = judging.assessment.current
        if current is None:
            raise Conflict()
        require_basis(judging, current)
        made = give(judging, current, actor, now)
        record(judging, AssessmentAction.DELIVER, actor, now, about=current)
        score_documents_issue(assessment_id=judging.assessment.pk, actor_id=actor.user_id, now=now)
        return made


def give(judging: Judging, given: AssessmentVersion, actor: Viewer, now: datetime) -> Delivery:
    """Make ``given`` the delivered version with a clock of its own.

    The caller has begun with ``delivery_lock`` and swapped, records, and last of all issues the documents.
    """
    made = Delivery.objects.create(
        version=given,
        delivered_at=now,
        delivered_by_id=actor.user_id,
        delivered_as=judging.facts.appraiser_title,
        deemed_at=deemed_at(now, judging.facts.settings.receipt_days),
    )
    Assessment.objects.filter(pk=judging.assessment.pk).update(
        current=given, delivered=given, status=AssessmentStatus.DELIVERED, reopened_at=None
    )
    plan_delivered(skp_id=judging.skp.pk, at=now, now=now)
    year_results_refresh(period_id=judging.skp.period_id, employee_ids=[judging.skp.owner_id], now=now)
    superior_delivered(given=given, superior=judging.skp, now=now)
    notifications_add(
        users=User.objects.filter(employee=judging.skp.owner_id),
        text=f"Hasil penilaian SKP {judging.skp.period.year} disampaikan kepada Anda.",
        now=now,
        link=reverse("assessments:result", args=[judging.skp.pk]),
    )
    return made


NOT_RECEIVED = Prepared(
    lambda: Delivery.objects.filter(
        received_at=None,
        version__delivered_of__status=AssessmentStatus.DELIVERED,
        version__delivered_of__skp=Given("plan"),
        version__delivered_of__skp__owner=Given("owner"),
    ).select_related("version__assessment__skp__period")
)


def assessment_receive(*, actor: Viewer, skp_id: int, now: datetime) -> bool:
    """The owner opens the delivered result: its receipt, the first time; whether this was it.

    Opening it again, or as somebody else, changes nothing.
    """
    if actor.employee_id is None:
        return False
    delivery = NOT_RECEIVED.first(plan=skp_id, owner=actor.employee_id)
    if delivery is None:
        return False
    return _received(delivery, min(now, deemed_receipt(delivery.deemed_at)))


def _received(delivery: Delivery, at: datetime) -> bool:
    settings = delivery.version.assessment.skp.period.settings
    closes = objection_closes_at(at, in_working_days=settings.objection_in_working_days)
    changed = Delivery.objects.filter(pk=delivery.pk, received_at=None).update(
        received_at=at, closes_at=closes
    )
    return bool(changed)


def assessment_accept(*, actor: Viewer, skp_id: int, version: int, now: datetime) -> None:
    """The owner accepts the delivered result; raises Conflict on a stale page, NotAllowed."""
    with transaction.atomic():
        judging = begin(actor, skp_id, version, AssessmentAction.ACCEPT)
        assessment_receive(actor=actor, skp_id=skp_id, now=now)
        _enter(judging.assessment, AssessmentStatus.ACCEPTED)
        record(judging, AssessmentAction.ACCEPT, actor, now, about=judging.assessment.delivered)
        score_receipt_issue(assessment_id=judging.assessment.pk, actor_id=actor.user_id, now=now)


def assessments_settle(*, now: datetime) -> int:
    """What silence does: deemed receipts, acceptance when the right to object has ended, then final.

    A cancelled plan stands still. Idempotent and safe beside another run; answers how many became final.
    What fails for one person is written to the log and keeps nobody else waiting; RuntimeError at the end
    says how many these are.
    """
    known = Assessment.objects.exclude(skp__lifecycle=Lifecycle.CANCELLED).order_by("pk")
    open_receipts = Delivery.objects.filter(
        received_at=None,
        deemed_at__lte=now,
        version__delivered_of__status=AssessmentStatus.DELIVERED,
    )
    for delivery in open_receipts.select_related("version__assessment__skp__period"):
        _received(delivery, deemed_receipt(delivery.deemed_at))
    silent = known.filter(status=AssessmentStatus.DELIVERED, delivered__delivery__closes_at__lte=now)
    _, unsettled = _all_by_timer(silent, AssessmentAction.SETTLE, AssessmentStatus.ACCEPTED, now)
    accepted = known.filter(status=AssessmentStatus.ACCEPTED)
    final, unfinished = _all_by_timer(accepted, AssessmentAction.FINALISE, AssessmentStatus.FINAL, now)
    if unsettled or unfinished:
        raise RuntimeError(f"{unsettled + unfinished} assessments could not be settled.")
    return final


def _all_by_timer(
    assessments: Iterable[Assessment], action: AssessmentAction, target: AssessmentStatus, now: datetime
) -> tuple[int, int]:
    """How many were moved, and how many failed; each in a transaction of its own."""
    moved = failed = 0
    for assessment in assessments:
        try:
            moved += _by_timer(assessment, action, target, now)
        # Whatever is wrong with one must not keep the others from their day.
        except Exception:
            logger.exception("assessment %s: %s failed", assessment.pk, action)
            failed += 1
    return moved, failed


def _by_timer(
    assessment: Assessment, action: AssessmentAction, target: AssessmentStatus, now: datetime
) -> bool:
    status = AssessmentStatus(assessment.status)
    try:
        with transaction.atomic():
            rows = Assessment.objects.filter(pk=assessment.pk, status=status)
            swap_version(rows, version=assessment.version, status=target)
            skp = read_plan(assessment.skp_id)
            judging = Judging(skp, plan_facts_with(skp, None), assessment, status)
            record(judging, action, None, now, about=assessment.delivered)
            if action == AssessmentAction.SETTLE:
                score_receipt_issue(assessment_id=assessment.pk, actor_id=None, now=now)
    except Conflict:
        # Somebody has just moved it; the next run finds it again where it still applies.
        return False
    return True


def _enter(assessment: Assessment, status: AssessmentStatus) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(status=status)
