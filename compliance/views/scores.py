"""The results board: what each OPD's year comes to, as a page, as files, and as a drawing."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.enums import FourPredicate
from compliance.enums import YearStanding
from compliance.exports.results import regency_recap_table, scores_table
from compliance.forms import TOO_FEW, ScoresForm
from compliance.permissions import can_see_summary
from compliance.results import BEST_FIRST, Answer, Kind, Tally
from compliance.rules import Counts
from compliance.selectors.recaps import regency_recap
from compliance.selectors.scores import ResultRow, hidden_people, score_rows, total_of
from compliance.views.asked import AskedYear, ask_year, file_of, tabs_of
from config.lib.dates import format_moment
from skp.enums import Regime

LOWEST = Decimal(-1)


def _rank(word: FourPredicate | None) -> int:
    """The better, the higher; 0 without any."""
    return len(BEST_FIRST) - BEST_FIRST.index(word) if word else 0


def _answered(answer: Answer | None) -> int:
    return _rank(answer.word) if answer else 0


KEYS: dict[str, Callable[[ResultRow], Decimal | int | str]] = {
    "opd": lambda row: row.name.casefold(),
    "wajib": lambda row: row.tally.obliged,
    "dinilai": lambda row: row.tally.scored,
    "persen": lambda row: LOWEST if row.tally.counts.percent is None else row.tally.counts.percent,
    "rata": lambda row: LOWEST if not row.told or row.tally.mean is None else row.tally.mean,
    "belum": lambda row: row.tally.without_word if row.told else LOWEST,
    "sementara": lambda row: _rank(row.interim),
    "nilai": lambda row: _answered(row.by_scores),
    "akhir": lambda row: _answered(row.final),
    **{
        word.value: lambda row, word=word: row.tally.words.get(word, 0) if row.told else LOWEST  # type: ignore[misc]
        for word in FourPredicate
    },
}


@require_safe
def scores(request: HttpRequest) -> HttpResponse:
    """Every OPD in the viewer's sight with its people's results."""
    asked = ask_year(request)
    form = ScoresForm(request.GET or None, periods=asked.periods)
    if asked.period is None:
        return render(request, "compliance/scores.html", {"form": form, "current_place": "board"})
    rows = score_rows(asked.viewer, asked.period)
    shown = narrowed(rows, form)
    context = {
        "form": form,
        "asked": asked,
        "period": asked.period,
        "tabs": tabs_of(asked.viewer, "scores", year=asked.period.year),
        "strip": _strip(request, rows, _chosen(form, "predikat")),
        "rows": [shown_row(asked, row) for row in shown],
        "total": _shown_total(asked, shown) if len(shown) > 1 else None,
        "narrowed": len(shown) != len(rows),
        "has_results": any(row.tally.obliged for row in rows),
        "word_heads": list(FourPredicate),
        "hidden": hidden_people(shown),
        "partly": any(not row.whole for row in rows if row.key is not None),
        "numeric": asked.period.regime == Regime.NUMERIC,
        "spread_url": asked.address("spread"),
        "recap": bool(can_see_summary(asked.viewer)),
        "query": request.GET.urlencode() or f"tahun={asked.period.year}",
        "current_place": "board",
    }
    return render(request, "compliance/scores.html", context, status=422 if form.errors else 200)


@require_safe
def scores_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same rows as a file, narrowed and in the same order."""
    asked = ask_year(request)
    period = asked.need_period()
    form = ScoresForm(request.GET or None, periods=asked.periods)
    if form.errors:
        raise Http404("Saringan tidak dikenal.")
    rows = narrowed(score_rows(asked.viewer, period), form)
    return file_of(kind, f"hasil-{period.year}", scores_table(rows, period), notes_of(asked))


@require_safe
def recap_file(request: HttpRequest) -> HttpResponse:
    """The regency's recapitulation as Excel (D11); 404 for those who don't oversee the regency."""
    asked = ask_year(request)
    if not can_see_summary(asked.viewer):
        raise Http404("Halaman tidak ditemukan.")
    period = asked.need_period()
    table = regency_recap_table(regency_recap(asked.viewer, period), period)
    return file_of("xlsx", f"rekapitulasi-{period.year}", table, notes_of(asked))


