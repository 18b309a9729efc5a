"""The editor: the draft as cards, one section open at a time, the superior's plan beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.lib.numbers import show_decimal
from skp.berakhlak import GUIDES
from skp.content import IndicatorContent, ResultContent
from skp.enums import AppendixKind, Approach, Direction, Regime, ResultKind
from skp.forms.sections import Errors
from skp.rules import open_problems, plan_problems
from skp.selectors.links import broken_links, last_return, waits_above
from skp.selectors.plans import LinkableResult, linkable_results
from skp.states import Action, RevisionState
from skp.views.common import PlanPage
from skp.views.guidance import APPENDIX_EXAMPLES
from skp.views.parts import Part, new_values, part_opened_by, rows_of
from skp.views.steps import year_steps


class Line(NamedTuple):
    """An indicator of a closed card; ``target`` in words."""

    indicator_id: int
    aspect: str
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Card:
    """A result as the editor shows it; ``fault`` says why its link is broken, ``note`` what to mend."""

    result: ResultContent
    number: int
    is_open: bool
    fault: str
    note: str
    is_first: bool
    is_last: bool
    lines: tuple[Line, ...]

    @property
    def verb(self) -> str:
        """The word of the button that opens it."""
        return "Pilih tautan baru" if self.fault else "Ubah hasil"


@dataclass(frozen=True, slots=True)
class Opened:
    """The open section: its values as stored or as typed, and what is wrong with them."""

    part: Part
    values: Mapping[str, str]
    base: str
    errors: Errors = field(default_factory=Errors)
    refusal: str = ""

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The indicators of a result."""
        return rows_of(self.values, self.errors)

    @property
    def error_links(self) -> list[tuple[str, str]]:
        """Each error with the id of its field."""
        return [
            (f"id_{name.replace('-', '_')}", text) for name, texts in self.errors.items() for text in texts
        ]

    @property
    def is_new(self) -> bool:
        """Whether the draft does not hold it yet."""
        return self.base == ""


def opened_of(page: PlanPage, query: Mapping[str, str]) -> Opened | None:
    """The section that the address opens, with what is stored."""
    part = part_opened_by(page, query.get("buka", ""), query.get("kunci", ""))
    if part is None:
        return None
    stored = part.stored(page)
    if stored is None:
        kind, parent_id = query.get("jenis", ""), query.get("dukung", "")
        return Opened(part, new_values(page, kind=kind, parent_id=parent_id), base="")
    return Opened(part, part.values(stored), stored.mark)


def editor_page(
    request: HttpRequest, page: PlanPage, opened: Opened | None = None, status: int = 200
) -> HttpResponse:
    """The draft with the section that is open."""
    linkable = linkable_results(appraiser_id=page.facts.appraiser_id, period_id=page.skp.period_id)
    returned = page.revision.state == RevisionState.RETURNED
    note, notes = last_return(page.revision.pk) if returned else ("", {})
    cards = _cards(page, opened, linkable, notes)
    context = {
        "page": page,
        "main": [card for card in cards if card.result.kind == ResultKind.MAIN],
        "additional": [card for card in cards if card.result.kind == ResultKind.ADDITIONAL],
        "opened": opened,
        "parents": _parents(page, opened, linkable),
        "superiors": _superiors(page, linkable),
        "held": page.appraiser is not None and waits_above(page.content, linkable),
        "return_note": note,
        "steps": year_steps(page),
        "decisions": {
            action.value: page.may(action) for action in (Action.EDIT, Action.SUBMIT, Action.DISCARD)
        },
        "state": RevisionState(page.revision.state),
        "due_at": page.facts.next_due_at,
        "qualitative": page.content.approach == Approach.QUALITATIVE,
        "may_switch": page.skp.period.regime != Regime.NUMERIC,
        "guides": _guides(page, opened),
        "appendix": _appendix(page, opened),
        "current_place": "plan",
        **problem_context(page),
    }
    return render(request, "skp/editor/page.html", context, status=status)


