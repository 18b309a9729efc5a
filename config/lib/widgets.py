"""Form widgets that several apps use."""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SELECTED = SafeString(" selected")


class PlainSelect(forms.Select):
    """A flat choice written without a template for each option, as a filter among all OPD needs it."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: object = None
    ) -> SafeString:
        """The same as ``Select``, for choices without groups."""
        chosen = frozenset(self.format_value(value))
        options = _options(tuple((str(key), label) for key, label in self.choices), chosen)
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})),
            options,
        )


class PlainText(forms.TextInput):
    """A field of one line written without a template, as filters have several."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: object = None
    ) -> SafeString:
        """The same as ``TextInput``."""
        shown = self.format_value(value)
        own = {"type": self.input_type, "name": name, **({} if shown is None else {"value": shown})}
        return format_html("<input{}>", flatatt({**own, **self.build_attrs(self.attrs, attrs)}))


class PlainHidden(PlainText):
    """A choice of a filter that was made elsewhere and goes along, written like ``PlainText``."""

    input_type = "hidden"


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[str, Hashable], ...], chosen: frozenset[str]) -> SafeString:
    rows = ((key, SELECTED if key in chosen else "", label) for key, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)
