"""CPU time of the plan editor: a draft of 8 results with 24 indicators, one of them open to write in.

    .venv/bin/python bench/editor.py

The owner's page with all middleware, session, frame, the superior's plan of 8 results beside it,
compressed. Budget: 9 ms at a bare list of 1.4 ms; on another machine the budget grows and shrinks with
its bare list, which is measured in turns with ours. Log lines are formatted and thrown away.
"""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from bare import bare_list, least_milliseconds, measuring, page_of, shown
from django.http import HttpResponse
from regency import post

from accounts.models import User
from config.lib import clock
from config.lib.dates import office_date
from orgunits.enums import EmploymentKind, UnitKind
from orgunits.lines import lines_rebuild
from orgunits.models import Assignment, Employee, OrgUnit, OrgUnitSpan
from orgunits.selectors.viewers import viewer_for
from skp.enums import Aspect, CascadeMethod
from skp.models import Period, Skp
from skp.services.editing import (
    IndicatorInput,
    IndicatorLine,
    ResultInput,
    ResultSection,
    section_save,
    skp_start,
)
from skp.services.periods import period_create
from tests.windows import open_windows

BUDGET, BARE = 9.0, 1.4
RESULTS, INDICATORS = 8, 3
ASPECTS = (Aspect.QUANTITY, Aspect.QUALITY, Aspect.TIME)


def unit_of_many() -> tuple[Assignment, Assignment]:
    """The head and a member of a unit of 25 people, each with an account."""
    root, unit = OrgUnit.objects.create(external_id="R"), OrgUnit.objects.create(external_id="U")
    since = office_date(clock.now()).replace(year=2015, month=1, day=1)
    OrgUnitSpan.objects.create(unit=root, name="Kabupaten", kind=UnitKind.REGENCY, start=since)
    OrgUnitSpan.objects.create(unit=unit, name="Dinas", kind=UnitKind.OPD, parent=root, opd=unit, start=since)
    posts = []
    for number in range(26):
        user = User.objects.create_user(f"{number:018}", name=f"PEGAWAI {number}")
        person = Employee.objects.create(
            external_id=f"P{number}",
            nip=user.username,
            name=user.name,
            employment_kind=EmploymentKind.PNS,
            user=user,
        )
        row = post(person, unit if number else root, is_head=number < 2)
        row.save()
        posts.append(row)
    lines_rebuild()
    return posts[1], posts[2]


def write_plan(assignment: Assignment, period: Period, parents: list[int]) -> tuple[Skp, list[int]]:
    """A draft of the full size; answers the identities of its results."""
    user = assignment.employee.user
    assert user is not None
    actor = viewer_for(user, clock.now())
    skp = skp_start(actor=actor, assignment_id=assignment.pk, period=period, now=actor.now)
    made = []
    for number in range(RESULTS):
        lines = tuple(
            IndicatorLine(
                str(uuid4()),
                IndicatorInput(
                    aspect,
                    "Jumlah dokumen perencanaan dan pelaporan yang selesai",
                    Decimal(12),
                    Decimal(12),
                    "dokumen",
                ),
            )
            for aspect in ASPECTS
        )
        data = ResultInput(
            f"Tersusunnya dokumen perencanaan dan pelaporan bagian ke-{number} tepat waktu",
            parent_id=parents[number] if parents else None,
            cascade_method=CascadeMethod.DIRECT if parents else None,
        )
        skp.refresh_from_db()
        planned = section_save(
            actor=actor,
            skp_id=skp.pk,
            version=skp.version,
            key=uuid4(),
            section=ResultSection(data, lines),
            now=actor.now,
        )
        made.append(planned.result_id)
    return skp, made


def check(answer: HttpResponse) -> None:
    """The page has the open form and every closed card; raises SystemExit when it shows something else."""
    text = shown(answer)
    closed = text.count('<li id="indikator-')
    if 'id="bagian"' not in text or closed != (RESULTS - 1) * INDICATORS:
        raise SystemExit(f"{closed} indicators in closed cards")


def main() -> None:
    with measuring():
        head, member = unit_of_many()
        now = clock.now()
        year = office_date(now).year
        period = period_create(
            actor=None, year=year, now=now - timedelta(days=40), windows=open_windows(year, now)
        )
        _plan, parents = write_plan(head, period, [])
        skp, results = write_plan(member, period, parents)
        assert member.employee.user is not None
        floor, ours = bare_list(), page_of(member.employee.user, f"/skp/{skp.pk}/?buka={results[0]}")
        check(ours())
        weight = len(ours().content) / 1000
        floor()
        least, mine = least_milliseconds(floor, ours)
    budget = BUDGET * least / BARE
    within = mine <= budget
    print(f"bare list    {least:6.2f} ms CPU")
    print(f"editor       {mine:6.2f} ms CPU, {weight:.1f} kB")
    print(f"budget       {budget:6.2f}      {'within' if within else 'OVER'} {BUDGET} at {BARE} bare")
    raise SystemExit(0 if within else 1)


if __name__ == "__main__":
    main()
