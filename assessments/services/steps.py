"""What every move on an assessment begins and ends with: visible plan, decision, swap, history row."""

from dataclasses import dataclass
from datetime import datetime

from assessments.models import Assessment, AssessmentMove, AssessmentVersion
from assessments.permissions import can_do
from assessments.states import AssessmentAction, AssessmentStatus
from assessments.workflow import MOVES
from config.lib.db import swap_version
from config.lib.errors import Conflict
from config.lib.prepared import Given, Prepared
from orgunits.viewer import Viewer
from skp.content import PlanContent
from skp.enums import Scheme
from skp.facts import PlanFacts
from skp.models import Skp
from skp.selectors.content import read_content
from skp.selectors.plans import visible_plan
from skp.states import Party

SYSTEM = "Sistem"

OF_PLAN = Prepared(lambda: Assessment.objects.filter(skp=Given("plan")))


@dataclass(frozen=True, slots=True)
class Judging:
    """An assessment in the hands of somebody who moves it; ``status`` is that before the move."""

    skp: Skp
    facts: PlanFacts
    assessment: Assessment
    status: AssessmentStatus


def begin(actor: Viewer, skp_id: int, version: int, action: AssessmentAction) -> Judging:
    """Decide and swap to the move's target; call it first inside the transaction.

    ``version`` is the assessment's. Raises Conflict on a stale page or where nothing was reported yet,
    NotAllowed when the move is not the actor's or out of time.
    """
    skp, facts = visible(actor, skp_id)
    assessment = OF_PLAN.first(plan=skp.pk)
    if assessment is None:
        can_do(actor, facts, AssessmentStatus.OPEN, action, in_force=skp.in_force is not None).enforce()
        raise Conflict()
    # A second click is told that the page is stale, not that the move is done already.
    if assessment.version != version:
        raise Conflict()
    status = AssessmentStatus(assessment.status)
    can_do(
        actor,
        facts,
        status,
        action,
        in_force=skp.in_force is not None,
        reopened_at=assessment.reopened_at,
    ).enforce()
    swap_version(Assessment.objects.filter(pk=assessment.pk, status=status), version=version)
    return Judging(skp, facts, assessment, status)


def visible(actor: Viewer, skp_id: int) -> tuple[Skp, PlanFacts]:
    """The plan from the actor's visible set with its facts; raises Conflict when it is not there."""
    found = visible_plan(actor, skp_id)
    if found is None:
        raise Conflict()
    return found


def content_in_force(skp: Skp) -> PlanContent:
    """What is judged: the revision in force; raises Conflict without one."""
    if skp.in_force is None:
        raise Conflict()
    return read_content(skp.in_force, Scheme(skp.scheme))


def record(
    judging: Judging,
    action: AssessmentAction,
    actor: Viewer | None,
    now: datetime,
    *,
    note: str = "",
    about: AssessmentVersion | None = None,
) -> AssessmentMove:
    """The row of the history; ``actor`` None for what the timer does."""
    move = MOVES[(judging.status, action)]
    return AssessmentMove.objects.create(
        assessment=judging.assessment,
        action=action,
        from_status=judging.status,
        to_status=move.target,
        about=about,
        actor_id=actor.user_id if actor else None,
        actor_label=actor.label if actor else SYSTEM,
        acting_as=judging.facts.appraiser_title if Party.APPRAISER in move.by else "",
        note=note,
        at=now,
    )
