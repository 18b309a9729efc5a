"""A regency of 789 units, 8,000 people and 43 acting heads, for measurements in this process.

Importing this module sets Django up with a scratch directory of its own (SQLite; the server of
``BENCH_DATABASE_URL`` when that is set). Rows belong into ``bench_database()``.
"""

import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["DEBUG"] = "false"  # with it every query is kept, which costs time and memory
SCRATCH = tempfile.TemporaryDirectory(prefix="bench-")
os.environ["VAR_DIR"] = SCRATCH.name
# The server that the caller works with, for measurements that compare it with SQLite.
GIVEN_URL = os.environ.get("DATABASE_URL")
if url := os.environ.get("BENCH_DATABASE_URL"):
    os.environ["DATABASE_URL"] = url
else:
    os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from orgunits.enums import AssignmentKind, EmploymentKind, PositionKind, UnitKind  # noqa: E402
from orgunits.models import Assignment, Employee, OrgUnit, OrgUnitSpan  # noqa: E402

OPD, UNITS, PEOPLE, ACTING = 60, 789, 8000, 43
SINCE = date(2015, 1, 1)


@contextmanager
def bench_database() -> Iterator[None]:
    """An empty database with all tables, gone afterwards."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
        SCRATCH.cleanup()


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
