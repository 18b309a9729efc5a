"""The results board at 8,000 and at 80,000 scored people: predicates, distribution, lists, recapitulations.

    .venv/bin/python bench/results.py

Regencies of 60 OPD in databases of their own, on SQLite and on the PostgreSQL server of ``DATABASE_URL``
(left out with a word when none answers). Year results are written straight as rows. Each figure is the
fastest of several runs. Budgets at 8,000 people: 5 queries for every OPD's predicates and 300 ms each but
for the recapitulation of the largest OPD; ten times the people at most 12 times the time.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal

import regency
from board import POSTGRES, answers, milliseconds, settle
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from regency import OPD, bench_database

from accounts.models import User
from assessments.enums import Category, FourPredicate, NationalPredicate
from assessments.models import YearResult
from compliance.selectors.opd_scores import kind_scores, opd_scores
from compliance.selectors.recaps import opd_recap, regency_recap
from compliance.selectors.scored_people import Choice, scored_people, scored_person_rows
from compliance.selectors.scores import score_rows
from config.lib.dates import office_date
from orgunits.models import Assignment, OrgUnitSpan, RoleGrant
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer
from skp.models import Duty, Period
from skp.services.periods import period_create

SIZES = (8_000, 80_000)
QUERIES, EACH_MS, RATIO = 5, 300.0, 12.0
NOW = datetime(2027, 2, 10, 2, 0, tzinfo=UTC)
FOURS = (
    (110, Category.VERY_GOOD, NationalPredicate.VERY_GOOD, FourPredicate.SATISFACTORY),
    (90, Category.GOOD, NationalPredicate.GOOD, FourPredicate.GOOD),
    (70, Category.FAIR, NationalPredicate.NEEDS_IMPROVEMENT, FourPredicate.BAD),
    (50, Category.POOR, NationalPredicate.POOR, FourPredicate.BAD),
    (0, Category.VERY_POOR, NationalPredicate.VERY_POOR, FourPredicate.VERY_BAD),
)


def make_results(period: Period, chance: random.Random) -> None:
    """A year result for every post; nine of ten are scored."""
    opds = dict(OrgUnitSpan.objects.values_list("unit_id", "opd_id"))
    rows: list[YearResult] = []
    for employee, unit in Assignment.objects.filter(kind="definitive").values_list("employee_id", "unit_id"):
        row = YearResult(period=period, employee_id=employee, unit_id=unit, opd_id=opds.get(unit))
        row.obliged, row.computed_at = chance.random() > 0.03, NOW
        if chance.random() < 0.9:
            row.final = Decimal(round(chance.gauss(98, 12) * 100)).scaleb(-2).max(0).min(120)
            _, row.category, row.national, row.four = next(each for each in FOURS if row.final >= each[0])
            row.scored = row.counts = True
        rows.append(row)
    YearResult.objects.bulk_create(rows, batch_size=5000)


def overseer() -> Viewer:
    """A BKPSDM admin after the year's end."""
    user = User.objects.create_user("bkpsdm", name="Admin BKPSDM")
    RoleGrant.objects.create(
        user=user, role="bkpsdm_admin", start=office_date(NOW), granted_by=user, granted_at=NOW
    )
    return viewer_for(user, NOW)


def measure(people: int) -> dict[str, float | str]:
    """Figures of one regency, in a database of its own."""
    regency.PEOPLE = people
    with bench_database():
        chance = random.Random(1)
        regency.make_regency(chance)
        period = period_create(actor=None, year=2026, now=datetime(2025, 12, 20, tzinfo=UTC))
        Duty.objects.all().delete()
        make_results(period, chance)
        viewer = overseer()
        largest = YearResult.objects.values_list("opd_id").annotate(people=Count("*")).order_by("-people")
        opd_id = largest[0][0]
        assert opd_id is not None
        settle()
        with CaptureQueriesContext(connection) as queries:
            rows = score_rows(viewer, period)
        if sum(row.final is not None and row.final.word is not None for row in rows) != OPD:
            raise SystemExit("not every OPD has a predicate")
        asked: Mapping[str, Callable[[], object]] = {
            "board": lambda: score_rows(viewer, period),
            "kinds": lambda: kind_scores(viewer, period),
            "opd": lambda: opd_scores(viewer, period, opd_id),
            "page": lambda: scored_person_rows(viewer, scored_people(viewer, period, Choice())[:25]),
            "regency": lambda: regency_recap(viewer, period),
            "recap": lambda: opd_recap(viewer, period, opd_id),
        }
        figures = {name: milliseconds(run) for name, run in asked.items()}
        return {
            "vendor": connection.vendor,
            "queries": len(queries),
            "largest": largest[0][1],
            **figures,
        }


def both_sizes(environment: Mapping[str, str]) -> bool:
    """Measure each size in a process of its own and print it; whether every budget is kept."""
    found = []
    for people in SIZES:
        run = [sys.executable, __file__, str(people)]
        answer = subprocess.run(run, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
        figures = json.loads(answer.splitlines()[-1])
        found.append(figures)
        print(
            f"{figures['vendor']:<11}{people:7,} people   board {figures['board']:6.1f} ms in"
            f" {figures['queries']} queries   kinds {figures['kinds']:6.1f}   OPD {figures['opd']:6.1f}"
            f"   25 people {figures['page']:6.1f}   D11 {figures['regency']:6.1f}"
            f"   D10 of {figures['largest']:,} people {figures['recap']:7.1f} ms"
        )
    small, large = found
    ratio = large["board"] / small["board"]
    slowest = max(small[name] for name in ("board", "kinds", "opd", "page", "regency"))
    kept = bool(small["queries"] <= QUERIES and slowest <= EACH_MS and ratio <= RATIO)
    print(
        f"{large['vendor']:<11}at 10 × the people: board {ratio:.2f} ×"
        f"   {'within' if kept else 'OVER'} {QUERIES} queries, {EACH_MS:.0f} ms, {RATIO:.0f} ×"
    )
    return kept


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
        return
    plain = {key: value for key, value in os.environ.items() if key != "BENCH_DATABASE_URL"}
    kept = both_sizes(plain)
    if answers():
        kept = both_sizes({**plain, "BENCH_DATABASE_URL": POSTGRES}) and kept
    else:
        print("postgresql no server answers there: left out")
    raise SystemExit(0 if kept else 1)


if __name__ == "__main__":
    main()
