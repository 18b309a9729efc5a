"""The cascade of a whole regency: everybody's standing, the blockers, an office's page, on 8,000 people.

    .venv/bin/python bench/cascade.py

Works on the regency of ``bench/regency.py``, every person with a draft of two results that serve the
superior's; prints milliseconds and queries, the best of five, and ends with 1 above a budget.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from regency import bench_database, make_regency

from orgunits.lines import lines_rebuild
from orgunits.models import AppraisalLine, OrgUnitSpan
from orgunits.selectors.viewers import unit_ids_below
from skp.enums import CascadeMethod, Gap, Scheme
from skp.models import Period, PlannedResult, Revision, Skp, WorkResult
from skp.selectors.cascade import cascade_of, lines_of_units
from skp.selectors.gaps import gap_rows
from skp.services.periods import period_create

DAY = date(2026, 1, 8)
# Milliseconds of one page's worth on two cores; queries are exact.
BUDGET = {"regency, ranking of blockers": (600, 2), "largest OPD, tree and numbers": (600, 8)}


def main() -> int:
    with bench_database():
        make_regency(random.Random(1))
        lines_rebuild()
        period = period_create(actor=None, year=2026, now=datetime(2026, 1, 2, tzinfo=UTC))
        make_plans(period)
        opd = OrgUnitSpan.objects.filter(kind="opd").order_by("pk")[0].unit_id
        kept = [
            measure("regency, ranking of blockers", lambda: cascade_of(period, DAY).blockers()),
            measure("largest OPD, tree and numbers", lambda: office(period, opd)),
        ]
    return 0 if all(kept) else 1


def make_plans(period: Period) -> None:
    """Two results each; everybody serves the two of the appraiser."""
    lines = list(AppraisalLine.objects.filter(start__lte=DAY, until=None))
    Skp.objects.bulk_create(
        Skp(
            assignment_id=line.assignment_id,
            period=period,
            owner_id=line.employee_id,
            scheme=Scheme.JA_JF,
            start=date(2026, 1, 1),
            until=date(2027, 1, 1),
        )
        for line in lines
    )
    plans = {plan.owner_id: plan for plan in Skp.objects.all()}
    drafts = Revision.objects.bulk_create(Revision(skp=plan, number=1) for plan in plans.values())
    for plan, draft in zip(plans.values(), drafts, strict=True):
        plan.open_revision = draft
    Skp.objects.bulk_update(plans.values(), ["open_revision"], batch_size=500)
    made = WorkResult.objects.bulk_create(WorkResult(skp=plan) for plan in plans.values() for _ in range(2))
    results: dict[int, list[WorkResult]] = {}
    for result in made:
        results.setdefault(result.skp.owner_id, []).append(result)
    above = {line.employee_id: line.appraiser_id for line in lines}
    PlannedResult.objects.bulk_create(
        PlannedResult(
            revision=plan.open_revision,
            result=result,
            order=order,
            text=f"Terlaksananya pekerjaan {order}",
            parent=results[superior][order] if (superior := above[owner]) in results else None,
            cascade_method=CascadeMethod.DIRECT,
        )
        for owner, plan in plans.items()
        for order, result in enumerate(results[owner])
    )


def office(period: Period, opd: int) -> None:
    """What the page of an OPD asks for."""
    units = unit_ids_below([opd], DAY)
    cascade = cascade_of(period, DAY, lines_of_units(units), with_provisional=True)
    cascade.blockers()
    for root in cascade.roots()[:1]:
        cascade.tree(root, limit=120)
    plans = Skp.objects.filter(period=period, assignment__unit__in=units)
    for gap in Gap:
        gap_rows(gap, plans, DAY).count()


def measure(name: str, run: Callable[[], object]) -> bool:
    took = []
    for _ in range(5):
        start = time.perf_counter()
        run()
        took.append((time.perf_counter() - start) * 1000)
    with CaptureQueriesContext(connection) as queries:
        run()
    best, most = min(took), BUDGET[name]
    kept = best <= most[0] and len(queries) <= most[1]
    print(f"{name:36} {best:7.0f} ms  {len(queries)} queries  {'ok' if kept else 'ABOVE BUDGET'}")
    return kept


if __name__ == "__main__":
    sys.exit(main())
