"""Options of the editor's choices: made once for each chosen value, since a page holds dozens of them."""

from functools import lru_cache

from django import template
from django.utils.html import format_html_join
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

register = template.Library()

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
