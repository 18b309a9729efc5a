"""The results board: what each OPD's year comes to, counted from the year results alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet, Sum

from assessments.enums import FourPredicate, NationalPredicate
from assessments.models import YearResult
from assessments.selectors.year_results import readable_year_results, reads_every_year_result
from compliance.results import Answer, Tally, by_scores, final_of
from compliance.rules import Counts, opd_predicate
from compliance.selectors.board import opds_listed
from compliance.selectors.within import counts_whole, within_board
from config.lib.prepared import Given, Prepared
from orgunits.viewer import Viewer
from skp.enums import Regime
from skp.models import Period

Key = int | str | None


@dataclass(frozen=True, slots=True)
class Group:
    """Some obliged people: all of them, and those whose results the viewer may read."""

    tally: Tally = field(default_factory=Tally)
    readable: Tally = field(default_factory=Tally)

    def __add__(self, other: "Group") -> "Group":
        return Group(self.tally + other.tally, self.readable + other.readable)

    @property
    def unread(self) -> int:
        """Scored people whose result the viewer may not read."""
        return self.tally.scored - self.readable.scored

    @property
    def open_words(self) -> frozenset[FourPredicate]:
        """The predicates of which the viewer may read everybody's."""
        return frozenset(
            word
            for word, count in self.tally.words.items()
            if count and self.readable.words.get(word) == count
        )


@dataclass(frozen=True, slots=True)
class ResultRow:
    """An OPD, a unit or a kind of employee on the board; ``key`` is None for people in none.

    ``told``: whether means and predicates are shown, or the scored are too few for a number not to tell
    the result of one. ``whole``: all people of the OPD are counted; of a part there are no predicates.
    """

    key: Key
    name: str
    group: Group
    told: bool
    whole: bool = False
    interim: FourPredicate | None = None
    by_scores: Answer | None = None
    final: Answer | None = None

    @property
    def tally(self) -> Tally:
        return self.group.tally


def board_results(viewer: Viewer, period: Period) -> "QuerySet[YearResult]":
    """The year results of the period that the viewer's board counts, the exempted ones among them."""
    return YearResult.objects.filter(within_board(viewer), period=period)


def groups_of(viewer: Viewer, rows: "QuerySet[YearResult]", *by: str) -> dict[tuple[Any, ...], Group]:
    """The obliged of ``rows`` grouped by these columns; in two queries where not every result is read."""
    every = _added(_lines(rows, by), by)
    if reads_every_year_result(viewer):
        return _all_readable(every)
    readable = _added(_lines(rows & readable_year_results(viewer), by), by)
    return {key: Group(tally, readable.get(key, Tally())) for key, tally in every.items()}


def _all_readable(tallies: Mapping[tuple[Any, ...], Tally]) -> dict[tuple[Any, ...], Group]:
    return {key: Group(tally, tally) for key, tally in tallies.items()}


def _lines(rows: "QuerySet[YearResult]", by: tuple[str, ...]) -> "QuerySet[Any, dict[str, Any]]":
    """The obliged by these columns and by all that a tally holds, which is few lines."""
    # A list, so that SQLite goes on in the index behind the column.
    found: QuerySet[Any] = rows.filter(obliged__in=[True]).order_by()
    lines: QuerySet[Any, dict[str, Any]] = found.values(*by, "scored", "counts", "four", "national").annotate(
        people=Count("*"), total=Sum("final", filter=Q(counts=True))
    )
    return lines


def _added(lines: Iterable[Mapping[str, Any]], by: tuple[str, ...]) -> dict[tuple[Any, ...], Tally]:
    found: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for line in lines:
        found.setdefault(tuple(line[name] for name in by), []).append(line)
    return {key: _tally(own) for key, own in found.items()}


def _tally(lines: list[Mapping[str, Any]]) -> Tally:
    counted = [line for line in lines if line["counts"]]
    return Tally(
        obliged=sum(line["people"] for line in lines),
        scored=sum(line["people"] for line in lines if line["scored"]),
        counted=sum(line["people"] for line in counted),
        total=sum((line["total"] or Decimal(0) for line in counted), Decimal(0)),
        words=_people_by(FourPredicate, "four", lines),
        nationals=_people_by(NationalPredicate, "national", counted),
    )


