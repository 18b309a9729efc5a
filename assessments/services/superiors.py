"""A superior's delivered values reach those who serve his results (rules.md §5.3)."""

from datetime import datetime

from assessments.inputs import read_input_text
from assessments.judging import Judged, judged
from assessments.models import Assessment, AssessmentVersion, ScoreProposal
from assessments.renewal import prints_differently, renewed
from assessments.selectors.superiors import TakenValue, plans_serving, standing_values, taken_values
from assessments.services.steps import Judging, record
from assessments.services.versions import version_renew
from assessments.states import (
    DELIVERED_STATES,
    AssessmentAction,
    AssessmentStatus,
    RequestState,
    VersionCause,
)
from config.lib.db import swap_version
from skp.models import Skp, WorkResult
from skp.selectors.plans import plan_facts_with, read_plan

MAX_NOTE = 300


def delivery_lock(skp_id: int) -> None:
    """Hold the plan's assessment and those that take over its values until the end of the transaction.

    Called first inside a move that delivers. A plan may serve results of two levels, so that deliveries on
    both want its assessment and one of them the other's: all are taken in key order, in one go.
    """
    own = list(WorkResult.objects.filter(skp=skp_id).values_list("pk", flat=True))
    plans = [skp_id, *plans_serving(own).values_list("pk", flat=True)]
    rows = Assessment.objects.filter(skp__in=plans).order_by("pk")
    list(rows.values_list("pk", flat=True).select_for_update())


def superior_delivered(*, given: AssessmentVersion, superior: Skp, now: datetime) -> None:
    """Carry the values of ``given``, just delivered, to every plan that takes them over.

    A score not delivered yet is replaced by a version of the system; for a delivered one a proposal
    waits for its appraiser, as long as a printed value would change. Called inside the delivering move,
    after the version counts.
    """
    result_ids = list(given.results.filter(value__isnull=False).values_list("result_id", flat=True))
    children = _locked(result_ids)
    versions = {row.current_id: row.skp_id for row in children if row.current_id is not None}
    if not versions:
        return
    taken = taken_values(versions)
    note = superior_note(superior)
    for child in children:
        values = taken.get(child.current_id or 0, ())
        if child.status == AssessmentStatus.SCORED:
            _replace(child, values, note, now)
        elif child.status in DELIVERED_STATES and child.current is not None:
            _propose(child, child.current, values, given, now)


def _locked(result_ids: list[int]) -> list[Assessment]:
    """The assessments that take over one of these results, held until the end of the transaction.

    Also those that wait for their score: whoever scores one at this moment is done before it is read here,
    or begins after the new value counts. ``delivery_lock`` holds all but one that was just reported.
    """
    rows = Assessment.objects.filter(skp__in=plans_serving(result_ids)).order_by("pk")
    held = [row.pk for row in rows.select_for_update()]
    return list(Assessment.objects.filter(pk__in=held).select_related("current").order_by("pk"))


def _replace(child: Assessment, values: tuple[TakenValue, ...], note: str, now: datetime) -> None:
    if child.current is None or not any(value.changed for value in values):
        return
    rows = Assessment.objects.filter(pk=child.pk, status=AssessmentStatus.SCORED)
    swap_version(rows, version=child.version)
    skp = read_plan(child.skp_id)
    # Nobody acts here: who appraises does not matter.
    judging = Judging(skp, plan_facts_with(skp, None), child, AssessmentStatus.SCORED)
    made = version_renew(
        judging,
        child.current,
        actor=None,
        cause=VersionCause.SUPERIOR,
        cause_note=note,
        now=now,
    )
    Assessment.objects.filter(pk=child.pk).update(current=made)
    record(judging, AssessmentAction.SCORE, None, now, note=note, about=made)


def _propose(
    child: Assessment,
    base: AssessmentVersion,
    values: tuple[TakenValue, ...],
    given: AssessmentVersion,
    now: datetime,
) -> None:
    """Open, renew or drop the proposal that waits for the appraiser of a delivered score."""
    waiting = ScoreProposal.objects.filter(assessment=child, state=RequestState.OPEN)
    later = _later(base, child.skp_id) if any(value.changed for value in values) else None
    if later is None or later.skp is None or later.final is None:
        waiting.delete()
        return
    says = {"based_on": base, "new_skp_value": later.skp, "new_final": later.final}
    if waiting.update(**says, cause=given, made_at=now):
        return
    dismissed = ScoreProposal.objects.filter(assessment=child, state=RequestState.DISMISSED, **says)
    # The appraiser has said no to just this already.
    if not dismissed.exists():
        ScoreProposal.objects.create(assessment=child, cause=given, made_at=now, **says)


def _later(base: AssessmentVersion, skp_id: int) -> Judged | None:
    """What the version comes to with the values that stand now; None when the printed ones stay."""
    stored = read_input_text(base.inputs_text)
    keep = bool(base.rating_reason)
    later = judged(renewed(stored, standing_values(base, skp_id), keep_ratings=keep))
    return later if prints_differently(judged(stored), later) else None


def superior_note(superior: Skp) -> str:
    """Why a version was made, naming the superior whose value came."""
    text = f"Nilai {superior.owner.full_name} ({superior.assignment.shown_title}) disampaikan."
    return text[:MAX_NOTE]
