"""The board at 8,000 and at 80,000 people: queries and time, live and from a snapshot.

    .venv/bin/python bench/board.py

Regencies of 60 OPD in databases of their own, on SQLite and on the PostgreSQL server of ``DATABASE_URL``
(default the local one that ``make test-postgres`` uses; left out with a word when none answers).
Duties are written straight as rows, the snapshot is taken by its service. Each figure is the fastest
of several runs, since other work on the machine only ever adds time. Budgets: at most 5 queries; the
snapshot read at 80,000 people at most 2 times that at 8,000; the live board at 80,000 at most 300 ms.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

import psycopg
import regency
from django.db import connection
from django.test.utils import CaptureQueriesContext
from regency import OPD, bench_database

from accounts.models import User
from compliance.models import SnapshotPerson
from compliance.selectors.board import board_of
from compliance.selectors.snapshots import frozen_rows, latest_deadline
from compliance.selectors.stages import BoardStage, chosen_stage, stages_of
from compliance.services.snapshots import snapshot_daily, snapshot_freeze
from config.lib.dates import office_date
from orgunits.models import Assignment, OrgUnitSpan, RoleGrant
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer
from skp.models import Duty
from skp.services.periods import period_create
from skp.states import Stage

SIZES = (8_000, 80_000)
QUERIES, RATIO, LIVE_MS = 5, 2.0, 300.0
ROUNDS = 15
POSTGRES = regency.GIVEN_URL or "postgres://postgres@127.0.0.1:5432/test"


def make_duties(stage: BoardStage, chance: random.Random) -> None:
    """A duty of every stage for every post; in this one four of five have fulfilled it."""
    units = dict(OrgUnitSpan.objects.values_list("unit_id", "opd_id"))
    posts = Assignment.objects.filter(kind="definitive").values_list("employee_id", "unit_id")
    sent = stage.window.closes_at - timedelta(days=3)
    rows = (
        Duty(
            period=stage.period,
            stage=other.window.stage.value,
            interval=other.window.interval,
            employee_id=employee,
            opd_id=units.get(unit),
            unit_id=unit,
            obliged=chance.random() > 0.03,
            due_at=other.window.closes_at,
            fulfilled_at=sent if other == stage and chance.random() < 0.8 else None,
        )
        for other in stages_of(stage.period)
        for employee, unit in posts
    )
    batch: list[Duty] = []
    for row in rows:
        row.exempt_reason = "" if row.obliged else "CLTN"
        batch.append(row)
        if len(batch) == 5000:
            Duty.objects.bulk_create(batch)
            batch = []
    Duty.objects.bulk_create(batch)


def milliseconds(run: Callable[[], object]) -> float:
    """Wall time of the fastest of several runs."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return min(times) * 1000


def overseer(stage: BoardStage) -> Viewer:
    """A BKPSDM admin a week after the close."""
    user = User.objects.create_user("bkpsdm", name="Admin BKPSDM")
    now = stage.window.closes_at + timedelta(days=7)
    RoleGrant.objects.create(
        user=user, role="bkpsdm_admin", start=office_date(now), granted_by=user, granted_at=now
    )
    return viewer_for(user, now)


def measure(people: int) -> dict[str, float | str]:
    """Figures of one regency, in a database of its own: queries, and milliseconds live and frozen."""
    regency.PEOPLE = people
    with bench_database():
        chance = random.Random(1)
        regency.make_regency(chance)
        period = period_create(actor=None, year=2026, now=datetime(2025, 12, 20, tzinfo=UTC))
        Duty.objects.all().delete()
        stage = chosen_stage(stages_of(period), Stage.PLANNING.value, datetime(2026, 1, 1, tzinfo=UTC))
        assert stage is not None
        make_duties(stage, chance)
        viewer = overseer(stage)
        snapshot_daily(stage=stage, now=stage.window.closes_at)
        begun = time.perf_counter()
        snapshot_freeze(stage=stage, now=viewer.now)
        taken = time.perf_counter() - begun
        settle()
        if SnapshotPerson.objects.count() != people:
            raise SystemExit("the snapshot does not hold everybody")
        with CaptureQueriesContext(connection) as queries:
            board = board_of(viewer, stage)
        if sum(row.predicate is not None for row in board.rows) != OPD or not board.frozen_on:
            raise SystemExit("the board is not whole")
        return {
            "vendor": connection.vendor,
            "queries": len(queries),
            "live": milliseconds(lambda: board_of(viewer, stage)),
            "frozen": milliseconds(lambda: frozen_rows(viewer, latest_deadline(stage))),
            "taken": taken,
        }


def settle() -> None:
    """What the database does by itself in a quiet minute: statistics, and pages marked as all visible."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def both_sizes(environment: Mapping[str, str]) -> bool:
    """Measure each size in a process of its own and print it; whether every budget is kept."""
    found = []
    for people in SIZES:
        run = [sys.executable, __file__, str(people)]
        answer = subprocess.run(run, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
        figures = json.loads(answer.splitlines()[-1])
        found.append(figures)
        print(
            f"{figures['vendor']:<11}{people:7,} people   live {figures['live']:6.1f} ms in"
            f" {figures['queries']} queries   snapshot {figures['frozen']:5.1f} ms"
            f"   taken in {figures['taken']:.1f} s"
        )
    small, large = found
    ratio = large["frozen"] / small["frozen"]
    queries = max(small["queries"], large["queries"])
    kept = bool(queries <= QUERIES and ratio <= RATIO and large["live"] <= LIVE_MS)
    print(
        f"{large['vendor']:<11}at 10 × the people: snapshot {ratio:.2f} ×,"
        f" live {large['live'] / small['live']:.2f} ×"
        f"   {'within' if kept else 'OVER'} {QUERIES} queries, {RATIO:.0f} ×, {LIVE_MS:.0f} ms"
    )
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
