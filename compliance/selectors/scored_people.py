"""The people behind a number of the results board."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from assessments.enums import FourPredicate, NationalPredicate
from assessments.models import YearResult
from assessments.selectors.year_results import readable_year_results, reads_every_year_result
from assessments.states import NoPerformanceKind
from compliance.enums import YearStanding
from compliance.selectors.scores import board_results
from compliance.selectors.snapshots import NO_OPD
from orgunits.models import Employee, OrgUnitSpan
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

    ``why``: what stands behind a year without performance; ``readable``: whether the years may be opened.
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

    A predicate is asked only of those whose result the viewer may read.
    """
    rows = board_results(viewer, period).filter(choice.condition)
    readable: Exists | Value = Value(True)
    if not reads_every_year_result(viewer):
        mine = readable_year_results(viewer)
        readable = Exists(mine.filter(pk=OuterRef("pk")))
        if choice.word:
            rows = rows.filter(pk__in=mine.values("pk"))
    return rows.annotate(readable=readable).select_related("employee").order_by("employee__name", "pk")


def scored_person_rows(viewer: Viewer, results: Iterable[YearResult]) -> list[ScoredPerson]:
    """The results of ``scored_people`` as their rows show them, with one query for the units' names."""
    listed = list(results)
    ids = {place for row in listed for place in (row.opd_id, row.unit_id) if place is not None}
    names = unit_names(ids, viewer.today) if ids else {}
    return [_row(row, names) for row in listed]


def _row(row: YearResult, names: dict[int, str]) -> ScoredPerson:
    readable = bool(getattr(row, "readable", False))
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
    counting = board_results(viewer, period).order_by().values("opd")
    spans = OrgUnitSpan.objects.filter(unit__in=counting).order_by("start")
    names: dict[int, str] = {}
    for unit_id, name, start in spans.values_list("unit_id", "name", "start"):
        if start <= viewer.today or unit_id not in names:
            names[unit_id] = name
    return dict(sorted(names.items(), key=lambda item: item[1].casefold())) | {0: NO_OPD}
