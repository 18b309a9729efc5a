"""The people behind a number of the results board, as a page and as a file."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments.enums import FourPredicate
from compliance.enums import YearStanding
from compliance.exports.results import scored_table
from compliance.forms import ScoredForm
from compliance.selectors.scored_people import (
    Choice,
    score_opds,
    scored_people,
    scored_people_pages,
    scored_person_rows,
)
from compliance.views.asked import AskedYear, ask_year, file_of
from compliance.views.scores import notes_of
from orgunits.selectors.people import unit_names

PEOPLE_PAGE = 25


def _form(request: HttpRequest, asked: AskedYear) -> ScoredForm:
    opds = score_opds(asked.viewer, asked.need_period())
    return ScoredForm(request.GET or None, periods=asked.periods, opds=opds.items())


def _choice(form: ScoredForm) -> Choice:
    given = form.cleaned_data if form.is_valid() else {}
    word = given.get("predikat")
    return Choice(
        which=YearStanding(given.get("yang") or YearStanding.OBLIGED),
        opd_id=given.get("opd"),
        unit_id=given.get("unit"),
        kind=given.get("jenis") or "",
        word=FourPredicate(word) if word else None,
    )


@require_safe
def scored(request: HttpRequest) -> HttpResponse:
    """The people behind a number of the results board."""
    asked = ask_year(request)
    period = asked.need_period()
    form = _form(request, asked)
    choice = _choice(form)
    listed = scored_people_pages(asked.viewer, period, choice)
    page = Paginator(listed, PEOPLE_PAGE).get_page(request.GET.get("halaman"))
    unit = choice.unit_id
    query = request.GET.copy()
    query.pop("halaman", None)
    query.setdefault("tahun", str(period.year))
    context = {
        "form": form,
        "period": period,
        "which": choice.which,
        "board_url": asked.address("scores"),
        "page": page,
        "rows": scored_person_rows(asked.viewer, page.object_list),
        "unit_name": unit_names([unit], asked.viewer.today).get(unit, "") if unit and page else "",
        "clear_url": asked.address("scored", opd=choice.opd_id, yang=choice.which.value),
        "file_url": reverse("compliance:scored_file", args=["xlsx"]),
        "csv_url": reverse("compliance:scored_file", args=["csv"]),
        "query": query.urlencode(),
        "current_place": "board",
    }
    return render(request, "compliance/scored.html", context, status=422 if form.errors else 200)


@require_safe
def scored_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same people as a file, all of them."""
    asked = ask_year(request)
    period = asked.need_period()
    form = _form(request, asked)
    if form.errors:
        raise Http404("Saringan tidak dikenal.")
    choice = _choice(form)
    rows = scored_person_rows(asked.viewer, scored_people(asked.viewer, period, choice))
    notes = [("Yang ditampilkan", str(choice.which.label)), *notes_of(asked)]
    name = f"pegawai-{choice.which.value}-{period.year}"
    return file_of(kind, name, scored_table(rows, period), notes)
