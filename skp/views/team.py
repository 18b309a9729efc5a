"""What the appraiser's own people still owe in an interval."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from orgunits.middleware import viewer_of
from orgunits.viewer import Viewer
from skp.intervals import Interval, intervals_asked
from skp.models import Period
from skp.selectors.periods import latest_period
from skp.selectors.plans import window_facts
from skp.selectors.team import TEAM_PAGE, running_ids, team_counts, team_rows


@require_safe
def team_progress(request: HttpRequest) -> HttpResponse:
    """The viewer's appraisees with a plan in force, and what each has not told in the interval."""
    viewer = viewer_of(request)
    period = latest_period(viewer.today)
    intervals = _intervals_begun(period, viewer) if period else ()
    interval = _chosen(request, intervals)
    context: dict[str, object] = {"period": period, "interval": interval, "current_place": "inbox"}
    if period is not None and interval is not None:
        plans = running_ids(viewer, period.pk, interval)
        page = Paginator(plans, TEAM_PAGE).get_page(request.GET.get("halaman"))
        shown = team_rows(list(page.object_list), interval.number)
        counts = team_counts(shown, interval.number)
        context |= {
            "page": page,
            "rows": [(skp, counts[skp.pk]) for skp in shown],
            "tabs": [
                {
                    "name": item.name,
                    "url": f"{reverse('skp:team_progress')}?{urlencode({'interval': item.number})}",
                    "current": item == interval,
                    "count": None,
                }
                for item in intervals
            ],
        }
    return render(request, "skp/progress/team.html", context)


def _intervals_begun(period: Period, viewer: Viewer) -> tuple[Interval, ...]:
    """The intervals of the year that have begun, in their order."""
    first, end = date(period.year, 1, 1), date(period.year + 1, 1, 1)
    asked = intervals_asked(window_facts(period), year=period.year, start=first, until=end)
    return tuple(item for item in asked if item.first <= viewer.today)


def _chosen(request: HttpRequest, intervals: tuple[Interval, ...]) -> Interval | None:
    """The interval that the address names, else the last that has begun."""
    wanted = request.GET.get("interval", "")
    named = (item for item in intervals if str(item.number) == wanted)
    return next(named, intervals[-1] if intervals else None)
