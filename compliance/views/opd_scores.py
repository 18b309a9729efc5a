"""One OPD's results: how its number is worked out, and its people by unit and by kind of employee."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.enums import FourPredicate, NationalPredicate
from compliance.enums import YearStanding
from compliance.exports.results import opd_recap_table
from compliance.results import (
    Answer,
    Kind,
    Lacking,
    Tally,
    final_of,
    lacking_by_scores,
    lacking_by_share,
    score_thresholds,
)
from compliance.rules import share_thresholds
from compliance.selectors.opd_scores import opd_scores
from compliance.selectors.recaps import opd_recap
from compliance.selectors.scores import ResultRow, hidden_people
from compliance.views.asked import AskedYear, ask_year, file_of
from compliance.views.scores import notes_of, shown_row
from compliance.views.spread import chart_of
from config.lib.numbers import show_decimal, show_percent
from orgunits.selectors.people import unit_names
from skp.enums import Regime
from skp.models import Period


@dataclass(frozen=True, slots=True)
class WorkedStep:
    """A step of the explanation: what is asked, the working in words, the number and the predicate.

    ``links``: the people behind it, label and address.
    """

    title: str
    working: str
    value: str
    word: FourPredicate | None = None
    links: tuple[tuple[str, str], ...] = ()


@require_safe
def opd(request: HttpRequest, opd_id: int) -> HttpResponse:
    """ "Bagaimana angka ini dihitung?" of one OPD."""
    asked = ask_year(request)
    period = asked.need_period()
    found = opd_scores(asked.viewer, period, opd_id)
    if found is None:
        raise Http404("OPD tidak ditemukan pada papan Anda.")
    context = {
        "asked": asked,
        "period": period,
        "row": found.row,
        "steps": steps_of(asked, period, found.row),
        "lacking": lacking_words(found.row, period),
        "words": shown_row(asked, found.row, opd=opd_id).words,
        "charts": [
            (
                "Menurut unit kerja",
                chart_of("unit", "Predikat menurut unit kerja", "Unit kerja", found.units),
            ),
            (
                "Menurut jenis pegawai",
                chart_of("jenis", "Predikat menurut jenis pegawai", "Jenis", found.kinds),
            ),
        ],
        "units": [shown_row(asked, row, opd=opd_id, unit=row.key) for row in found.units],
        "kinds": [shown_row(asked, row, opd=opd_id, jenis=row.key) for row in found.kinds],
        "hidden": hidden_people(found.units) or hidden_people(found.kinds),
        "word_heads": list(FourPredicate),
        "numeric": period.regime == Regime.NUMERIC,
        "board_url": asked.address("scores"),
        "recap_url": asked.address("opd_recap_file", opd_id),
        "current_place": "board",
    }
    return render(request, "compliance/opd_scores.html", context)


@require_safe
def opd_recap_file(request: HttpRequest, opd_id: int) -> HttpResponse:
    """The OPD's people as Excel (D10); scores only where the viewer may read them."""
    asked = ask_year(request)
    period = asked.need_period()
    rows = opd_recap(asked.viewer, period, opd_id)
    if not rows:
        raise Http404("OPD tidak ditemukan pada papan Anda.")
    name = unit_names([opd_id], asked.viewer.today).get(opd_id, "")
    notes = [("OPD", name), *notes_of(asked)]
    return file_of("xlsx", f"rekapitulasi-opd-{period.year}", opd_recap_table(rows, period), notes)


def steps_of(asked: AskedYear, period: Period, row: ResultRow) -> list[WorkedStep]:
    """The way from the people to the final predicate; without predicates for a part of the OPD."""
    tally = row.tally

    def people(label: str, which: YearStanding) -> tuple[str, str]:
        return label, asked.address("scored", opd=row.key, yang=which.value)

    steps = [
        WorkedStep(
            "Pegawai wajib",
            f"Yang wajib ber-SKP per 31 Desember {period.year} di OPD ini.",
            show_decimal(Decimal(tally.obliged)),
            links=(people("lihat", YearStanding.OBLIGED),),
        ),
        WorkedStep(
            "Sudah dinilai",
            f"Hasil seluruh bagian tahunnya sudah disampaikan: {tally.scored} dari {tally.obliged}."
            + (f" {_thresholds(share_thresholds(period.settings), ' persen')}" if row.whole else ""),
            show_percent(tally.counts.percent),
            row.interim,
            (people("sudah", YearStanding.SCORED), people("belum", YearStanding.OPEN)),
        ),
    ]
    if row.told:
        steps.append(
            _by_scores(
                people("masuk", YearStanding.COUNTED),
                people("tidak masuk", YearStanding.UNCOUNTED),
                period,
                row,
            )
        )
    if row.final is not None:
        steps.append(_final(period, row, row.final))
    return steps


