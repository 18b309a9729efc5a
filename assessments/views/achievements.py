"""How the units did: the leader one level up sets it, heads and officers read it."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from assessments.forms.achievements import AchievementForm
from assessments.permissions import can_read_achievements, can_see_distribution
from assessments.selectors.achievements import (
    LedRow,
    achievements_visible_to,
    last_day_of,
    led_rows,
    period_judged,
    read_rows,
)
from assessments.services.achievements import AchievementVerdict, achievements_set
from config.lib.http import answers_refusals
from orgunits.middleware import viewer_of
from orgunits.viewer import Viewer
from skp.models import Period
from skp.selectors.periods import all_periods

READ_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def achievements(request: HttpRequest) -> HttpResponse:
    """The units led from one level up with their achievement, in one form; below it what one may read."""
    viewer = viewer_of(request)
    can_read_achievements(viewer).enforce()
    period = asked_period(request, viewer)
    if period is None:
        return render(request, "assessments/achievements.html", {"period": None, "current_place": "inbox"})
    rows = led_rows(viewer, period)
    data = request.POST if request.method == "POST" else None
    forms = [(row, AchievementForm(data, row=row)) for row in rows]
    if request.method == "POST" and all(form.is_valid() for _, form in forms):
        entries = [form.to_entry() for _, form in forms if form.is_changed()]
        verdicts = achievements_set(actor=viewer, period_id=period.pk, entries=entries, now=viewer.now)
        _tell(request, rows, verdicts)
        return redirect(address_of(period))
    return _page(request, viewer, period, forms, status=422 if data else 200)


def asked_period(request: HttpRequest, viewer: Viewer) -> Period | None:
    """The period whose year the address names, else the one that is judged now."""
    year = request.GET.get("tahun", "")
    named = Period.objects.filter(year=int(year)).first() if year.isdecimal() and len(year) == 4 else None
    return named or period_judged(viewer.now)


def address_of(period: Period) -> str:
    """The page for that year."""
    return f"{reverse('assessments:achievements')}?{urlencode({'tahun': period.year})}"


def _page(
    request: HttpRequest,
    viewer: Viewer,
    period: Period,
    forms: list[tuple[LedRow, AchievementForm]],
    *,
    status: int,
) -> HttpResponse:
    led = [row.unit.unit_id for row, _ in forms]
    readable = achievements_visible_to(viewer, ()).filter(period=period).exclude(unit__in=led)
    page = Paginator(readable.order_by("pk"), READ_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "period": period,
        "tabs": [
            {
                "name": str(known.year),
                "url": address_of(known),
                "current": known.pk == period.pk,
                "count": None,
            }
            for known in all_periods()
            if known.year <= viewer.today.year
        ],
        "patterns": can_see_distribution(viewer).allowed,
        "forms": forms,
        "locked": any(row.locked for row, _ in forms),
        "settable": any(not row.locked for row, _ in forms),
        "problems": [
            (f"{row.unit.span.name}: {error}", "") for row, form in forms for error in form.problems()
        ],
        "page": page,
        "read": read_rows(list(page.object_list), last_day_of(period)),
        "current_place": "inbox" if viewer.has_appraisees else "board",
    }
    return render(request, "assessments/achievements.html", context, status=status)


def _tell(request: HttpRequest, rows: Iterable[LedRow], verdicts: Iterable[AchievementVerdict]) -> None:
    """One message for all that were set, and one for each refusal or head to be scored again."""
    names = {row.unit.unit_id: row.unit.span.name for row in rows}
    done = sum(verdict.done for verdict in verdicts)
    if done:
        messages.success(request, f"Capaian {done} unit kerja tersimpan.")
    for verdict in verdicts:
        name = names[verdict.unit_id]
        if not verdict.done:
            messages.error(request, f"{name}: {verdict.text}")
        elif verdict.score_again:
            messages.warning(request, f"{name}: pimpinannya sudah dinilai; nilai lagi sebelum disampaikan.")
    if not verdicts:
        messages.info(request, "Tidak ada capaian yang berubah.")
