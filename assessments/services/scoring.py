"""The appraiser scores a reported plan, as a new immutable version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments.models import Assessment, AssessmentVersion, NewIdea, ScoreDraft
from assessments.services.steps import Judging, begin, content_in_force, record
from assessments.services.versions import Judgment, version_make
from assessments.states import AssessmentAction, AssessmentStatus, IdeaVerdict, VersionCause
from config.lib.errors import DomainError
from orgunits.viewer import Viewer
from skp.services.realisations import Correction, realisations_correct


@dataclass(frozen=True, slots=True)
class IdeaDecision:
    """What the appraiser says of the owner's new idea; a refusal needs a note."""

    verdict: IdeaVerdict
    note: str = ""


def assessment_score(
    *,
    actor: Viewer,
    skp_id: int,
    version: int,
    data: Judgment,
    corrections: Mapping[int, Correction | None] | None = None,
    idea: IdeaDecision | None = None,
    now: datetime,
) -> AssessmentVersion:
    """Score a reported plan as a new immutable version; what was kept as a draft is gone.

    ``version`` is the assessment's. ``corrections`` by indicator, None takes one back. Raises Conflict on
    a stale page, NotAllowed, Incomplete for a missing part (PP 30/2019 art. 41: never counted as zero),
    DomainError for a value outside its range, ratings that differ from the suggestion without a reason,
    or a correction or refusal without one.
    """
    with transaction.atomic():
        judging = begin(actor, skp_id, version, AssessmentAction.SCORE)
        if corrections:
            indicators = content_in_force(judging.skp).indicator_ids
            realisations_correct(corrections, among=indicators, user_id=actor.user_id, now=now)
        if idea is not None:
            _decide_idea(judging, idea, actor, now)
        made = version_make(judging, data, actor=actor, cause=VersionCause.SCORED, now=now)
        Assessment.objects.filter(pk=judging.assessment.pk).update(
            current=made, status=AssessmentStatus.SCORED
        )
        ScoreDraft.objects.filter(assessment=judging.assessment).delete()
        record(judging, AssessmentAction.SCORE, actor, now, about=made)
        return made


def _decide_idea(judging: Judging, idea: IdeaDecision, actor: Viewer, now: datetime) -> None:
    note = idea.note.strip()
    if idea.verdict == IdeaVerdict.REFUSED and not note:
        raise DomainError("Tulis mengapa ide baru tidak terbukti.")
    decided = idea.verdict != IdeaVerdict.OPEN
    changed = NewIdea.objects.filter(skp=judging.skp).update(
        verdict=idea.verdict,
        verdict_note=note,
        verdict_at=now if decided else None,
        verdict_by_id=actor.user_id if decided else None,
    )
    if not changed and decided:
        raise DomainError("Pegawai ini tidak mengajukan ide baru.")
