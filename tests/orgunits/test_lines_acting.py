"""Who acts on a plan today: the running plan, the closed one, and heads who have left since."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest

from config.lib.dates import office_date
from orgunits.enums import AssignmentKind, LegalPosition
from orgunits.lines import lines_rebuild
from orgunits.models import Assignment, Employee
from orgunits.selectors.lines import acting_line_for, acting_lines_condition
from orgunits.selectors.viewers import viewer_for
from skp.enums import Scheme
from skp.models import Period, Skp
from tests.factories import AssignmentFactory, EmployeeFactory, LegalPositionFactory, UserFactory
from tests.people import People, Person

YEAR_ENDS = date(2027, 1, 1)
CLOSED = date(2026, 7, 1)
SPRING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 1, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def period(people: People) -> Period:
    return Period.objects.create(year=2026, created_at=SPRING)


@pytest.fixture
def plan(period: Period) -> Callable[..., Skp]:
    def make(post: Assignment, until: date = YEAR_ENDS) -> Skp:
        return Skp.objects.create(
            assignment=post,
            period=period,
            owner=post.employee,
            scheme=Scheme.JA_JF,
            start=max(post.start, date(2026, 1, 1)),
            until=until,
        )

    return make


def end(person: Person, until: date) -> None:
    Assignment.objects.filter(pk=person.post.pk).update(until=until)


def begins(person: Person, unit, start: date, **fields) -> Assignment:
    made = AssignmentFactory(employee=person.employee, unit=unit, start=start, **fields)
    return cast("Assignment", made)


def acting(plan: Skp, now: datetime) -> tuple[str | None, str | None]:
    """Who acts and who stands above, by name; also asserts that every viewer's list says the same."""
    today = office_date(now)
    line = acting_line_for(plan.assignment_id, last_day=plan.until - timedelta(days=1), today=today)
    assert line is not None
    in_lists = {
        employee.name
        for employee in Employee.objects.select_related("user")
        if Skp.objects.filter(acting_lines_condition(viewer_for(employee.user, now)), pk=plan.pk).exists()
    }
    named = dict(Employee.objects.values_list("pk", "name"))
    appraiser = named[line.appraiser_id] if line.appraiser_id else None
    assert in_lists == ({appraiser} if appraiser else set())
    return appraiser, named[line.superior_id] if line.superior_id else None


def test_a_running_plan_follows_the_head_of_today(people: People, plan) -> None:
    owned = plan(people.owner.post)
    assert acting(owned, SPRING) == ("DEWI KABID", "SURYA KADIS")

    end(people.appraiser, CLOSED)
    begins(people.section_head, people.division, CLOSED, kind=AssignmentKind.PLT, is_head=True)
    lines_rebuild()

    assert acting(owned, SPRING) == ("DEWI KABID", "SURYA KADIS")
    assert acting(owned, AUTUMN) == ("AGUS KASI", "SURYA KADIS")
    line = acting_line_for(owned.assignment_id, last_day=date(2026, 12, 31), today=date(2026, 10, 5))
    assert line is not None
    assert line.appraiser_title == "Plt. Kepala"


def test_after_a_transfer_the_old_units_head_finishes(people: People, plan) -> None:
    end(people.owner, CLOSED)
    new_post = begins(people.owner, people.other_division, CLOSED)
    lines_rebuild()
    old, new = plan(people.owner.post, CLOSED), plan(new_post)

    assert acting(old, AUTUMN) == ("DEWI KABID", "SURYA KADIS")
    assert acting(new, AUTUMN) == ("FITRI KABID", "EKO KADIS")


def test_last_years_plan_is_finished_by_the_head_at_its_end(people: People, plan) -> None:
    """A new head since January has his own year to judge."""
    end(people.appraiser, YEAR_ENDS)
    begins(people.appraiser, people.other_opd, YEAR_ENDS)
    begins(people.stranger, people.division, YEAR_ENDS, kind=AssignmentKind.PLT, is_head=True)
    lines_rebuild()

    assert acting(plan(people.owner.post), NEXT_YEAR) == ("DEWI KABID", "SURYA KADIS")


