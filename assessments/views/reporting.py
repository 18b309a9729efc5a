"""The owner's report: realisations of the year, what proves them, and handing them in."""

from collections.abc import Mapping
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.selectors.reporting import Proven, idea_of, indicators_of, proven_year
from assessments.services.reporting import assessment_report
from config.lib.decisions import ALLOWED, refused
from config.lib.errors import Conflict
from config.lib.http import answers_refusals, posted_int
from skp.content import PlanContent
from skp.forms import RealisationForm, realisation_field
from skp.permissions import can_report
from skp.selectors.progress import year_so_far
from skp.selectors.realisations import realisations_entered
from skp.services.realisations import realisations_save
from skp.states import Stage
from skp.views.common import PlanPage, plan_page

KEPT = "Data sudah diubah dari halaman lain. Isian Anda masih ada di bawah: periksa, lalu simpan lagi."
# Where each button of the form leads once everything is saved.
NEXT = {"kirim": "assessments:report_send", "ide": "assessments:idea"}


def report_page(request: HttpRequest, skp_id: int) -> PlanPage:
    """The plan in force in its owner's hands before the report; refused to everybody else."""
    page = plan_page(request, skp_id, in_force=True)
    can_report(page.viewer, page.facts, in_force=page.skp.in_force is not None).enforce()
    return page


@require_http_methods(["GET", "POST"])
@answers_refusals
def report(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Enter the year's realisation of every indicator, prefilled from the quarters."""
    page = report_page(request, skp_id)
    form = _form(request, page)
    status = 200
    if request.method == "POST":
        status = 422
        version = posted_int(request, "version")
        if form.is_valid():
            try:
                realisations_save(
                    actor=page.viewer,
                    skp_id=skp_id,
                    version=version,
                    values=form.values(),
                    now=page.viewer.now,
                )
            except Conflict as error:
                form.add_error(None, KEPT)
                status = error.status
            else:
                return _after_saving(request, page)
    return _page(request, page, form, status)


def _form(request: HttpRequest, page: PlanPage) -> RealisationForm:
    year = year_so_far(page.skp, page.facts, page.content)
    first = {key: so_far.prefill for key, so_far in year.items() if so_far.prefill is not None}
    entered = first | realisations_entered(page.content.indicator_ids)
    return RealisationForm(
        request.POST or None,
        content=page.content,
        initial={realisation_field(key): value for key, value in entered.items()},
        hints={key: so_far.hint for key, so_far in year.items()},
    )


def _after_saving(request: HttpRequest, page: PlanPage) -> HttpResponse:
    messages.success(request, "Realisasi sudah disimpan.")
    target = NEXT.get(request.POST.get("lalu", ""), "assessments:report")
    return redirect(target, page.skp.pk)


def _page(request: HttpRequest, page: PlanPage, form: RealisationForm, status: int) -> HttpResponse:
    proven = proven_year(page.viewer, page.skp, page.facts, page.content)
    fields = {
        item.indicator_id: form[realisation_field(item.indicator_id)]
        for item in indicators_of(page.content.results)
    }
    groups = [
        (
            result,
            [
                (fields[item.indicator_id], proven.by_indicator[item.indicator_id])
                for item in result.indicators
            ],
        )
        for result in page.content.results
    ]
    context = {
        "page": page,
        "form": form,
        "groups": groups,
        "proven": proven,
        "missing": [
            (f"Hasil {number}: {item.text}", fields[item.indicator_id].auto_id)
            for number, result in enumerate(page.content.results, start=1)
            for item in result.indicators
            if fields[item.indicator_id].value() in (None, "")
        ],
        "idea": idea_of(page.skp),
        "due_at": page.facts.due_at(Stage.SELF_REPORT),
        "current_place": "plan",
    }
    return render(request, "assessments/report.html", context, status=status)


@require_http_methods(["GET", "POST"])
@answers_refusals
def report_send(request: HttpRequest, skp_id: int) -> HttpResponse:
    """What is handed in and what is missing of it; confirmed, the year is reported."""
    page = report_page(request, skp_id)
    if request.method == "POST":
        version = posted_int(request, "version")
        assessment_report(actor=page.viewer, skp_id=skp_id, version=version, now=page.viewer.now)
        messages.success(request, "Realisasi sudah dilaporkan kepada pejabat penilai.")
        return redirect("skp:plan", skp_id)
    entered = realisations_entered(page.content.indicator_ids)
    proven = proven_year(page.viewer, page.skp, page.facts, page.content)
    missing = [item for item in indicators_of(page.content.results) if item.indicator_id not in entered]
    context = {
        "page": page,
        "rows": _rows(page.content, entered, proven),
        "missing": missing,
        "proven": proven,
        "idea": idea_of(page.skp),
        "decision": refused("Isi dahulu indikator yang belum memiliki realisasi.") if missing else ALLOWED,
        "due_at": page.facts.due_at(Stage.SELF_REPORT),
        "current_place": "plan",
    }
    return render(request, "assessments/report_send.html", context)


def _rows(
    content: PlanContent, entered: Mapping[int, Decimal], proven: Proven
) -> list[tuple[object, Decimal | None, int]]:
    """Each indicator with its realisation, None while missing, and how many pieces of evidence it has."""
    return [
        (item, entered.get(item.indicator_id), proven.by_indicator[item.indicator_id].total)
        for item in indicators_of(content.results)
    ]
