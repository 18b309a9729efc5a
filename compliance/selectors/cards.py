"""What the start page tells those who watch over others."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from compliance.enums import Step
from compliance.selectors.board import REACHED, board_plans
from config.lib.cards import Card, Section
from orgunits.viewer import Viewer
from skp.selectors.periods import latest_period


def start_cards(viewer: Viewer, now: datetime) -> Sequence[Card]:
    """How many plans are agreed and scored, for overseers of a unit, an OPD or the regency."""
    if not (viewer.sees_regency or viewer.admin_opd_ids or viewer.headed_unit_ids):
        return ()
    period = latest_period(viewer.today)
    if period is None:
        return ()
    counts = board_plans(viewer, period).aggregate(
        all=Count("pk"),
        agreed=Count("pk", filter=REACHED[Step.AGREED]),
        scored=Count("pk", filter=REACHED[Step.SCORED]),
    )
    if not counts["all"]:
        return ()
    return [
        Card(
            title=title,
            body=f"dari {counts['all']} rencana SKP {period.year}",
            figure=str(counts[name]),
            url=f"{reverse('compliance:people')}?tahap={step.value}",
            section=Section.NUMBER,
        )
        for name, step, title in (
            ("agreed", Step.AGREED, "Rencana disepakati"),
            ("scored", Step.SCORED, "SKP dinilai"),
        )
    ]