def notes_of(asked: AskedYear) -> list[tuple[str, str]]:
    """What a file of results says of itself."""
    return [
        ("Tahun", str(asked.need_period().year)),
        ("Keadaan", format_moment(asked.viewer.now)),
        (
            "Rata-rata",
            "Nilai akhir pegawai wajib yang hasilnya sudah disampaikan; kolom Dihitung: berapa orang",
        ),
        ("Predikat akhir", "Yang lebih rendah antara predikat menurut nilai dan predikat sementara"),
    ]


def _chosen(form: ScoresForm, name: str) -> str:
    return str(form.cleaned_data.get(name) or "") if form.is_valid() else ""


def narrowed(rows: Iterable[ResultRow], form: ScoresForm) -> list[ResultRow]:
    """Those that the form asks for, in its order; by name for a column that does not exist."""
    text, word, column = (_chosen(form, name) for name in ("cari", "predikat", "urut"))
    found = [row for row in rows if text.casefold() in row.name.casefold() and (not word or _is(row, word))]
    key = KEYS.get(column.removeprefix("-"))
    return sorted(found, key=key, reverse=column.startswith("-")) if key else found


def _is(row: ResultRow, word: str) -> bool:
    """Whether the OPD's final predicate is the one of the strip."""
    if row.final is None:
        return False
    return row.final.kind == Kind.TOO_FEW if word == TOO_FEW else row.final.word == word


def _strip(request: HttpRequest, rows: list[ResultRow], chosen: str) -> list[dict[str, object]]:
    """The final predicates with how many OPD have each; the address narrows the board, or lifts that."""
    strip: list[dict[str, object]] = []
    for value, word in [*((word.value, word) for word in FourPredicate), (TOO_FEW, None)]:
        query = request.GET.copy()
        query.pop("predikat", None)
        if value != chosen:
            query["predikat"] = value
        count = sum(_is(row, value) for row in rows)
        strip.append(
            {"word": word, "count": count, "chosen": value == chosen, "url": f"?{query.urlencode()}"}
        )
    return strip


def shown_row(asked: AskedYear, row: ResultRow, **place: object) -> dict[str, object]:
    """A row with the address of the people behind each number; ``place``: of a part of an OPD."""
    where = place or {"opd": row.key or 0}
    return {
        "row": row,
        "url": asked.address("opd_scores", row.key) if row.key and not place and row.tally.obliged else "",
        "people": people_links(asked, row.tally.counts, where),
        "words": _word_links(asked, row, where),
        "without": _link(asked, row.tally.without_word, where, YearStanding.WITHOUT)
        if row.told
        else (None, ""),
        "mean": row.tally.mean if row.told else None,
        "tally": row.tally if row.told else None,
    }


def people_links(asked: AskedYear, counts: Counts, where: dict[str, object]) -> list[tuple[int | None, str]]:
    """Obliged and scored, each with the address of its people."""
    return [
        _link(asked, counts.obliged, where, YearStanding.OBLIGED),
        _link(asked, counts.fulfilled, where, YearStanding.SCORED),
    ]


def _link(
    asked: AskedYear, number: int, where: dict[str, object], which: YearStanding
) -> tuple[int | None, str]:
    return number, asked.address("scored", yang=which.value, **where) if number else ""


def _word_links(asked: AskedYear, row: ResultRow, where: dict[str, object]) -> list[tuple[int | None, str]]:
    """The people by predicate; the names only where the viewer may read every result behind the number."""
    if not row.told:
        return [(None, "")] * len(FourPredicate)
    return [
        (
            row.tally.words.get(word, 0),
            asked.address("scored", predikat=word.value, **where) if word in row.group.open_words else "",
        )
        for word in FourPredicate
    ]


def _shown_total(asked: AskedYear, rows: list[ResultRow]) -> dict[str, object]:
    """The sum of the rows; it leads to the people of every OPD only for obliged and scored."""
    total = total_of(rows)
    told: Tally = total.told
    return {
        "row": {"name": "Jumlah", "tally": {"counts": total.people}},
        "people": people_links(asked, total.people, {}),
        "words": [(told.words.get(word, 0), "") for word in FourPredicate],
        "without": (told.without_word, ""),
        "mean": told.mean,
        "tally": told,
    }
