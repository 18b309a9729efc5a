"""Every page of the access table on both screens: it fits, and axe finds nothing, in light and in dark."""

import pytest
from django.urls import reverse

from config.lib import clock
from tests.access.frame import with_passwords
from tests.access_table import COLUMNS, ROWS, Row
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.people import People
from tests.skp.drafts import JANUARY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Answers that are no pages: a style sheet, probes, files.
NO_PAGES = {
    "theme_css",
    "healthz",
    "readyz",
    "orgunits:import_refused",
    "compliance:board_file",
    "compliance:people_file",
    "skp:document",
    "skp:document_preview",
    "skp:evidence",
}
# Who sees most of a page comes first.
BY_REACH = ("bkpsdm_admin", "opd_admin", "superior", "appraiser", "owner", "anonymous")


def who_sees(row: Row) -> str | None:
    """Whom of the cast the row's address shows a page, None when it shows nobody one."""
    if row.method != "get" or row.name in NO_PAGES:
        return None
    expected = row.expected()
    return next((column for column in BY_REACH if expected[column] == 200), None)


def test_every_kind_of_person_is_among_the_visitors():
    assert set(BY_REACH) <= set(COLUMNS)
    assert {who_sees(row) for row in ROWS} >= {"bkpsdm_admin", "owner", "anonymous", None}


def test_every_page_fits_and_can_be_read(people: People, visit: Visit, monkeypatch) -> None:
    # Drafts can be edited while planning is open.
    monkeypatch.setattr(clock, "now", lambda: JANUARY)
    # Before anybody is signed in: a session is bound to its password.
    with_passwords(people)
    visitors: dict[str, Visitor] = {"anonymous": visit()}
    problems, seen = [], 0
    for row in ROWS:
        column = who_sees(row)
        if column is None:
            continue
        if column not in visitors:
            visitors[column] = visit(getattr(people, column))
        arguments = {} if row.arguments is with_passwords else dict(row.arguments(people))
        visitors[column].open(reverse(row.name, kwargs=arguments))
        problems += visitors[column].problems()
        seen += 1
    assert problems == []
    assert seen > 40
    visitors["owner"].open(reverse("skp:periods"), status=403)
    visitors["owner"].inspect()
    visitors["owner"].open("/tidak-ada/", status=404)
    visitors["owner"].inspect()
