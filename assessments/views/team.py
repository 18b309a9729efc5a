"""The appraiser's own people: how far each one's year has come."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from assessments.selectors.distribution import unit_distributions
from assessments.selectors.team import PARTS, chosen_period, team_counts, team_of, team_periods, team_rows
from assessments.states import AssessmentStatus
from orgunits.middleware import viewer_of
from skp.models import Period

TEAM_PAGE = 50


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Everybody the viewer appraises in the period, by name, with status, values and deadline."""
    viewer = viewer_of(request)
    periods = team_periods(viewer)
    period = chosen_period(periods, request.GET.get("tahun", ""), viewer.now)
    context: dict[str, object] = {"period": period, "current_place": "inbox"}
    if period is not None:
        part = next((each for each in PARTS if each.key == request.GET.get("bagian", "")), None)
        plans = team_of(viewer, period.pk)
        counts = team_counts(viewer, period.pk)
        pages = Paginator(plans.filter(part.condition) if part else plans, TEAM_PAGE)
        # The tabs have counted them already.
        pages.count = counts[part.key if part else ""]
        page = pages.get_page(request.GET.get("halaman"))
        rows = team_rows(page.object_list, period.pk)
        deliverable = any(row.status == AssessmentStatus.SCORED for row in rows)
        context |= {
            "page": page,
            "rows": rows,
            "part": part,
            "deliverable": deliverable,
            # Told where it can still be minded: before results leave the appraiser's hands.
            "patterns": unit_distributions(viewer, period) if deliverable else [],
            "tabs": _tabs(period, part.key if part else "", counts),
            "years": [
                {"name": str(each.year), "url": _address(each, ""), "current": each == period, "count": None}
                for each in periods
            ],
        }
    return render(request, "assessments/team.html", context)


def _tabs(period: Period, current: str, counts: dict[str, int]) -> list[dict[str, object]]:
    names = [("", "Semua"), *((part.key, part.name) for part in PARTS)]
    return [
        {"name": name, "url": _address(period, key), "current": key == current, "count": counts[key]}
        for key, name in names
    ]


def _address(period: Period, key: str) -> str:
    return f"?{urlencode({'tahun': period.year} | ({'bagian': key} if key else {}))}"