def test_a_week_of_plh_at_the_end_of_the_year(people: People, plan) -> None:
    begins(
        people.section_head,
        people.division,
        date(2026, 12, 28),
        kind=AssignmentKind.PLH,
        is_head=True,
        until=date(2027, 1, 4),
    )
    lines_rebuild()

    assert acting(plan(people.owner.post), NEXT_YEAR) == ("AGUS KASI", "SURYA KADIS")


def leaves(person: Person, how: str, day: date) -> None:
    if how == "post ended":
        end(person, day)
    else:
        LegalPositionFactory(employee=person.employee, position=how, start=day)
    lines_rebuild()


WAYS_TO_LEAVE = [
    "post ended",
    LegalPosition.RETIRED,
    LegalPosition.UNPAID_LEAVE,
    LegalPosition.SUSPENDED,
    LegalPosition.STUDY,
]


@pytest.mark.parametrize("how", WAYS_TO_LEAVE)
def test_the_appraiser_of_a_closed_plan_has_left(people: People, plan, how: str) -> None:
    end(people.owner, CLOSED)
    begins(people.owner, people.other_division, CLOSED)
    leaves(people.appraiser, how, date(2026, 9, 1))
    old = plan(people.owner.post, CLOSED)

    assert acting(old, datetime(2026, 8, 31, 2, 0, tzinfo=UTC)) == ("DEWI KABID", "SURYA KADIS")
    # Nobody heads the division, so the way goes on upwards.
    assert acting(old, AUTUMN) == ("SURYA KADIS", "RATNA SEKDA")

    begins(people.section_head, people.division, date(2026, 10, 1), kind=AssignmentKind.PLT, is_head=True)
    lines_rebuild()
    assert acting(old, AUTUMN) == ("AGUS KASI", "SURYA KADIS")


def test_the_owner_succeeds_the_head_who_left(people: People, plan) -> None:
    """The unit's head today is the owner himself: the next one up acts."""
    end(people.owner, CLOSED)
    end(people.appraiser, CLOSED)
    begins(people.owner, people.division, CLOSED, is_head=True)
    lines_rebuild()
    old = plan(people.owner.post, CLOSED)
    former = plan(people.section_head.post, CLOSED)

    assert acting(old, AUTUMN) == ("SURYA KADIS", "RATNA SEKDA")
    assert acting(former, AUTUMN) == ("BUDI PELAKSANA", "SURYA KADIS")


def test_the_superior_of_a_closed_plan_has_left(people: People, plan) -> None:
    end(people.owner, CLOSED)
    leaves(people.superior, LegalPosition.RETIRED, date(2026, 9, 1))

    assert acting(plan(people.owner.post, CLOSED), AUTUMN) == ("DEWI KABID", "RATNA SEKDA")


def test_nobody_was_there_at_the_end(people: People, plan) -> None:
    """The Sekda before the Bupati took office: whoever is there today finishes."""
    end(people.leader, date(2026, 2, 1))
    lines_rebuild()
    closed = plan(people.sekda.post, CLOSED)
    assert acting(closed, AUTUMN) == (None, None)

    AssignmentFactory(
        employee=EmployeeFactory(name="BUPATI BARU"), unit=people.root, is_head=True, start=date(2026, 8, 1)
    )
    lines_rebuild()

    assert acting(closed, AUTUMN) == ("BUPATI BARU", "BUPATI BARU")


def test_without_a_line_nobody_acts(people: People, plan) -> None:
    before_lines = acting_line_for(people.owner.post.pk, last_day=date(2024, 12, 31), today=date(2026, 3, 2))

    assert before_lines is None


def test_the_list_is_one_query(people: People, plan, django_assert_num_queries) -> None:
    for person in (people.owner, people.section_head, people.section_member, people.stranger):
        plan(person.post)
    viewer = people.appraiser.viewer()

    with django_assert_num_queries(1):
        found = set(Skp.objects.filter(acting_lines_condition(viewer)).values_list("owner__name", flat=True))

    assert found == {"BUDI PELAKSANA", "AGUS KASI"}


def test_somebody_who_is_no_employee_acts_on_nothing(people: People, plan) -> None:
    plan(people.owner.post)
    viewer = viewer_for(UserFactory(), SPRING)

    assert not Skp.objects.filter(acting_lines_condition(viewer)).exists()
