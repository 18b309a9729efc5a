"""A superior's later value on a delivered score: delivered anew by its appraiser, or left (rules.md §5.3)."""

from datetime import datetime

from django.db import transaction

from assessments.models import Delivery, ScoreProposal
from assessments.permissions import can_dismiss_proposal
from assessments.services.delivery import give
from assessments.services.issuing import score_documents_issue
from assessments.services.steps import begin, record, visible
from assessments.services.superiors import delivery_lock, superior_note
from assessments.services.versions import version_renew
from assessments.states import AssessmentAction, RequestState, VersionCause
from config.lib.errors import Conflict, DomainError
from orgunits.viewer import Viewer


def proposal_apply(
    *, actor: Viewer, proposal_id: int, version: int, cause_id: int, now: datetime
) -> Delivery:
    """Make the proposed value a version and deliver it anew, with a clock of its own.

    ``version`` is the assessment's, ``cause_id`` the superior's version that the page showed. Raises
    Conflict when either has moved on or the proposal was decided, NotAllowed for anybody but the
    appraiser, or while an objection runs.
    """
    with transaction.atomic():
        waiting = _open(proposal_id, cause_id)
        delivery_lock(waiting.assessment.skp_id)
        judging = begin(actor, waiting.assessment.skp_id, version, AssessmentAction.RENEW)
        _decide(waiting, cause_id, RequestState.APPLIED, actor, "", now)
        base = judging.assessment.current
        if base is None or base.pk != waiting.based_on_id:
            raise Conflict()
        note = superior_note(waiting.cause.assessment.skp)
        made = version_renew(
            judging,
            base,
            actor=actor,
            cause=VersionCause.SUPERIOR,
            cause_note=note,
            now=now,
        )
        given = give(judging, made, actor, now)
        record(judging, AssessmentAction.RENEW, actor, now, note=note, about=made)
        score_documents_issue(assessment_id=judging.assessment.pk, actor_id=actor.user_id, now=now)
        return given


def proposal_dismiss(
    *, actor: Viewer, proposal_id: int, cause_id: int, note: str, now: datetime
) -> ScoreProposal:
    """Leave the delivered score as it is, and say why; it is proposed again only with another value.

    Raises Conflict when the proposal was decided or renewed since, NotAllowed, DomainError without a note.
    """
    why = note.strip()
    if not why:
        raise DomainError("Tulis mengapa nilai baru tidak disampaikan.")
    with transaction.atomic():
        waiting = _open(proposal_id, cause_id)
        _, facts = visible(actor, waiting.assessment.skp_id)
        can_dismiss_proposal(actor, facts).enforce()
        _decide(waiting, cause_id, RequestState.DISMISSED, actor, why, now)
        return waiting


def _open(proposal_id: int, cause_id: int) -> ScoreProposal:
    rows = ScoreProposal.objects.filter(pk=proposal_id, state=RequestState.OPEN, cause=cause_id)
    related = ("assessment", "cause__assessment__skp__owner", "cause__assessment__skp__assignment")
    waiting = rows.select_related(*related).first()
    if waiting is None:
        raise Conflict("Usul nilai baru ini sudah diputus atau berubah. Muat ulang halaman.")
    return waiting


def _decide(
    waiting: ScoreProposal, cause_id: int, target: RequestState, actor: Viewer, note: str, now: datetime
) -> None:
    rows = ScoreProposal.objects.filter(pk=waiting.pk, state=RequestState.OPEN, cause=cause_id)
    changed = rows.update(state=target, decided_at=now, decided_by_id=actor.user_id, decided_note=note)
    if changed != 1:
        raise Conflict("Usul nilai baru ini sudah diputus atau berubah. Muat ulang halaman.")
