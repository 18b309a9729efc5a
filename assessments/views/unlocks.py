"""Opening final scores: the request, the queue, the second admin's decision."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.unlocking import UnlockForm
from assessments.models import UnlockRequest
from assessments.permissions import can_confirm_unlock, can_do, can_manage_unlocks, can_read_unlocks
from assessments.selectors.assessments import assessments_visible_to
from assessments.selectors.requests import UNLOCK_TABS, unlocks_in, unlocks_visible_to
from assessments.services.unlocking import unlock_confirm, unlock_request, unlock_withdraw
from assessments.states import AssessmentAction, AssessmentStatus
from config.lib.decisions import Decision
from config.lib.http import answers_refusals, posted_int
from orgunits.middleware import viewer_of
from orgunits.viewer import Viewer
from skp.views.common import plan_page

PAGE_SIZE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def unlock(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Ask for a final score to be opened, with the reason."""
    page = plan_page(request, skp_id, in_force=True)
    can_manage_unlocks(page.viewer).enforce()
    assessment = assessments_visible_to(page.viewer).filter(skp_id=skp_id).first()
    if assessment is None:
        raise Http404("SKP ini belum dilaporkan.")
    status = AssessmentStatus(assessment.status)
    can_do(page.viewer, page.facts, status, AssessmentAction.UNLOCK, in_force=True).enforce()
    form = UnlockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        unlock_request(
            actor=page.viewer,
            skp_id=skp_id,
            version=posted_int(request, "version"),
            reason=form.cleaned_data["reason"],
            now=page.viewer.now,
        )
        messages.success(request, "Permintaan tercatat dan menunggu konfirmasi admin BKPSDM lain.")
        return redirect("assessments:unlocks")
    context = {"page": page, "assessment": assessment, "form": form, "current_place": page.place}
    return render(request, "assessments/unlock.html", context, status=422 if form.errors else 200)


@require_safe
@answers_refusals
def unlocks(request: HttpRequest) -> HttpResponse:
    """The requests that wait, those whose score is open still, or those decided, by the tab."""
    viewer = viewer_of(request)
    can_read_unlocks(viewer).enforce()
    tab = request.GET.get("jawaban", "")
    tab = tab if tab in UNLOCK_TABS else ""
    rows = unlocks_in(viewer, tab).select_related(
        "assessment__skp__owner",
        "assessment__skp__period",
        "assessment__skp__assignment",
        "requested_by",
        "decided_by",
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "tab": tab,
        "tabs": [
            {"name": name, "url": f"?jawaban={key}" if key else "?", "current": key == tab, "count": None}
            for key, name in UNLOCK_TABS.items()
        ],
        "rows": [(row, _may_confirm(viewer, row), _open_until(row)) for row in page.object_list],
        "manages": can_manage_unlocks(viewer),
        "current_place": "board",
    }
    return render(request, "assessments/unlocks.html", context)


def _open_until(row: UnlockRequest) -> datetime | None:
    """Until when its appraiser may deliver the score again; None where it is not open."""
    opened = row.assessment.reopened_at
    days = row.assessment.skp.period.settings.reopened_days
    return opened + timedelta(days=days) if opened and opened == row.decided_at else None


@require_POST
@answers_refusals
def confirm(request: HttpRequest, request_id: int) -> HttpResponse:
    """The second admin opens the score."""
    viewer = viewer_of(request)
    row = _open(viewer, request_id)
    unlock_confirm(actor=viewer, request_id=row.pk, version=posted_int(request, "version"), now=viewer.now)
    name = row.assessment.skp.owner.full_name
    messages.success(request, f"Kunci hasil penilaian {name} dibuka. Pejabat penilai sudah diberi tahu.")
    return redirect("assessments:unlocks")


@require_POST
@answers_refusals
def withdraw(request: HttpRequest, request_id: int) -> HttpResponse:
    """Take a request back: the score stays final."""
    viewer = viewer_of(request)
    row = _open(viewer, request_id)
    unlock_withdraw(actor=viewer, request_id=row.pk, now=viewer.now)
    messages.success(request, "Permintaan ditarik. Hasil penilaian tetap final.")
    return redirect("assessments:unlocks")


def _may_confirm(viewer: Viewer, row: UnlockRequest) -> Decision:
    return can_confirm_unlock(viewer, row.requested_by_id, row.assessment.skp.owner_id)


def _open(viewer: Viewer, request_id: int) -> UnlockRequest:
    can_read_unlocks(viewer).enforce()
    rows = unlocks_visible_to(viewer).filter(pk=request_id)
    row = rows.select_related("assessment__skp__owner").first()
    if row is None:
        raise Http404("Permintaan buka kunci tidak ditemukan.")
    return row
