"""Periods and their windows, for BKPSDM."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from config.lib.errors import Conflict
from orgunits.middleware import viewer_of
from skp.forms import PeriodForm
from skp.models import Period
from skp.services.periods import period_create


@require_http_methods(["GET", "POST"])
def periods(request: HttpRequest) -> HttpResponse:
    """Every period with its windows, and the form that makes the next one."""
    viewer = viewer_of(request)
    if not viewer.is_bkpsdm:
        raise PermissionDenied("Periode dikelola oleh admin BKPSDM.")
    form = PeriodForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                period = period_create(
                    actor=User.objects.get(pk=viewer.user_id), year=form.cleaned_data["year"], now=viewer.now
                )
            except Conflict as error:
                form.add_error("year", str(error))
                status = error.status
            else:
                messages.success(request, f"{period} sudah dibuat dengan jadwal baku.")
                return redirect("skp:periods")
    rows = Period.objects.prefetch_related("windows").order_by("-year")
    context = {"periods": rows, "form": form, "current_place": "periods"}
    return render(request, "skp/periods.html", context, status=status)
