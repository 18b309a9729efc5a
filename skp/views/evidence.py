"""Evidence of an indicator: the owner's list with its forms, and the way out of each file and link."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.http import answers_refusals, posted_int
from config.lib.privatefiles import private_response
from orgunits.middleware import viewer_of
from orgunits.viewer import Viewer
from skp.enums import EvidenceKind
from skp.forms.progress import EvidenceFileForm, EvidenceLinkForm, EvidenceReasonForm
from skp.models import Evidence
from skp.progress_rules import EvidenceAccess, can_open_evidence, evidence_access
from skp.selectors.plans import plan_facts, skps_visible_to, with_facts
from skp.selectors.progress import (
    Tracked,
    TrackedResult,
    evidence_facts,
    evidence_of,
    evidence_visible_to,
    tracked_results,
)
from skp.services.evidence import evidence_add_file, evidence_add_link, evidence_open, evidence_remove
from skp.views.progress import RunningPlan, running_plan

ADDED = "Bukti dukung sudah ditambahkan."


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def indicator_evidence(request: HttpRequest, skp_id: int, interval: int, indicator_id: int) -> HttpResponse:
    """The owner's evidence of one indicator in an interval, with the forms that add to it."""
    plan = running_plan(request, skp_id, interval)
    result, item = _tracked(plan, indicator_id)
    plan.record.enforce()
    linking = request.method == "POST" and "url" in request.POST
    adding = request.method == "POST" and not linking
    files = EvidenceFileForm(request.POST if adding else None, request.FILES if adding else None)
    links = EvidenceLinkForm(request.POST if linking else None)
    status = 200
    if request.method == "POST":
        status = _add(request, plan, indicator_id, links if linking else files)
        if status == HttpResponseRedirect.status_code:
            messages.success(request, ADDED)
            return redirect("skp:indicator_evidence", skp_id, interval, indicator_id)
    context = {
        "plan": plan,
        "result": result,
        "item": item,
        "files": files,
        "links": links,
        "linking": linking,
        "evidence": evidence_of([indicator_id], interval).get(indicator_id, []),
        "back": f"{reverse('skp:progress', args=[skp_id, interval])}#indikator-{indicator_id}",
        "current_place": plan.place,
    }
    return render(request, "skp/progress/evidence.html", context, status=status)


def _tracked(plan: RunningPlan, indicator_id: int) -> tuple[TrackedResult, Tracked]:
    for result in tracked_results(plan.revision):
        for item in result.indicators:
            if item.indicator_id == indicator_id:
                return result, item
    raise Http404("Indikator tidak ada pada rencana yang disepakati.")


def _add(
    request: HttpRequest, plan: RunningPlan, indicator_id: int, form: EvidenceFileForm | EvidenceLinkForm
) -> int:
    """Add what the form holds; answers the status, that of a redirect when it was added."""
    if not form.is_valid():
        return form.status if isinstance(form, EvidenceFileForm) else 422
    version, now = posted_int(request, "version"), plan.viewer.now
    common = {"skp_id": plan.skp.pk, "indicator_id": indicator_id, "interval": plan.interval.number}
    try:
        if isinstance(form, EvidenceFileForm):
            upload = form.cleaned_data["file"]
            evidence_add_file(
                actor=plan.viewer, version=version, now=now, data=upload.read(), name=upload.name, **common
            )
        else:
            words = form.cleaned_data
            evidence_add_link(
                actor=plan.viewer, version=version, now=now, url=words["url"], name=words["name"], **common
            )
    except NotAllowed:
        raise
    except Conflict as error:
        form.add_error(None, "Data sudah diubah dari halaman lain. Periksa daftar di bawah, lalu coba lagi.")
        return error.status
    except DomainError as error:
        form.add_error("file" if isinstance(form, EvidenceFileForm) else "url", str(error))
        return 422 if error.status == DomainError.status else error.status
    return HttpResponseRedirect.status_code


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answers_refusals
def evidence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A file as a download, a link as the way to it; whoever must give a reason is asked for it first."""
    viewer = viewer_of(request)
    row = _evidence_or_404(viewer, public_id)
    skp = with_facts(skps_visible_to(viewer).filter(pk=row.indicator.result.skp_id)).get()
    facts = evidence_facts(viewer, skp, plan_facts(skp, today=viewer.today))
    can_open_evidence(viewer, facts).enforce()
    form = EvidenceReasonForm(request.POST or None)
    if evidence_access(viewer, facts) is EvidenceAccess.WITH_REASON and not (
        request.method == "POST" and form.is_valid()
    ):
        context = {"row": row, "skp": skp, "form": form, "current_place": "board"}
        return render(request, "skp/progress/reason.html", context, status=422 if form.errors else 200)
    reason = form.cleaned_data["reason"] if form.is_bound and form.is_valid() else ""
    return _handed_out(evidence_open(actor=viewer, evidence_id=row.pk, reason=reason, now=viewer.now))


def _evidence_or_404(viewer: Viewer, public_id: UUID) -> Evidence:
    row = evidence_visible_to(viewer).filter(public_id=public_id).first()
    if row is None:
        raise Http404("Bukti dukung tidak ditemukan.")
    return row


def _handed_out(row: Evidence) -> HttpResponse:
    if row.kind == EvidenceKind.LINK:
        # Checked when it was added: http or https only.
        answer = HttpResponseRedirect(row.url)
        # The other site learns nothing of where the link stood.
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer
    return private_response(row.stored_name, name=row.name, content_type=row.content_type)


@require_POST
@answers_refusals
def remove_evidence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take own evidence away while its interval is open."""
    viewer = viewer_of(request)
    row = _evidence_or_404(viewer, public_id)
    evidence_remove(actor=viewer, evidence_id=row.pk, version=posted_int(request, "version"), now=viewer.now)
    messages.success(request, "Bukti dukung sudah dihapus.")
    return redirect("skp:indicator_evidence", row.indicator.result.skp_id, row.interval, row.indicator_id)
