"""Rebuild of appraisal lines: the whole regency, and the largest OPD after a change of its head.

    .venv/bin/python bench/lines.py

Works on the regency of ``bench/regency.py`` in a database of its own and prints seconds.
"""

import random
import resource
import time
from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import Count
from regency import bench_database, make_regency, post

from orgunits.enums import EmploymentKind
from orgunits.lines import LineChanges, lines_rebuild, lines_recompute_all
from orgunits.models import AppraisalLine, Assignment, Employee, OrgUnit


def main() -> None:
    with bench_database():
        make_regency(random.Random(1))
        measure("whole regency, empty", lines_rebuild)
        measure("whole regency, unchanged", lines_rebuild)
        measure("whole regency, compared only", lines_recompute_all)
        opd, people = largest_opd()
        change_head(opd)
        measure(f"largest OPD ({people} people), new head", lambda: lines_rebuild(unit_ids={opd}))
        measure("largest OPD, unchanged", lambda: lines_rebuild(unit_ids={opd}))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{'lines stored':44} {AppraisalLine.objects.count():8}")
        print(f"{'peak memory, MB':44} {peak:8}")


def measure(name: str, run: Callable[[], LineChanges]) -> None:
    start = time.perf_counter()
    changes = run()
    took = time.perf_counter() - start
    print(f"{name:44} {took:8.3f} s  {changes.created} written, {changes.deleted} removed")


def largest_opd() -> tuple[int, int]:
    by_opd = (
        Assignment.objects.values("unit__spans__opd")
        .filter(unit__spans__opd__isnull=False)
        .annotate(people=Count("pk"))
        .order_by("-people")
    )
    return by_opd[0]["unit__spans__opd"], by_opd[0]["people"]


def change_head(opd: int) -> None:
    day = date(2026, 7, 1)
    with transaction.atomic():
        Assignment.objects.filter(unit=opd, is_head=True).update(until=day)
        newcomer = Employee.objects.create(
            nip="1" * 18, name="KEPALA BARU", employment_kind=EmploymentKind.PNS
        )
        new_post = post(newcomer, OrgUnit.objects.get(pk=opd), is_head=True)
        new_post.start = day
        new_post.save()


if __name__ == "__main__":
    main()
