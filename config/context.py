"""What every page knows: the regency, the scheme of colours, the places and the unread notices."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

from accounts.models import User
from accounts.selectors import unread_count
from config.lib import clock
from config.navigation import PHONE_PLACES, PLACES, places_for
from orgunits.middleware import viewer_of
from orgunits.viewer import Viewer

T = TypeVar("T")
THEME_COOKIE = "tampilan"
THEMES = {"light": "Terang", "dark": "Gelap", "auto": "Otomatis"}


@dataclass(frozen=True, slots=True)
class Link:
    """A place as the page shows it; ``on_phone``: among those of the bar at the foot."""

    key: str
    label: str
    icon: str
    url: str
    on_phone: bool


def chosen_theme(request: HttpRequest) -> str:
    """ "light", "dark" or "auto" (the device's choice) as the person's cookie says."""
    value = request.COOKIES.get(THEME_COOKIE, "auto")
    return value if value in THEMES else "auto"


def asking(request: HttpRequest) -> Viewer | None:
    """Who is asking, None when nobody is signed in or the request failed before that was known."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not hasattr(request, "viewer"):
        return None
    return viewer_of(request)


def request_now(request: HttpRequest) -> datetime:
    """The instant of this request: its viewer's, so that a page speaks of one moment only."""
    viewer = asking(request)
    return viewer.now if viewer is not None else clock.now()


@lru_cache(maxsize=256)
def frame_links(keys: tuple[str, ...], prefix: str) -> tuple[Link, ...]:
    """The places ``keys`` with their addresses; worked out once for each kind of viewer and script prefix."""
    shown = [place for place in PLACES if place.key in keys]
    return tuple(
        Link(place.key, place.label, place.icon, reverse(place.url_name), position < PHONE_PLACES)
        for position, place in enumerate(shown)
    )


def links(request: HttpRequest) -> tuple[Link, ...]:
    """The viewer's places, none for nobody."""
    viewer = asking(request)
    if viewer is None:
        return ()
    return frame_links(tuple(place.key for place in places_for(viewer)), get_script_prefix())


def unread(request: HttpRequest) -> int:
    """How many notices the signed-in person has not read; one query, 0 for nobody."""
    user = getattr(request, "user", None)
    return unread_count(user) if isinstance(user, User) else 0


def once(ask: Callable[[], T]) -> Callable[[], T]:
    """``ask``, asked when a template first needs it and not again; cheaper there than a lazy object."""
    return lru_cache(maxsize=1)(ask)


def look(request: HttpRequest) -> dict[str, object]:
    """Context of ``base.html``; what costs a query is asked only when the page shows it."""
    return {
        "regency_name": settings.REGENCY_NAME,
        "theme": chosen_theme(request),
        "themes": THEMES,
        "now": partial(request_now, request),
        "viewer": once(partial(asking, request)),
        "places": once(partial(links, request)),
        "unread": once(partial(unread, request)),
    }
