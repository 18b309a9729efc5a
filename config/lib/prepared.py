"""Queries that every page or move asks: put into SQL once, run with other values each time.

Django builds the SQL of a queryset anew at each use, which for the reading of one plan takes ten times
as long as the database's answer. A ``Prepared`` keeps the SQL; rows and values come out of it as out of
the queryset itself. Relations to prefetch are not read: ask them with a query of their own and hand the
rows over with ``hold``. What this leans on in Django stands in docs/adr/0011-prepared-queries.md.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from threading import local
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Count, Expression, Model, QuerySet, Value

T = TypeVar("T")

# The largest key that a database has a column for.
LARGEST = 2**63 - 1


class Given(Expression):
    """A value that is handed over at each run, where a queryset has the value itself."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: object, connection: object) -> tuple[str, tuple["Given", ...]]:  # type: ignore[override]
        """A placeholder, with itself as the parameter to be replaced."""
        return "%s", (self,)

    def of(self, values: Mapping[str, Any]) -> object:
        """What it stands for; raises KeyError when it was not handed over."""
        return values[self.name]


class _OneOfMany(Given):
    """The value at a place of a list that is handed over, NULL where the list is shorter."""

    def __init__(self, name: str, place: int, most: int) -> None:
        super().__init__(name)
        self.place, self.most = place, most

    def of(self, values: Mapping[str, Any]) -> object:
        listed = values[self.name]
        if len(listed) > self.most:
            raise ValueError(f"{self.name} takes at most {self.most} values, not {len(listed)}.")
        return listed[self.place] if self.place < len(listed) else None


def many(name: str, most: int) -> list[Any]:
    """A list of at most so many numbers or texts that is handed over at each run, for ``…__pk__in``."""
    return [_OneOfMany(name, place, most) for place in range(most)]


class Prepared(Generic[T]):
    """``build()`` answers the queryset, with ``Given`` in the place of values; it is asked at first use.

    Every ``Given`` takes one number, text, date or moment, never None; ``many`` take a list.
    """

    def __init__(self, build: Callable[[], "QuerySet[Any, T]"]) -> None:
        self._build = build
        # A thread has its own connection, and what was compiled holds it.
        self._kept = local()

    def rows(self, **values: object) -> list[T]:
        """All rows, read now; none for a number larger than any key. Raises KeyError for a missing value."""
        # An address can name any number; SQLite refuses to be asked for one that no column holds.
        if any(isinstance(value, int) and abs(value) > LARGEST for value in values.values()):
            return []
        connection = connections[DEFAULT_DB_ALIAS]
        if getattr(self._kept, "connection", None) is not connection:
            self._compile(connection)
        ops = connection.ops
        given = {name: _adapted(value, ops) for name, value in values.items()}
        self._kept.compiler.run_with(given)
        queryset = self._kept.queryset
        return list(queryset._iterable_class(queryset))

    def first(self, **values: object) -> T | None:
        """The first row, None when there is none; the queryset itself says how many are read."""
        return next(iter(self.rows(**values)), None)

    def _compile(self, connection: Any) -> None:
        queryset = self._build()
        plain = queryset.query.get_compiler(connection=connection)
        compiler = _kept_compiler(type(plain))(queryset.query, connection, DEFAULT_DB_ALIAS)
        compiler.keep()
        queryset.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        self._kept.connection, self._kept.compiler, self._kept.queryset = connection, compiler, queryset


class PreparedPages(Generic[T]):
    """A list for a ``Paginator``: its count and each of its pages are compiled at their first use.

    ``shape(*kind)``, a function of a module with plain words, answers the queryset; ``values`` are those
    of its ``Given``.
    """

    def __init__(self, shape: Callable[..., "QuerySet[Any, T]"], *kind: Hashable, **values: object) -> None:
        self._shape, self._kind, self._values = shape, kind, values

    def count(self) -> int:
        """How many rows there are, read now."""
        return _counted(self._shape, self._kind).first(**self._values) or 0

    def __getitem__(self, part: slice) -> list[T]:
        if part.stop <= part.start:  # the one page of an empty list
            return []
        return _cut(self._shape, self._kind, part.start, part.stop).rows(**self._values)


@lru_cache(maxsize=64)
def _counted(shape: Callable[..., Any], kind: tuple[Hashable, ...]) -> Prepared[int]:
    # Grouped by what is the same in all rows, so that all of them are counted in one.
    return Prepared(
        lambda: (
            shape(*kind)
            .order_by()
            .annotate(all=Value(1))
            .values("all")
            .annotate(rows=Count("pk"))
            .values_list("rows", flat=True)
        )
    )


# People turn to the first pages; those behind are compiled anew when others have pushed them out.
@lru_cache(maxsize=256)
def _cut(shape: Callable[..., Any], kind: tuple[Hashable, ...], start: int, stop: int) -> Prepared[Any]:
    return Prepared(lambda: shape(*kind)[start:stop])


def _kept_compiler(base: type[Any]) -> type[Any]:
    """The database's compiler, whose SQL and conversions are worked out once."""

    class Kept(base):  # type: ignore[misc]
        def keep(self) -> None:
            self.kept_sql, self.kept_params = super().as_sql()
            fields = [column[0] for column in self.select[: self.col_count]]
            self.kept_converters = super().get_converters(fields)

        def run_with(self, given: dict[str, object]) -> None:
            self.given = tuple(
                value.of(given) if isinstance(value, Given) else value for value in self.kept_params
            )

        def as_sql(self, *args: object, **kwargs: object) -> tuple[str, tuple[object, ...]]:
            return self.kept_sql, self.given

        def get_converters(self, expressions: object) -> Any:
            return self.kept_converters

    return Kept


def _adapted(value: object, ops: Any) -> object:
    if isinstance(value, datetime):
        return ops.adapt_datetimefield_value(value)
    return ops.adapt_datefield_value(value) if isinstance(value, date) else value


def hold(row: Model, relation: str, rows: Iterable[Model], of: type[Model]) -> None:
    """Let ``row`` know the rows of its ``relation``, as prefetch_related does."""
    known: QuerySet[Any] = QuerySet(of)
    known._result_cache = list(rows)
    known._prefetch_done = True  # type: ignore[attr-defined]
    row.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = known
