"""A page instead of a blank answer when an address that takes forms only is opened by hand.

It happens to real people: the session ends, they press a button, sign in again and are sent
back to the address of the button.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]


def refused_method_page(get_response: GetResponse) -> GetResponse:
    """Middleware: fill the empty body of a 405 with the product's page; the header ``Allow`` stays."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page

    return answer
