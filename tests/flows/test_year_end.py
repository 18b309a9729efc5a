"""A year's end by the timer: two parts, nothing sent, no evidence, not agreed, and a late extension."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from assessments.enums import FourPredicate
from assessments.models import Assessment
from assessments.schemes.arithmetic import printed
from assessments.services.reporting import assessment_report
from orgunits.enums import PositionKind
from orgunits.models import Assignment
from orgunits.services.assignments import Post
from orgunits.services.transfers import employee_transfer
from skp.models import Period, Skp
from skp.services.moves import skp_submit
from skp.states import Stage
from tests.assessments.reports import delivered, in_force, realise, scored
from tests.assessments.year_end import extended, proven, records, year
from tests.people import People, Person
from tests.skp.drafts import DECEMBER, JANUARY, agreed, drafted, result_ids, submitted

pytestmark = pytest.mark.django_db
JUNE = datetime(2026, 6, 20, 2, 0, tzinfo=UTC)
JULY = datetime(2026, 7, 8, 2, 0, tzinfo=UTC)
# After the monitoring of the fourth quarter, before the end of the assessment.
LAST = datetime(2027, 1, 15, 2, 0, tzinfo=UTC)


def tick(now: datetime) -> None:
    call_command("tick", "--now", now.isoformat())


def transferred(people: People) -> Person:
    """The owner in a new post of the other OPD from 1 July."""
    owner = people.owner.employee
    owner.refresh_from_db()
    employee_transfer(
        actor=people.bkpsdm_admin.viewer(JUNE),
        now=JUNE,
        employee_id=owner.pk,
        version=owner.version,
        post=Post(
            unit_id=people.other_division.pk,
            position_title="Pengelola Data",
            position_kind=PositionKind.EXECUTIVE,
        ),
        tmt=date(2026, 7, 1),
        decree="821.2/9/2026",
    )
    return Person(Assignment.objects.get(employee=owner, unit=people.other_division))


def reported_as(person: Person, skp: Skp, *values: str) -> Assessment:
    realise(person, skp, *values)
    return assessment_report(actor=person.viewer(DECEMBER), skp_id=skp.pk, version=skp.version, now=DECEMBER)


@pytest.fixture
def parts(people: People) -> tuple[Skp, Skp, Person]:
    """The owner's plans before and after the transfer, both in force, and the owner in the new post."""
    first = in_force(people)
    period = first.period
    top = agreed(people.other_superior, people.sekda, period)
    middle = agreed(people.other_appraiser, people.other_superior, period, result_ids(top))
    waiting = submitted(people.stranger, period, result_ids(middle), JANUARY)
    assert waiting.in_force is None
    moved = transferred(people)
    tick(JULY)
    first.refresh_from_db()
    second = agreed(moved, people.other_appraiser, period, result_ids(middle), JULY)
    return first, second, moved


def test_the_year_of_who_was_transferred_is_that_of_both_appraisers(people: People, parts) -> None:
    first, second, moved = parts
    assert (first.lifecycle, first.until) == ("closed", date(2026, 7, 1))
    proven(moved, second, DECEMBER)
    old, new = reported_as(moved, first, "6", "6"), reported_as(moved, second, "8", "8")
    high = scored(people, old)
    delivered(people, old)
    row = year(people.owner)
    assert (row.scored, row.final, row.four) == (False, None, "")
    low = scored(people, new, by=people.other_appraiser)
    delivered(people, new, by=people.other_appraiser)
    row.refresh_from_db()
    assert low.final is not None
    assert high.final is not None
    assert low.final < high.final < 120
    assert row.final == printed((low.final + high.final) / 2)
    # Counted where the person stood on 31 December.
    assert (row.opd_id, row.unit_id) == (people.other_opd.pk, people.other_division.pk)
    tick(LAST)
    row.refresh_from_db()
    assert (row.no_performance, row.counts) == ("", True)


def test_what_the_timer_says_of_those_who_did_less(people: People, parts) -> None:
    _, second, moved = parts
    proven(moved, second, DECEMBER)
    tick(LAST)
    # In force, and not one piece of evidence.
    assert records(people.appraiser) == [("no_evidence", False)]
    # Sent and never agreed: that is the appraiser's.
    assert records(people.stranger) == []
    assert year(people.stranger).four == ""
    # Never sent.
    assert records(people.section_member) == [("never_sent", False)]
    assert year(people.section_member).four == FourPredicate.VERY_BAD
    assert records(moved) == []


def test_a_late_extension_reverses_it_and_is_used(people: People, parts) -> None:
    tick(LAST)
    period = Period.objects.get()
    until = LAST + timedelta(days=10)
    member, head = people.section_head, people.appraiser
    extended(people, period, member, Stage.PLANNING, 0, until, LAST)
    extended(people, period, head, Stage.MONITORING, 4, until, LAST)
    tick(LAST + timedelta(minutes=1))
    assert records(member) == [("never_sent", True)]
    assert records(head) == [("no_evidence", True)]
    assert year(member).four == year(head).four == ""
    moment = LAST + timedelta(hours=1)
    plan = drafted(member, period, now=moment)
    skp_submit(actor=member.viewer(moment), skp_id=plan.pk, version=plan.version, now=moment)
    proven(head, Skp.objects.get(owner=head.employee), moment)
    tick(until + timedelta(days=1))
    assert records(member) == [("never_sent", True)]
    assert records(head) == [("no_evidence", True)]


def test_running_the_timer_again_changes_nothing(people: People, parts) -> None:
    tick(LAST)
    before = year(people.appraiser).computed_at
    tick(LAST + timedelta(minutes=5))
    assert year(people.appraiser).computed_at == before
    assert records(people.appraiser) == [("no_evidence", False)]
