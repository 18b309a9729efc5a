"""The results board: what each OPD's year comes to, as a page, as files, and as a drawing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.enums import FourPredicate
from compliance.enums import YearStanding
from compliance.exports.results import regency_recap_table, scores_table
from compliance.forms import TOO_FEW, ScoresForm
from compliance.permissions import can_see_summary
from compliance.results import BEST_FIRST, Answer, Kind
from compliance.rules import Counts
from compliance.selectors.recaps import regency_recap
from compliance.selectors.scores import Key, ResultRow, hidden_people, score_rows, total_of
from compliance.views.asked import AskedYear, ask_year, file_of, tabs_of
from config.lib.dates import format_moment
from skp.enums import Regime

LOWEST = Decimal(-1)
# A number, None where it is not told, with an address or an empty text.
Link = tuple[int | None, str]
Links = tuple[Link, ...]
NOT_TOLD: Link = (None, "")


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
    others = [(key, value) for key, values in request.GET.lists() if key != "predikat" for value in values]
    return [
        {
            "word": word,
            "count": sum(_is(row, value) for row in rows),
            "chosen": value == chosen,
            "url": f"?{urlencode(others if value == chosen else [*others, ('predikat', value)])}",
        }
        for value, word in [*((word.value, word) for word in FourPredicate), (TOO_FEW, None)]
    ]


@dataclass(frozen=True, slots=True)
class ShownScores:
    """A row as pages show it; each number with the address of the people behind it, empty for none.

    ``words``: in the order of ``FourPredicate``, None where not told; ``mean`` of ``counted`` people out
    of ``obliged``; the predicates only of a whole OPD.
    """

    name: str
    url: str
    people: Links
    share: Decimal | None
    words: Links
    without: Link
    mean: Decimal | None
    counted: int
    obliged: int
    interim: FourPredicate | None = None
    by_scores: Answer | None = None
    final: Answer | None = None


def shown_row(asked: AskedYear, row: ResultRow, **place: Key) -> ShownScores:
    """A row with its addresses; ``place``: of a part of an OPD."""
    where = _where(place or {"opd": row.key or 0})
    people = f"{asked.address('scored')}&"
    tally = row.tally
    return ShownScores(
        name=row.name,
        url=asked.address("opd_scores", row.key) if row.key and not place and tally.obliged else "",
        people=_people_links(people, tally.counts, where),
        share=tally.counts.percent,
        words=_word_links(people, row, where),
        without=_link(people, tally.without_word, where, YearStanding.WITHOUT) if row.told else NOT_TOLD,
        mean=tally.mean if row.told else None,
        counted=tally.counted if row.told else 0,
        obliged=tally.obliged,
        interim=row.interim,
        by_scores=row.by_scores,
        final=row.final,
    )


def _where(place: Mapping[str, Key]) -> str:
    return "".join(f"&{name}={key}" for name, key in place.items() if key is not None)


def _people_links(people_url: str, counts: Counts, where: str) -> Links:
    """Obliged and scored, each with the address of its people."""
    return (
        _link(people_url, counts.obliged, where, YearStanding.OBLIGED),
        _link(people_url, counts.fulfilled, where, YearStanding.SCORED),
    )


def _link(people_url: str, number: int, where: str, which: YearStanding) -> Link:
    return number, f"{people_url}yang={which.value}{where}" if number else ""


def _word_links(people_url: str, row: ResultRow, where: str) -> Links:
    """The people by predicate; the names only where the viewer may read every result behind the number."""
    if not row.told:
        return (NOT_TOLD,) * len(FourPredicate)
    open_words = row.group.open_words
    return tuple(
        (
            row.tally.words.get(word, 0),
            f"{people_url}predikat={word.value}{where}" if word in open_words else "",
        )
        for word in FourPredicate
    )


def _shown_total(asked: AskedYear, rows: list[ResultRow]) -> ShownScores:
    """The sum of the rows; it leads to the people of every OPD only for obliged and scored."""
    total = total_of(rows)
    told = total.told
    return ShownScores(
        name="Jumlah",
        url="",
        people=_people_links(f"{asked.address('scored')}&", total.people, ""),
        share=total.people.percent,
        words=tuple((told.words.get(word, 0), "") for word in FourPredicate),
        without=(told.without_word, ""),
        mean=told.mean,
        counted=told.counted,
        obliged=told.obliged,
    )
