"""The owner hands in the year: swap first, then check; anything wrong rolls all back."""

from datetime import datetime

from django.db import transaction

from assessments.models import Assessment
from assessments.permissions import can_do
from assessments.selectors.assessments import realisations_of
from assessments.services.steps import Judging, content_in_force, record, visible
from assessments.states import AssessmentAction, AssessmentStatus
from assessments.workflow import MOVES
from config.lib.db import swap_version
from config.lib.errors import Incomplete
from orgunits.viewer import Viewer
from skp.services.realisations import plan_lock


def assessment_report(*, actor: Viewer, skp_id: int, version: int, now: datetime) -> Assessment:
    """Hand in the year's realisations; the plan is held still from now on.

    ``version`` is the plan's. Raises Conflict on a stale page, NotAllowed, or Incomplete naming the
    indicators without a realisation.
    """
    with transaction.atomic():
        skp, facts = visible(actor, skp_id)
        plan_lock(skp_id=skp.pk, version=version, now=now)
        assessment, _ = Assessment.objects.get_or_create(skp=skp)
        status = AssessmentStatus(assessment.status)
        action = AssessmentAction.REPORT
        can_do(actor, facts, status, action, in_force=skp.in_force is not None).enforce()
        content = content_in_force(skp)
        realised = realisations_of(content.indicator_ids)
        missing = tuple(
            f"{result.text}: {item.text}"
            for result in content.results
            for item in result.indicators
            if item.indicator_id not in realised
        )
        if missing:
            raise Incomplete("Realisasi tahunan belum lengkap. Isi dahulu indikator berikut.", missing)
        rows = Assessment.objects.filter(pk=assessment.pk, status=status)
        swap_version(rows, version=assessment.version, status=MOVES[(status, action)].target)
        record(Judging(skp, facts, assessment, status), action, actor, now)
        return assessment
