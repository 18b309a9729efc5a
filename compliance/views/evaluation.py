"""Evaluation beside policy: one page for the coordination meeting, and the same as Excel."""

from collections.abc import Callable
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from compliance.exports.evaluation import evaluation_table
from compliance.forms import EvaluationForm
from compliance.permissions import can_see_summary
from compliance.results import BEST_FIRST
from compliance.selectors.evaluation import EvaluationRow, evaluation_of
from compliance.selectors.stages import BoardStage, chosen_stage, stages_begun
from compliance.views.asked import board_viewer, file_of, tabs_of
from config.lib.dates import format_moment
from orgunits.viewer import Viewer
from skp.models import Period
from skp.states import Stage

LOWEST = Decimal(-1)
KEYS: dict[str, Callable[[EvaluationRow], Decimal | int | str]] = {
    "opd": lambda row: row.name.casefold(),
    "lalu": lambda row: -BEST_FIRST.index(row.last_word) if row.last_word else -len(BEST_FIRST),
    "rata": lambda row: _or_lowest(row.last.tally.mean if row.last and row.last.told else None),
    "wajib": lambda row: row.now.counts.obliged if row.now else 0,
    "persen": lambda row: _or_lowest(row.now.counts.percent if row.now else None),
    "disepakati": lambda row: _or_lowest(row.agreed),
    "telat": lambda row: row.now.counts.late if row.now else 0,
    "sementara": lambda row: (
        -BEST_FIRST.index(row.now.predicate) if row.now and row.now.predicate else -len(BEST_FIRST)
    ),
    "perubahan": lambda row: -len(BEST_FIRST) if row.change is None else row.change,
}


def _or_lowest(value: Decimal | None) -> Decimal:
    return LOWEST if value is None else value


def _asked(request: HttpRequest) -> tuple[Viewer, list[Period], BoardStage | None]:
    """The viewer, the periods and the planning of the year asked for; 404 for whom the page is not for."""
    viewer = board_viewer(request)
    if not can_see_summary(viewer):
        raise Http404("Halaman tidak ditemukan.")
    begun = stages_begun(viewer.today)
    periods = list(begun)
    year = request.GET.get("tahun", "")
    period = next((row for row in periods if str(row.year) == year), next(iter(periods), None))
    stage = chosen_stage(begun[period], Stage.PLANNING.value, viewer.now) if period else None
    return viewer, periods, stage


def _before(periods: list[Period], stage: BoardStage) -> Period | None:
    return next((row for row in periods if row.year == stage.period.year - 1), None)


def _ordered(rows: list[EvaluationRow], column: str) -> list[EvaluationRow]:
    key = KEYS.get(column.removeprefix("-"))
    return sorted(rows, key=key, reverse=column.startswith("-")) if key else rows


@require_safe
def evaluation(request: HttpRequest) -> HttpResponse:
    """Last year's results next to this year's planning."""
    viewer, periods, stage = _asked(request)
    form = EvaluationForm(request.GET or None, periods=periods)
    if stage is None:
        return render(request, "compliance/evaluation.html", {"form": form, "current_place": "board"})
    last = _before(periods, stage)
    rows = evaluation_of(viewer, stage, last)
    context = {
        "form": form,
        "stage": stage,
        "last": last,
        "newest": periods[0],
        "several": len(periods) > 1,
        "rows": _ordered(rows, request.GET.get("urut", "")),
        "better": sum((row.change or 0) > 0 for row in rows),
        "worse": sum((row.change or 0) < 0 for row in rows),
        "same": sum(row.change == 0 for row in rows),
        "tabs": tabs_of(viewer, "evaluation", year=stage.period.year),
        "query": request.GET.urlencode(),
        "current_place": "board",
    }
    return render(request, "compliance/evaluation.html", context, status=422 if form.errors else 200)


@require_safe
def evaluation_file(request: HttpRequest) -> HttpResponse:
    """The same rows as Excel, in the same order."""
    viewer, periods, stage = _asked(request)
    if stage is None:
        raise Http404("Belum ada periode.")
    rows = _ordered(evaluation_of(viewer, stage, _before(periods, stage)), request.GET.get("urut", ""))
    notes = [("Keadaan", format_moment(viewer.now)), ("Perubahan", "Naik atau turun berapa predikat")]
    return file_of("xlsx", f"evaluasi-{stage.period.year}", evaluation_table(rows, stage.period), notes)
