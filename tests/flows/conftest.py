"""The office's clock, and the number of queries of a page."""

import pytest
from django.test import Client

from config.lib import clock
from tests.people import Person
from tests.skp.drafts import JANUARY


@pytest.fixture
def at(monkeypatch):
    """Set the office's clock."""

    def set_clock(now):
        monkeypatch.setattr(clock, "now", lambda: now)

    set_clock(JANUARY)
    return set_clock


@pytest.fixture
def count(django_assert_num_queries):
    """Ask a page once to warm caches of the process, then count."""

    def ask(person: Person, address: str, expected: int) -> str:
        client = Client()
        client.force_login(person.user)
        client.get(address)
        with django_assert_num_queries(expected):
            answer = client.get(address)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask
