"""Rebuild of appraisal lines: the whole regency, and the largest OPD after a change of its head.

    .venv/bin/python bench/lines.py

Builds a regency of 789 units, 8,000 people and 43 acting heads in a database of its own (SQLite in a
temporary directory; with BENCH_DATABASE_URL, that server's test database) and prints seconds.
"""

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
SCRATCH = tempfile.TemporaryDirectory(prefix="bench-lines-")
os.environ["VAR_DIR"] = SCRATCH.name
if url := os.environ.get("BENCH_DATABASE_URL"):
    os.environ["DATABASE_URL"] = url

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import Count  # noqa: E402

from orgunits.enums import AssignmentKind, EmploymentKind, PositionKind, UnitKind  # noqa: E402
from orgunits.lines import LineChanges, lines_rebuild, lines_recompute_all  # noqa: E402
from orgunits.models import AppraisalLine, Assignment, Employee, OrgUnit, OrgUnitSpan  # noqa: E402

OPD, UNITS, PEOPLE, ACTING = 60, 789, 8000, 43
SINCE = date(2015, 1, 1)


def main() -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
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
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
        SCRATCH.cleanup()


def measure(name: str, run: Callable[[], LineChanges]) -> None:
    start = time.perf_counter()
    changes = run()
    took = time.perf_counter() - start
    print(f"{name:44} {took:8.3f} s  {changes.created} written, {changes.deleted} removed")


def make_regency(chance: random.Random) -> None:
    units = [OrgUnit(external_id=f"U{number}") for number in range(UNITS)]
    OrgUnit.objects.bulk_create(units)
    parents: list[OrgUnit | None] = [None, *[units[0]] * OPD]
    for number in range(OPD + 1, UNITS):
        # A third of what lies below hangs in the first three OPD, as with schools and puskesmas.
        last = number if number % 3 else min(number, 4 + number // 4)
        parents.append(units[chance.randrange(1, last)])
    opds: list[OrgUnit | None] = [None]
    for unit, parent in zip(units[1:], parents[1:], strict=True):
        opds.append(unit if parent is units[0] else opds[units.index(parent)])  # type: ignore[arg-type]
    OrgUnitSpan.objects.bulk_create(
        OrgUnitSpan(
            unit=unit,
            name=f"Unit {number}",
            kind=UnitKind.OPD if 0 < number <= OPD else UnitKind.UNIT,
            parent=parents[number],
            opd=opds[number],
            appraised_by=units[1] if 1 < number <= OPD else None,
            start=SINCE,
        )
        for number, unit in enumerate(units)
    )
    people = [
        Employee(external_id=f"P{n}", nip=f"{n:018}", name=f"PEGAWAI {n}", employment_kind=EmploymentKind.PNS)
        for n in range(PEOPLE)
    ]
    Employee.objects.bulk_create(people)
    vacant = set(chance.sample(range(1, UNITS), 56))
    posts = [
        post(person, units[number], is_head=number not in vacant)
        if number < UNITS
        else post(person, units[chance.randrange(UNITS)])
        for number, person in enumerate(people)
    ]
    acting = [
        post(people[chance.randrange(UNITS, PEOPLE)], units[number], is_head=True, kind=AssignmentKind.PLT)
        for number in sorted(vacant)[:ACTING]
    ]
    Assignment.objects.bulk_create([*posts, *acting])


def post(
    person: Employee,
    unit: OrgUnit,
    *,
    is_head: bool = False,
    kind: AssignmentKind = AssignmentKind.DEFINITIVE,
) -> Assignment:
    return Assignment(
        employee=person,
        unit=unit,
        kind=kind,
        is_head=is_head,
        position_title="Jabatan",
        position_kind=PositionKind.EXECUTIVE,
        start=SINCE,
    )


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
