"""CPU time of the long list pages against a bare list of the same database.

    .venv/bin/python bench/lists.py

Each page as its reader gets it, with all middleware, session, filters, buttons and the frame, compressed:
25 rows of 8,000 people, of an appraiser's people, or all 61 of the board. All are asked in turns in one
process; budget: at most 5 times the bare list of ``bench/bare.py``.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bare import bare_list, least_milliseconds, measuring, page_of, shown
from django.db.models import Count, F
from django.http import HttpResponse
from regency import OPD, make_regency
from results import make_results

from accounts.models import User
from compliance.models import Snapshot
from compliance.selectors.stages import stages_of
from compliance.services.snapshots import snapshot_daily, snapshot_freeze
from config.lib import clock
from config.lib.dates import office_date
from config.lib.statistics import statistics_refresh
from orgunits.enums import Role
from orgunits.lines import lines_rebuild
from orgunits.models import AppraisalLine, RoleGrant
from skp.models import Duty, Period
from skp.services.periods import period_create
from tests.people import Person
from tests.skp.drafts import agreed, result_ids, submitted
from tests.windows import open_windows

BUDGET, ROWS = 5, 25
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Page:
    """A list page of so many ``rows``; ``reader`` is signed in."""

    name: str
    reader: User
    address: str
    rows: int = ROWS


def make_officer(now: datetime) -> User:
    """A BKPSDM admin."""
    user = User.objects.create_user("bkpsdm", name="Admin BKPSDM")
    RoleGrant.objects.create(
        user=user, role=Role.BKPSDM_ADMIN, start=office_date(now), granted_by=user, granted_at=now
    )
    return user


def make_period(now: datetime) -> Period:
    """The year with its duties, three of four fulfilled; planning as it was a week ago and as if frozen."""
    year = office_date(now).year
    period = period_create(
        actor=None, year=year, now=now - timedelta(days=40), windows=open_windows(year, now)
    )
    planning = stages_of(period)[0]
    snapshot_daily(stage=planning, now=now - WEEK)
    some = Duty.objects.annotate(share=F("pk") % 4).filter(share__gt=0)
    some.update(fulfilled_at=now, agreed_at=now)
    snapshot_freeze(stage=planning, now=now)
    return period


def with_account(line: AppraisalLine) -> Person:
    """The person of a line, who can sign in."""
    person = line.employee
    if person.user is None:
        person.user = User.objects.create_user(str(person.nip), name=person.name)
        person.save(update_fields=["user"])
    post = line.assignment
    post.employee = person
    return Person(post)


def heads() -> Iterator[tuple[Person, Person, list[Person]]]:
    """Heads who appraise more than a page of people, the fewest first: their appraiser, they, the people."""
    lines = AppraisalLine.objects.filter(until=None).select_related("employee__user", "assignment")
    lines = lines.filter(assignment__kind="definitive")
    known = {line.employee_id: line for line in lines}
    counted = lines.values("appraiser").annotate(people=Count("pk")).filter(people__gt=ROWS)
    for head, _people in counted.order_by("people", "appraiser").values_list("appraiser", "people"):
        line = known.get(head)
        if line is not None and line.assignment.is_head and line.appraiser_id in known:
            own = [with_account(one) for one in lines.filter(appraiser=head).order_by("pk")]
            yield with_account(known[line.appraiser_id]), with_account(line), own


def make_plans(period: Period, now: datetime) -> tuple[User, User]:
    """Two heads: all people of one have sent their plan, those of the other have theirs in force."""
    (_above, busy, waiting), *_, (above, settled, running) = heads()
    for person in waiting:
        submitted(person, period, now=now)
    served = result_ids(agreed(settled, above, period, now=now))
    for person in running[: ROWS + 5]:
        agreed(person, settled, period, served, now=now)
    return busy.user, settled.user


def pages(period: Period, now: datetime) -> list[Page]:
    """The pages with rows to show."""
    officer = make_officer(now)
    busy, settled = make_plans(period, now)
    duties = Duty.objects.filter(period=period, stage="planning", opd__isnull=False)
    opd, units = duties.values_list("opd").annotate(units=Count("unit", distinct=True)).latest("units")
    frozen = Snapshot.objects.get(kind="deadline").pk
    make_results(period, random.Random(1))
    stage = f"tahun={period.year}&tahap=planning"
    return [
        Page("people", officer, "/organisasi/pegawai/"),
        Page("board, 60 OPD", officer, f"/papan/?{stage}", OPD + 1),
        Page(f"board, an OPD of {units} units", officer, f"/papan/opd/{opd}/?{stage}", units),
        Page("people behind a number", officer, f"/papan/orang/?{stage}&yang=wajib"),
        Page("snapshot, 60 OPD", officer, f"/papan/beku/{frozen}/", OPD + 1),
        Page("people of a snapshot", officer, f"/papan/beku/{frozen}/orang/"),
        Page("people behind a result", officer, f"/papan/nilai/orang/?tahun={period.year}"),
        Page("inbox of an appraiser", busy, "/skp/kotak-masuk/"),
        Page("team of an appraiser", settled, "/skp/pelaksanaan/?interval=1"),
    ]


def check(page: Page, answer: HttpResponse) -> None:
    """Raises SystemExit when the page shows another number of rows."""
    rows = shown(answer).split("<tbody>")[-1].split("</tbody>")[0].count("<tr")
    if rows != page.rows:
        raise SystemExit(f"{page.name}: {rows} rows, not {page.rows}")


def main() -> None:
    with measuring():
        make_regency(random.Random(1))
        lines_rebuild()
        now = clock.now()
        listed = pages(make_period(now), now)
        # As every night and after every import.
        statistics_refresh()
        asked = [page_of(page.reader, page.address) for page in listed]
        for page, ask in zip(listed, asked, strict=True):
            check(page, ask())
        least, *times = least_milliseconds(bare_list(), *asked)
        weights = [len(ask().content) / 1000 for ask in asked]
    print(f"{'bare list':32} {least:6.2f} ms CPU")
    for page, took, weight in zip(listed, times, weights, strict=True):
        word = "within" if took <= BUDGET * least else "OVER"
        print(
            f"{page.name:32} {took:6.2f} ms CPU {weight:6.1f} kB {took / least:6.2f} × bare, {word} {BUDGET}"
        )
    raise SystemExit(1 if max(times) > BUDGET * least else 0)


if __name__ == "__main__":
    main()
