"""What pages are measured against: a bare list, asked in this process as the pages are.

Bare: a view without middleware that lists 25 people in one template after one query. A page is asked
with all middleware, as a signed-in person gets it, compressed.
"""

import gzip
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from regency import bench_database

from accounts.models import User
from orgunits.models import Employee

ROUNDS, REQUESTS = 30, 10
Ask = Callable[[], HttpResponse]
TEMPLATE = """<!doctype html><html lang="id"><head><title>Pegawai</title></head><body><h1>Pegawai</h1>
<table><thead><tr><th>Nama</th><th>NIP</th><th>Golongan</th><th>Jenis</th></tr></thead><tbody>
{% for person in people %}<tr><td><a href="{% url "person" person.pk %}">{{ person.name }}</a></td>
<td>{{ person.nip }}</td><td>{{ person.grade }}</td><td>{{ person.get_employment_kind_display }}</td></tr>
{% endfor %}</tbody></table></body></html>"""
compiled: list[Template] = []


def bare(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """25 people, one query, one template."""
    if not compiled:
        compiled.append(Template(TEMPLATE))
    people = Employee.objects.order_by("name", "pk")[:25]
    return HttpResponse(compiled[0].render(Context({"people": people})))


urlpatterns = [path("", bare), path("orang/<int:pk>/", bare, name="person")]


def _handler() -> BaseHandler:
    """A request handler with the middleware of the settings as they are now."""
    made = BaseHandler()
    made.load_middleware()
    return made


def bare_list() -> Ask:
    """The floor, with addresses of its own and no middleware."""
    with override_settings(MIDDLEWARE=[]):
        floor = _handler()

    def ask() -> HttpResponse:
        request = RequestFactory().get("/")
        request.urlconf = __name__
        return floor.get_response(request)  # type: ignore[return-value]

    return ask


def page_of(user: User, address: str) -> Ask:
    """The page as the signed-in ``user`` gets it."""
    client = Client()
    client.force_login(user)
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    full = _handler()

    def ask() -> HttpResponse:
        request = RequestFactory().get(address, headers={"Accept-Encoding": "gzip"})
        request.COOKIES = cookies
        return full.get_response(request)  # type: ignore[return-value]

    return ask


def shown(answer: HttpResponse) -> str:
    """The page's text; raises SystemExit when it is none."""
    page = gzip.decompress(answer.content) if answer.get("Content-Encoding") == "gzip" else answer.content
    if answer.status_code != 200:
        raise SystemExit(f"status {answer.status_code}")
    return page.decode()


def cpu_milliseconds(ask: Ask) -> float:
    """CPU time of one request, mean of many."""
    begun = time.process_time()
    for _ in range(REQUESTS):
        ask()
    return (time.process_time() - begun) / REQUESTS * 1000


def least_milliseconds(*asked: Ask) -> list[float]:
    """CPU time of one request of each, measured in turns.

    The fastest round of each: other work on the machine only ever adds time.
    """
    rounds = [[cpu_milliseconds(ask) for ask in asked] for _ in range(ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


@contextmanager
def measuring() -> Iterator[None]:
    """An empty database, gone afterwards; log lines are formatted, as always, and thrown away."""
    log = logging.getLogger().handlers[0]
    assert isinstance(log, logging.StreamHandler)
    with bench_database(), Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        log.setStream(nowhere)
        yield
