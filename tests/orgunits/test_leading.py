"""Which units somebody leads from one level up, vacancies and acting heads included."""

from datetime import UTC, date, datetime

import pytest

from orgunits.enums import AssignmentKind
from orgunits.lines import lines_rebuild
from orgunits.models import Assignment
from orgunits.selectors.leading import units_led_by
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import People, Person

pytestmark = pytest.mark.django_db
YEAR_END = date(2026, 12, 31)
JUNE = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 1, 12, 2, 0, tzinfo=UTC)


def led(person: Person, now: datetime = JUNE) -> list[tuple[str, str | None]]:
    """Names of the units with their definitive heads."""
    rows = units_led_by(person.viewer(now), YEAR_END)
    return [(unit.span.name, unit.head.employee.name if unit.head else None) for unit in rows]


def test_each_level_leads_the_units_below_it(people: People):
    assert led(people.leader) == [("Sekretariat Daerah", "RATNA SEKDA")]
    assert led(people.sekda) == [("Dinas Kedua", "EKO KADIS"), ("Dinas Pertama", "SURYA KADIS")]
    # Bidang Dua has an acting head only, who does not lead it from above.
    assert led(people.superior) == [("Bidang Dua", None), ("Bidang Satu", "DEWI KABID")]
    assert led(people.appraiser) == [("Seksi Data", "AGUS KASI")]
    for nobody in (people.acting_head, people.owner, people.bkpsdm_admin):
        assert led(nobody) == []


def test_nobody_leads_a_unit_of_which_he_acts_as_head(people: People):
    Assignment.objects.filter(employee=people.acting_head.employee, kind=AssignmentKind.PLT).delete()
    AssignmentFactory(
        employee=people.superior.employee,
        unit=people.vacant_division,
        kind=AssignmentKind.PLT,
        is_head=True,
        decree="800/18/2026",
    )
    lines_rebuild()
    assert led(people.superior) == [("Bidang Satu", "DEWI KABID")]
    assert ("Bidang Dua", None) in led(people.sekda)


def test_whoever_left_after_the_year_is_followed_by_the_head_of_today(people: People):
    Assignment.objects.filter(pk=people.superior.post.pk).update(until=date(2027, 1, 5))
    successor = AssignmentFactory(
        employee=EmployeeFactory(name="BARU KADIS"),
        unit=people.opd,
        is_head=True,
        start=date(2027, 1, 5),
        position_title="Kepala Dinas Pertama",
        echelon="22",
    )
    lines_rebuild()
    assert led(people.superior, NEXT_YEAR) == []
    assert led(Person(successor), NEXT_YEAR) == [("Bidang Dua", None), ("Bidang Satu", "DEWI KABID")]
    assert led(people.superior) == [("Bidang Dua", None), ("Bidang Satu", "DEWI KABID")]


def test_the_number_of_queries_is_constant(people: People, django_assert_num_queries):
    viewer = people.superior.viewer(JUNE)
    with django_assert_num_queries(5):
        units_led_by(viewer, YEAR_END)
