"""Answers of views to refusals: the sentence, the right status, nothing half-written."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.lib.errors import DomainError

P = ParamSpec("P")


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of a refusal: the sentence, its parts, and the way back."""
    problems = getattr(error, "problems", ())
    context = {"message": str(error), "problems": problems, "back": _came_from(request)}
    return render(request, "refusal.html", context, status=error.status)


def _came_from(request: HttpRequest) -> str:
    """The page of ours on which the refused button stood, else the start page: a move has no page itself."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return "/"
    # A path that begins with two slashes would be read as the name of another host.
    path = "/" + page.path.lstrip("/\\")
    return f"{path}?{page.query}" if page.query else path


def answers_refusals(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Turn a DomainError that leaves ``view`` into its refusal page."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            return refusal(request, error)

    return wrapped


def posted_int(request: HttpRequest, name: str) -> int:
    """A whole number of the posted form, such as the version; raises DomainError when absent or no number."""
    value = request.POST.get(name, "")
    if not value.isdecimal() or len(value) > 18:
        raise DomainError("Formulir tidak lengkap. Muat ulang halaman lalu coba lagi.")
    return int(value)
