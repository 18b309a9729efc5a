"""Long work without a query log: nothing is kept inside, everything again after it."""

import pytest
from django.db import connection, reset_queries

from accounts.models import User
from config.lib.db import queries_unlogged

pytestmark = pytest.mark.django_db


def test_nothing_is_logged_inside_and_everything_after_it(settings) -> None:
    settings.DEBUG = True
    reset_queries()
    with queries_unlogged():
        assert not User.objects.exists()
    assert connection.queries == []
    assert not User.objects.exists()
    assert len(connection.queries) == 1


def test_the_log_comes_back_when_the_work_fails(settings) -> None:
    settings.DEBUG = True
    reset_queries()
    with pytest.raises(ZeroDivisionError), queries_unlogged():
        raise ZeroDivisionError
    assert not User.objects.exists()
    assert len(connection.queries) == 1
