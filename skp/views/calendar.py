"""The year in words for everybody who is signed in: what is open, what comes, until when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from orgunits.middleware import viewer_of
from skp.permissions import can_read_periods
from skp.selectors.calendar import own_year
from skp.selectors.periods import all_periods
from skp.year import next_entry, open_entries


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The stages of a year as they bind the viewer; the year asked for, else the newest begun."""
    viewer = viewer_of(request)
    known = all_periods()
    begun = [period for period in known if period.year <= viewer.today.year]
    current = begun[0] if begun else known[-1] if known else None
    asked = request.GET.get("tahun", "")
    shown = next((period for period in known if str(period.year) == asked), current)
    own = own_year(viewer, shown) if shown else None
    context = {
        "periods": known,
        "period": shown,
        "current": current,
        "own": own,
        "open_entries": open_entries(own.entries) if own else (),
        "next_entry": next_entry(own.entries) if own else None,
        "may_read": can_read_periods(viewer).allowed,
        "current_place": "calendar",
    }
    return render(request, "skp/periods/calendar.html", context)
