"""What templates need to show the product: icons, badges of states, numbers, dates, deadlines."""

from collections.abc import Hashable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol, runtime_checkable
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.lib.dates import (
    format_date,
    format_day_end,
    format_deadline,
    format_moment,
    last_day_from_until,
    time_left,
)
from config.lib.fields import called
from config.templatetags.kept import kept

register = template.Library()

TONES = frozenset({"strong", "good", "warn", "bad", "info", "neutral"})
NOTHING = "–"
INDONESIAN = str.maketrans({",": ".", ".": ",", "-": "\N{MINUS SIGN}"})
SOON = timedelta(days=3)


@runtime_checkable
class Shown(Protocol):
    """A state that knows how it is shown: a member of an enum with these three attributes.

    ``label``: its word for the user; ``tone``: one of TONES; ``icon``: a name in ``icons/sprite.svg``.
    """

    @property
    def label(self) -> Any: ...

    @property
    def tone(self) -> str: ...

    @property
    def icon(self) -> str: ...


@register.simple_tag
def icon(name: str, size: str = "", title: str = "") -> SafeString:
    """An icon of the sprite; ``size``: "", "large", "huge"; with ``title`` it speaks, else it decorates."""
    return _icon(name, size, title)


@lru_cache(maxsize=512)
def _icon(name: str, size: str, title: str) -> SafeString:
    css = f"icon icon--{size}" if size else "icon"
    address = f"{static('icons/sprite.svg')}#{name}"
    if title:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', css, title, address
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', css, address)


@register.simple_tag
def badge(state: Shown) -> SafeString:
    """The badge of a state, icon and word; TypeError for a value that doesn't know its look, such as text."""
    if not isinstance(state, Shown):
        raise TypeError(f"badge needs an enum member with label, tone and icon, not {state!r}.")
    return badge_as(str(state.label), state.tone, state.icon)


@register.simple_tag
def badge_as(label: str, tone: str = "neutral", icon_name: str = "info") -> SafeString:
    """A badge from its parts, for words that no enum holds; ValueError for an unknown tone."""
    return _badge(str(label), tone, icon_name)


@lru_cache(maxsize=512)
def _badge(label: str, tone: str, icon_name: str) -> SafeString:
    if tone not in TONES:
        raise ValueError(f"{tone!r} is not a tone; choose one of {', '.join(sorted(TONES))}.")
    return format_html('<span class="badge badge--{}">{}{}</span>', tone, icon(icon_name), label)


@register.filter
def disebut(field: BoundField) -> str:
    """What a field is called away from its place."""
    return called(field)


@register.filter
def angka(value: Decimal | float | int | None, decimals: int | None = None) -> str:
    """A number as Indonesians write it, "1.234,50"; without ``decimals`` those of the value; None: a dash."""
    if value is None or value == "":
        return NOTHING
    number = Decimal(str(value))
    text = f"{number:,.{decimals}f}" if decimals is not None else f"{number:,f}"
    return text.translate(INDONESIAN)


@register.filter
def persen(value: Decimal | float | int | None, decimals: int = 1) -> str:
    """A share given in percent points, "92,3 %" with a blank that never breaks; None gives a dash."""
    return NOTHING if value is None else f"{angka(value, decimals)}\N{NO-BREAK SPACE}%"


@register.filter
def selisih(value: Decimal | int | None, decimals: int = 0) -> str:
    """A change with its sign, "+2,3", "−1,0"; None gives a dash."""
    if value is None:
        return NOTHING
    text = angka(value, decimals)
    return f"+{text}" if Decimal(value) > 0 else text


@register.filter
def tanggal(day: date | None) -> str:
    """ "31 Januari 2026"; None gives a dash."""
    return NOTHING if day is None else format_date(day)


@register.filter
def hari_terakhir(until: date | None) -> str:
    """The last day of a half-open span that ends before ``until``; None reads "sekarang"."""
    last = last_day_from_until(until)
    return "sekarang" if last is None else format_date(last)


@register.filter
def waktu(moment: datetime | None) -> str:
    """ "31 Januari 2026 pukul 23.59 WIB"; None gives a dash."""
    return NOTHING if moment is None else format_moment(moment)


@register.filter
def batas(due_at: datetime | None) -> str:
    """A deadline as people say it: "31 Januari 2026 pukul 23.59 WIB"; None gives a dash."""
    return NOTHING if due_at is None else format_deadline(due_at)


@register.filter
def akhir_hari(moment: datetime | None) -> str:
    """The end of an office day: "31 Januari 2026 pukul 24.00 WIB"; None gives a dash."""
    return NOTHING if moment is None else format_day_end(moment)


