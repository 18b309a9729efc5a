"""Plans and scores: how far the plans of each OPD have come, and the people behind its numbers."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from assessments.enums import FourPredicate
from assessments.models import Assessment
from assessments.states import AssessmentStatus
from compliance.enums import Step
from compliance.forms import ScoredForm, ScoresForm
from compliance.selectors.scores import (
    ScoreRow,
    score_opds,
    score_rows,
    scored_people,
    total_of,
)
from compliance.views.asked import board_viewer, tabs_of
from skp.models import Period
from skp.selectors.periods import periods_begun

PEOPLE_PAGE = 25
LOWEST = Decimal(-1)
WITH_SHARE = (Step.AGREED,)


@require_safe
def scores(request: HttpRequest) -> HttpResponse:
    """Every OPD in the viewer's sight with how far its people have come."""
    viewer = board_viewer(request)
    periods = periods_begun(viewer.today)
    form = ScoresForm(request.GET or None, periods=periods)
    chosen = form.cleaned_data if form.is_valid() else {}
    period = _chosen_period(periods, chosen.get("tahun"))
    rows = score_rows(viewer, period) if period else []
    shown = _narrowed(rows, chosen.get("cari", ""), chosen.get("predikat", ""))
    context = {
        "form": form,
        "tabs": tabs_of(viewer, "scores", year=period.year) if period else [],
        "period": period,
        "newest": periods[0] if periods else None,
        "words": _strip(request, rows, chosen.get("predikat", "")),
        "rows": [_shown(row, period) for row in _ordered(shown, request.GET.get("urut", ""))],
        "total": _shown(total_of(shown), period) if len(shown) > 1 else None,
        "narrowed": len(shown) != len(rows),
        "has_plans": any(row.people for row in rows),
        "step_heads": list(Step),
        "word_heads": list(FourPredicate),
        "hidden": sum(row.hidden for row in shown),
        "leaves_out_own": not viewer.sees_regency,
        "current_place": "board",
    }
    return render(request, "compliance/scores.html", context, status=422 if form.errors else 200)


def _chosen_period(periods: list[Period], year: int | None) -> Period | None:
    newest = periods[0] if periods else None
    return next((period for period in periods if period.year == year), newest)


def _narrowed(rows: list[ScoreRow], text: str, word: str) -> list[ScoreRow]:
    return [
        row
        for row in rows
        if text.casefold() in row.name.casefold() and (not word or row.words[FourPredicate(word)])
    ]


def _ordered(rows: list[ScoreRow], column: str) -> list[ScoreRow]:
    """By the column of ``urut``, downwards with a hyphen; by name for one that does not exist."""
    keys: dict[str, Callable[[ScoreRow], Decimal | int | str]] = {"opd": lambda row: row.name.casefold()}
    keys[Step.PLANNED.value] = lambda row: row.people
    for step in (Step.AGREED, Step.REPORTED, Step.SCORED):
        keys[step.value] = lambda row, step=step: row.share(step) if row.people else LOWEST  # type: ignore[misc]
    for word in FourPredicate:
        keys[word.value] = lambda row, word=word: row.words[word]  # type: ignore[misc]
    key = keys.get(column.removeprefix("-"))
    return sorted(rows, key=key, reverse=column.startswith("-")) if key else rows


def _strip(request: HttpRequest, rows: list[ScoreRow], chosen: str) -> list[dict[str, object]]:
    """The predicates with their counts and the address that narrows the board to each, or lifts it."""
    strip: list[dict[str, object]] = []
    for word in FourPredicate:
        query = request.GET.copy()
        query.pop("predikat", None)
        if word.value != chosen:
            query["predikat"] = word.value
        strip.append(
            {
                "word": word,
                "count": sum(row.words[word] for row in rows),
                "chosen": word.value == chosen,
                "url": f"?{query.urlencode()}",
            }
        )
    return strip


def _shown(row: ScoreRow, period: Period | None) -> dict[str, object]:
    """A row with the address of the people behind each number."""

    def address(**choice: str) -> str:
        fixed = {"tahun": period.year if period else "", "opd": row.opd_id or ""}
        return f"{reverse('compliance:scored')}?{urlencode({**fixed, **choice})}"

    return {
        "row": row,
        "url": address(tahap=Step.PLANNED.value),
        "steps": [
            (row.reached[step], row.share(step), step in WITH_SHARE, address(tahap=step.value))
            for step in (Step.AGREED, Step.REPORTED, Step.SCORED)
        ],
        "words": [
            (count, address(predikat=word.value) if word in row.open_words else "")
            for word, count in row.words.items()
        ],
    }


@require_safe
def scored(request: HttpRequest) -> HttpResponse:
    """The people behind a number of the board."""
    viewer = board_viewer(request)
    periods = periods_begun(viewer.today)
    if not periods:
        raise Http404("Belum ada periode.")
    asked = request.GET.get("tahun", "")
    period = next((row for row in periods if str(row.year) == asked), periods[0])
    form = ScoredForm(request.GET or None, periods=periods, opds=score_opds(viewer, period).items())
    chosen = form.cleaned_data if form.is_valid() else {}
    plans = scored_people(
        viewer,
        period,
        opd_id=chosen.get("opd"),
        step=Step(chosen["tahap"]) if chosen.get("tahap") else None,
        word=FourPredicate(chosen["predikat"]) if chosen.get("predikat") else None,
    )
    page = Paginator(plans, PEOPLE_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        "period": period,
        "page": page,
        "rows": [_people_row(plan) for plan in page.object_list],
        "current_place": "board",
    }
    return render(request, "compliance/scored.html", context, status=422 if form.errors else 200)


def _people_row(plan: Any) -> dict[str, object]:
    """A plan of ``scored_people`` as its row shows it."""
    assessment: Assessment | None = getattr(plan, "assessment", None)
    revision = plan.open_revision or plan.in_force
    current = assessment.current if assessment and plan.readable else None
    return {
        "plan": plan,
        "unit": plan.unit_name or "",
        "state": revision.shown_state if revision else None,
        "status": AssessmentStatus(assessment.status) if assessment else AssessmentStatus.OPEN,
        "word": current.shown_four if current else None,
    }
