"""Looking over scored results and giving them to their owners, one or many at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from assessments.selectors.team import scored_of, team_rows
from assessments.services.bulk import ShownScore, assessments_deliver
from assessments.views.distribution import distribution_context
from assessments.views.team import TEAM_PAGE
from config.lib.errors import DomainError
from config.lib.http import answers_refusals
from orgunits.middleware import viewer_of
from orgunits.viewer import Viewer
from skp.selectors.plans import skps_visible_to


@require_http_methods(["GET", "POST"])
@answers_refusals
def deliver(request: HttpRequest) -> HttpResponse:
    """Look at the chosen results beside the pattern they make, deliver them, see each verdict."""
    viewer = viewer_of(request)
    if request.method == "POST":
        return _delivered(request, viewer)
    chosen = [int(text) for text in request.GET.getlist("skp") if text.isdecimal() and len(text) < 19]
    plans = scored_of(viewer, chosen[:TEAM_PAGE])
    if not plans:
        raise DomainError("Pilih paling sedikit satu hasil penilaian yang belum disampaikan.")
    # One year at a time: the pattern is that of a period.
    period = plans[0].period
    rows = team_rows([skp for skp in plans if skp.period_id == period.pk], period.pk)
    context = {"rows": rows, "period": period, "current_place": "inbox"}
    context |= distribution_context(viewer, period)
    return render(request, "assessments/deliver.html", context)


def _delivered(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    marks = request.POST.getlist("hasil")[:TEAM_PAGE]
    if not marks:
        raise DomainError("Pilih paling sedikit satu hasil penilaian yang belum disampaikan.")
    verdicts = assessments_deliver(actor=viewer, shown=[_shown(mark) for mark in marks], now=viewer.now)
    # Of a plan that the viewer may not know of nothing is told, not even that it was refused.
    seen = skps_visible_to(viewer).filter(pk__in=[verdict.skp_id for verdict in verdicts])
    names = {skp.pk: skp.owner.full_name for skp in seen.select_related("owner")}
    rows = [(names[verdict.skp_id], verdict) for verdict in verdicts if verdict.skp_id in names]
    context = {
        "rows": rows,
        "delivered": sum(verdict.delivered for _, verdict in rows),
        "refused": sum(not verdict.delivered for _, verdict in rows),
        "current_place": "inbox",
    }
    return render(request, "assessments/delivered.html", context)


def _shown(mark: str) -> ShownScore:
    """The score that a row of the form names; raises DomainError when the row is no such mark."""
    parts = mark.split(":")
    if len(parts) != 2 or not all(part.isdecimal() and len(part) < 19 for part in parts):
        raise DomainError("Formulir tidak lengkap. Muat ulang halaman lalu coba lagi.")
    return ShownScore(int(parts[0]), int(parts[1]))