def problem_context(page: PlanPage) -> dict[str, object]:
    """What the completeness list and the foot show."""
    problems = plan_problems(page.content, page.facts.settings)
    return {
        "problems": problems,
        "to_mend": [problem for problem in problems if not problem.is_warning],
        "warnings": [problem for problem in problems if problem.is_warning],
        "missing": open_problems(problems),
    }


def _cards(
    page: PlanPage, opened: Opened | None, linkable: list[LinkableResult], notes: Mapping[int, str]
) -> list[Card]:
    faults = broken_links(
        page.content,
        linkable_ids={row.result_id for row in linkable},
        appraiser_id=page.facts.appraiser_id,
    )
    cards: list[Card] = []
    for group in (page.content.main, page.content.additional):
        for place, result in enumerate(group, start=1):
            cards.append(
                Card(
                    result=result,
                    number=len(cards) + 1,
                    is_open=opened is not None and opened.part.name == f"hasil-{result.key}",
                    fault=faults.get(result.parent_id or 0, ""),
                    note=notes.get(result.result_id, ""),
                    is_first=place == 1,
                    is_last=place == len(group),
                    lines=tuple(_line(item, page.content.approach) for item in result.indicators),
                )
            )
    return cards


def _line(item: IndicatorContent, approach: Approach) -> Line:
    aspect = str(item.aspect.label)
    if approach == Approach.QUALITATIVE:
        return Line(item.indicator_id, aspect, item.text, item.target_text or "belum ada ekspektasi")
    if item.target_max == 0 and item.direction == Direction.NORMAL:
        return Line(item.indicator_id, aspect, item.text, "belum ada target")
    low, high = show_decimal(item.target_min), show_decimal(item.target_max)
    limit = "paling banyak " if item.direction == Direction.SPECIAL else ""
    number = low if low == high else f"{low} – {high}"
    return Line(item.indicator_id, aspect, item.text, f"{limit}{number} {item.unit}")


def _parents(
    page: PlanPage, opened: Opened | None, linkable: list[LinkableResult]
) -> list[tuple[str, str, bool]]:
    """The choices of a link: value, label, chosen; the present one stays when the superior has changed."""
    if opened is None or not opened.part.name.startswith("hasil-"):
        return []
    chosen = opened.values.get("parent_id", "")
    rows = [
        (str(row.result_id), row.text if row.agreed else f"{row.text} (atasan belum disepakati)")
        for row in linkable
    ]
    known = {value for value, _label in rows}
    rows += [
        (str(result.parent_id), f"{result.parent_text} (tautan lama)")
        for result in page.content.results
        if result.parent_id and str(result.parent_id) == chosen and chosen not in known
    ][:1]
    return [(value, label, value == chosen) for value, label in rows]


def _superiors(page: PlanPage, linkable: list[LinkableResult]) -> list[tuple[LinkableResult, int]]:
    """The superior's results, each with how many of the plan's results serve it."""
    served = [result.parent_id for result in page.content.results]
    return [(row, served.count(row.result_id)) for row in linkable]


def _guides(page: PlanPage, opened: Opened | None) -> list[dict[str, object]]:
    """The seven aspects with their guides and what the leader expects, stored or typed."""
    texts = dict(page.content.behaviours)
    typed = opened.values if opened else {}
    return [
        {
            "aspect": guide.aspect,
            "guides": guide.guides,
            "text": texts.get(guide.aspect, ""),
            "typed": typed.get(guide.aspect.value, ""),
        }
        for guide in GUIDES
    ]


def _appendix(page: PlanPage, opened: Opened | None) -> list[dict[str, object]]:
    """The three lists with their items, and the text being typed."""
    typed = opened.values if opened else {}
    return [
        {
            "kind": kind,
            "lines": [text for stored, text in page.content.appendix if stored == kind],
            "typed": typed.get(kind.value, ""),
            "example": APPENDIX_EXAMPLES[kind],
        }
        for kind in AppendixKind
    ]
