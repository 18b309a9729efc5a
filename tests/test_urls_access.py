"""Every address answers every person as the access table says, and no address is missing from it."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from config.lib import clock
from tests.access_table import COLUMNS, ROWS, Row
from tests.skp.drafts import JANUARY

# Addresses that Django's or another library's own code answers.
FOREIGN_NAMESPACES: frozenset[str] = frozenset()


def named_addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """The full name of every address; one without a name is told by its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            if pattern.namespace not in FOREIGN_NAMESPACES:
                yield from named_addresses(pattern.url_patterns, inner)
        else:
            yield f"{prefix}{pattern.name or pattern.pattern}"


def test_every_address_has_a_row():
    missing = set(named_addresses(get_resolver().url_patterns)) - {row.name for row in ROWS}
    assert not missing


def test_every_row_has_an_address():
    gone = {row.name for row in ROWS} - set(named_addresses(get_resolver().url_patterns))
    assert not gone


def test_the_walk_finds_addresses():
    names = set(named_addresses(get_resolver().url_patterns))
    assert {"start", "orgunits:person"} <= names


@pytest.fixture
def planning(monkeypatch):
    """The office's clock stands in the planning window: what may be done depends on the day."""
    monkeypatch.setattr(clock, "now", lambda: JANUARY)


@pytest.mark.usefixtures("planning")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.method}")
def test_everybody_gets_the_status_of_the_table(row: Row, people):
    address = reverse(row.name, kwargs=dict(row.arguments(people)))
    given = {}
    for column in COLUMNS:
        client = Client()
        if column != "anonymous":
            client.force_login(getattr(people, column).user)
        given[column] = getattr(client, row.method)(address, dict(row.data)).status_code
    assert given == row.expected()


# Values that nothing has, for a part of an address; the number is larger than any key of a database.
NOBODY_S = {IntConverter: 10**20, UUIDConverter: "00000000-0000-4000-8000-000000000000"}


def numbered_addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Every address that takes a number, with a value for each of its parts that nothing has."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from numbered_addresses(pattern.url_patterns, inner)
            continue
        parts = pattern.pattern.converters
        if any(isinstance(part, IntConverter) for part in parts.values()):
            values = {name: NOBODY_S.get(type(part), "tidak-ada") for name, part in parts.items()}
            yield reverse(f"{prefix}{pattern.name}", kwargs=values)


@pytest.mark.usefixtures("planning")
def test_a_number_larger_than_any_key_is_an_unknown_page(people):
    client = Client()
    client.force_login(people.bkpsdm_admin.user)
    addresses = list(numbered_addresses(get_resolver().url_patterns))
    assert len(addresses) > 50
    given = {
        address: {client.get(address).status_code, client.post(address).status_code} for address in addresses
    }
    assert {address: codes for address, codes in given.items() if not codes <= {404, 405}} == {}
