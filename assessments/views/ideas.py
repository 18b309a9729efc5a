"""The owner's new idea, and the way out of its proof."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from assessments.forms.ideas import IdeaForm, idea_initial
from assessments.models import NewIdea
from assessments.selectors.reporting import idea_of
from assessments.services.ideas import idea_open, idea_remove, idea_save
from assessments.views.reporting import KEPT, report_page
from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.http import answers_refusals, posted_int
from config.lib.privatefiles import private_response
from skp.forms.progress import EvidenceReasonForm
from skp.progress_rules import EvidenceAccess, can_open_evidence, evidence_access
from skp.selectors.progress import evidence_facts
from skp.views.common import PlanPage, plan_page


@require_http_methods(["GET", "POST"])
@answers_refusals
def idea(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Write the one new idea of the year with its benefit and proof, before the report."""
    page = report_page(request, skp_id)
    stored = idea_of(page.skp)
    form = IdeaForm(request.POST or None, request.FILES or None, initial=idea_initial(stored))
    status = 200
    if request.method == "POST":
        status = _save(request, page, form)
        if status == HttpResponseRedirect.status_code:
            messages.success(request, "Ide baru sudah disimpan.")
            return redirect("assessments:report", skp_id)
    context = {"page": page, "form": form, "idea": stored, "current_place": "plan"}
    return render(request, "assessments/idea.html", context, status=status)


def _save(request: HttpRequest, page: PlanPage, form: IdeaForm) -> int:
    """Save what the form holds; answers the status, that of a redirect when it was saved."""
    version = posted_int(request, "version")
    if not form.is_valid():
        return form.status
    try:
        idea_save(
            actor=page.viewer,
            skp_id=page.skp.pk,
            version=version,
            data=form.to_input(),
            now=page.viewer.now,
        )
    except NotAllowed:
        raise
    except Conflict as error:
        form.add_error(None, KEPT)
        return error.status
    except DomainError as error:
        form.add_error("file" if form.cleaned_data["file"] else "url", str(error))
        return 422 if error.status == DomainError.status else error.status
    return HttpResponseRedirect.status_code


@require_POST
@answers_refusals
def remove_idea(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Take the idea back before the report."""
    page = plan_page(request, skp_id, in_force=True)
    version = posted_int(request, "version")
    idea_remove(actor=page.viewer, skp_id=skp_id, version=version, now=page.viewer.now)
    messages.success(request, "Ide baru sudah dihapus.")
    return redirect("assessments:report", skp_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answers_refusals
def idea_proof(request: HttpRequest, skp_id: int) -> HttpResponse:
    """The file as a download, the link as the way to it; whoever must give a reason is asked first."""
    page = plan_page(request, skp_id, in_force=True)
    stored = idea_of(page.skp)
    if stored is None or not (stored.url or stored.stored_name):
        raise Http404("Bukti ide baru tidak ditemukan.")
    facts = evidence_facts(page.viewer, page.skp, page.facts)
    can_open_evidence(page.viewer, facts).enforce()
    form = EvidenceReasonForm(request.POST or None)
    if evidence_access(page.viewer, facts) is EvidenceAccess.WITH_REASON and not (
        request.method == "POST" and form.is_valid()
    ):
        context = {"page": page, "idea": stored, "form": form, "current_place": "board"}
        return render(request, "assessments/idea_reason.html", context, status=422 if form.errors else 200)
    reason = form.cleaned_data["reason"] if form.is_bound and form.is_valid() else ""
    return _handed_out(idea_open(actor=page.viewer, skp_id=skp_id, reason=reason, now=page.viewer.now))


def _handed_out(idea: NewIdea) -> HttpResponse:
    if idea.url:
        # Checked when it was written: http or https only.
        answer = HttpResponseRedirect(idea.url)
        # The other site learns nothing of where the link stood.
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer
    return private_response(idea.stored_name, name=idea.name, content_type=idea.content_type)
