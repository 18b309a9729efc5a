"""Parts of the editor that are rendered once for the same values and kept.

Of a page only one section changes while it is written; cards, the superior's results and the fields of
indicators stay as they were, and rendering them anew would be most of the page's work.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

from skp.enums import (
    Aspect,
    CascadeMethod,
    Direction,
    Perspective,
    ResultKind,
    ResultSource,
    Rollup,
)
from skp.forms.sections import SCOPES

if TYPE_CHECKING:
    from skp.selectors.plans import LinkableResult
    from skp.views.editor_page import Card

register = template.Library()

# Some 2 kB each, in every process.
KEPT = 2048
# Stands for the row's key, which is new each time for a row that nobody has filled yet.
KEY = "\N{OBJECT REPLACEMENT CHARACTER}"

SELECTED = SafeString(" selected")
UNCHOSEN = ("", "Belum dipilih")
CHOICES: dict[str, list[tuple[str, str]]] = {
    "kind": list(ResultKind.choices),
    "cascade_method": [UNCHOSEN, *CascadeMethod.choices],
    "source": [UNCHOSEN, *ResultSource.choices],
    "perspective": [UNCHOSEN, *Perspective.choices],
    "scope": [(str(value), label) for value, label in SCOPES],
    "aspect": list(Aspect.choices),
    "direction": list(Direction.choices),
    "rollup": [("", "Baku menurut aspek"), *Rollup.choices],
}


@register.simple_tag
def options(name: str, chosen: str = "") -> SafeString:
    """The options of the choice ``name`` with ``chosen`` selected; KeyError for an unknown choice."""
    return _options(name, str(chosen or ""))


@lru_cache(maxsize=256)
def _options(name: str, chosen: str) -> SafeString:
    rows = [(value, SELECTED if value == chosen else "", label) for value, label in CHOICES[name]]
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.simple_tag
def closed_card(card: "Card", scheme: str, opened: object) -> SafeString:
    """A result that is read; ``opened``: whether another section is open."""
    return _closed_card(card, str(scheme), bool(opened))


@lru_cache(maxsize=KEPT)
def _closed_card(card: "Card", scheme: str, opened: bool) -> SafeString:
    return render_to_string(
        "skp/editor/_card_closed.html", {"card": card, "scheme": scheme, "opened": opened}
    )


@register.simple_tag
def superior_row(row: "LinkableResult", served: int, opened: object) -> SafeString:
    """A result of the superior that ``served`` of one's own results serve."""
    return _superior_row(row, served, bool(opened))


@lru_cache(maxsize=KEPT)
def _superior_row(row: "LinkableResult", served: int, opened: bool) -> SafeString:
    return render_to_string("skp/editor/_superior_row.html", {"row": row, "served": served, "opened": opened})


@register.simple_tag
def indicator_row(row: Mapping[str, Any], qualitative: bool) -> SafeString:
    """The fields of an indicator, a row of ``rows_of``; those with errors are rendered anew."""
    if row["errors"]:
        return render_to_string("skp/editor/_indicator.html", {"row": row, "qualitative": qualitative})
    values = tuple((name, value) for name, value in row.items() if name not in {"key", "errors"})
    text = _indicator_row(values, bool(qualitative))
    return SafeString(text.replace(KEY, conditional_escape(row["key"])))


@lru_cache(maxsize=KEPT)
def _indicator_row(values: tuple[tuple[str, Any], ...], qualitative: bool) -> SafeString:
    row = {**dict(values), "key": KEY, "errors": {}}
    return render_to_string("skp/editor/_indicator.html", {"row": row, "qualitative": qualitative})
