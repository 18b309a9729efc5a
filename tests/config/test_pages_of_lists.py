"""The page numbers that lists link to lead to further rows."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts import audit
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import NOW


def both_pages(client, address, query=""):
    """What the list shows, and what it shows after its link to the next page."""
    first = client.get(address + query).content.decode()
    (link,) = re.findall(r'<a href="(\?[^"]+)" rel="next">', first)
    return first, client.get(address + link.replace("&amp;", "&")).content.decode()


@pytest.fixture
def client(people):
    client = Client()
    client.force_login(people.bkpsdm_admin.user)
    return client


def test_people(client, people):
    for number in range(30):
        AssignmentFactory(employee=EmployeeFactory(name=f"ZAINAL {number:02}"), unit=people.division)
    first, second = both_pages(client, reverse("orgunits:people"))
    assert "ZAINAL 29" not in first
    assert "ZAINAL 29" in second


# The audit trail shows the last days when nothing was chosen; an empty first day means all.
@pytest.mark.parametrize(("name", "query"), [("accounts:history", ""), ("orgunits:audit", "?dari=")])
def test_events(client, people, name, query):
    user = people.bkpsdm_admin.user
    for number in range(30):
        audit.record(
            actor=user, now=NOW, kind="uji", target="uji:1", target_label=f"Peristiwa ke-{number:02}"
        )
    first, second = both_pages(client, reverse(name), query)
    assert "Peristiwa ke-00" not in first
    assert "Peristiwa ke-00" in second
