"""Writing a draft: a result, an indicator, the year's realisation."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from config.lib.errors import DomainError
from config.lib.http import answers_refusals, posted_int
from skp.content import IndicatorContent, ResultContent
from skp.forms import (
    IndicatorForm,
    RealisationForm,
    ResultForm,
    indicator_initial,
    realisation_field,
    result_initial,
)
from skp.permissions import can_report
from skp.selectors.content import read_content
from skp.selectors.plans import LinkableResult, linkable_results
from skp.selectors.realisations import realisations_entered
from skp.services.editing import indicator_remove, indicator_save, result_remove, result_save
from skp.services.realisations import realisations_save
from skp.states import Action, Stage
from skp.views.common import PlanPage, plan_page


def _result(page: PlanPage, planned_id: int) -> ResultContent:
    for result in page.content.results:
        if result.planned_id == planned_id:
            return result
    raise Http404("Hasil kerja tidak ditemukan.")


def _indicator(page: PlanPage, planned_id: int) -> tuple[ResultContent, IndicatorContent]:
    for result in page.content.results:
        for item in result.indicators:
            if item.planned_id == planned_id:
                return result, item
    raise Http404("Indikator tidak ditemukan.")


@require_http_methods(["GET", "POST"])
@answers_refusals
def result_edit(request: HttpRequest, skp_id: int, planned_id: int | None = None) -> HttpResponse:
    """Add or change a result of the draft."""
    page = plan_page(request, skp_id)
    page.may(Action.EDIT).enforce()
    current = _result(page, planned_id) if planned_id is not None else None
    linkable = _choices(page, current)
    form = ResultForm(
        request.POST or None,
        scheme=page.facts.scheme,
        linkable=linkable,
        initial=result_initial(current) if current else None,
    )
    if request.method == "POST" and form.is_valid():
        saved = result_save(
            actor=page.viewer,
            skp_id=skp_id,
            version=posted_int(request, "version"),
            data=form.to_input(),
            planned_id=planned_id,
            now=page.viewer.now,
        )
        if current is None:
            return redirect("skp:indicator_new", skp_id, saved.pk)
        return redirect(_place(skp_id, saved.result_id))
    title = "Ubah hasil kerja" if current else "Tambah hasil kerja"
    removal = reverse("skp:result_remove", args=[skp_id, planned_id]) if planned_id is not None else ""
    return _form_page(request, page, form, title, linkable=linkable, removal=removal)


def _choices(page: PlanPage, current: ResultContent | None) -> list[LinkableResult]:
    """The superior's results, and the present link also when the superior has changed since."""
    linkable = linkable_results(appraiser_id=page.facts.appraiser_id, period_id=page.skp.period_id)
    if current is None or current.parent_id is None:
        return linkable
    if current.parent_id in {row.result_id for row in linkable}:
        return linkable
    return [LinkableResult(current.parent_id, current.parent_text, agreed=True), *linkable]


@require_http_methods(["GET", "POST"])
@answers_refusals
def indicator_new(request: HttpRequest, skp_id: int, planned_result_id: int) -> HttpResponse:
    """Add an indicator to a result of the draft."""
    page = plan_page(request, skp_id)
    return _indicator_form(request, page, _result(page, planned_result_id), None)


@require_http_methods(["GET", "POST"])
@answers_refusals
def indicator_edit(request: HttpRequest, skp_id: int, planned_id: int) -> HttpResponse:
    """Change an indicator of the draft."""
    page = plan_page(request, skp_id)
    result, item = _indicator(page, planned_id)
    return _indicator_form(request, page, result, item)


def _indicator_form(
    request: HttpRequest, page: PlanPage, result: ResultContent, item: IndicatorContent | None
) -> HttpResponse:
    page.may(Action.EDIT).enforce()
    form = IndicatorForm(request.POST or None, initial=indicator_initial(item) if item else None)
    if request.method == "POST" and form.is_valid():
        indicator_save(
            actor=page.viewer,
            skp_id=page.skp.pk,
            version=posted_int(request, "version"),
            planned_result_id=result.planned_id,
            data=form.to_input(),
            planned_id=item.planned_id if item else None,
            now=page.viewer.now,
        )
        return redirect(_place(page.skp.pk, result.result_id))
    removal = reverse("skp:indicator_remove", args=[page.skp.pk, item.planned_id]) if item else ""
    title = "Ubah indikator" if item else "Tambah indikator"
    return _form_page(request, page, form, title, result=result, removal=removal)


@require_POST
@answers_refusals
def remove_result(request: HttpRequest, skp_id: int, planned_id: int) -> HttpResponse:
    """Take a result out of the draft."""
    return _remove(request, skp_id, planned_id, result_remove)


@require_POST
@answers_refusals
def remove_indicator(request: HttpRequest, skp_id: int, planned_id: int) -> HttpResponse:
    """Take an indicator out of the draft."""
    return _remove(request, skp_id, planned_id, indicator_remove)


def _remove(request: HttpRequest, skp_id: int, planned_id: int, service: Callable[..., None]) -> HttpResponse:
    page = plan_page(request, skp_id)
    service(
        actor=page.viewer,
        skp_id=skp_id,
        version=posted_int(request, "version"),
        planned_id=planned_id,
        now=page.viewer.now,
    )
    messages.success(request, "Sudah dihapus dari draf.")
    return redirect("skp:plan", skp_id)


@require_http_methods(["GET", "POST"])
@answers_refusals
def realisation(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Enter the year's realisation of every indicator in force."""
    page = plan_page(request, skp_id)
    can_report(page.viewer, page.facts, in_force=page.skp.in_force is not None).enforce()
    if page.skp.in_force is None:
        raise DomainError("Realisasi baru dapat diisi setelah rencana disepakati.")
    content = read_content(page.skp.in_force, page.facts.scheme)
    entered = realisations_entered(content.indicator_ids)
    initial = {realisation_field(key): value for key, value in entered.items()}
    form = RealisationForm(request.POST or None, content=content, initial=initial)
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


def _form_page(
    request: HttpRequest, page: PlanPage, form: ResultForm | IndicatorForm, title: str, **extra: object
) -> HttpResponse:
    context = {"page": page, "form": form, "title": title, "current_place": "plan", **extra}
    return render(request, "skp/edit.html", context, status=422 if form.errors else 200)


def _place(skp_id: int, result_id: int) -> str:
    """The plan's page at the card of a result."""
    return f"{reverse('skp:plan', args=[skp_id])}#hasil-{result_id}"
