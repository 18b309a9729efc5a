"""Duties of 8,000 people: a first computation, one that finds nothing, an extension of everybody.

    .venv/bin/python bench/duties.py

Prints seconds and how many queries.
"""

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from regency import bench_database, make_regency

from accounts.models import User
from orgunits.enums import AssignmentKind, Role
from orgunits.models import Assignment
from orgunits.viewer import Viewer
from skp.enums import ExtensionScope
from skp.models import (
    Duty,
    Indicator,
    Move,
    Period,
    PlannedIndicator,
    PlannedResult,
    Progress,
    Revision,
    Skp,
    WorkResult,
)
from skp.services.duties import duties_recompute_all, duties_refresh
from skp.services.extensions import ExtensionInput, extension_preview
from skp.services.periods import period_create
from skp.states import Stage

NOW = datetime(2026, 2, 5, 3, 0, tzinfo=UTC)
RESULTS, INDICATORS = 2, 3


def make_plans(period: Period, user: User) -> None:
    """A plan in force for everybody, with six indicators and a quarter's progress."""
    posts = list(Assignment.objects.filter(kind=AssignmentKind.DEFINITIVE))
    plans = Skp.objects.bulk_create(
        Skp(
            assignment=post,
            period=period,
            owner_id=post.employee_id,
            scheme="ja_jf",
            start=date(2026, 1, 1),
            until=date(2027, 1, 1),
        )
        for post in posts
    )
    revisions = Revision.objects.bulk_create(
        Revision(skp=plan, number=1, state="agreed", agreed_at=NOW, agreed_by=user) for plan in plans
    )
    for plan, revision in zip(plans, revisions, strict=True):
        plan.in_force = revision
    Skp.objects.bulk_update(plans, ["in_force"], batch_size=500)
    Move.objects.bulk_create(
        Move(skp=plan, revision=revision, action="submit", actor_label="x", at=NOW)
        for plan, revision in zip(plans, revisions, strict=True)
    )
    results = WorkResult.objects.bulk_create(WorkResult(skp=plan) for plan in plans for _ in range(RESULTS))
    by_skp = {revision.skp_id: revision for revision in revisions}
    planned = PlannedResult.objects.bulk_create(
        PlannedResult(revision=by_skp[one.skp_id], result=one, order=n % RESULTS, text="Hasil")
        for n, one in enumerate(results)
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(result=one) for one in results for _ in range(INDICATORS)
    )
    PlannedIndicator.objects.bulk_create(
        PlannedIndicator(
            planned_result=planned[n // INDICATORS],
            indicator=one,
            order=n % INDICATORS,
            aspect="quantity",
            text="Jumlah",
            target_min=1,
            target_max=1,
            unit="laporan",
        )
        for n, one in enumerate(indicators)
    )
    Progress.objects.bulk_create(
        Progress(indicator=one, interval=1, note="Sesuai", entered_at=NOW, entered_by=user)
        for one in indicators
    )


def timed(name: str, act: Callable[[], object]) -> None:
    """Do it, and say how long it took."""
    with CaptureQueriesContext(connection) as caught:
        began = time.perf_counter()
        act()
        took = time.perf_counter() - began
    print(f"{name:32} {took:6.2f} s, {len(caught):5d} queries")


def main() -> None:
    with bench_database():
        make_regency(random.Random(1))
        user = User.objects.create(username="bkpsdm")
        viewer = Viewer(
            user_id=user.pk,
            employee_id=None,
            label="BKPSDM",
            now=NOW,
            today=date(2026, 2, 5),
            roles=frozenset({Role.BKPSDM_ADMIN}),
        )
        timed("a new period", lambda: period_create(actor=None, year=2026, now=NOW))
        period = Period.objects.get()
        make_plans(period, user)
        everybody = {"period_id": period.pk, "employee_ids": None, "now": NOW}
        timed("after plans and progress", lambda: duties_refresh(**everybody))  # type: ignore[arg-type]
        timed("nothing to change", lambda: duties_refresh(**everybody))  # type: ignore[arg-type]
        timed("comparison only", lambda: duties_recompute_all(period_id=period.pk))
        data = ExtensionInput(
            period_id=period.pk,
            stage=Stage.MONITORING,
            interval=2,
            scope=ExtensionScope.PERIOD,
            due_at=NOW + timedelta(days=300),
            reason="Gangguan jaringan",
            decree="800/1",
        )
        timed("preview of an extension", lambda: extension_preview(actor=viewer, data=data, now=NOW))
        person = Skp.objects.values_list("owner_id", flat=True)[0]
        one = {"period_id": period.pk, "employee_ids": [person], "now": NOW}
        timed("one person", lambda: duties_refresh(**one))  # type: ignore[arg-type]
        print(f"{Duty.objects.count()} duties")


if __name__ == "__main__":
    main()