def _by_scores(
    counted: tuple[str, str], uncounted: tuple[str, str], period: Period, row: ResultRow
) -> WorkedStep:
    tally = row.tally
    word = row.by_scores.word if row.by_scores else None
    if period.regime == Regime.QUADRANT:
        return WorkedStep(
            "Predikat di tengah", _median_working(tally), _median(row.by_scores), word, (counted, uncounted)
        )
    working = "Belum ada nilai yang dihitung."
    if tally.mean is not None:
        working = f"Jumlah nilai akhir {show_decimal(tally.total)} dibagi {tally.counted} pegawai."
    if tally.missing:
        working += f" {tally.missing} pegawai wajib tidak dihitung: belum dinilai, atau tanpa kinerja."
    if row.whole:
        working += f" {_thresholds(score_thresholds(period.settings), '')}"
    value = "–" if tally.mean is None else show_decimal(tally.mean)
    return WorkedStep("Rata-rata nilai", working, value, word, (counted, uncounted))


def _median_working(tally: Tally) -> str:
    counts = ", ".join(
        f"{word.label} {tally.nationals[word]}" for word in NationalPredicate if tally.nationals.get(word)
    )
    return (
        f"Diurutkan dari yang terbaik: {counts or 'belum ada'}. Diambil yang di tengah; dari dua, yang lebih "
        f"rendah. {tally.missing} pegawai wajib tidak dihitung."
    )


def _median(answer: Answer | None) -> str:
    return str(answer.median.label) if answer and answer.median else "–"


def _final(period: Period, row: ResultRow, final: Answer) -> WorkedStep:
    if final.kind == Kind.TOO_FEW:
        return WorkedStep(
            "Predikat akhir", "Kurang dari setengah pegawai wajib sudah dinilai.", "Belum cukup data"
        )
    if period.settings.opd_scores_only:
        return WorkedStep("Predikat akhir", "Menurut nilai saja, sesuai pengaturan periode.", "", final.word)
    by = row.by_scores.word if row.by_scores else None
    words = (
        f"{by.label if by else '–'} menurut nilai, {row.interim.label if row.interim else '–'} menurut persen"
    )
    return WorkedStep("Predikat akhir", f"Yang lebih rendah dari keduanya: {words}.", "", final.word)


def _thresholds(thresholds: dict[FourPredicate, int], unit: str) -> str:
    told = ", ".join(f"{word.label} mulai {threshold}{unit}" for word, threshold in thresholds.items())
    return f"{told}, di bawahnya {FourPredicate.VERY_BAD.label}."


def lacking_words(row: ResultRow, period: Period) -> list[str]:
    """What the OPD lacks to the next predicates, as sentences; none for a part of it."""
    if not row.whole:
        return []
    regime = Regime(period.regime)
    told = []
    by_share = lacking_by_share(row.tally.counts, period.settings)
    if by_share is not None:
        told.append(f"Menurut persen: {by_share.people} pegawai lagi dinilai sampai {by_share.word.label}.")
    by_scores = lacking_by_scores(row.tally, regime, period.settings) if row.told else None
    if by_scores is not None:
        told.append(_lacking_scores(by_scores))
    final = final_of(row.tally, regime, period.settings)
    if row.told and final.kind == Kind.TOO_FEW:
        half = -(-row.tally.obliged // 2) - row.tally.scored
        if half > 0:
            told.append(f"Agar cukup data: {half} pegawai lagi dinilai.")
    return told


def _lacking_scores(lacking: Lacking) -> str:
    if lacking.points is not None:
        return f"Menurut nilai: rata-rata kurang {show_decimal(lacking.points)} sampai {lacking.word.label}."
    return f"Menurut nilai: predikat {lacking.people} pegawai lagi perlu naik sampai {lacking.word.label}."
