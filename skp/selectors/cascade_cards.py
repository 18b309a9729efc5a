"""What the cascade puts on a leader's start page."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists
from django.urls import reverse

from config.lib.cards import Card
from orgunits.models import AppraisalLine
from orgunits.selectors.days import on_day
from orgunits.viewer import Viewer
from skp.enums import Scheme
from skp.models import Skp
from skp.states import Lifecycle


def start_cards(viewer: Viewer, now: datetime) -> Sequence[Card]:
    """How many plans wait directly for the viewer's own, which is not agreed; one query, for leaders only."""
    if not viewer.has_appraisees or viewer.employee_id is None:
        return []
    year = viewer.today.year
    lines = AppraisalLine.objects.filter(on_day(viewer.today), appraiser=viewer.employee_id)
    own = Skp.objects.filter(owner=viewer.employee_id, period__year=year, in_force__isnull=False)
    waiting = Skp.objects.filter(
        ~Exists(own.exclude(lifecycle=Lifecycle.CANCELLED)),
        period__year=year,
        lifecycle=Lifecycle.ACTIVE,
        scheme=Scheme.JA_JF,
        in_force__isnull=True,
        assignment__in=lines.values("assignment"),
    ).count()
    if not waiting:
        return []
    return [
        Card(
            title=f"{waiting} rencana tertahan oleh rencana Anda",
            body="Rencana bawahan baru dapat disetujui setelah rencana Anda disepakati.",
            verb="Lihat",
            url=reverse("skp:cascade"),
            tone="warn",
        )
    ]
