"""Every request knows who is asking, at one instant, and asks the database only when a view needs it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from config.lib import clock
from config.lib.errors import NotAllowed
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer


class ViewerMiddleware:
    """Prepare ``viewer_of``; stands after the authentication middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.viewer = None  # type: ignore[attr-defined]
        return self.get_response(request)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is asking; the same value for the whole request. NotAllowed when nobody is signed in."""
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    if viewer is None:
        if not request.user.is_authenticated:
            raise NotAllowed("Silakan masuk terlebih dahulu.")
        # A plain value: pages ask it hundreds of times, each of which costs more on a lazy object.
        viewer = viewer_for(request.user, clock.now())
        request.viewer = viewer  # type: ignore[attr-defined]
    return viewer
