"""The recapitulations of a year: which there are, issuing one, and the file."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from compliance.forms import RecapForm
from compliance.selectors.recap_documents import RecapRow, recap_rows, recap_visible
from compliance.services.recaps import recap_issue as issue
from config.lib.errors import DomainError
from config.lib.http import answers_refusals
from documents.services import document_response
from orgunits.middleware import viewer_of
from skp.models import Period
from skp.selectors.periods import periods_begun

# Characters of a content whose file can be made while somebody waits, about 200 people in 3 seconds.
AT_ONCE = 60_000


@require_safe
def recaps(request: HttpRequest) -> HttpResponse:
    """The OPD of which the viewer may have a recapitulation, with the one that is valid."""
    periods, period, rows = _asked(request, request.GET.get("tahun", ""))
    context = {
        "periods": periods,
        "period": period,
        "rows": rows,
        "crumbs": [("Papan", reverse("compliance:board"))],
        "current_place": "board",
    }
    return render(request, "compliance/recaps.html", context)


@require_POST
@answers_refusals
def recap_issue(request: HttpRequest) -> HttpResponse:
    """Issue one; the page then has it, or still has the one that holds."""
    _periods, _period, rows = _asked(request, "")
    form = RecapForm(request.POST)
    if not form.is_valid():
        raise DomainError("Pilih tahun dan OPD dari daftar.")
    period = Period.objects.filter(year=form.cleaned_data["tahun"]).first()
    opd_id = form.cleaned_data["opd"] or None
    if period is None or opd_id not in {row.opd_id for row in rows}:
        raise Http404("Rekapitulasi ini tidak ada.")
    viewer = viewer_of(request)
    issued = issue(actor=viewer, period_id=period.pk, opd_id=opd_id, now=viewer.now)
    messages.success(request, f"Rekapitulasi {issued.shown_number} berlaku dan sesuai dengan data saat ini.")
    return redirect(f"{reverse('compliance:recaps')}?tahun={period.year}")


@require_safe
@answers_refusals
def recap(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The file; the long one of a large OPD is made by the worker alone."""
    found = recap_visible(viewer_of(request), public_id)
    if found is None:
        raise Http404("Rekapitulasi tidak ditemukan.")
    if not found.stored_name and len(found.content_text) > AT_ONCE:
        raise DomainError(
            "Berkas sedang dibuat. Untuk OPD besar perlu sekitar satu menit; coba lagi sebentar."
        )
    return document_response(found)


def _asked(request: HttpRequest, year: str) -> tuple[list[Period], Period | None, list[RecapRow]]:
    """The years, the one asked for or the newest, and its rows; 404 for those who may have none."""
    viewer = viewer_of(request)
    periods = periods_begun(viewer.today)
    period = next((row for row in periods if str(row.year) == year), periods[0] if periods else None)
    # Without a period there is nothing to recapitulate, but still somebody who may ask.
    rows = recap_rows(viewer, period or Period(pk=0))
    if not rows:
        raise Http404("Halaman tidak ditemukan.")
    return periods, period, rows if period else []
