"""Planned results from an office's workbook: upload, preview, apply or discard, the refused rows as Excel."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.errors import DomainError, NotAllowed
from config.lib.http import answers_refusals
from config.lib.xlsx import CONTENT_TYPE
from documents.enums import JobState
from orgunits.enums import ImportState
from orgunits.facts import OrgFacts
from orgunits.imports.exports import refused_workbook
from orgunits.middleware import viewer_of
from orgunits.permissions import OrgAction, can_do
from skp.forms.rhk import RhkForm
from skp.imports.uploads import (
    findings_of,
    rhk_upload,
    summary_of,
    upload_apply_start,
    upload_discard,
    uploads_visible_to,
)
from skp.models import RhkUpload

PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def uploads(request: HttpRequest) -> HttpResponse:
    """All uploads, and the form for a new one."""
    viewer = viewer_of(request)
    can_do(viewer, OrgFacts(), OrgAction.IMPORT).enforce()
    form = RhkForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            sent = form.cleaned_data["workbook"]
            try:
                made = rhk_upload(
                    actor=viewer,
                    period=form.cleaned_data["period"],
                    name=sent.name or "berkas.xlsx",
                    data=sent.read(),
                    now=viewer.now,
                )
            except NotAllowed:
                raise
            except DomainError as error:
                form.add_error("workbook", str(error))
                status = error.status
            else:
                return redirect("skp:rhk_upload", made.public_id)
    page = Paginator(uploads_visible_to(viewer), PAGE).get_page(request.GET.get("halaman"))
    rows = [(row, ImportState(row.state)) for row in page.object_list]
    context = {"form": form, "page": page, "rows": rows, "current_place": "rhk"}
    return render(request, "skp/rhk/list.html", context, status=status)


def _upload_or_404(request: HttpRequest, public_id: UUID) -> RhkUpload:
    found = uploads_visible_to(viewer_of(request)).filter(public_id=public_id).first()
    if found is None:
        raise Http404("Impor tidak ditemukan.")
    return found


@require_safe
@never_cache
def upload(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One workbook: what it would do, or did, with its refused rows."""
    found = _upload_or_404(request, public_id)
    counts = summary_of(found)
    page = Paginator(findings_of(found), PAGE).get_page(request.GET.get("halaman"))
    context = {
        "upload": found,
        "state": ImportState(found.state),
        "job_runs": found.job is not None and JobState(found.job.state).active,
        "figures": [(label, counts[name]) for name, label in FIGURES] if counts else [],
        "changes": bool(counts and (counts["created"] or counts["updated"] or counts["joined"])),
        "page": page,
        "crumbs": [("Impor RHK", reverse("skp:rhk_uploads"))],
        "current_place": "rhk",
    }
    return render(request, "skp/rhk/upload.html", context)


FIGURES = (
    ("results", "Hasil kerja"),
    ("people", "Pegawai"),
    ("created", "Baru"),
    ("updated", "Berubah"),
    ("unchanged", "Tetap"),
    ("plans_started", "SKP dimulai"),
    ("open_links", "Tautan terbuka"),
    ("joined", "Tautan lama tersambung"),
)


@require_POST
@answers_refusals
def apply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Start the job that writes the drafts."""
    viewer = viewer_of(request)
    found = _upload_or_404(request, public_id)
    upload_apply_start(actor=viewer, upload=found, now=viewer.now)
    messages.info(request, "Impor sedang diterapkan. Halaman ini boleh ditinggalkan.")
    return redirect("skp:rhk_upload", found.public_id)


@require_POST
@answers_refusals
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Throw the workbook away."""
    found = _upload_or_404(request, public_id)
    upload_discard(actor=viewer_of(request), upload=found)
    messages.success(request, f"Impor {found.file_name} dibatalkan; tidak ada rencana yang berubah.")
    return redirect("skp:rhk_uploads")


@require_safe
@never_cache
def refused(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The refused rows as Excel, for those who must mend them."""
    found = _upload_or_404(request, public_id)
    response = HttpResponse(refused_workbook(findings_of(found)), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="baris-rhk-ditolak.xlsx"'
    return response
