"""The list of what waits to be scored, and the scoring page."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assessments.forms import ScoreForm
from assessments.models import Assessment, AssessmentVersion
from assessments.permissions import can_do, can_read_score
from assessments.selectors.assessments import (
    assessments_visible_to,
    behaviour_of,
    realised_results,
    reports_waiting_for,
)
from assessments.services.scoring import assessment_score
from assessments.states import AssessmentAction, AssessmentStatus
from config.lib.errors import DomainError
from config.lib.http import answers_refusals, posted_int
from orgunits.middleware import viewer_of
from skp.states import Stage
from skp.views.common import PlanPage, plan_page

INBOX_PAGE = 25


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Reported plans that wait for the viewer's score, oldest first."""
    waiting = reports_waiting_for(viewer_of(request))
    page = Paginator(waiting, INBOX_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "assessments/inbox.html", {"page": page, "current_place": "inbox"})


@require_http_methods(["GET", "POST"])
@answers_refusals
def score(request: HttpRequest, skp_id: int) -> HttpResponse:
    """The result with its evidence, the judgment, and how the number came about."""
    page = plan_page(request, skp_id, in_force=True)
    can_read_score(page.viewer, page.facts).enforce()
    assessment = assessments_visible_to(page.viewer).filter(skp_id=skp_id).select_related("current").first()
    if assessment is None:
        raise Http404("SKP ini belum dilaporkan.")
    form = ScoreForm(request.POST or None, initial=behaviour_of(assessment.current))
    if request.method == "POST" and form.is_valid():
        try:
            made = assessment_score(
                actor=page.viewer,
                skp_id=skp_id,
                version=posted_int(request, "version"),
                data=form.to_input(),
                now=page.viewer.now,
            )
        except DomainError as error:
            if error.status != DomainError.status:
                raise
            form.add_error("rating_reason", str(error))
        else:
            messages.success(request, f"Nilai tersimpan: {made.get_four_display()}.")
            return redirect("assessments:score", skp_id)
    return _score_page(request, page, assessment, form)


def _score_page(
    request: HttpRequest, page: PlanPage, assessment: Assessment, form: ScoreForm
) -> HttpResponse:
    status = AssessmentStatus(assessment.status)
    current = assessment.current
    context = {
        "page": page,
        "assessment": assessment,
        "status": status,
        "version": current,
        "steps": _steps(current),
        "rows": realised_results(page.content),
        "form": form,
        "decision": can_do(
            page.viewer, page.facts, status, AssessmentAction.SCORE, in_force=page.skp.in_force is not None
        ),
        "due_at": page.facts.due_at(Stage.ASSESSMENT),
        "current_place": page.place,
    }
    return render(request, "assessments/score.html", context, status=422 if form.errors else 200)


def _steps(version: AssessmentVersion | None) -> list[dict[str, str]]:
    """The worked steps as they were stored with the version."""
    steps: list[dict[str, str]] = json.loads(version.steps_text)["steps"] if version else []
    return steps
