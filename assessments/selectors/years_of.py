"""One person's years: every result with its parts, and the years of the archive before."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q

from assessments.enums import Category, FourPredicate, NationalPredicate
from assessments.models import Assessment, HistoryResult
from assessments.selectors.year_results import readable_year_results, reads_every_year_result
from assessments.states import DELIVERED_STATES, NoPerformanceKind
from config.lib.dates import last_day_from_until
from orgunits.models import AppraisalLine, Assignment, Employee
from orgunits.selectors.days import on_day
from orgunits.selectors.people import unit_names
from orgunits.selectors.units import units_of_opds
from orgunits.viewer import Viewer
from skp.states import Lifecycle


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A delivered plan of a year. ``last_day`` is inclusive; ``appraiser``: who delivered it, and as what.

    ``received``: opened by its owner, or deemed to be.
    """

    skp_id: int
    title: str
    unit_name: str
    start: date
    last_day: date | None
    final: Decimal | None
    national: str
    appraiser: str
    received: bool


@dataclass(frozen=True, slots=True)
class ShownYear:
    """A year of a person; ``archived`` years stand as the personnel office's file had them.

    ``score``: 0–120, None where there is none or the year isn't complete; ``word``: the predicate as
    printed, empty before; ``four``: the regency's word; ``why``: the reason of a year without performance.
    ``unopened``: the owner looks, and has a result to open first: that opening is its receipt.
    """

    year: int
    score: Decimal | None
    word: str
    category: str = ""
    four: FourPredicate | None = None
    why: str = ""
    appraiser: str = ""
    parts: tuple[ShownPart, ...] = ()
    archived: bool = False
    unopened: bool = False


def is_near(viewer: Viewer, employee: Employee) -> bool:
    """Whether the person stands below the viewer today: appraised, in the subtree, or of the TPK's OPD."""
    lines = AppraisalLine.objects.filter(
        on_day(viewer.today), appraiser=viewer.employee_id, employee=employee
    )
    if viewer.has_appraisees and lines.exists():
        return True
    below = Q(unit__in=viewer.subtree_unit_ids)
    if viewer.tpk_opd_ids:
        below |= Q(unit__in=units_of_opds(viewer.tpk_opd_ids, viewer.today).values("unit"))
    if not (viewer.subtree_unit_ids or viewer.tpk_opd_ids):
        return False
    return Assignment.objects.filter(below, on_day(viewer.today), employee=employee).exists()


def years_of(viewer: Viewer, employee: Employee) -> list[ShownYear]:
    """The person's years that the viewer may read, the newest first, in four queries.

    The archive is for those who may open the page at all: the caller has asked.
    """
    results = readable_year_results(viewer).filter(employee=employee).select_related("period")
    parts = _parts(viewer, employee)
    years = [
        _unopened(row.period.year, parts[row.period_id])
        if viewer.employee_id == employee.pk
        and not all(part.received for part in parts.get(row.period_id, ()))
        else ShownYear(
            year=row.period.year,
            score=row.final,
            word=str(NationalPredicate(row.national).label) if row.national else "",
            category=str(Category(row.category).label) if row.category else "",
            four=FourPredicate(row.four) if row.four else None,
            why=str(NoPerformanceKind(row.no_performance).label) if row.no_performance else "",
            parts=tuple(parts.get(row.period_id, ())),
        )
        for row in results
    ]
    known = {row.year for row in years}
    archive = HistoryResult.objects.filter(employee=employee)
    years += [
        ShownYear(row.year, row.score, row.predicate, appraiser=row.appraiser_name, archived=True)
        for row in archive
        if row.year not in known
    ]
    return sorted(years, key=lambda row: row.year, reverse=True)


def _unopened(year: int, parts: list[ShownPart]) -> ShownYear:
    """A year that tells its owner no number before the result has been opened."""
    told = tuple(replace(part, final=None, national="") for part in parts)
    return ShownYear(year, None, "", parts=told, unopened=True)


def _parts(viewer: Viewer, employee: Employee) -> dict[int, list[ShownPart]]:
    rows = (
        Assessment.objects.filter(skp__owner=employee, status__in=sorted(DELIVERED_STATES))
        .exclude(skp__lifecycle=Lifecycle.CANCELLED)
        .select_related("skp__assignment", "delivered__delivery__delivered_by")
        .order_by("skp__start")
    )
    listed = list(rows)
    names = unit_names({row.skp.assignment.unit_id for row in listed}, viewer.today) if listed else {}
    found: dict[int, list[ShownPart]] = {}
    for row in listed:
        given = row.delivered
        assert given is not None
        by = given.delivery
        found.setdefault(row.skp.period_id, []).append(
            ShownPart(
                skp_id=row.skp_id,
                title=row.skp.assignment.shown_title,
                unit_name=names.get(row.skp.assignment.unit_id, ""),
                start=row.skp.start,
                last_day=last_day_from_until(row.skp.until),
                final=given.final,
                national=str(NationalPredicate(given.national).label),
                appraiser=f"{by.delivered_by}, {by.delivered_as}",
                received=by.received_at is not None,
            )
        )
    return found


def opens_years(viewer: Viewer, employee: Employee) -> bool:
    """Whether the viewer may open this person's page of years at all."""
    own = viewer.employee_id == employee.pk
    return own or reads_every_year_result(viewer) or is_near(viewer, employee)
