"""What waits for somebody: superiors' later values, requests to open a final score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.urls import reverse

from assessments.inputs import ScoredInput, read_input_text
from assessments.judging import Judged, judged
from assessments.models import Assessment, ScoreProposal, UnlockRequest
from assessments.renewal import ChangedStep, changed_steps, renewed
from assessments.selectors.readable import reads_every_score
from assessments.selectors.superiors import standing_values
from assessments.states import RequestState
from config.lib.cards import Card
from orgunits.viewer import Viewer
from skp.models import Skp
from skp.selectors.plans import plans_acted_on_by
from skp.states import Lifecycle


def proposals_visible_to(viewer: Viewer) -> "QuerySet[ScoreProposal]":
    """Superiors' later values on the plans that the viewer appraises today.

    BKPSDM and the inspectorate read all but those on their own plan.
    """
    rows = ScoreProposal.objects.all()
    if reads_every_score(viewer):
        plans = Skp.objects.exclude(lifecycle=Lifecycle.CANCELLED).exclude(owner=viewer.employee_id)
        return rows.filter(assessment__skp__in=plans)
    return rows.filter(assessment__skp__in=plans_acted_on_by(viewer))


def unlocks_visible_to(viewer: Viewer) -> "QuerySet[UnlockRequest]":
    """Requests to open a final score: BKPSDM and the inspectorate read them."""
    return UnlockRequest.objects.all() if reads_every_score(viewer) else UnlockRequest.objects.none()


# The lists of requests, by their word in the address.
UNLOCK_TABS = {"": "Menunggu", "terbuka": "Belum disampaikan lagi", "sudah": "Sudah diputus"}


def unlocks_in(viewer: Viewer, tab: str) -> "QuerySet[UnlockRequest]":
    """The visible requests of a tab: waiting, the oldest first; of scores still open, the same; decided."""
    rows = unlocks_visible_to(viewer)
    if tab == "terbuka":
        still_open = rows.filter(state=RequestState.APPLIED, decided_at=F("assessment__reopened_at"))
        return still_open.order_by("decided_at", "pk")
    if tab == "sudah":
        return rows.exclude(state=RequestState.OPEN).order_by("-decided_at", "pk")
    return rows.filter(state=RequestState.OPEN).order_by("requested_at", "pk")


def unlock_waits(assessment: Assessment) -> bool:
    """Whether a request to open this score waits for its second admin."""
    return assessment.unlocks.filter(state=RequestState.OPEN).exists()


@dataclass(frozen=True, slots=True)
class ProposedScore:
    """What a proposal would print, beside what stands, and the worked steps that differ."""

    before: Judged
    after: Judged
    steps: list[ChangedStep]


def proposed_score(proposal: ScoreProposal) -> ProposedScore:
    """The proposed score derived again from what is stored, with the superiors' values of today."""
    base = proposal.based_on
    stored: ScoredInput = read_input_text(base.inputs_text)
    later = renewed(
        stored,
        standing_values(base, proposal.assessment.skp_id),
        keep_ratings=bool(base.rating_reason),
    )
    return ProposedScore(judged(stored), judged(later), changed_steps(stored, later))


def request_cards(viewer: Viewer, now: datetime) -> Sequence[Card]:
    """Proposals that wait for the viewer as appraiser; unlock requests that wait for a second admin."""
    return [*_proposal_cards(viewer), *_unlock_cards(viewer)]


def _proposal_cards(viewer: Viewer) -> list[Card]:
    if not viewer.has_appraisees:
        return []
    waiting = ScoreProposal.objects.filter(
        state=RequestState.OPEN, assessment__skp__in=plans_acted_on_by(viewer)
    ).count()
    if not waiting:
        return []
    title = f"{waiting} nilai berubah karena nilai atasan"
    return [Card(title=title, verb="Putuskan", url=reverse("assessments:proposals"))]


def _unlock_cards(viewer: Viewer) -> list[Card]:
    if not viewer.is_bkpsdm:
        return []
    rows = UnlockRequest.objects.filter(state=RequestState.OPEN).exclude(requested_by=viewer.user_id)
    waiting = rows.exclude(assessment__skp__owner=viewer.employee_id).count()
    if not waiting:
        return []
    title = f"{waiting} permintaan buka kunci menunggu admin kedua"
    return [Card(title=title, verb="Periksa", url=reverse("assessments:unlocks"))]
