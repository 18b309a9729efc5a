"""Superiors' later values on delivered scores: the list, the difference, and the appraiser's decision."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from assessments.models import ScoreProposal
from assessments.permissions import can_dismiss_proposal, can_do
from assessments.selectors.requests import proposals_visible_to, proposed_score
from assessments.services.proposals import proposal_apply, proposal_dismiss
from assessments.states import AssessmentAction, AssessmentStatus, RequestState
from config.lib.http import answers_refusals, posted_int
from orgunits.middleware import viewer_of
from orgunits.viewer import Viewer
from skp.views.common import plan_head

PAGE_SIZE = 25


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """The proposals that wait, the oldest first."""
    viewer = viewer_of(request)
    waiting = proposals_visible_to(viewer).filter(state=RequestState.OPEN)
    rows = waiting.select_related(
        "assessment__skp__owner", "assessment__skp__period", "assessment__skp__assignment", "based_on"
    ).order_by("made_at", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"page": page, "appraises": viewer.has_appraisees, "current_place": "inbox"}
    return render(request, "assessments/proposals.html", context)


@require_safe
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The old and the new values side by side, with the worked steps that differ."""
    row = _open(viewer_of(request), proposal_id)
    page = plan_head(request, row.assessment.skp_id)
    status = AssessmentStatus(row.assessment.status)
    context = {
        "proposal": row,
        "page": page,
        "superior": row.cause.assessment.skp,
        "score": proposed_score(row),
        "apply": can_do(page.viewer, page.facts, status, AssessmentAction.RENEW, in_force=True),
        "dismiss": can_dismiss_proposal(page.viewer, page.facts),
        "current_place": page.place,
    }
    return render(request, "assessments/proposal.html", context)


@require_POST
@answers_refusals
def apply(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Deliver the new value."""
    viewer = viewer_of(request)
    row = _open(viewer, proposal_id)
    given = proposal_apply(
        actor=viewer,
        proposal_id=row.pk,
        version=posted_int(request, "version"),
        cause_id=posted_int(request, "cause"),
        now=viewer.now,
    )
    name = row.assessment.skp.owner.full_name
    messages.success(request, f"Nilai baru {name} sudah disampaikan: {given.version.get_four_display()}.")
    return redirect("assessments:proposals")


@require_POST
@answers_refusals
def dismiss(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Leave the delivered value as it is, with a note."""
    viewer = viewer_of(request)
    row = _open(viewer, proposal_id)
    proposal_dismiss(
        actor=viewer,
        proposal_id=row.pk,
        cause_id=posted_int(request, "cause"),
        note=request.POST.get("note", ""),
        now=viewer.now,
    )
    messages.success(request, "Nilai yang sudah disampaikan tetap berlaku.")
    return redirect("assessments:proposals")


def _open(viewer: Viewer, proposal_id: int) -> ScoreProposal:
    rows = proposals_visible_to(viewer).filter(pk=proposal_id, state=RequestState.OPEN)
    row = rows.select_related(
        "assessment__skp__owner",
        "based_on",
        "cause__assessment__skp__owner",
        "cause__assessment__skp__assignment",
    ).first()
    if row is None:
        raise Http404("Usul nilai baru ini tidak ada atau sudah diputus.")
    return row
