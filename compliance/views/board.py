"""The board of a stage: every OPD, one OPD by unit, and both as files."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.enums import FourPredicate
from compliance.exports.board import board_table
from compliance.forms import BoardForm
from compliance.permissions import can_issue_recap
from compliance.rules import Counts
from compliance.selectors.board import Board, BoardRow, UnitRow, board_of, total_of, unit_rows
from compliance.views.asked import Asked, Numbers, ask, file_of, need_stage, numbers_of, tabs_of
from config.lib.dates import format_moment
from orgunits.selectors.people import unit_names

LOWEST = Decimal(-101)
WORST_FIRST = {word: number for number, word in enumerate(reversed(FourPredicate))}
KEYS: dict[str, Callable[[BoardRow], Decimal | int | str]] = {
    "opd": lambda row: row.name.casefold(),
    "wajib": lambda row: row.counts.obliged,
    "sudah": lambda row: row.counts.fulfilled,
    "disepakati": lambda row: row.counts.agreed,
    "telat": lambda row: row.counts.late,
    "persen": lambda row: _or_lowest(row.counts.percent),
    "predikat": lambda row: WORST_FIRST[row.predicate] if row.predicate else -1,
    "perubahan": lambda row: _or_lowest(row.change),
    "beku": lambda row: _or_lowest(row.frozen.counts.percent if row.frozen else None),
}
# Of a unit only these are known.
UNIT_KEYS = ("opd", "wajib", "sudah", "disepakati", "telat", "persen")


def _or_lowest(value: Decimal | None) -> Decimal:
    return LOWEST if value is None else value


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every OPD in the viewer's sight with how far its people have come."""
    asked = ask(request)
    form = BoardForm(asked.data(request), **asked.form())
    if asked.stage is None:
        return render(request, "compliance/board.html", {"form": form, "current_place": "board"})
    seen = board_of(asked.viewer, asked.stage)
    shown = _narrowed(seen.rows, form)
    total = total_of(shown)
    context = {
        "form": form,
        "asked": asked,
        "stage": asked.stage,
        "newest": asked.periods[0],
        "board": seen,
        "frozen": seen.frozen_on is not None,
        "words": _strip(request, seen.rows, _chosen(form, "predikat")),
        "rows": _shown(asked, shown),
        "total": ShownRow(total, "", numbers_of(total.counts, f"{asked.address('people')}&"))
        if len(shown) > 1
        else None,
        "narrowed": len(shown) != len(seen.rows),
        "has_duties": any(row.counts.obliged for row in seen.rows),
        "partly": any(not row.whole for row in seen.rows),
        "query": request.GET.urlencode(),
        "tabs": tabs_of(asked.viewer, "board", year=asked.stage.period.year, key=asked.stage.key),
        "current_place": "board",
    }
    return render(request, "compliance/board.html", context, status=422 if form.errors else 200)


@require_safe
def board_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same rows as a file, narrowed and in the same order."""
    asked = ask(request)
    stage = need_stage(asked)
    form = BoardForm(asked.data(request), **asked.form())
    if form.errors:
        raise Http404("Saringan tidak dikenal.")
    seen = board_of(asked.viewer, stage)
    notes = _notes(asked, seen)
    name = f"papan-{stage.key}-{stage.period.year}"
    return file_of(kind, name, board_table(_narrowed(seen.rows, form), stage), notes)


def _notes(asked: Asked, seen: Board) -> list[tuple[str, str]]:
    stage = need_stage(asked)
    notes = [
        ("Tahap", f"{stage.label} {stage.period.year}"),
        ("Keadaan", format_moment(asked.viewer.now)),
        (
            "Persen",
            "Pegawai yang memenuhi tahap dari pegawai wajib; predikat dari persen yang tidak dibulatkan",
        ),
    ]
    if seen.compared_with:
        notes.append(("Perubahan", f"Poin persen sejak {seen.compared_with.isoformat()}"))
    if seen.frozen_on:
        notes.append(("Dibekukan", seen.frozen_on.isoformat()))
    return notes


def _chosen(form: BoardForm, name: str) -> str:
    return str(form.cleaned_data.get(name) or "") if form.is_valid() else ""


def _narrowed(rows: Iterable[BoardRow], form: BoardForm) -> list[BoardRow]:
    """Those that the form asks for, in its order; by name for a column that does not exist."""
    text, word, column = (_chosen(form, name) for name in ("cari", "predikat", "urut"))
    found = [
        row
        for row in rows
        if text.casefold() in row.name.casefold() and (not word or row.predicate == FourPredicate(word))
    ]
    key = KEYS.get(column.removeprefix("-"))
    return sorted(found, key=key, reverse=column.startswith("-")) if key else found


def _strip(request: HttpRequest, rows: Iterable[BoardRow], chosen: str) -> list[dict[str, object]]:
    """The predicates with how many OPD have each; the address narrows the board to it, or lifts that."""
    counts = Counter(row.predicate for row in rows)
    others = [(key, value) for key, values in request.GET.lists() if key != "predikat" for value in values]
    return [
        {
            "word": word,
            "count": counts[word],
            "chosen": word.value == chosen,
            "url": f"?{urlencode(others if word.value == chosen else [*others, ('predikat', word.value)])}",
        }
        for word in FourPredicate
    ]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with the address of its units, empty for none, and of the people behind each number."""

    row: BoardRow | UnitRow
    url: str
    numbers: Numbers


def _shown(asked: Asked, rows: Iterable[BoardRow]) -> list[ShownRow]:
    """The rows; one of no OPD leads to the people outside of any."""
    people = f"{asked.address('people')}&"
    # The resolver is asked once, not for each row.
    before, _, after = asked.address("opd", 0).rpartition("/0/")
    return [
        ShownRow(
            row,
            f"{before}/{row.opd_id}/{after}" if row.opd_id and row.counts.obliged else "",
            numbers_of(row.counts, people, opd=row.opd_id or 0),
        )
        for row in rows
    ]


@require_safe
def opd(request: HttpRequest, opd_id: int) -> HttpResponse:
    """The units of one OPD."""
    asked = ask(request)
    stage = need_stage(asked)
    rows: list[Any] = list(unit_rows(asked.viewer, stage, opd_id))
    if not rows:
        raise Http404("OPD tidak ditemukan pada papan Anda.")
    column = request.GET.get("urut", "")
    if column.removeprefix("-") in UNIT_KEYS:
        rows.sort(key=KEYS[column.removeprefix("-")], reverse=column.startswith("-"))
    total = UnitRow(None, "Jumlah", sum((row.counts for row in rows), Counts()))
    people = f"{asked.address('people')}&"
    context = {
        "asked": asked,
        "stage": stage,
        "name": unit_names([opd_id], asked.viewer.today).get(opd_id, ""),
        "board_url": asked.address("board"),
        "recap": can_issue_recap(asked.viewer, opd_id),
        "rows": [
            ShownRow(row, "", numbers_of(row.counts, people, opd=opd_id, unit=row.unit_id)) for row in rows
        ],
        "total": ShownRow(total, "", numbers_of(total.counts, people, opd=opd_id)),
        "current_place": "board",
    }
    return render(request, "compliance/opd.html", context)
