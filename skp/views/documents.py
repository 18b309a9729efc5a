"""The documents of a plan: what was issued, a preview before agreement, the leader's matrix."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from config.lib.http import answers_refusals
from documents.enums import DocumentKind, IssuedState
from documents.services import document_response, draft_bytes
from skp.documents.contents import frozen, open_head, plan_documents, thawed
from skp.permissions import can_issue_matrix
from skp.selectors.documents import documents_of_plan
from skp.services.issuing import matrix_issue
from skp.views.common import plan_page

PLAN, APPENDIX = "skp", "lampiran"


@require_safe
def document_list(request: HttpRequest, skp_id: int) -> HttpResponse:
    """What was issued about the plan, newest first, and what can be looked at or made now."""
    page = plan_page(request, skp_id)
    in_force = page.skp.in_force_id is not None
    matrix_decision = can_issue_matrix(page.viewer, page.facts, in_force=in_force)
    context = {
        "page": page,
        "rows": [
            (issued, DocumentKind(issued.kind), IssuedState(issued.state))
            for issued in documents_of_plan(page.skp).defer("content_text")
        ],
        "draft": page.skp.open_revision_id is not None,
        "matrix": matrix_decision if page.is_owner and page.viewer.headed_unit_ids else None,
        "crumbs": [(f"SKP {page.skp.period.year}", reverse("skp:plan", args=[skp_id]))],
        "current_place": page.place,
    }
    return render(request, "skp/documents.html", context)


@require_safe
@never_cache
def preview(request: HttpRequest, skp_id: int, which: str) -> HttpResponse:
    """The open revision as PDF with the mark DRAF; nothing is stored, nothing can be verified."""
    page = plan_page(request, skp_id)
    revision = page.skp.open_revision
    if revision is None or which not in (PLAN, APPENDIX):
        raise Http404("Tidak ada rencana yang belum disepakati.")
    head = open_head(page.skp, page.facts.appraiser_assignment_id, page.viewer.today)
    plan, appendix = plan_documents(page.skp, revision, page.content, head)
    kind, _title, values = plan if which == PLAN else appendix
    response = HttpResponse(draft_bytes(kind, thawed(frozen(values))), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="DRAF-{kind}-{skp_id}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def download(request: HttpRequest, skp_id: int, public_id: UUID) -> HttpResponse:
    """A document that was issued about the plan."""
    page = plan_page(request, skp_id)
    issued = get_object_or_404(documents_of_plan(page.skp), public_id=public_id)
    return document_response(issued)


@require_POST
@answers_refusals
def matrix(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Issue the leader's matrix; the list then has it on top, or still has the one that holds."""
    page = plan_page(request, skp_id)
    matrix_issue(actor=page.viewer, skp_id=skp_id, now=page.viewer.now)
    return redirect("skp:documents", skp_id)
