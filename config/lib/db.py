"""Writing under competition: the optimistic swap that every move starts with."""

from typing import Any

from django.db.models import F, Model, QuerySet

from config.lib.errors import Conflict


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
