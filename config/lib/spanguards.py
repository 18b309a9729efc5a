"""Spans that must not overlap, refused by the database itself.

PostgreSQL holds them with exclusion constraints over ``daterange(start, until, '[)')``, SQLite with
triggers before insert and update, which its single writer makes race-free. Both report the guard's
name in the error. A migration lists its guards and gets the operation from ``install``; a later
migration that makes Django rebuild a guarded table on SQLite drops the triggers with the old table
and must install them again (docs/adr/0004).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.utils import IntegrityError


@dataclass(frozen=True, slots=True)
class SpanGuard:
    """No two rows of ``table`` equal in ``keys`` may share a day.

    ``condition`` limits it to rows with these column values; booleans as Python booleans. The
    columns of the span are always ``start`` and ``until``, half-open, null for an open end.
    """

    name: str
    table: str
    keys: tuple[str, ...]
    condition: tuple[tuple[str, str | bool], ...] = ()


def install(guards: Sequence[SpanGuard]) -> migrations.RunPython:
    """The migration operation that sets the guards, and removes them when reversed."""

    def forwards(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        for guard in guards:
            for statement in _setting(guard, editor.connection.vendor):
                editor.execute(statement)

    def backwards(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for guard in guards:
            for statement in _removing(guard, editor.connection.vendor):
                editor.execute(statement)

    return migrations.RunPython(forwards, backwards)


def violated_constraint(error: IntegrityError) -> str:
    """The name of the guard or constraint that refused the write; empty when the database tells none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "")
    # A trigger's message is the guard's name alone; a check reports "CHECK constraint failed: name".
    return str(error).rpartition(": ")[2]


def _setting(guard: SpanGuard, vendor: str) -> list[str]:
    return [_exclusion(guard)] if vendor == "postgresql" else _triggers(guard)


def _removing(guard: SpanGuard, vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [f'ALTER TABLE "{guard.table}" DROP CONSTRAINT "{guard.name}"']
    return [f'DROP TRIGGER "{guard.name}_{event}"' for event in ("insert", "update")]


def _literal(value: str | bool, *, true: str, false: str) -> str:
    return f"'{value}'" if isinstance(value, str) else true if value else false


def _exclusion(guard: SpanGuard) -> str:
    keys = ", ".join(f'"{key}" WITH =' for key in guard.keys)
    where = " AND ".join(f'"{c}" = {_literal(v, true="true", false="false")}' for c, v in guard.condition)
    return (
        f'ALTER TABLE "{guard.table}" ADD CONSTRAINT "{guard.name}" EXCLUDE USING gist '
        f'({keys}, daterange("start", "until", \'[)\') WITH &&)' + (f" WHERE ({where})" if where else "")
    )


def _triggers(guard: SpanGuard) -> list[str]:
    def matches(row: str) -> list[str]:
        return [f'{row}."{c}" = {_literal(v, true="1", false="0")}' for c, v in guard.condition]

    same = [f'other."{key}" = NEW."{key}"' for key in guard.keys]
    shared_day = [
        'other."start" < COALESCE(NEW."until", \'9999-12-31\')',
        'NEW."start" < COALESCE(other."until", \'9999-12-31\')',
    ]
    exists = " AND ".join(['other."id" IS NOT NEW."id"', *same, *matches("other"), *shared_day])
    when = " AND ".join(matches("NEW")) or "1"
    # Only names and values written in migrations are put in, never anything a user typed.
    body = (
        f"FOR EACH ROW WHEN {when} BEGIN SELECT RAISE(ABORT, '{guard.name}') "  # noqa: S608
        f'WHERE EXISTS (SELECT 1 FROM "{guard.table}" AS other WHERE {exists}); END'
    )
    columns = ", ".join(f'"{c}"' for c in (*guard.keys, *(c for c, _ in guard.condition), "start", "until"))
    return [
        f'CREATE TRIGGER "{guard.name}_insert" BEFORE INSERT ON "{guard.table}" {body}',
        f'CREATE TRIGGER "{guard.name}_update" BEFORE UPDATE OF {columns} ON "{guard.table}" {body}',
    ]
