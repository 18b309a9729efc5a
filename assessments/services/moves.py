"""Reporting and scoring: swap first, then check and compute; anything wrong rolls all back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from assessments.enums import Rating, Weighting
from assessments.inputs import input_text, plan_input
from assessments.models import Assessment, AssessmentMove, AssessmentVersion, BehaviourScore, ResultScore
from assessments.permissions import can_do
from assessments.schemes.four import four_predicate_numeric
from assessments.schemes.numeric import numeric_score
from assessments.schemes.quadrant import national_predicate
from assessments.schemes.types import NumericScore, PlanInput
from assessments.selectors.assessments import realisations_of
from assessments.states import AssessmentAction, AssessmentStatus
from assessments.workflow import MOVES
from config.lib.canonical import canonical_text
from config.lib.db import swap_version
from config.lib.errors import Conflict, DomainError, Incomplete
from orgunits.viewer import Viewer
from skp.berakhlak import Behaviour
from skp.content import PlanContent
from skp.enums import Scheme
from skp.facts import PlanFacts
from skp.models import Skp
from skp.selectors.content import read_content
from skp.selectors.plans import plan_facts, skps_visible_to, with_facts
from skp.services.realisations import plan_lock
from skp.states import Party

STEPS_SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class ScoreInput:
    """What the appraiser judges: behaviour values 0–120 by aspect, and both ratings.

    A rating left None takes the suggestion; one that differs from it needs ``rating_reason``.
    """

    behaviour: Mapping[Behaviour, Decimal]
    results_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    rating_reason: str = ""


def assessment_report(*, actor: Viewer, skp_id: int, version: int, now: datetime) -> Assessment:
    """Hand in the year's realisations; the plan is held still from now on.

    ``version`` is the plan's. Raises Conflict on a stale page, NotAllowed, or Incomplete naming the
    indicators without a realisation.
    """
    with transaction.atomic():
        skp, facts = _plan(actor, skp_id)
        plan_lock(skp_id=skp.pk, version=version, now=now)
        assessment, _ = Assessment.objects.get_or_create(skp=skp)
        status = AssessmentStatus(assessment.status)
        can_do(actor, facts, status, AssessmentAction.REPORT, in_force=skp.in_force is not None).enforce()
        content = _content(skp)
        realised = realisations_of(content.indicator_ids)
        missing = tuple(
            f"{result.text}: {item.text}"
            for result in content.results
            for item in result.indicators
            if item.indicator_id not in realised
        )
        if missing:
            raise Incomplete("Realisasi tahunan belum lengkap. Isi dahulu indikator berikut.", missing)
        _move(assessment, facts, actor, AssessmentAction.REPORT, now)
        return assessment


def assessment_score(
    *, actor: Viewer, skp_id: int, version: int, data: ScoreInput, now: datetime
) -> AssessmentVersion:
    """Score a reported plan as a new immutable version.

    ``version`` is the assessment's. Raises Conflict on a stale page, NotAllowed, Incomplete for a
    missing part (PP 30/2019 art. 41: never counted as zero), DomainError for a value outside 0–120
    or ratings that differ from the suggestion without a reason.
    """
    with transaction.atomic():
        skp, facts = _plan(actor, skp_id)
        assessment = Assessment.objects.filter(skp=skp).first()
        status = AssessmentStatus(assessment.status) if assessment else AssessmentStatus.OPEN
        can_do(actor, facts, status, AssessmentAction.SCORE, in_force=skp.in_force is not None).enforce()
        if assessment is None:
            raise Conflict()
        swap_version(Assessment.objects.filter(pk=assessment.pk, status=status), version=version)
        content = _content(skp)
        behaviour = tuple(data.behaviour.get(aspect) for aspect in Behaviour)
        plan = plan_input(
            content,
            realisations_of(content.indicator_ids),
            behaviour,
            # 60/40 and a new idea need opinions and a verification, which are not collected.
            weighting=Weighting.SEVENTY_THIRTY,
            new_idea=False,
            # A superior's value is fixed by delivery; until then every one is still to come.
            superior_values={},
        )
        made = _write_version(assessment, skp, facts, plan, content, data, actor, now)
        Assessment.objects.filter(pk=assessment.pk).update(current=made, status=AssessmentStatus.SCORED)
        _record(assessment, facts, actor, AssessmentAction.SCORE, status, now)
        return made


def _plan(actor: Viewer, skp_id: int) -> tuple[Skp, PlanFacts]:
    skp = with_facts(skps_visible_to(actor).filter(pk=skp_id)).first()
    if skp is None:
        raise Conflict()
    return skp, plan_facts(skp, today=actor.today)


def _content(skp: Skp) -> PlanContent:
    if skp.in_force is None:
        raise Conflict()
    return read_content(skp.in_force, Scheme(skp.scheme))


def _move(
    assessment: Assessment, facts: PlanFacts, actor: Viewer, action: AssessmentAction, now: datetime
) -> None:
    status = AssessmentStatus(assessment.status)
    rows = Assessment.objects.filter(pk=assessment.pk, status=status)
    swap_version(rows, version=assessment.version, status=MOVES[(status, action)].target)
    _record(assessment, facts, actor, action, status, now)


def _record(
    assessment: Assessment,
    facts: PlanFacts,
    actor: Viewer,
    action: AssessmentAction,
    status: AssessmentStatus,
    now: datetime,
) -> None:
    move = MOVES[(status, action)]
    AssessmentMove.objects.create(
        assessment=assessment,
        action=action,
        from_status=status,
        to_status=move.target,
        actor_id=actor.user_id,
        actor_label=actor.label,
        acting_as=facts.appraiser_title if Party.APPRAISER in move.by else "",
        at=now,
    )


def _write_version(
    assessment: Assessment,
    skp: Skp,
    facts: PlanFacts,
    plan: PlanInput,
    content: PlanContent,
    data: ScoreInput,
    actor: Viewer,
    now: datetime,
) -> AssessmentVersion:
    score = numeric_score(plan)
    outcome = score.outcome
    results_rating, behaviour_rating = _ratings(score, data)
    made = AssessmentVersion.objects.create(
        assessment=assessment,
        number=assessment.versions.count() + 1,
        regime=skp.period.regime,
        rule_version=score.rule_version,
        inputs_text=input_text(plan, skp.in_force.content_hash if skp.in_force else ""),
        steps_text=canonical_text(
            {"steps": [step.as_plain() for step in score.steps]}, schema_version=STEPS_SCHEMA_VERSION
        ),
        skp_value=outcome.skp,
        behaviour_value=outcome.behaviour,
        final=outcome.final,
        category=outcome.category,
        results_rating=results_rating,
        behaviour_rating=behaviour_rating,
        rating_reason=data.rating_reason.strip(),
        national=national_predicate(results_rating, behaviour_rating),
        four=four_predicate_numeric(outcome.category, outcome.final),
        provisional=score.provisional,
        made_at=now,
        made_by_id=actor.user_id,
        made_as=facts.appraiser_title,
    )
    _write_scores(made, content, score, data)
    return made


def _ratings(score: NumericScore, data: ScoreInput) -> tuple[Rating, Rating]:
    suggested = (score.outcome.results_rating, score.outcome.behaviour_rating)
    chosen = (data.results_rating or suggested[0], data.behaviour_rating or suggested[1])
    if chosen != suggested and not data.rating_reason.strip():
        raise DomainError("Rating yang berbeda dari usulan sistem harus disertai alasan.")
    return chosen


def _write_scores(
    made: AssessmentVersion, content: PlanContent, score: NumericScore, data: ScoreInput
) -> None:
    ResultScore.objects.bulk_create(
        ResultScore(
            version=made,
            result_id=planned.result_id,
            category=scored.category or "",
            value=scored.value,
            weighted=scored.weighted,
            superior_value=scored.superior_value,
            provisional=scored.provisional,
        )
        for planned, scored in zip(content.results, score.results, strict=True)
    )
    BehaviourScore.objects.bulk_create(
        BehaviourScore(version=made, aspect=aspect, value=value) for aspect, value in data.behaviour.items()
    )