@register.filter
def nip(value: str | None) -> str:
    """An NIP in groups, "19850314 201001 2 003", with blanks that never break; None gives a dash."""
    if not value:
        return NOTHING
    if len(value) != 18:
        return value
    return "\N{NO-BREAK SPACE}".join((value[:8], value[8:14], value[14], value[15:]))


@register.simple_tag(takes_context=True)
def tenggat(context: Mapping[str, Any], due_at: datetime) -> SafeString:
    """A deadline with the time left, at the ``now`` of the context."""
    given = context["now"]
    now: datetime = given() if callable(given) else given
    nearness = "late" if now >= due_at else "soon" if due_at - now <= SOON else "far"
    return _tenggat(format_deadline(due_at), time_left(now, due_at), nearness)


@lru_cache(maxsize=512)
def _tenggat(text: str, left: str, nearness: str) -> SafeString:
    # In a list most people have the same deadline.
    values = {"text": text, "left": left, "nearness": nearness}
    return SafeString(render_to_string("components/deadline.html", values).strip())


@register.filter
def pressed(value: object, chosen: object) -> str:
    """ "true" or "false" for ``aria-pressed``."""
    return "true" if value == chosen else "false"


@register.simple_tag(takes_context=True)
def page_url(context: Mapping[str, Any], number: int, name: str = "halaman") -> str:
    """The present address with another page number, every filter kept."""
    others = [
        (key, value) for key, values in context["request"].GET.lists() if key != name for value in values
    ]
    return f"?{urlencode([*others, (name, number)])}"


@register.simple_tag(takes_context=True)
def sort_head(
    context: Mapping[str, Any], column: str, label: str, number: bool = False, name: str = "urut"
) -> SafeString:
    """The head cell of a column that sorts; ``number``: right-aligned. Its address keeps every filter."""
    asked = context["request"].GET
    chosen = asked.get(name, "")
    direction = {column: "ascending", f"-{column}": "descending"}.get(chosen, "none")
    return kept(
        "components/sort_head.html",
        url=sort_url(asked, column, name),
        direction=direction,
        label=label,
        number=number,
    )


def sort_url(asked: QueryDict, column: str, name: str) -> str:
    """The present address sorted by ``column``; downwards ("-column") when it is sorted upwards already."""
    wanted = f"-{column}" if asked.get(name) == column else column
    others = [
        (key, value) for key, values in asked.lists() if key not in (name, "halaman") for value in values
    ]
    return f"?{urlencode([*others, (name, wanted)])}"


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str]:
    """The numbers that the pagination shows around ``page``, with the paginator's ellipsis for gaps."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag
def theme_url() -> str:
    """The address of the regency's colours; it changes with the colour, so that browsers may keep it."""
    return _theme_url(settings.REGENCY_COLOUR, get_script_prefix())


@lru_cache(maxsize=8)
def _theme_url(colour: str, prefix: str) -> str:
    """``prefix``: where the application is mounted."""
    return f"{reverse('theme_css')}?{urlencode({'v': colour.removeprefix('#')})}"


@register.simple_tag
def favicon() -> str:
    """The icon of the browser's tab, a shield in the regency's colour, as an address of its own content."""
    return _favicon(settings.REGENCY_COLOUR)


@lru_cache(maxsize=8)
def _favicon(colour: str) -> str:
    shield = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        '<path fill="{}" d="M5 2h22a2 2 0 0 1 2 2v13c0 7-6 11-13 13C9 28 3 24 3 17V4a2 2 0 0 1 2-2z"/>'
        '<path fill="none" stroke="#fff" stroke-width="3.5" d="m10 15 4.5 4.5L22.5 11"/></svg>'
    )
    return "data:image/svg+xml," + quote(shield.format(colour))


@register.simple_tag(takes_context=True)
def places_as(context: Mapping[str, Any], shape: str) -> SafeString:
    """The viewer's places as "column" (left, or the bar of phones) or as "menu" (those beyond the bar)."""
    places = context["places"]
    return _places(shape, places() if callable(places) else places, context.get("current_place", ""))


@lru_cache(maxsize=256)
def _places(shape: str, places: tuple[Hashable, ...], current_place: str) -> SafeString:
    # The same few lists for everyone: rendering them anew is most of the frame's work.
    template = {"column": "components/places_column.html", "menu": "components/places_menu.html"}[shape]
    return render_to_string(template, {"places": places, "current_place": current_place})
