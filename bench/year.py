"""Year results of 8,000 scored people: computed first, unchanged, after new scores, for one person.

    .venv/bin/python bench/year.py

A tenth of the people were transferred and have two parts. Databases of their own, on SQLite and on the
PostgreSQL server of ``DATABASE_URL`` (default the local one that ``make test-postgres`` uses; left out with
a word when none answers). Prints seconds and queries. Budget: 60 s for everybody.
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from urllib.parse import urlsplit, urlunsplit

import psycopg
import regency
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from regency import bench_database

from accounts.models import User
from assessments.models import Assessment, AssessmentVersion, YearResult
from assessments.services.years import year_results_compare, year_results_refresh
from orgunits.enums import AssignmentKind
from orgunits.models import Assignment
from skp.models import Period, Skp
from skp.services.periods import period_create

SECONDS = 60.0
NOW = datetime(2027, 1, 20, 3, 0, tzinfo=UTC)
JANUARY, JULY, NEXT = date(2026, 1, 1), date(2026, 7, 1), date(2027, 1, 1)
POSTGRES = regency.GIVEN_URL or "postgres://postgres@127.0.0.1:5432/test"


def make_scores(period: Period) -> None:
    """A delivered score for every plan; every tenth person has an earlier plan as well."""
    user = User.objects.create(username="penilai")
    posts = list(Assignment.objects.filter(kind=AssignmentKind.DEFINITIVE))
    moved = [post for post in posts if not post.is_head][::10]
    for post in moved:
        post.start = JULY
    Assignment.objects.bulk_update(moved, ["start"], batch_size=500)
    earlier = Assignment.objects.bulk_create(
        Assignment(
            employee_id=post.employee_id,
            unit_id=post.unit_id,
            kind=AssignmentKind.DEFINITIVE,
            position_title="Jabatan",
            position_kind=post.position_kind,
            start=regency.SINCE,
            until=JULY,
        )
        for post in moved
    )
    plans = Skp.objects.bulk_create(
        Skp(
            assignment=post,
            period=period,
            owner_id=post.employee_id,
            scheme="ja_jf",
            start=max(post.start, JANUARY),
            until=post.until or NEXT,
            delivered_at=NOW,
        )
        for post in [*posts, *earlier]
    )
    assessments = Assessment.objects.bulk_create(Assessment(skp=plan) for plan in plans)
    versions = AssessmentVersion.objects.bulk_create(
        AssessmentVersion(
            assessment=assessment,
            number=1,
            regime="numeric",
            rule_version="1",
            inputs_text="{}",
            steps_text="{}",
            skp_value=100,
            behaviour_value=100,
            final=70 + number % 45,
            category="good",
            results_rating="as",
            behaviour_rating="as",
            national="good",
            four="good",
            made_at=NOW,
            made_by=user,
            made_as="Pejabat penilai",
        )
        for number, assessment in enumerate(assessments)
    )
    for assessment, version in zip(assessments, versions, strict=True):
        assessment.current = assessment.delivered = version
        assessment.status = "delivered"
    Assessment.objects.bulk_update(assessments, ["current", "delivered", "status"], batch_size=500)


def timed(name: str, act: Callable[[], object]) -> float:
    """Do it, and say how long it took."""
    with CaptureQueriesContext(connection) as caught:
        began = time.perf_counter()
        act()
        took = time.perf_counter() - began
    print(f"{connection.vendor:<11}{name:20} {took:6.2f} s in {len(caught):3d} queries", flush=True)
    return took


def measure() -> bool:
    """Whether the budget is kept on this database."""
    with bench_database():
        regency.make_regency(random.Random(1))
        period_create(actor=None, year=2026, now=datetime(2025, 12, 20, 3, 0, tzinfo=UTC))
        period = Period.objects.get()
        make_scores(period)

        def refresh(people: list[int] | None = None) -> None:
            year_results_refresh(period_id=period.pk, employee_ids=people, now=NOW)

        took = [
            timed("everybody, first", refresh),
            timed("everybody, unchanged", refresh),
            timed("comparison only", lambda: year_results_compare(period_id=period.pk)),
        ]
        AssessmentVersion.objects.update(final=F("final") + 1)
        took.append(timed("everybody, changed", refresh))
        person = YearResult.objects.values_list("employee_id", flat=True)[0]
        timed("one person", lambda: refresh([person]))
        if YearResult.objects.filter(scored=True).count() != regency.PEOPLE:
            raise SystemExit("not everybody is scored")
        kept = max(took) <= SECONDS
        print(f"{connection.vendor:<11}{'within' if kept else 'OVER'} {SECONDS:.0f} s")
        return kept


def answers() -> bool:
    """Whether the PostgreSQL server answers."""
    try:
        psycopg.connect(urlunsplit(urlsplit(POSTGRES)._replace(path="/postgres")), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def main() -> None:
    if len(sys.argv) > 1:
        raise SystemExit(0 if measure() else 1)
    plain = {key: value for key, value in os.environ.items() if key != "BENCH_DATABASE_URL"}
    run = [sys.executable, __file__, "here"]
    kept = subprocess.run(run, env=plain).returncode == 0
    if answers():
        there = {**plain, "BENCH_DATABASE_URL": POSTGRES}
        kept = subprocess.run(run, env=there).returncode == 0 and kept
    else:
        print("postgresql no server answers there: left out")
    raise SystemExit(0 if kept else 1)


if __name__ == "__main__":
    main()
