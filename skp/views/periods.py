"""Periods with their schedule, settings and history, for BKPSDM; the inspectorate reads them."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.http import answers_refusals
from config.lib.notes import setting_lines
from orgunits.middleware import viewer_of
from orgunits.viewer import Viewer
from skp.enums import Regime
from skp.forms import PeriodForm
from skp.models import Period
from skp.permissions import can_manage_periods, can_read_periods
from skp.selectors.period_history import HISTORY_SHOWN, schedule_history, settings_history
from skp.selectors.periods import all_periods, period_of_year, window_rows
from skp.services.period_changes import target_of
from skp.services.periods import period_open
from skp.year import Standing

Crumbs = list[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def periods(request: HttpRequest) -> HttpResponse:
    """Every period, and the form that makes the next one."""
    viewer = viewer_of(request)
    can_read_periods(viewer).enforce()
    known = all_periods()
    form = PeriodForm(request.POST or None, periods=known, initial=_next_period(known, viewer))
    status = 200
    if request.method == "POST":
        can_manage_periods(viewer).enforce()
        made, status = _make(form, viewer)
        if made is not None:
            messages.success(request, f"{made} sudah dibuat. Periksa jadwalnya sebelum tahap pertama dibuka.")
            return redirect("skp:period", made.year)
    context = {
        "periods": [(period, _open_names(period, viewer.now)) for period in known],
        "form": form if can_manage_periods(viewer) else None,
        "current_place": "periods",
    }
    return render(request, "skp/periods/list.html", context, status=status)


def _next_period(known: list[Period], viewer: Viewer) -> Mapping[str, object]:
    if not known:
        return {"year": viewer.today.year, "regime": Regime.NUMERIC}
    newest = known[0]
    return {"year": newest.year + 1, "regime": newest.regime, "source": newest.pk}


def _make(form: PeriodForm, viewer: Viewer) -> tuple[Period | None, int]:
    """The period made from the form, or None with the status of the refusal told in the form."""
    if not form.is_valid():
        return None, 422
    data = form.cleaned_data
    try:
        period = period_open(
            actor=viewer,
            year=data["year"],
            regime=Regime(data["regime"]),
            source_id=data["source"],
            now=viewer.now,
        )
    except NotAllowed:
        raise
    except Conflict as error:
        form.add_error("year", str(error))
        return None, error.status
    except DomainError as error:
        form.add_error(None, str(error))
        return None, error.status
    return period, 200


def _open_names(period: Period, now: datetime) -> list[str]:
    """The stages open now, each once."""
    rows = window_rows(period, now)
    return list(dict.fromkeys(row.name for row in rows if row.standing == Standing.OPEN))


def period_for(request: HttpRequest, year: int) -> tuple[Viewer, Period]:
    """The viewer, who may read periods, and the period of the year; 404 when there is none."""
    viewer = viewer_of(request)
    can_read_periods(viewer).enforce()
    found = period_of_year(year)
    if found is None:
        raise Http404("Periode tidak ditemukan.")
    return viewer, found


def period_crumbs(period: Period | None = None) -> Crumbs:
    """The places above a page of the period."""
    crumbs = [("Periode", reverse("skp:periods"))]
    return crumbs if period is None else [*crumbs, (str(period), reverse("skp:period", args=[period.year]))]


def page_context(viewer: Viewer, period: Period, crumbs: Crumbs) -> dict[str, object]:
    """What the pages of one period share."""
    return {
        "period": period,
        "crumbs": crumbs,
        "current_year": viewer.today.year,
        "may_manage": can_manage_periods(viewer).allowed,
        "current_place": "periods",
    }


@require_safe
@answers_refusals
def period(request: HttpRequest, year: int) -> HttpResponse:
    """One period with its schedule."""
    viewer, found = period_for(request, year)
    context = page_context(viewer, found, period_crumbs())
    context |= {
        "rows": window_rows(found, viewer.now),
        "open_names": _open_names(found, viewer.now),
        "open": Standing.OPEN,
        "next": Standing.NEXT,
        "changed_count": sum(line.changed for line in setting_lines(found.settings)),
    }
    return render(request, "skp/periods/detail.html", context)


@require_safe
@answers_refusals
def settings(request: HttpRequest, year: int) -> HttpResponse:
    """Every rule of planning that no regulation fixes, with its value here and its default."""
    viewer, found = period_for(request, year)
    context = page_context(viewer, found, period_crumbs(found))
    context["lines"] = setting_lines(found.settings)
    return render(request, "skp/periods/settings.html", context)


@require_safe
@answers_refusals
def history(request: HttpRequest, year: int) -> HttpResponse:
    """What was changed of settings and schedule, by whom and why."""
    viewer, found = period_for(request, year)
    context = page_context(viewer, found, period_crumbs(found))
    context |= {
        "versions": settings_history(found),
        "events": schedule_history(target_of(found)),
        "shown": HISTORY_SHOWN,
    }
    return render(request, "skp/periods/history.html", context)
