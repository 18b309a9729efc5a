"""Saving a draft: a section by its form or by itself, results put in order or taken out, the approach."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from config.lib.dates import format_time
from config.lib.errors import Conflict, DomainError
from config.lib.http import answers_refusals, posted_int
from skp.enums import Approach
from skp.forms.sections import Errors
from skp.rules import APPENDIX, BEHAVIOURS
from skp.services.editing import approach_set, result_move, result_remove, save_over
from skp.services.editing.inputs import Section
from skp.states import Action
from skp.views.common import PlanPage, plan_page
from skp.views.conflict import conflict_page, resolved
from skp.views.editor_page import Opened, editor_page, problem_context
from skp.views.parts import AppendixPart, BehaviourPart, Part, ResultPart


@require_http_methods(["GET", "POST"])
@answers_refusals
def section_result(request: HttpRequest, skp_id: int, key: UUID) -> HttpResponse:
    """Save a result of the draft with its indicators."""
    page = plan_page(request, skp_id)
    return _section(request, page, ResultPart(page, key))


@require_http_methods(["GET", "POST"])
@answers_refusals
def section_behaviours(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Save the expectations of behaviour."""
    page = plan_page(request, skp_id)
    return _section(request, page, BehaviourPart(page))


@require_http_methods(["GET", "POST"])
@answers_refusals
def section_appendix(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Save the appendix."""
    page = plan_page(request, skp_id)
    return _section(request, page, AppendixPart(page))


def _section(request: HttpRequest, page: PlanPage, part: Part) -> HttpResponse:
    """Read what was typed and save it; whatever hinders that, what was typed comes back with the answer."""
    if request.method == "GET":
        page.may(Action.EDIT).enforce()
        return redirect(place(page, part.opened_by))
    version, by_script = posted_int(request, "version"), wants_json(request)
    if not page.is_owner:
        page.may(Action.EDIT).enforce()
    stored = part.stored(page)
    data = resolved(request.POST, part.values(stored) if stored else {})
    typed, errors = part.read(data)
    if not page.may(Action.EDIT).allowed:
        return _refused(request, page, part, data, page.may(Action.EDIT).reason, 403)
    if typed is None:
        return _faulty(request, page, part, data, errors)
    try:
        _write(request, page, part, version, data.get("base", ""), typed)
    except Conflict as error:
        if by_script:
            return JsonResponse({"message": str(error)}, status=error.status)
        return conflict_page(request, plan_page(request, page.skp.pk), part, data)
    except DomainError as error:
        return _refused(request, page, part, data, str(error), error.status)
    return _saved(request, page.skp.pk, part, "tetap" if data.get("buang") else data.get("lanjut", ""))


def _write(request: HttpRequest, page: PlanPage, part: Part, version: int, base: str, typed: Section) -> None:
    def read() -> tuple[int, str]:
        present = plan_page(request, page.skp.pk)
        stored = part.stored(present)
        return present.skp.version, stored.mark if stored else ""

    save_over(
        lambda number: part.save(page, number, typed), read, version=version, base=base, typed=typed.mark
    )


def _faulty(
    request: HttpRequest, page: PlanPage, part: Part, data: Mapping[str, str], errors: Errors
) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"message": "Ada isian yang perlu diperbaiki.", "errors": errors}, status=422)
    return editor_page(request, page, Opened(part, data, data.get("base", ""), errors), status=422)


def _refused(
    request: HttpRequest, page: PlanPage, part: Part, data: Mapping[str, str], reason: str, status: int
) -> HttpResponse:
    """Tell why nothing was saved, with what was typed still in its fields."""
    if wants_json(request):
        return JsonResponse({"message": reason}, status=status)
    if not page.may(Action.EDIT).allowed:
        return conflict_page(request, page, part, data, reason=reason, status=status)
    return editor_page(request, page, Opened(part, data, data.get("base", ""), refusal=reason), status=status)


def _saved(request: HttpRequest, skp_id: int, part: Part, then: str) -> HttpResponse:
    """Where the owner goes on: at the closed card, or with the section that was asked for."""
    page = plan_page(request, skp_id)
    # A new result has a number now.
    part = ResultPart(page, part.key) if isinstance(part, ResultPart) else part
    address = place(page, part.opened_by if then == "tetap" else then)
    if not then:
        address = f"{address}#{part.anchor}"
    if not wants_json(request):
        if not then:
            messages.success(request, "Tersimpan.")
        return redirect(address)
    stored = part.stored(page)
    context = problem_context(page)
    return JsonResponse(
        {
            "version": page.skp.version,
            "base": stored.mark if stored else "",
            "message": f"Tersimpan {format_time(page.viewer.now)}",
            "next": address,
            "opens": part.opened_by,
            "missing": render_to_string("skp/editor/_missing.html", context),
            "completeness": render_to_string("skp/editor/_problems.html", context | {"page": page}),
        }
    )


def place(page: PlanPage, opens: str = "") -> str:
    """The editor's address with a section open; ``opens`` is a value of ``?buka=`` and may carry more."""
    address = reverse("skp:plan", args=[page.skp.pk])
    if not opens:
        return address
    query = QueryDict(mutable=True)
    query["buka"], *rest = opens.split("&")
    for pair in rest:
        name, _equals, value = pair.partition("=")
        if name in ("kunci", "jenis", "dukung"):
            query[name] = value
    opened = str(query["buka"])
    if opened in (BEHAVIOURS, APPENDIX):
        return f"{address}?{query.urlencode()}#{opened}"
    known = opened == "baru" or opened.isdecimal()
    return f"{address}?{query.urlencode()}#hasil-{opened}" if known else address


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's script asks, which saves in the background."""
    return request.headers.get("Accept", "").startswith("application/json")


@require_POST
@answers_refusals
def remove_result(request: HttpRequest, skp_id: int, planned_id: int) -> HttpResponse:
    """Take a result out of the draft."""
    page = plan_page(request, skp_id)
    result_remove(
        actor=page.viewer,
        skp_id=skp_id,
        version=posted_int(request, "version"),
        planned_id=planned_id,
        now=page.viewer.now,
    )
    messages.success(request, "Hasil kerja sudah dihapus dari draf.")
    return redirect("skp:plan", skp_id)


@require_POST
@answers_refusals
def move_result(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Put the result under ``naik`` or ``turun`` one place up or down among those of its kind."""
    page = plan_page(request, skp_id)
    version = posted_int(request, "version")
    up = "naik" in request.POST
    planned_id = posted_int(request, "naik" if up else "turun")
    result_move(
        actor=page.viewer,
        skp_id=skp_id,
        version=version,
        planned_id=planned_id,
        up=up,
        now=page.viewer.now,
    )
    moved = next((row for row in page.content.results if row.planned_id == planned_id), None)
    return redirect(f"{place(page)}#hasil-{moved.result_id}" if moved else place(page))


@require_POST
@answers_refusals
def approach(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Change between kuantitatif and kualitatif."""
    page = plan_page(request, skp_id)
    version = posted_int(request, "version")
    chosen = request.POST.get("approach", "")
    if chosen not in Approach.values:
        raise DomainError("Pilih pendekatan kuantitatif atau kualitatif.")
    approach_set(
        actor=page.viewer, skp_id=skp_id, version=version, approach=Approach(chosen), now=page.viewer.now
    )
    messages.success(request, f"Pendekatan sekarang {Approach(chosen).label.lower()}.")
    return redirect("skp:plan", skp_id)
