"""The year's realisation of the plan in force."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from config.lib.errors import DomainError
from config.lib.http import answers_refusals, posted_int
from skp.forms import RealisationForm, realisation_field
from skp.permissions import can_report
from skp.selectors.content import read_content
from skp.selectors.progress import year_so_far
from skp.selectors.realisations import realisations_entered
from skp.services.realisations import realisations_save
from skp.states import Stage
from skp.views.common import plan_page


@require_http_methods(["GET", "POST"])
@answers_refusals
def realisation(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Enter the year's realisation of every indicator in force."""
    page = plan_page(request, skp_id)
    can_report(page.viewer, page.facts, in_force=page.skp.in_force is not None).enforce()
    if page.skp.in_force is None:
        raise DomainError("Realisasi baru dapat diisi setelah rencana disepakati.")
    shown = page.revision.pk == page.skp.in_force_id
    content = page.content if shown else read_content(page.skp.in_force, page.facts.scheme)
    year = year_so_far(page.skp, page.facts, content)
    first = {key: so_far.prefill for key, so_far in year.items() if so_far.prefill is not None}
    entered = first | realisations_entered(content.indicator_ids)
    initial = {realisation_field(key): value for key, value in entered.items()}
    hints = {key: so_far.hint for key, so_far in year.items()}
    form = RealisationForm(request.POST or None, content=content, initial=initial, hints=hints)
    if request.method == "POST" and form.is_valid():
        realisations_save(
            actor=page.viewer,
            skp_id=skp_id,
            version=posted_int(request, "version"),
            values=form.values(),
            now=page.viewer.now,
        )
        messages.success(request, "Realisasi sudah disimpan.")
        return redirect("skp:plan", skp_id)
    groups = [
        (result, [form[realisation_field(item.indicator_id)] for item in result.indicators])
        for result in content.results
    ]
    context = {
        "page": page,
        "form": form,
        "groups": groups,
        "due_at": page.facts.due_at(Stage.SELF_REPORT),
        "current_place": "plan",
    }
    return render(request, "skp/realisation.html", context, status=422 if form.errors else 200)
