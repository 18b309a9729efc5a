"""Vacancies and other loose ends in the data."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.lib.http import answers_refusals
from orgunits.enums import NoAppraiser
from orgunits.facts import OrgFacts
from orgunits.middleware import viewer_of
from orgunits.permissions import OrgAction, can_do
from orgunits.selectors.people import unit_names
from orgunits.selectors.units import heads_on
from orgunits.selectors.vacancies import (
    acting_to_review,
    data_problems,
    people_without_appraiser,
    people_without_post,
    vacant_units,
)
from orgunits.viewer import Viewer
from orgunits.views.common import PAGE_SIZE

SECTIONS = {
    "unit": "Unit tanpa pimpinan definitif",
    "penilai": "Pegawai tanpa pejabat penilai",
    "plt": "Plt./Plh. yang perlu ditinjau",
    "penugasan": "Pegawai tanpa jabatan definitif",
}


@require_safe
@answers_refusals
def vacancies(request: HttpRequest) -> HttpResponse:
    """One kind of loose end as a list, the others as counts: parameter ``bagian``."""
    viewer = viewer_of(request)
    can_do(viewer, OrgFacts(), OrgAction.SEE_VACANCIES).enforce()
    chosen = request.GET.get("bagian", "unit")
    section = chosen if chosen in SECTIONS else "unit"
    problems = data_problems(viewer)
    page = Paginator(_source(viewer, section), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "section": section,
        "title": SECTIONS[section],
        "tabs": [
            {
                "name": name,
                "url": f"?bagian={key}",
                "current": key == section,
                "count": problems[key].count,
            }
            for key, name in SECTIONS.items()
        ],
        "page": page,
        "rows": _rows(section, list(page.object_list), viewer.today),
        "current_place": "vacancies",
    }
    return render(request, "orgunits/vacancies.html", context)


def _source(viewer: Viewer, section: str) -> "QuerySet[Any]":
    sources: dict[str, Callable[[Viewer], QuerySet[Any]]] = {
        "unit": vacant_units,
        "penilai": people_without_appraiser,
        "plt": acting_to_review,
        "penugasan": people_without_post,
    }
    return sources[section](viewer)


def _rows(section: str, listed: list[Any], day: date) -> list[Any]:
    """The page's rows with the names that their section shows."""
    if section == "unit":
        heads = heads_on([span.unit_id for span in listed], day)
        opds = unit_names([span.opd_id for span in listed if span.opd_id], day)
        return [(span, opds.get(span.opd_id, ""), heads.get(span.unit_id, ())) for span in listed]
    if section == "penilai":
        units = unit_names([line.assignment.unit_id for line in listed], day)
        return [
            (line, units[line.assignment.unit_id], NoAppraiser(line.none_reason).label) for line in listed
        ]
    return listed
