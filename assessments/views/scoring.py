"""The scoring page: what was reached beside the judgment, its preview, its draft, and the stored score."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assessments.forms import ScoreForm
from assessments.models import AssessmentVersion
from assessments.selectors.team import next_to_score
from assessments.services.drafting import draft_save
from assessments.services.scoring import assessment_score
from assessments.views.reporting import KEPT
from assessments.views.score_page import ScorePage, fragment, score_page, shown
from config.lib.errors import Conflict, DomainError
from config.lib.http import answers_refusals, posted_int


@require_http_methods(["GET", "POST"])
@answers_refusals
def score(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Look, try out, keep as a draft, or score."""
    page = score_page(request, skp_id)
    if request.method != "POST":
        if page.plan.is_owner:
            # Only there the owner's first look counts as the receipt.
            return redirect("assessments:result", skp_id)
        return shown(request, page, page.first_form())
    step = request.POST.get("langkah", "")
    if step == "hitung":
        page.decision.enforce()
        typed = page.form(initial=page.form(request.POST).typed())
        return (
            fragment(request, page, typed)
            if request.headers.get("HX-Request")
            else shown(request, page, typed)
        )
    version = posted_int(request, "version")
    try:
        if step == "draf":
            return _draft(request, page, version)
        return _score(request, page, version, step)
    except Conflict as error:
        page.assessment.refresh_from_db()
        typed = page.form(initial=page.form(request.POST).typed())
        return shown(request, page, typed, status=error.status, problem=KEPT)


def _draft(request: HttpRequest, page: ScorePage, version: int) -> HttpResponse:
    skp_id = page.plan.skp.pk
    viewer = page.plan.viewer
    typed = page.form(request.POST).typed()
    draft_save(actor=viewer, skp_id=skp_id, version=version, typed=typed, now=viewer.now)
    messages.success(request, "Draf penilaian sudah disimpan. Hanya Anda yang dapat melihatnya.")
    return redirect("assessments:score", skp_id)


def _score(request: HttpRequest, page: ScorePage, version: int, step: str) -> HttpResponse:
    form = page.form(request.POST)
    page.decision.enforce()
    if not form.is_valid():
        return shown(request, page, form, status=422)
    try:
        made = _store(page, form, version)
    except DomainError as error:
        if error.status != DomainError.status:
            raise
        form.add_error("rating_reason", str(error))
        return shown(request, page, form, status=422)
    messages.success(request, f"Nilai {page.plan.skp.owner.full_name} tersimpan: {made.get_four_display()}.")
    if step != "lanjut":
        return redirect("assessments:score", page.plan.skp.pk)
    following = next_to_score(page.plan.viewer, page.plan.skp)
    return redirect("assessments:score", following.pk) if following else redirect("assessments:inbox")


def _store(page: ScorePage, form: ScoreForm, version: int) -> AssessmentVersion:
    return assessment_score(
        actor=page.plan.viewer,
        skp_id=page.plan.skp.pk,
        version=version,
        data=form.to_input(),
        corrections=form.corrections(page.desk.reported),
        idea=form.idea_decision(),
        now=page.plan.viewer.now,
    )
