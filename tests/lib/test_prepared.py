"""Prepared queries: the same rows as the queryset, other values at each run, seen by each thread."""

from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.db import connection, connections
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from accounts.models import Notification, User
from config.lib.prepared import Given, Prepared, PreparedPages, hold, many
from orgunits.enums import EmploymentKind
from orgunits.models import Employee

pytestmark = pytest.mark.django_db

NAMED = Prepared(lambda: Employee.objects.filter(name=Given("name")).select_related("user").order_by("pk"))


def person(name: str) -> Employee:
    user = User.objects.create_user(name.lower(), name=name)
    return Employee.objects.create(
        external_id=name, nip=f"{user.pk:018}", name=name, employment_kind=EmploymentKind.PNS, user=user
    )


def test_each_run_has_its_own_values() -> None:
    ani, budi = person("ANI"), person("BUDI")
    assert NAMED.rows(name="ANI") == [ani]
    assert NAMED.rows(name="BUDI") == [budi]
    assert NAMED.rows(name="nobody") == []
    assert NAMED.first(name="nobody") is None


def test_a_number_larger_than_any_key_finds_nothing() -> None:
    ani = person("ANI")
    by_key = Prepared(lambda: Employee.objects.filter(pk=Given("pk")))
    assert by_key.first(pk=ani.pk) == ani
    assert by_key.rows(pk=2**63 - 1) == []
    for number in (2**63, 10**20, -(10**20)):
        assert by_key.rows(pk=number) == []


def test_rows_are_whole_and_joined() -> None:
    ani = person("ANI")
    with CaptureQueriesContext(connection) as asked:
        found = NAMED.first(name="ANI")
        assert found is not None
        assert found.user is not None
        assert found.user.name == "ANI"
        assert found.employment_kind == ani.employment_kind
    assert len(asked) == 1


def test_values_are_converted_as_by_the_queryset() -> None:
    user = person("ANI").user
    assert user is not None
    User.objects.filter(pk=user.pk).update(last_login="2026-03-01T00:00:00Z")
    plain = User.objects.values_list("is_active", "last_login").order_by("pk")
    ready: Prepared[Any] = Prepared(
        lambda: (
            User.objects.filter(last_login__date__gte=Given("day"))
            .annotate(again=F("pk"))
            .values_list("is_active", "last_login")
        )
    )
    assert ready.rows(day=date(2026, 3, 1)) == list(plain)
    assert ready.rows(day=date(2026, 3, 2)) == []


def test_a_forgotten_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        NAMED.rows()


SOME = Prepared(lambda: Employee.objects.filter(pk__in=many("people", 3)).order_by("name"))
USERS = Prepared(lambda: Employee.objects.filter(user__pk__in=many("users", 2)).order_by("name"))


def test_lists_may_be_shorter_than_prepared_but_not_longer() -> None:
    ani, budi, citra, dewi = (person(name) for name in ("ANI", "BUDI", "CITRA", "DEWI"))
    assert SOME.rows(people=[citra.pk, ani.pk]) == [ani, citra]
    assert SOME.rows(people=[]) == []
    assert SOME.rows(people=[ani.pk, budi.pk, citra.pk]) == [ani, budi, citra]
    assert USERS.rows(users=[dewi.user_id, budi.user_id]) == [budi, dewi]
    with pytest.raises(ValueError, match="at most 3"):
        SOME.rows(people=[ani.pk, budi.pk, citra.pk, dewi.pk])


def test_another_thread_compiles_for_its_own_connection() -> None:
    NAMED.rows(name="ANI")
    kept, other = NAMED._kept, []

    def look() -> None:
        other.append(getattr(kept, "connection", None))

    thread = Thread(target=look)
    thread.start()
    thread.join()
    assert kept.connection is connections["default"]
    assert other == [None]


def test_held_rows_are_not_asked_again() -> None:
    user = User.objects.create_user("ani", name="ANI")
    hold(user, "notifications", [], Notification)
    with CaptureQueriesContext(connection) as asked:
        assert list(user.notifications.all()) == []
    assert len(asked) == 0


def _called(ends: str) -> Any:
    """People whose name is greater than a given one, those with this end only."""
    people = Employee.objects.filter(name__gt=Given("after"), name__endswith=ends)
    return people.annotate(known=F("user__username")).order_by("name")


def test_pages_are_those_of_the_queryset() -> None:
    ani, budi, citra, dewi = (person(name) for name in ("ANI", "BUDI", "CITRA", "DEWI"))
    people: Paginator[Any] = Paginator(PreparedPages(_called, "I", after="AN"), 2)
    assert (people.count, people.num_pages) == (3, 2)
    assert list(people.page(1)) == [ani, budi]
    assert list(people.page(2)) == [dewi]
    assert people.page(2)[0].known == "dewi"
    assert list(Paginator(PreparedPages(_called, "I", after="ANI"), 2).page(1)) == [budi, dewi]
    assert list(Paginator(PreparedPages(_called, "A", after="AN"), 2).page(1)) == [citra]
    nobody: Paginator[Any] = Paginator(PreparedPages(_called, "X", after="AN"), 2)
    assert (nobody.count, list(nobody.get_page(7))) == (0, [])


def test_a_page_takes_one_query_and_its_count_another() -> None:
    person("ANI")
    with CaptureQueriesContext(connection) as asked:
        listed: Paginator[Any] = Paginator(PreparedPages(_called, "I", after="AN"), 2)
        assert len(list(listed.get_page(1))) == 1
    assert len(asked) == 2
