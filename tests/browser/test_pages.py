"""Every page of the access table on both screens: it fits, and axe finds nothing, in light and in dark."""

import pytest
from django.urls import reverse

from config.lib import clock
from tests.access_table import COLUMNS, ROWS, Row
from tests.browser.conftest import Visit
from tests.people import People
from tests.skp.drafts import JANUARY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Answers that are no pages: a style sheet, probes, files.
NO_PAGES = {
    "theme_css",
    "healthz",
    "readyz",
    "assessments:document",
    "assessments:document_preview",
    "assessments:history_refused",
    "assessments:history_template",
    "assessments:idea_proof",
    "compliance:evaluation_file",
    "compliance:opd_recap_file",
    "compliance:recap",
    "compliance:recap_file",
    "compliance:scored_file",
    "compliance:scores_file",
    "orgunits:import_refused",
    "compliance:board_file",
    "compliance:people_file",
    "skp:document",
    "skp:document_preview",
    "skp:evidence",
    "skp:rhk_refused",
    "skp:workbook_template",
    "skp:extension_letter",
    "skp:exemption_document",
    "skp:exemption_proposal_document",
}
# Who sees most of a page comes first.
BY_REACH = ("bkpsdm_admin", "opd_admin", "superior", "appraiser", "owner", "anonymous")


def who_sees(row: Row) -> str | None:
    """Whom of the cast the row's address shows a page, None when it shows nobody one."""
    if row.method != "get" or row.name in NO_PAGES:
        return None
    expected = row.expected()
    return next((column for column in BY_REACH if expected[column] == 200), None)


PAGES = [row for row in ROWS if who_sees(row)]


def test_every_kind_of_person_is_among_the_visitors():
    assert set(BY_REACH) <= set(COLUMNS)
    assert {who_sees(row) for row in ROWS} >= {"bkpsdm_admin", "owner", "anonymous", None}
    assert len(PAGES) > 40


@pytest.fixture(autouse=True)
def planning(monkeypatch) -> None:
    """Drafts can be edited while planning is open."""
    monkeypatch.setattr(clock, "now", lambda: JANUARY)


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_every_page_fits_and_can_be_read(row: Row, people: People, visit: Visit) -> None:
    # Before anybody is signed in: a session is bound to its password.
    address = reverse(row.name, kwargs=dict(row.arguments(people)))
    column = who_sees(row)
    visitor = visit(None if column == "anonymous" else getattr(people, str(column)))
    visitor.open(address)
    visitor.inspect()


def test_refusals_fit_and_can_be_read(people: People, visit: Visit) -> None:
    owner = visit(people.owner)
    owner.open(reverse("skp:periods"), status=403)
    owner.inspect()
    owner.open("/tidak-ada/", status=404)
    owner.inspect()