Word = TypeVar("Word", FourPredicate, NationalPredicate)


def _people_by(words: type[Word], name: str, lines: Iterable[Mapping[str, Any]]) -> dict[Word, int]:
    found: Counter[str] = Counter()
    for line in lines:
        found[line[name]] += line["people"]
    return {words(word): people for word, people in found.items() if word}


# What those ask who count everybody and read every result.
REGENCY_BY_OPD = Prepared(lambda: _lines(YearResult.objects.filter(period=Given("period")), ("opd_id",)))


def _by_opd(viewer: Viewer, period: Period) -> dict[int | None, Group]:
    """The obliged of the viewer's board by OPD."""
    if viewer.sees_regency and reads_every_year_result(viewer):
        groups = _all_readable(_added(REGENCY_BY_OPD.rows(period=period.pk), ("opd_id",)))
    else:
        groups = groups_of(viewer, board_results(viewer, period), "opd_id")
    return {opd: group for (opd,), group in groups.items()}


def score_rows(viewer: Viewer, period: Period) -> list[ResultRow]:
    """The board's rows by name, in at most four queries however many people.

    Who oversees the regency sees every OPD of today, also one in which nobody is obliged.
    """
    groups = _by_opd(viewer, period)
    fewest = period.settings.min_people_for_words
    rows = [
        opd_row(viewer, period, opd_id, name, groups.get(opd_id, Group()), fewest)
        for opd_id, name in opds_listed(viewer, groups).items()
    ]
    return sorted(rows, key=lambda row: (row.key is None, row.name.casefold()))


def opd_row(
    viewer: Viewer, period: Period, opd_id: int | None, name: str, group: Group, fewest: int
) -> ResultRow:
    """The row of an OPD with its three predicates, where they may be told."""
    regime, settings = Regime(period.regime), period.settings
    told = not 0 < group.unread < fewest
    whole = counts_whole(viewer, opd_id) and opd_id is not None
    return ResultRow(
        key=opd_id,
        name=name,
        group=group,
        told=told,
        whole=whole,
        interim=opd_predicate(group.tally.counts, settings) if whole else None,
        by_scores=by_scores(group.tally, regime, settings) if whole and told else None,
        final=final_of(group.tally, regime, settings) if whole and told else None,
    )


def withheld(unread: Mapping[Key, int], fewest: int) -> frozenset[Key]:
    """The parts of a known whole whose predicates are not told.

    Those with fewer unread people than ``fewest``; and then the next larger ones until those withheld
    together are enough, since the whole less what is told would tell the rest.
    """
    smallest = sorted((key for key, count in unread.items() if count), key=lambda key: unread[key])
    hidden = [key for key in smallest if unread[key] < fewest]
    for key in smallest[len(hidden) :]:
        if not 0 < sum(unread[each] for each in hidden) < fewest:
            break
        hidden.append(key)
    return frozenset(hidden)


def part_rows(groups: Mapping[Key, Group], names: Mapping[Key, str], fewest: int) -> list[ResultRow]:
    """The parts of an OPD by name, each told where it may be."""
    hidden = withheld({key: group.unread for key, group in groups.items()}, fewest)
    rows = [ResultRow(key, names.get(key, "–"), group, key not in hidden) for key, group in groups.items()]
    return sorted(rows, key=lambda row: (row.key is None, row.name.casefold()))


@dataclass(frozen=True, slots=True)
class Total:
    """The rows added up: ``people`` of all, ``told`` only of those rows that are told."""

    people: Counts
    told: Tally


def total_of(rows: Iterable[ResultRow]) -> Total:
    """The sum of the rows; what is not told of a row enters no mean and no word."""
    listed = list(rows)
    return Total(
        people=sum((row.tally.counts for row in listed), Counts()),
        told=sum((row.tally for row in listed if row.told), Tally()),
    )


def hidden_people(rows: Iterable[ResultRow]) -> int:
    """Scored people whose results are told nowhere in these rows."""
    return sum(row.tally.scored for row in rows if not row.told)
