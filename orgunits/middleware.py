"""Every request knows who is asking, at one instant, and asks the database only when a view needs it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from config.lib import clock
from config.lib.errors import NotAllowed
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer


class ViewerRequest(HttpRequest):
    """A request as views see it, for annotations."""

    viewer: Viewer
    user: User


class ViewerMiddleware:
    """Set ``request.viewer``; stands after the authentication middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.viewer = SimpleLazyObject(lambda: _viewer(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is asking; the same value for the whole request."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _viewer(request: HttpRequest) -> Viewer:
    if not request.user.is_authenticated:
        raise NotAllowed("Silakan masuk terlebih dahulu.")
    return viewer_for(request.user, clock.now())
