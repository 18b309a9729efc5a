"""Beginning a draft with the superior's results, last year's, or those before a transfer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from config.lib.errors import DomainError, Incomplete
from config.lib.http import answers_refusals, posted_int
from skp.enums import CascadeMethod, Scheme
from skp.rules import same_text
from skp.selectors.content import read_results
from skp.selectors.plans import linkable_results
from skp.selectors.sources import copy_sources, unmet_results
from skp.services.editing import Adoption, results_adopt, results_copy
from skp.states import Action
from skp.views.common import PlanPage, plan_page

LONGEST_TEXT = 2000


@require_http_methods(["GET", "POST"])
@answers_refusals
def from_superior(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Choose several of the superior's results and put each in one's own words."""
    page = plan_page(request, skp_id)
    page.may(Action.EDIT).enforce()
    linkable = linkable_results(appraiser_id=page.facts.appraiser_id, period_id=page.skp.period_id)
    if request.method == "POST":
        adoptions = [
            _adoption(request, row.result_id) for row in linkable if f"r{row.result_id}" in request.POST
        ]
        if not adoptions:
            raise Incomplete("Pilih sekurangnya satu hasil kerja atasan.")
        made = results_adopt(
            actor=page.viewer,
            skp_id=skp_id,
            version=posted_int(request, "version"),
            adoptions=adoptions,
            now=page.viewer.now,
        )
        messages.success(request, f"{made} hasil kerja ditambahkan. Lengkapi indikatornya.")
        return redirect("skp:plan", skp_id)
    served = [result.parent_id for result in page.content.results]
    context = {
        "page": page,
        "rows": [(row, served.count(row.result_id)) for row in linkable],
        "with_method": page.facts.scheme == Scheme.JA_JF,
        "current_place": "plan",
    }
    return render(request, "skp/editor/from_superior.html", context)


def _adoption(request: HttpRequest, result_id: int) -> Adoption:
    text = request.POST.get(f"text{result_id}", "").strip()
    if not text or len(text) > LONGEST_TEXT or "\x00" in text:
        raise DomainError(f"Tulis setiap hasil kerja yang dipilih, paling panjang {LONGEST_TEXT} huruf.")
    method = request.POST.get(f"method{result_id}", "")
    return Adoption(result_id, text, CascadeMethod(method) if method in CascadeMethod.values else None)


@require_http_methods(["GET", "POST"])
@answers_refusals
def copy(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Choose results of an earlier plan of one's own to go on with."""
    page = plan_page(request, skp_id)
    page.may(Action.EDIT).enforce()
    if request.method == "POST":
        chosen = {
            int(value) for value in request.POST.getlist("result") if value.isdecimal() and len(value) < 19
        }
        if not chosen:
            raise Incomplete("Pilih sekurangnya satu hasil kerja.")
        made = results_copy(
            actor=page.viewer,
            skp_id=skp_id,
            version=posted_int(request, "version"),
            source_id=posted_int(request, "source"),
            result_ids=chosen,
            now=page.viewer.now,
        )
        messages.success(request, f"{made} hasil kerja disalin. Sesuaikan target dan tautannya.")
        return redirect("skp:plan", skp_id)
    context = {"page": page, "sources": _sources(page), "current_place": "plan"}
    return render(request, "skp/editor/copy.html", context)


def _sources(page: PlanPage) -> list[dict[str, object]]:
    """Each earlier plan with its results, whether each was met and whether the draft has it already."""
    present = {same_text(result.text) for result in page.content.results}
    sources = [(row, read_results(row.in_force)) for row in copy_sources(page.skp) if row.in_force]
    unmet = unmet_results([result for _row, results in sources for result in results])
    return [
        {
            "skp": row,
            "this_year": row.period_id == page.skp.period_id,
            "rows": [
                (result, result.result_id in unmet, same_text(result.text) in present) for result in results
            ],
        }
        for row, results in sources
    ]
