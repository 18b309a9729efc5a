"""The people behind a number of the results board."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from assessments.enums import FourPredicate, NationalPredicate
from assessments.models import YearResult
from assessments.selectors.year_results import (
    readable_year_results,
    reads_every_year_result,
    unopened_results,
)
from assessments.states import NoPerformanceKind
from compliance.enums import YearStanding
from compliance.selectors.board import opd_names, opds_by_name
from compliance.selectors.scores import board_results
from compliance.selectors.within import within_board
from config.lib.prepared import Given, Prepared, PreparedPages
from orgunits.models import Employee
from orgunits.selectors.people import unit_names
from orgunits.viewer import Viewer
from skp.models import Period

CONDITIONS: dict[YearStanding, Q] = {
    YearStanding.OBLIGED: Q(obliged=True),
    YearStanding.SCORED: Q(obliged=True, scored=True),
    YearStanding.OPEN: Q(obliged=True, scored=False),
    YearStanding.COUNTED: Q(obliged=True, counts=True),
    YearStanding.UNCOUNTED: Q(obliged=True, counts=False),
    YearStanding.WITHOUT: Q(obliged=True, four=""),
    YearStanding.NO_PERFORMANCE: Q(obliged=True) & ~Q(no_performance=""),
    YearStanding.EXEMPT: Q(obliged=False),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which people are asked for; ``opd_id`` 0: those outside of any, None: all."""

    which: YearStanding = YearStanding.OBLIGED
    opd_id: int | None = None
    unit_id: int | None = None
    kind: str = ""
    word: FourPredicate | None = None

    @property
    def condition(self) -> Q:
        """The rows of the year results that are meant, whoever asks."""
        found = CONDITIONS[self.which]
        if self.opd_id is not None:
            found &= Q(opd=self.opd_id) if self.opd_id else Q(opd__isnull=True)
        if self.unit_id is not None:
            found &= Q(unit=self.unit_id)
        if self.kind:
            found &= Q(employee__employment_kind=self.kind)
        return found & Q(four=self.word) if self.word else found


@dataclass(frozen=True, slots=True)
class ScoredPerson:
    """A person's year as the viewer may know it; number and words are empty where not readable.

    ``why``: what stands behind a year without performance; ``readable``: whether it is told what the year
    came to, and leads to the years; the own one is once its owner has opened it.
    """

    employee: Employee
    opd_name: str
    unit_name: str
    standing: YearStanding
    why: str
    final: Decimal | None
    national: NationalPredicate | None
    four: FourPredicate | None
    readable: bool


def scored_people(viewer: Viewer, period: Period, choice: Choice) -> "QuerySet[YearResult]":
    """The year results behind a number, by name, with ``readable``.

    A predicate is asked only of those whose result the viewer may read, and has opened if it is the own.
    """
    rows = _of_period(period.pk).filter(within_board(viewer), choice.condition)
    if choice.word and _unopened(viewer, period.pk):
        rows = rows.exclude(employee=viewer.employee_id)
    readable: Exists | Value = Value(True)
    if not reads_every_year_result(viewer):
        mine = readable_year_results(viewer)
        readable = Exists(mine.filter(pk=OuterRef("pk")))
        if choice.word:
            rows = rows.filter(pk__in=mine.values("pk"))
    return _by_name(rows, readable)


def _of_period(period: int | Given) -> "QuerySet[YearResult]":
    # One of two, of which one is nobody's: told so, SQLite reads people by name and looks up each one's
    # result until a page is full; told one, it sorts everybody's.
    return YearResult.objects.filter(period__pk__in=[period, -1])


def _by_name(rows: "QuerySet[YearResult]", readable: Exists | Value) -> "QuerySet[YearResult]":
    return rows.annotate(readable=readable).select_related("employee").order_by("employee__name", "pk")


def scored_people_pages(viewer: Viewer, period: Period, choice: Choice) -> Any:
    """``scored_people`` for a ``Paginator``; those who count everybody and read all of it ask the same."""
    everything = viewer.sees_regency and reads_every_year_result(viewer)
    if not everything or (choice.word and _unopened(viewer, period.pk)):
        return scored_people(viewer, period, choice)
    place = {name: key for name, key in (("opd", choice.opd_id), ("unit", choice.unit_id)) if key}
    others = replace(choice, opd_id=0 if choice.opd_id == 0 else None, unit_id=None)
    return PreparedPages(_of_regency, others, *place, period=period.pk, **place)


def _of_regency(choice: Choice, *places: str) -> "QuerySet[YearResult]":
    """Everybody of the choice; ``places``: the columns that choose an OPD or unit."""
    place = Q(**{name: Given(name) for name in places})
    return _by_name(_of_period(Given("period")).filter(choice.condition, place), Value(True))


def scored_person_rows(viewer: Viewer, results: Iterable[YearResult]) -> list[ScoredPerson]:
    """The results of ``scored_people`` as their rows show them, with one query for the units' names.

    The own result is told once its page was opened, which is its receipt: another query where it is listed.
    """
    listed = list(results)
    ids = {place for row in listed for place in (row.opd_id, row.unit_id) if place is not None}
    names = unit_names(ids, viewer.today) if ids else {}
    return [
        _row(row, names, untold=row.employee_id == viewer.employee_id and _unopened(viewer, row.period_id))
        for row in listed
    ]


def _unopened(viewer: Viewer, period_id: int) -> bool:
    """Whether a result of the viewer's own waits to be opened."""
    if viewer.employee_id is None:
        return False
    return unopened_results(viewer.employee_id).filter(version__delivered_of__skp__period=period_id).exists()


def _row(row: YearResult, names: dict[int, str], *, untold: bool) -> ScoredPerson:
    readable = bool(getattr(row, "readable", False)) and not untold
    return ScoredPerson(
        employee=row.employee,
        opd_name=names.get(row.opd_id or 0, ""),
        unit_name=names.get(row.unit_id or 0, ""),
        standing=standing_of(row),
        why=str(NoPerformanceKind(row.no_performance).label) if row.no_performance else "",
        final=row.final if readable else None,
        national=NationalPredicate(row.national) if readable and row.national else None,
        four=FourPredicate(row.four) if readable and row.four else None,
        readable=readable,
    )


def standing_of(row: YearResult) -> YearStanding:
    """Where the person's year stands."""
    if not row.obliged:
        return YearStanding.EXEMPT
    if row.no_performance:
        return YearStanding.NO_PERFORMANCE
    return YearStanding.SCORED if row.scored else YearStanding.OPEN


def score_opds(viewer: Viewer, period: Period) -> dict[int, str]:
    """The OPD in which the viewer's board counts somebody, by name, and 0 for none; one query."""
    everybody = viewer.sees_regency
    names = COUNTING.rows(period=period.pk) if everybody else opd_names(board_results(viewer, period))
    return opds_by_name(names, viewer.today)


COUNTING = Prepared(lambda: opd_names(YearResult.objects.filter(period=Given("period"))))
