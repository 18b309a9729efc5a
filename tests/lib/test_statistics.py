"""SQLite is told to look at its tables once a day and after a great change; PostgreSQL does it itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.lib.statistics import statistics_refresh, statistics_refresh_daily

pytestmark = pytest.mark.django_db
# 09.00 in the office.
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def looked(*moments: datetime) -> int:
    """How often the tables were looked at when asked at these moments."""
    with CaptureQueriesContext(connection) as asked:
        for moment in moments:
            statistics_refresh_daily(now=moment)
    return sum(query["sql"] == "ANALYZE" for query in asked)


def test_once_a_day_of_the_office():
    cache.clear()
    own = connection.vendor == "sqlite"
    assert looked(NOW, NOW + timedelta(hours=14, minutes=59)) == int(own)
    assert looked(NOW + timedelta(hours=15)) == int(own)
    assert looked(NOW + timedelta(hours=16)) == 0


def test_only_sqlite_is_told():
    with CaptureQueriesContext(connection) as asked:
        statistics_refresh()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = 'django_migrations'")
            assert cursor.fetchone()[0] == 1
    else:
        assert len(asked) == 0
