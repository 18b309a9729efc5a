"""Assessments of visible plans and the realisations they rest on."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from assessments.models import Assessment
from assessments.states import AssessmentAction, AssessmentStatus
from config.lib.cards import Card
from config.lib.numbers import trimmed
from orgunits.viewer import Viewer
from skp.models import AnnualRealisation, Skp
from skp.selectors.plans import plans_acted_on_by, skps_visible_to


def assessments_visible_to(viewer: Viewer) -> "QuerySet[Assessment]":
    """The assessments of every plan the viewer may read; whether the score too, permissions say."""
    return Assessment.objects.filter(skp__in=skps_visible_to(viewer))


def reports_waiting_for(viewer: Viewer) -> "QuerySet[Skp]":
    """Reported plans that the viewer has to score today, oldest first, with ``report_sent_at``."""
    reported = Q(assessment__moves__action=AssessmentAction.REPORT)
    return (
        plans_acted_on_by(viewer)
        .filter(assessment__status=AssessmentStatus.REPORTED)
        .select_related("owner", "period", "assignment")
        .annotate(report_sent_at=Max("assessment__moves__at", filter=reported))
        .order_by("report_sent_at", "pk")
    )


def realisations_of(indicator_ids: Collection[int]) -> dict[int, Decimal]:
    """The value to score of each indicator that has one: the correction before the owner's own."""
    rows = AnnualRealisation.objects.filter(indicator_id__in=indicator_ids)
    return {row.indicator_id: trimmed(row.scored_value) for row in rows}


def start_cards(viewer: Viewer, now: datetime) -> Sequence[Card]:
    """What waits to be scored by the viewer."""
    waiting = reports_waiting_for(viewer).count() if viewer.has_appraisees else 0
    if not waiting:
        return ()
    return (
        Card(title=f"{waiting} laporan menunggu nilai Anda", verb="Nilai", url=reverse("assessments:inbox")),
    )
