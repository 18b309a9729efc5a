"""Writing under competition: the swap that every move starts with; and long work without a query log."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import F, Model, QuerySet
from django.db.utils import OperationalError

from config.lib.errors import Conflict

# PostgreSQL's word for a deadlock.
DEADLOCK = "40P01"


def waited_for_each_other(error: OperationalError) -> bool:
    """Whether PostgreSQL ended this of two transactions that waited for each other; it wrote nothing."""
    return getattr(error.__cause__, "sqlstate", None) == DEADLOCK


def swap_version(rows: "QuerySet[Any]", *, version: int, **changes: object) -> None:
    """Raise ``version`` by one and apply ``changes`` to the one row that still has that version.

    ``rows`` selects the row by key and, for a move, by the state it must leave. The update takes
    the row's lock on both databases. Raises Conflict when the row has moved on.
    """
    changed = rows.filter(version=version).update(version=F("version") + 1, **changes)
    if changed != 1:
        raise Conflict()


def swap_state(row: Model, *, field: str, source: str, target: str, **changes: object) -> None:
    """Move ``row.field`` from ``source`` to ``target``; raises Conflict when it has left ``source``."""
    manager = type(row)._default_manager
    changed = manager.filter(pk=row.pk, **{field: source}).update(**{field: target}, **changes)
    if changed != 1:
        raise Conflict()


@contextmanager
def queries_unlogged() -> Iterator[None]:
    """Let this connection not keep the text of every query, as Django does with ``DEBUG``.

    For long work that nobody reads the log of: on SQLite each text costs a query of its own, about a
    fifth of the time.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.make_debug_cursor = connection.make_cursor  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        del connection.make_debug_cursor
