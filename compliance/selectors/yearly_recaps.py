"""What the signed recapitulations say: an OPD's people (D10) and the regency's OPD (D11), from year results.

The same for whoever issues them: only delivered results stand in year results. Who may have one,
permissions say.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from assessments.enums import FourPredicate, NationalPredicate
from assessments.models import AssessmentVersion, YearResult
from assessments.states import NoPerformanceKind
from compliance.results import Tally
from compliance.selectors.recaps import (
    NO_PLAN,
    delivered_versions,
    only_part,
    plan_statuses,
    planned_by_opd,
    recap_note,
    titles_at_the_end,
)
from compliance.selectors.snapshots import NO_OPD
from orgunits.models import Employee
from orgunits.selectors.people import unit_names
from orgunits.selectors.units import opd_names
from skp.models import Period


@dataclass(frozen=True, slots=True)
class RecapLine:
    """A person of D10; numbers 0–120, None or empty where there is none.

    ``skp_value`` and ``behaviour`` are of a year in one part: of several there is only the final.
    """

    employee: Employee
    title: str
    status: str
    skp_value: Decimal | None
    behaviour: Decimal | None
    final: Decimal | None
    national: str
    four: str
    note: str


@dataclass(frozen=True, slots=True)
class OpdLine:
    """An OPD of D11; ``planned``: obliged people who fulfilled the planning."""

    opd_id: int | None
    name: str
    planned: int
    tally: Tally


def recap_lines(period: Period, opd_id: int) -> list[RecapLine]:
    """The obliged of the OPD by name, in four queries however many."""
    results = YearResult.objects.filter(period=period, opd=opd_id, obliged=True)
    people = results.order_by().values("employee")
    titles, statuses = titles_at_the_end(people, period), plan_statuses(people, period)
    versions = delivered_versions(people, period)
    rows = results.select_related("employee").order_by("employee__name", "employee_id")
    return [
        _line(row, titles.get(row.employee_id, ""), statuses.get(row.employee_id, NO_PLAN), versions)
        for row in rows
    ]


def _line(
    row: YearResult, title: str, status: str, versions: Mapping[int, Collection[AssessmentVersion]]
) -> RecapLine:
    parts = versions.get(row.employee_id, ())
    only = only_part(parts) if row.scored else None
    why = str(NoPerformanceKind(row.no_performance).label) if row.no_performance else ""
    return RecapLine(
        employee=row.employee,
        title=title,
        status=status,
        skp_value=only.skp_value if only else None,
        behaviour=only.behaviour_value if only else None,
        final=row.final,
        national=row.national,
        four=row.four,
        note=recap_note(why, len(parts)),
    )


def tally_of(lines: Iterable[RecapLine]) -> dict[str, int]:
    """How many of the lines have each four-word predicate, by its value; "" for none yet."""
    counts = dict.fromkeys([*FourPredicate.values, ""], 0)
    for line in lines:
        counts[line.four] += 1
    return counts


def regency_lines(period: Period, day: date) -> list[OpdLine]:
    """Every OPD of ``day`` and every other one with obliged people, by name, in four queries."""
    obliged = YearResult.objects.filter(period=period, obliged=True).order_by()
    tallies = _tallies(obliged)
    planned = planned_by_opd(obliged, period)
    names: dict[int | None, str] = {unit_id: name for name, unit_id in opd_names(day)}
    names.update(unit_names([pk for pk in tallies if pk is not None and pk not in names], day).items())
    if None in tallies:
        names[None] = NO_OPD
    return [
        OpdLine(opd_id, name, planned.get(opd_id, 0), tallies.get(opd_id, Tally()))
        for opd_id, name in sorted(names.items(), key=lambda item: (item[0] is None, item[1].casefold()))
    ]


def _tallies(obliged: "QuerySet[YearResult]") -> dict[int | None, Tally]:
    rows = obliged.values("opd_id", "four", "national").annotate(
        people=Count("pk"),
        done=Count("pk", filter=Q(scored=True)),
        counting=Count("pk", filter=Q(counts=True)),
        points=Sum("final", filter=Q(counts=True)),
    )
    found: dict[int | None, Tally] = defaultdict(Tally)
    for row in rows:
        counting = row["counting"]
        found[row["opd_id"]] += Tally(
            obliged=row["people"],
            scored=row["done"],
            counted=counting,
            total=Decimal(row["points"] or 0),
            words={FourPredicate(row["four"]): row["people"]} if row["four"] else {},
            nationals={NationalPredicate(row["national"]): counting} if row["national"] and counting else {},
        )
    return dict(found)
