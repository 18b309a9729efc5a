"""The pattern of a unit's predicates beside its achievement, for the pages of its head."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from assessments.distribution import asked_of, bounds_of
from assessments.enums import NationalPredicate
from assessments.permissions import can_see_distribution
from assessments.selectors.distribution import UnitDistribution, unit_distributions
from assessments.services.distribution import distribution_reason_give
from assessments.views.achievements import asked_period
from config.lib.charts import Ranged, range_chart
from config.lib.http import answers_refusals
from config.lib.numbers import show_percent
from orgunits.middleware import viewer_of
from orgunits.viewer import Viewer
from skp.models import Period


@dataclass(frozen=True, slots=True)
class DistributionBlock:
    """A unit's distribution as ``assessments/_distribution.html`` shows it."""

    unit: UnitDistribution
    period: Period
    drawing: str
    rows: list[tuple[str, ...]]


def distribution_context(viewer: Viewer, period: Period) -> dict[str, object]:
    """``distributions`` for a page of the appraiser: a block for each unit whose people the viewer scores."""
    return {"distributions": [_block(unit, period) for unit in unit_distributions(viewer, period)]}


def _block(unit: UnitDistribution, period: Period) -> DistributionBlock:
    return DistributionBlock(unit, period, _drawing(unit), [_row(unit, word) for word in NationalPredicate])


def _percent(unit: UnitDistribution, word: NationalPredicate) -> Decimal | None:
    return Decimal(unit.counts[word] * 100) / unit.counted if unit.counted else None


def _drawing(unit: UnitDistribution) -> str:
    columns = [
        Ranged(
            tuple(str(word.label).replace("/", "/ ").split()),
            _percent(unit, word),
            *(bounds_of(unit.performance, word) if unit.performance else (0, 100)),
        )
        for word in NationalPredicate
    ]
    spoken = ", ".join(f"{word.label} {show_percent(_percent(unit, word))}" for word in NationalPredicate)
    title = f"Sebaran predikat {unit.unit_name}"
    return range_chart(f"sebaran-{unit.unit_id}", title, f"{spoken}.", columns)


def _row(unit: UnitDistribution, word: NationalPredicate) -> tuple[str, ...]:
    asked = asked_of(unit.performance, word) if unit.performance else ()
    return (
        str(word.label),
        str(unit.counts[word]),
        show_percent(_percent(unit, word)),
        "; ".join(asked) or "–",
    )


@require_safe
@answers_refusals
def distribution(request: HttpRequest) -> HttpResponse:
    """The pattern of every unit of which the viewer scores the people, in the year asked for."""
    viewer = viewer_of(request)
    can_see_distribution(viewer).enforce()
    period = asked_period(request, viewer)
    context: dict[str, object] = {
        "period": period,
        "crumbs": [("Capaian organisasi", reverse("assessments:achievements"))],
        "current_place": "inbox",
    }
    if period is not None:
        context |= distribution_context(viewer, period)
    return render(request, "assessments/distribution.html", context)


@require_POST
@answers_refusals
def reason(request: HttpRequest, year: int, unit_id: int) -> HttpResponse:
    """Keep the head's reason for another pattern, and go back to the page that showed it."""
    viewer = viewer_of(request)
    period = Period.objects.filter(year=year).first()
    if period is None:
        raise Http404("Periode tidak ditemukan.")
    text = request.POST.get("text", "")
    distribution_reason_give(actor=viewer, period_id=period.pk, unit_id=unit_id, text=text, now=viewer.now)
    messages.success(request, "Alasan pola distribusi tersimpan.")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else reverse("assessments:distribution"))
