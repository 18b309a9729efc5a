"""The year's results as a whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from assessments.services.recomputing import year_results_recompute_start
from config.lib.http import answers_refusals
from skp.views.periods import period_for


@require_POST
@answers_refusals
def recompute(request: HttpRequest, year: int) -> HttpResponse:
    """Have the year's results computed anew, and show the job."""
    viewer, period = period_for(request, year)
    job = year_results_recompute_start(actor=viewer, period_id=period.pk, now=viewer.now)
    return redirect("documents:job", job.public_id)
