"""Assessments of visible plans and the realisations they rest on."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse

from assessments.models import Assessment, OrgAchievement
from assessments.states import AssessmentAction, AssessmentStatus
from config.lib.cards import Card
from config.lib.numbers import trimmed
from orgunits.viewer import Viewer
from skp.enums import Regime
from skp.models import AnnualRealisation, Skp
from skp.selectors.plans import plans_acted_on_by, skps_visible_to


def assessments_visible_to(viewer: Viewer) -> "QuerySet[Assessment]":
    """The assessments of every plan the viewer may read; whether the score too, permissions say."""
    return Assessment.objects.filter(skp__in=skps_visible_to(viewer))


def reports_waiting_for(viewer: Viewer) -> "QuerySet[Skp]":
    """Reported plans that the viewer has to score today, oldest first, with ``report_sent_at``."""
    reported = Q(assessment__moves__action=AssessmentAction.REPORT)
    return (
        _reported(viewer)
        .select_related("owner", "period", "assignment")
        .annotate(report_sent_at=Max("assessment__moves__at", filter=reported))
        .order_by("report_sent_at", "pk")
    )


def _reported(viewer: Viewer) -> "QuerySet[Skp]":
    return plans_acted_on_by(viewer).filter(assessment__status=AssessmentStatus.REPORTED)


def realisations_of(indicator_ids: Collection[int]) -> dict[int, Decimal]:
    """The value to score of each indicator that has one: the correction before the owner's own."""
    rows = AnnualRealisation.objects.filter(indicator_id__in=indicator_ids)
    return {row.indicator_id: trimmed(row.scored_value) for row in rows}


def start_cards(viewer: Viewer, now: datetime) -> Sequence[Card]:
    """What waits to be scored by the viewer, and the achievements without which heads can't be."""
    if not viewer.has_appraisees:
        return ()
    set_for = OrgAchievement.objects.filter(period=OuterRef("period"), unit=OuterRef("assignment__unit"))
    heads = Q(period__regime=Regime.QUADRANT, assignment__is_head=True)
    numbers = _reported(viewer).aggregate(
        waiting=Count("pk"),
        unset=Count("assignment__unit", filter=heads & ~Q(Exists(set_for)), distinct=True),
    )
    cards = []
    if numbers["unset"]:
        cards.append(
            Card(
                title=f"Tetapkan capaian {numbers['unset']} unit kerja",
                body="Rating hasil kerja pimpinannya mengikuti capaian unit; tanpa itu belum dapat dinilai.",
                verb="Tetapkan",
                url=reverse("assessments:achievements"),
            )
        )
    if numbers["waiting"]:
        title = f"{numbers['waiting']} laporan menunggu nilai Anda"
        cards.append(Card(title=title, verb="Nilai", url=reverse("assessments:inbox")))
    return cards
