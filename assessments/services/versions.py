"""Making a version of the score: the inputs, what they come to, and every part of it as rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from assessments.aspects import aspects_of
from assessments.enums import Rating, Weighting
from assessments.inputs import Ratings, ScoredInput, input_text, plan_input, read_input_text
from assessments.judging import Judged, chosen_ratings, judged, quadrant_ratings, suggested_ratings
from assessments.models import AssessmentVersion, BehaviourScore, NewIdea, ResultScore
from assessments.renewal import renewed
from assessments.schemes.settings import ScoringSettings
from assessments.schemes.types import PlanInput
from assessments.selectors.assessments import realisations_of
from assessments.selectors.inputs import part_of_year, scoring_settings, superior_values
from assessments.selectors.quadrant import performance_of, quadrant_basis
from assessments.selectors.superiors import standing_values
from assessments.services.steps import SYSTEM, Judging, content_in_force
from assessments.states import IdeaVerdict, VersionCause
from config.lib.errors import DomainError
from config.lib.numbers import trimmed
from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.content import PlanContent
from skp.enums import Regime


@dataclass(frozen=True, slots=True)
class Judgment:
    """What the appraiser judges.

    ``behaviour``: values 0–120 by aspect, none in regime ``quadrant``. A rating left None takes the
    suggestion; one that differs from it needs ``rating_reason``. Feedback by the result's id and by aspect.
    """

    behaviour: Mapping[str, Decimal] = field(default_factory=dict)
    results_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    rating_reason: str = ""
    recommendation: str = ""
    result_feedback: Mapping[int, str] = field(default_factory=dict)
    behaviour_feedback: Mapping[str, str] = field(default_factory=dict)


def judgment_of(version: AssessmentVersion, *, leads: bool) -> Judgment:
    """The judgment as the version holds it; ratings that only followed the suggestion follow it again.

    ``leads``: whether the owner heads a unit, whose achievement then is the results rating in ``quadrant``.
    """
    quadrant = version.regime == Regime.QUADRANT
    chosen = bool(version.rating_reason) or quadrant
    behaviours = list(version.behaviours.order_by("pk"))
    return Judgment(
        behaviour={row.aspect: trimmed(row.value) for row in behaviours if row.value is not None},
        results_rating=Rating(version.results_rating) if chosen and not (quadrant and leads) else None,
        behaviour_rating=Rating(version.behaviour_rating) if chosen else None,
        rating_reason=version.rating_reason,
        recommendation=version.recommendation,
        result_feedback=dict(version.results.values_list("result_id", "feedback")),
        behaviour_feedback={row.aspect: row.feedback for row in behaviours},
    )


def version_make(
    judging: Judging, judgment: Judgment, *, actor: Viewer, cause: VersionCause, now: datetime
) -> AssessmentVersion:
    """Write the next version from the plan in force, by the numbers of the period.

    Raises Incomplete for a missing part (never counted as zero), DomainError for a value outside 0–120,
    ratings that differ from the suggestion without a reason, or in regime ``quadrant`` a head whose unit
    has no achievement yet.
    """
    skp = judging.skp
    content = content_in_force(skp)
    new_idea = NewIdea.objects.filter(skp=skp, verdict=IdeaVerdict.VERIFIED).exists()
    settings = scoring_settings(skp.period_id)
    scored = scored_input(judging, judgment, content, settings, new_idea=new_idea)
    return _write(
        judging,
        judgment,
        scored,
        content,
        cause=cause,
        org_performance=performance_of(skp.period_id, skp.assignment.unit_id) or "",
        new_idea=new_idea,
        made_at=now,
        made_by_id=actor.user_id,
        made_as=_made_as(judging, actor, cause),
    )


def version_renew(
    judging: Judging,
    base: AssessmentVersion,
    *,
    actor: Viewer | None,
    cause: VersionCause,
    cause_note: str,
    now: datetime,
) -> AssessmentVersion:
    """Write ``base`` again as the next version, from its own stored inputs; ``actor`` None for the system.

    Only superiors' values that came since, and what follows from them, differ: what a proposal showed.
    """
    stored, standing = read_input_text(base.inputs_text), standing_values(base, judging.skp.pk)
    return _write(
        judging,
        judgment_of(base, leads=judging.skp.assignment.is_head),
        renewed(stored, standing, keep_ratings=bool(base.rating_reason)),
        content_in_force(judging.skp),
        cause=cause,
        cause_note=cause_note,
        org_performance=base.org_performance,
        new_idea=base.new_idea,
        made_at=now,
        made_by_id=actor.user_id if actor else None,
        made_as=_made_as(judging, actor, cause),
    )


def _write(
    judging: Judging, judgment: Judgment, scored: ScoredInput, content: PlanContent, **columns: Any
) -> AssessmentVersion:
    result = judged(scored)
    made = AssessmentVersion.objects.create(
        assessment=judging.assessment,
        number=judging.assessment.versions.count() + 1,
        regime=scored.regime,
        rule_version=result.rule_version,
        inputs_text=input_text(scored),
        steps_text=result.steps_text,
        skp_value=result.skp,
        behaviour_value=result.behaviour,
        final=result.final,
        category=result.category or "",
        results_rating=scored.ratings.results,
        behaviour_rating=scored.ratings.behaviour,
        rating_reason=judgment.rating_reason.strip(),
        recommendation=judgment.recommendation.strip(),
        national=result.national,
        four=result.four,
        provisional=result.provisional,
        **columns,
    )
    _write_parts(made, content, result, judgment)
    return made


def _made_as(judging: Judging, actor: Viewer | None, cause: VersionCause) -> str:
    if actor is None:
        return SYSTEM
    if cause == VersionCause.UNLOCKED:
        return str(Role.BKPSDM_ADMIN.label)
    return judging.facts.appraiser_title


def scored_input(
    judging: Judging,
    judgment: Judgment,
    content: PlanContent,
    settings: ScoringSettings,
    *,
    new_idea: bool,
    realisations: Mapping[int, Decimal] | None = None,
) -> ScoredInput:
    """Everything the version rests on, with the ratings chosen; raises as ``version_make`` does.

    ``realisations`` by indicator take the place of the stored ones: what a page tries out.
    """
    skp = judging.skp
    known = realisations_of(content.indicator_ids) if realisations is None else realisations
    regime = Regime(skp.period.regime)
    plan = None
    if regime == Regime.QUADRANT:
        ratings = _quadrant(judging, judgment, content, settings, known)
    else:
        plan = _plan(judging, judgment, content, settings, new_idea, known)
        suggested = suggested_ratings(plan, settings)
        ratings = chosen_ratings(
            suggested, judgment.results_rating, judgment.behaviour_rating, judgment.rating_reason
        )
    return ScoredInput(
        regime=regime,
        content_hash=skp.in_force.content_hash if skp.in_force else "",
        settings=settings,
        ratings=ratings,
        plan=plan,
    )


def _quadrant(
    judging: Judging,
    judgment: Judgment,
    content: PlanContent,
    settings: ScoringSettings,
    realisations: Mapping[int, Decimal],
) -> Ratings:
    if judgment.behaviour:
        raise DomainError("Pada rezim kuadran perilaku kerja dinilai dengan rating, tanpa angka.")
    return quadrant_ratings(
        quadrant_basis(judging.skp, content, settings, realisations),
        judgment.results_rating,
        judgment.behaviour_rating,
        judgment.rating_reason,
    )


def _plan(
    judging: Judging,
    judgment: Judgment,
    content: PlanContent,
    settings: ScoringSettings,
    new_idea: bool,
    realisations: Mapping[int, Decimal],
) -> PlanInput:
    aspects = aspects_of(settings.aspects, leads=judging.skp.assignment.is_head)
    known = {aspect.key for aspect in aspects}
    if not judgment.behaviour.keys() <= known:
        raise DomainError("Ada nilai untuk aspek perilaku kerja yang tidak dinilai pada periode ini.")
    parents = {result.parent_id for result in content.main if result.parent_id is not None}
    return plan_input(
        content,
        realisations,
        tuple(judgment.behaviour.get(aspect.key) for aspect in aspects),
        # 60/40 needs the opinions of peers and subordinates, which are not collected.
        weighting=Weighting.SEVENTY_THIRTY,
        new_idea=new_idea,
        superior_values=superior_values(parents),
        part=part_of_year(judging.skp),
    )


def _write_parts(made: AssessmentVersion, content: PlanContent, result: Judged, judgment: Judgment) -> None:
    scores = result.results or (None,) * len(content.results)
    ResultScore.objects.bulk_create(
        ResultScore(
            version=made,
            result_id=planned.result_id,
            category=(scored.category or "") if scored else "",
            value=scored.value if scored else None,
            weighted=scored.weighted if scored else None,
            superior_value=scored.superior_value if scored else None,
            provisional=scored.provisional if scored else False,
            feedback=judgment.result_feedback.get(planned.result_id, "").strip(),
        )
        for planned, scored in zip(content.results, scores, strict=True)
    )
    aspects = dict.fromkeys([*judgment.behaviour, *judgment.behaviour_feedback])
    BehaviourScore.objects.bulk_create(
        BehaviourScore(
            version=made,
            aspect=aspect,
            value=judgment.behaviour.get(aspect),
            feedback=judgment.behaviour_feedback.get(aspect, "").strip(),
        )
        for aspect in aspects
    )
