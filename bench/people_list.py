"""CPU time of the list of people against a bare list of the same database.

    .venv/bin/python bench/people_list.py

Bare: a view without middleware that lists 25 people in one template. Ours: the page of people as a
BKPSDM admin gets it, with all middleware, session, search, the frame with its places, compressed, and
the count of 8,000 people. Both run in turns in one process; budget: at most 5 times the bare list.
Log lines are formatted and thrown away.
"""

import gzip
import logging
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from regency import bench_database, make_regency

from accounts.models import User
from config.lib import clock
from config.lib.dates import office_date
from orgunits.enums import Role
from orgunits.models import Employee, RoleGrant

BUDGET = 5
ROUNDS, REQUESTS = 30, 10
PAGE = "/organisasi/pegawai/"
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


def handler() -> BaseHandler:
    """A request handler with the middleware of the settings as they are now."""
    made = BaseHandler()
    made.load_middleware()
    return made


def bare_list() -> Ask:
    """The floor, with addresses of its own and no middleware."""
    with override_settings(MIDDLEWARE=[]):
        floor = handler()

    def ask() -> HttpResponse:
        request = RequestFactory().get("/")
        request.urlconf = __name__
        return floor.get_response(request)  # type: ignore[return-value]

    return ask


def our_list(user: User) -> Ask:
    """The page as the signed-in ``user`` gets it."""
    client = Client()
    client.force_login(user)
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    full = handler()

    def ask() -> HttpResponse:
        request = RequestFactory().get(PAGE, headers={"Accept-Encoding": "gzip"})
        request.COOKIES = cookies
        return full.get_response(request)  # type: ignore[return-value]

    return ask


def cpu_milliseconds(ask: Ask) -> float:
    """CPU time of one request, mean of many."""
    begun = time.process_time()
    for _ in range(REQUESTS):
        ask()
    return (time.process_time() - begun) / REQUESTS * 1000


def check(answer: HttpResponse) -> None:
    """Both pages list 25 people; raises SystemExit when one shows something else."""
    page = gzip.decompress(answer.content) if answer.get("Content-Encoding") == "gzip" else answer.content
    rows = page.decode().split("<tbody>")[-1].count("<tr>")
    if answer.status_code != 200 or rows != 25:
        raise SystemExit(f"status {answer.status_code} with {rows} rows")


def main() -> None:
    log = logging.getLogger().handlers[0]
    assert isinstance(log, logging.StreamHandler)
    with bench_database(), Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        log.setStream(nowhere)
        make_regency(random.Random(1))
        user = User.objects.create_user("bkpsdm", name="Admin BKPSDM")
        now = clock.now()
        RoleGrant.objects.create(
            user=user, role=Role.BKPSDM_ADMIN, start=office_date(now), granted_by=user, granted_at=now
        )
        floor, ours = bare_list(), our_list(user)
        for ask in (floor, ours):
            check(ask())
        pairs = [(cpu_milliseconds(floor), cpu_milliseconds(ours)) for _ in range(ROUNDS)]
    # The fastest round of each: other work on the machine only ever adds time.
    least, mine = (min(times) for times in zip(*pairs, strict=True))
    ratio = mine / least
    print(f"bare list    {least:6.2f} ms CPU")
    print(f"our list     {mine:6.2f} ms CPU")
    print(f"ratio        {ratio:6.2f}      {'within' if ratio <= BUDGET else 'OVER'} {BUDGET}")
    raise SystemExit(0 if ratio <= BUDGET else 1)


if __name__ == "__main__":
    main()
