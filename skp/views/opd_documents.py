"""All documents of an OPD's plans at once, made by a job."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from config.lib.http import answers_refusals
from orgunits.middleware import viewer_of
from orgunits.selectors.units import opds_visible_to
from skp.forms import OpdDocumentsForm
from skp.models import Period
from skp.permissions import can_take_documents
from skp.services.opd_documents import opd_documents_start


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def opd_documents(request: HttpRequest) -> HttpResponse:
    """Choose an OPD and a year; the archive is then a job. 404 for those who administer no OPD."""
    viewer = viewer_of(request)
    seen = opds_visible_to(viewer, viewer.today)
    opds = [span for span in seen if can_take_documents(viewer, span.unit_id)]
    if not opds:
        raise Http404("Halaman tidak ditemukan.")
    periods = list(Period.objects.order_by("-year"))
    form = OpdDocumentsForm(request.POST or None, opds=opds, periods=periods)
    if form.is_valid():
        job = opd_documents_start(
            actor=viewer,
            opd_id=form.cleaned_data["opd"],
            period_id=form.cleaned_data["period"],
            now=viewer.now,
        )
        return redirect("documents:job", job.public_id)
    context = {"form": form, "periods": periods, "current_place": "opd_documents"}
    return render(request, "skp/opd_documents.html", context, status=422 if form.is_bound else 200)
