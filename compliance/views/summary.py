"""The Sekda's one page."""

from datetime import date
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.enums import FourPredicate
from compliance.forms import StageForm
from compliance.permissions import can_see_summary
from compliance.rules import change_in_points
from compliance.selectors.stages import BoardStage
from compliance.selectors.summary import Summary, summary_of
from compliance.views.asked import Asked, ask, need_stage, tabs_of
from config.lib.charts import Bar, Point, bar_chart, line_chart
from config.lib.dates import MONTHS, format_date
from config.lib.numbers import show_decimal, show_percent


@require_safe
def summary(request: HttpRequest) -> HttpResponse:
    """One page before the roll call; 404 for those who don't oversee the regency."""
    asked = ask(request)
    if not can_see_summary(asked.viewer):
        raise Http404("Halaman tidak ditemukan.")
    stage = need_stage(asked)
    form = StageForm(asked.data(request), **asked.form())
    told = summary_of(asked.viewer, stage)
    context = {
        "form": form,
        "stage": stage,
        "newest": asked.periods[0],
        "tabs": tabs_of(asked.viewer, "summary", year=stage.period.year, key=stage.key),
        "told": told,
        "change": change_in_points(told.total, told.total_before),
        "words": [_word(asked, told, word) for word in FourPredicate],
        "worst": [(item, asked.address("opd", item.row.opd_id)) for item in told.worst],
        "late_url": asked.address("people", yang="telat"),
        "open_url": asked.address("people", yang="belum"),
        "board_url": asked.address("board"),
        "distribution": _distribution(told),
        "distribution_heads": ("Predikat", "OPD"),
        "distribution_rows": [(word.label, str(told.words[word])) for word in FourPredicate],
        "trend": _trend(told, stage),
        "trend_heads": ("Hari", "Sudah", "Wajib", "Persen"),
        "trend_rows": [
            (
                format_date(point.day),
                show_decimal(Decimal(point.counts.fulfilled)),
                show_decimal(Decimal(point.counts.obliged)),
                show_percent(point.counts.percent),
            )
            for point in told.trend
        ],
        "current_place": "board",
    }
    return render(request, "compliance/summary.html", context, status=422 if form.errors else 200)


def _word(asked: Asked, told: Summary, word: FourPredicate) -> dict[str, object]:
    count = told.words[word]
    return {
        "word": word,
        "count": count,
        "change": None if told.before is None else count - told.before[word],
        "url": asked.address("board", predikat=word.value),
    }


def _distribution(told: Summary) -> str:
    spoken = ", ".join(f"{word.label} {told.words[word]} OPD" for word in FourPredicate)
    bars = [Bar(str(word.label), told.words[word], word.tone) for word in FourPredicate]
    return bar_chart("sebaran", "OPD menurut predikat sementara", f"{spoken}.", bars)


def _trend(told: Summary, stage: BoardStage) -> str:
    points = [Point(point.day.toordinal(), _short(point.day), point.counts.percent) for point in told.trend]
    known = [point for point in told.trend if point.counts.percent is not None]
    spoken = "Belum ada potret harian."
    if known:
        first, last = known[0], known[-1]
        spoken = (
            f"Dari {show_percent(first.counts.percent)} pada {format_date(first.day)}"
            f" menjadi {show_percent(last.counts.percent)} pada {format_date(last.day)}."
        )
    settings = stage.settings
    levels = [
        (settings.opd_memuaskan_from, "Memuaskan"),
        (settings.opd_baik_from, "Baik"),
        (settings.opd_buruk_from, "Buruk"),
    ]
    return line_chart("tren", "Pegawai wajib yang memenuhi tahap, persen per hari", spoken, points, levels)


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"
