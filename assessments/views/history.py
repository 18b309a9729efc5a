"""Results of earlier years from a workbook: template, upload, preview, apply or discard."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.history import HistoryForm
from assessments.imports.history import template_workbook
from assessments.imports.history_files import (
    history_apply,
    history_discard,
    history_report,
    history_upload,
    mark_of,
)
from assessments.models import HistoryResult
from config.lib.http import answers_refusals
from config.lib.xlsx import CONTENT_TYPE
from config.lib.zipguard import WorkbookError
from orgunits.enums import RowVerdict
from orgunits.facts import OrgFacts
from orgunits.imports.exports import refused_workbook
from orgunits.middleware import viewer_of
from orgunits.permissions import OrgAction, can_do
from orgunits.viewer import Viewer

PAGE = 25


def _officer(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request)
    can_do(viewer, OrgFacts(), OrgAction.IMPORT).enforce()
    return viewer


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def uploads(request: HttpRequest) -> HttpResponse:
    """What the archive holds by year, the template, and the form for a workbook."""
    viewer = _officer(request)
    form = HistoryForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                data = form.cleaned_data["workbook"].read()
                key = history_upload(actor=viewer, data=data, now=viewer.now)
            except WorkbookError as error:
                form.add_error("workbook", str(error))
            else:
                return redirect("assessments:history_preview", key)
    years = HistoryResult.objects.order_by().values_list("year").annotate(people=Count("*")).order_by("-year")
    context = {"form": form, "years": list(years), "current_place": "history"}
    return render(request, "assessments/history/upload.html", context, status=status)


@require_safe
@answers_refusals
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    _officer(request)
    return _workbook(template_workbook(), "hasil-tahun-sebelumnya.xlsx")


def _workbook(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@never_cache
@answers_refusals
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """What applying would do: the counts, and the rows of one verdict."""
    viewer = _officer(request)
    report = history_report(key, viewer.today)
    counts = report.counts
    asked = request.GET.get("hasil", "")
    first = next((verdict for verdict in ORDER if counts[verdict]), RowVerdict.CREATE)
    verdict = RowVerdict(asked) if asked in RowVerdict.values else first
    context = {
        "key": key,
        "mark": mark_of(report),
        "changes": len(report.changes),
        "verdict": verdict,
        "tabs": [
            {
                "name": each.label,
                "url": f"?hasil={each.value}",
                "current": each == verdict,
                "count": counts[each],
            }
            for each in ORDER
        ],
        "page": Paginator(report.with_verdict(verdict), PAGE).get_page(request.GET.get("halaman")),
        "refused": counts[RowVerdict.REFUSED],
        "crumbs": [("Arsip hasil", reverse("assessments:history"))],
        "current_place": "history",
    }
    return render(request, "assessments/history/preview.html", context)


# What has to be looked at first.
ORDER = (
    RowVerdict.REFUSED,
    RowVerdict.UPDATE,
    RowVerdict.CREATE,
    RowVerdict.MERGED,
    RowVerdict.UNCHANGED,
)


@require_safe
@answers_refusals
def refused(request: HttpRequest, key: str) -> HttpResponse:
    """The refused rows as Excel, for those who must mend them."""
    viewer = _officer(request)
    report = history_report(key, viewer.today)
    return _workbook(refused_workbook(report.findings), "baris-arsip-ditolak.xlsx")


@require_POST
@answers_refusals
def apply(request: HttpRequest, key: str) -> HttpResponse:
    """Write what the preview showed."""
    viewer = _officer(request)
    mark = request.POST.get("isi", "")
    report = history_apply(actor=viewer, key=key, mark=mark, now=viewer.now)
    counts = report.counts
    messages.success(
        request,
        f"Arsip hasil diperbarui: {counts[RowVerdict.CREATE]} baris baru, "
        f"{counts[RowVerdict.UPDATE]} berubah, {counts[RowVerdict.REFUSED]} ditolak.",
    )
    return redirect("assessments:history")


@require_POST
@answers_refusals
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw the workbook away."""
    history_discard(actor=_officer(request), key=key)
    messages.success(request, "Impor dibatalkan; arsip tidak berubah.")
    return redirect("assessments:history")
