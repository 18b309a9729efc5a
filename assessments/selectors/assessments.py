"""Assessments of visible plans and the realisations they rest on."""

from collections.abc import Collection
from decimal import Decimal

from django.db.models import QuerySet

from assessments.models import Assessment
from assessments.states import AssessmentStatus
from orgunits.viewer import Viewer
from skp.models import AnnualRealisation, Skp
from skp.selectors.plans import plans_acted_on_by, skps_visible_to


def assessments_visible_to(viewer: Viewer) -> "QuerySet[Assessment]":
    """The assessments of every plan the viewer may read; whether the score too, permissions say."""
    return Assessment.objects.filter(skp__in=skps_visible_to(viewer))


def reports_waiting_for(viewer: Viewer) -> "QuerySet[Skp]":
    """Reported plans that the viewer has to score today."""
    return plans_acted_on_by(viewer).filter(assessment__status=AssessmentStatus.REPORTED)


def realisations_of(indicator_ids: Collection[int]) -> dict[int, Decimal]:
    """The value to score of each indicator that has one: the correction before the owner's own."""
    rows = AnnualRealisation.objects.filter(indicator_id__in=indicator_ids)
    return {row.indicator_id: row.scored_value for row in rows}
