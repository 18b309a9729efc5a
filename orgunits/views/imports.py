"""Imports by web: upload, preview, apply or discard, the refused rows as Excel."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.decisions import ALLOWED, Decision
from config.lib.decisions import refused as refused_because
from config.lib.errors import DomainError, NotAllowed
from config.lib.http import answers_refusals
from config.lib.xlsx import CONTENT_TYPE
from documents.enums import JobState
from orgunits.enums import ImportKind, ImportState, RowVerdict
from orgunits.facts import OrgFacts
from orgunits.imports.batches import batch_apply_start, batch_discard, batch_upload
from orgunits.imports.exports import refused_workbook
from orgunits.imports.results import Finding
from orgunits.imports.running import raw_row
from orgunits.middleware import viewer_of
from orgunits.models import ImportBatch, ImportRow
from orgunits.permissions import OrgAction, can_do
from orgunits.selectors.imports import batches_visible_to, rows_of, verdict_counts
from orgunits.views.common import PAGE_SIZE
from orgunits.views.import_form import UploadForm

PREVIEWED = 10
SHOWN_FIRST = (
    RowVerdict.REFUSED,
    RowVerdict.CREATE,
    RowVerdict.UPDATE,
    RowVerdict.MERGED,
    RowVerdict.UNCHANGED,
)


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def imports(request: HttpRequest) -> HttpResponse:
    """All imports, and the form for a new one."""
    viewer = viewer_of(request)
    can_do(viewer, OrgFacts(), OrgAction.IMPORT).enforce()
    form = UploadForm(request.POST or None, request.FILES or None, initial={"as_of": viewer.today})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            upload = form.cleaned_data["workbook"]
            try:
                batch = batch_upload(
                    actor=viewer,
                    name=upload.name or "berkas.xlsx",
                    data=upload.read(),
                    as_of=form.cleaned_data["as_of"],
                    now=viewer.now,
                )
            except NotAllowed:
                raise
            except DomainError as error:
                form.add_error("workbook", str(error))
                status = error.status
            else:
                return redirect("orgunits:import", public_id=batch.public_id)
    page = Paginator(batches_visible_to(viewer), PAGE_SIZE).get_page(request.GET.get("halaman"))
    rows = [(batch, ImportKind(batch.kind), ImportState(batch.state)) for batch in page.object_list]
    context = {"form": form, "page": page, "rows": rows, "current_place": "imports"}
    return render(request, "orgunits/imports/list.html", context, status=status)


def _batch_or_404(request: HttpRequest, public_id: UUID) -> ImportBatch:
    batch = batches_visible_to(viewer_of(request)).filter(public_id=public_id).first()
    if batch is None:
        raise Http404("Impor tidak ditemukan.")
    return batch


@require_safe
@never_cache
def batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One import: what it would do, or did."""
    found = _batch_or_404(request, public_id)
    counts = verdict_counts(found)
    context = {
        "batch": found,
        "kind": ImportKind(found.kind),
        "state": ImportState(found.state),
        "job_runs": found.job is not None and JobState(found.job.state).active,
        "counts": [(verdict, counts[verdict]) for verdict in SHOWN_FIRST],
        "sections": [
            (verdict, counts[verdict], _shown(rows_of(found, verdict)[:PREVIEWED]))
            for verdict in SHOWN_FIRST
            if counts[verdict]
        ],
        "refused": counts[RowVerdict.REFUSED],
        "decision": _decision(found, counts),
        "previewed": PREVIEWED,
        "crumbs": [("Impor data", reverse("orgunits:imports"))],
        "current_place": "imports",
    }
    return render(request, "orgunits/imports/batch.html", context)


def _decision(batch: ImportBatch, counts: dict[RowVerdict, int]) -> Decision:
    if counts[RowVerdict.CREATE] or counts[RowVerdict.UPDATE]:
        return ALLOWED
    return refused_because("Tidak ada baris baru atau berubah, jadi tidak ada yang perlu diterapkan.")


def _shown(rows: Iterable[ImportRow]) -> list[tuple[ImportRow, str, str]]:
    """Each row with the number and the name that people know it by."""
    shown = []
    for row in rows:
        raw = raw_row("", row.row, row.raw)
        number = raw.text("NIP BARU") or raw.text("NIP") or raw.text("ID")
        name = raw.text("NAMA") or raw.text("NAMA UNOR")
        shown.append((row, number.lstrip("'"), name))
    return shown


@require_safe
@never_cache
def rows(request: HttpRequest, public_id: UUID, verdict: str) -> HttpResponse:
    """All rows with one verdict."""
    found = _batch_or_404(request, public_id)
    if verdict not in RowVerdict.values:
        raise Http404("Hasil tidak dikenal.")
    page = Paginator(rows_of(found, RowVerdict(verdict)), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "batch": found,
        "verdict": RowVerdict(verdict),
        "page": page,
        "rows": _shown(page.object_list),
        "crumbs": [
            ("Impor data", reverse("orgunits:imports")),
            (found.file_name, reverse("orgunits:import", args=[found.public_id])),
        ],
        "current_place": "imports",
    }
    return render(request, "orgunits/imports/rows.html", context)


@require_POST
@answers_refusals
def apply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Start the job that applies the batch."""
    viewer = viewer_of(request)
    found = _batch_or_404(request, public_id)
    batch_apply_start(actor=viewer, batch=found, now=viewer.now)
    messages.info(request, "Impor sedang diterapkan. Halaman ini boleh ditinggalkan.")
    return redirect("orgunits:import", public_id=found.public_id)


@require_POST
@answers_refusals
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Throw the batch away."""
    viewer = viewer_of(request)
    found = _batch_or_404(request, public_id)
    batch_discard(actor=viewer, batch=found, now=viewer.now)
    messages.success(request, f"Impor {found.file_name} dibatalkan; tidak ada data yang berubah.")
    return redirect("orgunits:imports")


@require_safe
@never_cache
def refused(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The refused rows as Excel, for those who must mend them."""
    found = _batch_or_404(request, public_id)
    findings = (
        Finding(found.file_name, row.row, row.column, row.code, row.message, row.fix_by)
        for row in rows_of(found, RowVerdict.REFUSED).iterator(chunk_size=2000)
    )
    response = HttpResponse(refused_workbook(findings), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="baris-ditolak.xlsx"'
    return response
