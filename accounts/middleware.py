"""Requests of users who must choose a new password go there first."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

CHANGE = "account_change_password"
# Static files are served before the session is known and never come here.
EXEMPT = frozenset({CHANGE, "account_logout", "healthz", "readyz"})


class ForcedPasswordChangeMiddleware:
    """Sends users with ``must_change_password`` to the change page, from everywhere but EXEMPT."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name in EXEMPT:
            return None
        if request.user.is_authenticated and request.user.must_change_password:
            return redirect(CHANGE)
        return None
