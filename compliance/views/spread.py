"""The distribution of the predicates as a drawing: by OPD, or by kind of employee."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.enums import FourPredicate
from compliance.enums import Spread
from compliance.forms import SpreadForm
from compliance.results import Tally
from compliance.selectors.opd_scores import kind_scores
from compliance.selectors.scores import ResultRow, hidden_people, score_rows
from compliance.views.asked import ask_year
from config.lib.charts import Bar, Stack, stack_chart

WITHOUT = "Belum"
HEADS = (*(str(word.label) for word in FourPredicate), WITHOUT)


@require_safe
def spread(request: HttpRequest) -> HttpResponse:
    """Everybody in the viewer's sight by predicate."""
    asked = ask_year(request)
    period = asked.need_period()
    form = SpreadForm(request.GET or None, periods=asked.periods)
    chosen = form.cleaned_data.get("menurut") if form.is_valid() else ""
    by = Spread(chosen or Spread.OPD)
    rows = (score_rows if by == Spread.OPD else kind_scores)(asked.viewer, period)
    context = {
        "form": form,
        "period": period,
        "by": by,
        "chart": chart_of("sebaran", f"Predikat pegawai menurut {by.label}", by.label, rows),
        "hidden": hidden_people(rows),
        "board_url": asked.address("scores"),
        "current_place": "board",
    }
    return render(request, "compliance/spread.html", context, status=422 if form.errors else 200)


def chart_of(key: str, title: str, what: str, rows: Iterable[ResultRow]) -> dict[str, object] | None:
    """The drawing with its numbers for the fold; None where nothing is told."""
    told = [row for row in rows if row.told and row.tally.obliged]
    if not told:
        return None
    lines = [
        (row.name, [*(row.tally.words.get(word, 0) for word in FourPredicate), row.tally.without_word])
        for row in told
    ]
    tones = [*(word.tone for word in FourPredicate), "neutral"]
    stacks = [
        Stack(
            name,
            tuple(Bar(head, count, tone) for head, count, tone in zip(HEADS, counts, tones, strict=True)),
        )
        for name, counts in lines
    ]
    whole = sum((row.tally for row in told), Tally())
    counts = [*(whole.words.get(word, 0) for word in FourPredicate), whole.without_word]
    spoken = ", ".join(f"{head} {count}" for head, count in zip(HEADS, counts, strict=True))
    return {
        "drawing": stack_chart(key, title, f"Seluruhnya: {spoken}.", stacks),
        "heads": (what, *HEADS),
        "rows": [(name, *(f"{count}" for count in counts)) for name, counts in lines],
    }
