"""Opening a final score again: one BKPSDM admin asks, another confirms (rules.md §4)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import User
from accounts.services.notifications import notifications_add
from assessments.enums import AssessmentEvent
from assessments.models import Assessment, AssessmentVersion, ScoreProposal, UnlockRequest
from assessments.permissions import can_confirm_unlock, can_manage_unlocks, can_withdraw_unlock
from assessments.services.steps import Judging, begin, record
from assessments.services.versions import version_renew
from assessments.services.years import year_results_refresh
from assessments.states import AssessmentAction, AssessmentStatus, RequestState, VersionCause
from config.lib.db import swap_state
from config.lib.errors import Conflict, DomainError
from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.services.notices import MAX_TEXT
from skp.services.realisations import plan_delivered


def unlock_request(*, actor: Viewer, skp_id: int, version: int, reason: str, now: datetime) -> UnlockRequest:
    """Ask for a final score to be opened; it stays final until another admin confirms.

    ``version`` is the assessment's. Raises Conflict on a stale page, NotAllowed, DomainError without a
    reason or while a request waits.
    """
    why = reason.strip()
    if not why:
        raise DomainError("Tulis alasan membuka kunci hasil penilaian.")
    with transaction.atomic():
        judging = begin(actor, skp_id, version, AssessmentAction.UNLOCK)
        if UnlockRequest.objects.filter(assessment=judging.assessment, state=RequestState.OPEN).exists():
            raise DomainError("Permintaan buka kunci atas hasil ini sudah ada dan menunggu admin kedua.")
        made = UnlockRequest.objects.create(
            assessment=judging.assessment,
            reason=why,
            requested_at=now,
            requested_by_id=actor.user_id,
        )
        _audited(actor, now, AssessmentEvent.UNLOCK_ASKED, made, judging)
        return made


def unlock_confirm(*, actor: Viewer, request_id: int, version: int, now: datetime) -> AssessmentVersion:
    """The second admin opens the score: it waits for its appraiser as a new version of the same content.

    A superior's value that came since is taken over, and a proposal about it is done with. The appraiser
    may score and deliver again for some days. Raises Conflict on a stale page or a request that was
    decided already, NotAllowed for the admin who asked.
    """
    with transaction.atomic():
        asked = _open(request_id)
        judging = begin(actor, asked.assessment.skp_id, version, AssessmentAction.UNLOCK)
        can_confirm_unlock(actor, asked.requested_by_id, judging.skp.owner_id).enforce()
        _decide(asked, RequestState.APPLIED, actor, now)
        locked = judging.assessment.current
        if locked is None:
            raise Conflict()
        made = version_renew(
            judging,
            locked,
            actor=actor,
            cause=VersionCause.UNLOCKED,
            cause_note=asked.reason,
            now=now,
        )
        Assessment.objects.filter(pk=judging.assessment.pk).update(
            current=made, status=AssessmentStatus.SCORED, reopened_at=now
        )
        ScoreProposal.objects.filter(assessment=judging.assessment, state=RequestState.OPEN).delete()
        plan_delivered(skp_id=judging.skp.pk, at=None, now=now)
        year_results_refresh(period_id=judging.skp.period_id, employee_ids=[judging.skp.owner_id], now=now)
        record(judging, AssessmentAction.UNLOCK, actor, now, note=asked.reason, about=made)
        _audited(actor, now, AssessmentEvent.UNLOCKED, asked, judging)
        _told(judging, now)
        return made


def unlock_withdraw(*, actor: Viewer, request_id: int, now: datetime) -> UnlockRequest:
    """Take a waiting request back: by whoever asked or another admin; the score stays final.

    Nobody takes back a request on the own score.
    Raises NotAllowed, Conflict when it was decided already.
    """
    with transaction.atomic():
        # Before what became of the request is told.
        can_manage_unlocks(actor).enforce()
        asked = _open(request_id)
        can_withdraw_unlock(actor, asked.assessment.skp.owner_id).enforce()
        _decide(asked, RequestState.DISMISSED, actor, now)
        _audited(actor, now, AssessmentEvent.UNLOCK_WITHDRAWN, asked, None)
        return asked


def _open(request_id: int) -> UnlockRequest:
    rows = UnlockRequest.objects.filter(pk=request_id, state=RequestState.OPEN)
    asked = rows.select_related("assessment__skp__owner", "assessment__skp__period").first()
    if asked is None:
        raise Conflict("Permintaan buka kunci ini sudah diputus. Muat ulang halaman.")
    return asked


def _decide(asked: UnlockRequest, target: RequestState, actor: Viewer, now: datetime) -> None:
    swap_state(
        asked,
        field="state",
        source=RequestState.OPEN,
        target=target,
        decided_at=now,
        decided_by_id=actor.user_id,
    )


def _audited(
    actor: Viewer, now: datetime, kind: AssessmentEvent, asked: UnlockRequest, judging: Judging | None
) -> None:
    skp = judging.skp if judging else asked.assessment.skp
    audit.record(
        actor=User.objects.get(pk=actor.user_id),
        now=now,
        kind=kind,
        target=f"skp:{skp.pk}",
        target_label=f"{skp.owner.full_name}, SKP {skp.period.year}",
        after={"request": asked.pk, "reason": asked.reason},
        acting_as=str(Role.BKPSDM_ADMIN.label),
    )


def _told(judging: Judging, now: datetime) -> None:
    year, name = judging.skp.period.year, judging.skp.owner.full_name
    days = judging.facts.settings.reopened_days
    owner, appraiser = judging.skp.owner_id, judging.facts.appraiser_id
    skp_id = judging.skp.pk
    _tell(
        User.objects.filter(employee=owner),
        f"Kunci hasil penilaian SKP {year} Anda dibuka oleh BKPSDM. Hasil yang baru akan disampaikan lagi.",
        reverse("skp:plan", args=[skp_id]),
        now,
    )
    if appraiser is not None:
        _tell(
            User.objects.filter(employee=appraiser),
            f"Kunci hasil penilaian SKP {year} {name} dibuka. Nilai dan sampaikan lagi dalam {days} hari.",
            reverse("assessments:score", args=[skp_id]),
            now,
        )


def _tell(users: Iterable[User], text: str, link: str, now: datetime) -> None:
    notifications_add(users=users, text=text[:MAX_TEXT], now=now, link=link)
