"""The people behind a number of the board, as a page and as a file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from compliance.enums import Which
from compliance.exports.board import people_table
from compliance.forms import PeopleForm
from compliance.selectors.board import board_opds
from compliance.selectors.people import board_people, board_people_pages, person_rows
from compliance.selectors.stages import BoardStage
from compliance.views.asked import Asked, ask, file_of, need_stage
from config.lib.dates import format_moment
from orgunits.selectors.people import unit_names

PEOPLE_PAGE = 25


def _form(request: HttpRequest, asked: Asked, stage: BoardStage) -> PeopleForm:
    opds = board_opds(asked.viewer, stage)
    return PeopleForm(asked.data(request), opds=opds.items(), **asked.form())


def _choice(chosen: dict[str, Any]) -> dict[str, Any]:
    """What the list is narrowed to."""
    return {
        "which": Which(chosen.get("yang") or Which.OBLIGED),
        "opd_id": chosen.get("opd"),
        "unit_id": chosen.get("unit"),
    }


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The people behind a number of the board."""
    asked = ask(request)
    stage = need_stage(asked)
    form = _form(request, asked, stage)
    chosen = form.cleaned_data if form.is_valid() else {}
    listed = board_people_pages(asked.viewer, stage, **_choice(chosen))
    page = Paginator(listed, PEOPLE_PAGE).get_page(request.GET.get("halaman"))
    unit = chosen.get("unit")
    query = request.GET.copy()
    query.pop("halaman", None)
    context = {
        "form": form,
        "stage": stage,
        "which": Which(chosen.get("yang") or Which.OBLIGED),
        "board_url": asked.address("board"),
        "page": page,
        "rows": person_rows(asked.viewer, page.object_list),
        "unit_name": unit_names([unit], asked.viewer.today).get(unit, "") if unit and page else "",
        "clear_url": asked.address("people", opd=chosen.get("opd"), yang=chosen.get("yang") or None),
        "file_url": reverse("compliance:people_file", args=["xlsx"]),
        "csv_url": reverse("compliance:people_file", args=["csv"]),
        "query": query.urlencode(),
        "current_place": "board",
    }
    return render(request, "compliance/people.html", context, status=422 if form.errors else 200)


@require_safe
def people_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same people as a file, all of them."""
    asked = ask(request)
    stage = need_stage(asked)
    form = _form(request, asked, stage)
    if form.errors:
        raise Http404("Saringan tidak dikenal.")
    chosen = form.cleaned_data if form.is_bound else {}
    which = Which(chosen.get("yang") or Which.OBLIGED)
    rows = person_rows(asked.viewer, board_people(asked.viewer, stage, **_choice(chosen)))
    notes = [
        ("Tahap", f"{stage.label} {stage.period.year}"),
        ("Yang ditampilkan", str(which.label)),
        ("Keadaan", format_moment(asked.viewer.now)),
    ]
    name = f"pegawai-{which.value}-{stage.key}-{stage.period.year}"
    return file_of(kind, name, people_table(rows, stage), notes)
