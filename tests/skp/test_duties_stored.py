"""Stored duties: equal to the computed ones after every move, written only where they differ."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skp.berakhlak import Behaviour
from skp.enums import Scheme
from skp.models import AppendixItem, BehaviourExpectation, Duty, PlannedIndicator, Progress, Skp
from skp.selectors.content import read_content
from skp.services.duties import duties_recompute_all, duties_refresh
from skp.services.moves import skp_submit, skp_withdraw
from tests.factories import AssignmentFactory
from tests.people import NOW, People, Person
from tests.skp.drafts import JANUARY, agreed, drafted, period_2026, result_ids, started, submitted
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db
CAST = 15


@pytest.fixture
def period(people):
    return period_2026()


def duty(person: Person, stage: str = "planning", interval: int = 0) -> Duty:
    return Duty.objects.get(employee=person.employee, stage=stage, interval=interval)


def test_a_new_period_gives_everybody_but_the_bupati_their_duties(people: People, period):
    assert Duty.objects.filter(period=period, obliged=True).count() == CAST * 7
    assert not Duty.objects.filter(employee=people.leader.employee).exists()
    assert duty(people.owner).opd_id == people.opd.pk
    assert duty(people.owner).unit_id == people.division.pk
    assert duty(people.superior).due_at == moment("2026-01-15 00:00")


def test_an_unchanged_year_writes_nothing(people: People, period):
    assert not duties_recompute_all(period_id=period.pk)
    before = list(Duty.objects.order_by("pk").values_list("pk", flat=True))
    assert not duties_refresh(period_id=period.pk, employee_ids=None, now=NOW)
    assert list(Duty.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_a_wrong_row_a_missing_one_and_one_too_many_are_put_right(people: People, period):
    before = set(Duty.objects.values_list("employee", "stage", "interval", "due_at", "opd"))
    wrong = duty(people.owner)
    Duty.objects.filter(pk=wrong.pk).update(due_at=JANUARY, opd=people.other_opd)
    duty(people.stranger, "monitoring", 2).delete()
    Duty.objects.create(
        period=period, stage="planning", employee=people.leader.employee, obliged=True, due_at=NOW
    )
    found = duties_recompute_all(period_id=period.pk)
    assert (found.changed, found.created, found.deleted) == (1, 1, 1)
    assert duties_refresh(period_id=period.pk, employee_ids=None, now=NOW) == found
    assert set(Duty.objects.values_list("employee", "stage", "interval", "due_at", "opd")) == before
    # The row that was only wrong is still the same row.
    assert duty(people.owner).pk == wrong.pk


def test_only_the_people_named_are_looked_at(people: People, period):
    Duty.objects.filter(stage="planning").update(due_at=JANUARY)
    changes = duties_refresh(period_id=period.pk, employee_ids=[people.owner.employee.pk], now=NOW)
    assert [change.row.employee_id for change in changes.changes] == [people.owner.employee.pk]
    assert Duty.objects.filter(due_at=JANUARY).count() == CAST - 1


def test_the_moves_of_a_plan_keep_its_duty_right(people: People, period):
    skp = started(people.superior, period)
    assert duty(people.superior).skp_id == skp.pk
    skp = drafted(people.superior, period)
    assert duty(people.superior).fulfilled_at is None
    actor = people.superior.viewer(JANUARY)
    skp_submit(actor=actor, skp_id=skp.pk, version=skp.version, now=JANUARY)
    assert duty(people.superior).fulfilled_at == JANUARY
    skp.refresh_from_db()
    skp_withdraw(actor=actor, skp_id=skp.pk, version=skp.version, now=JANUARY)
    assert duty(people.superior).fulfilled_at is None
    assert not duties_recompute_all(period_id=period.pk)


def test_agreement_is_told_and_keeps_planning_fulfilled(people: People, period):
    top = agreed(people.superior, people.sekda, period)
    row = duty(people.superior)
    assert (row.fulfilled_at, row.agreed_at) == (JANUARY, JANUARY)
    provisional = submitted(people.appraiser, period, result_ids(top))
    row = duty(people.appraiser)
    assert (row.skp_id, row.fulfilled_at, row.agreed_at) == (provisional.pk, JANUARY, None)
    assert not duties_recompute_all(period_id=period.pk)


def test_monitoring_is_fulfilled_when_every_indicator_says_something(people: People, period):
    skp = agreed(people.superior, people.sekda, period)
    wanted = PlannedIndicator.objects.filter(planned_result__revision=skp.in_force)
    first, second = wanted.values_list("indicator_id", flat=True)
    april = moment("2026-04-02 09:00")
    for number, indicator in enumerate((first, second)):
        Progress.objects.create(
            indicator_id=indicator,
            interval=1,
            note="Sesuai rencana",
            entered_at=april,
            entered_by=people.superior.user,
        )
        duties_refresh(period_id=period.pk, employee_ids=[people.superior.employee.pk], now=april)
        done = duty(people.superior, "monitoring", 1).fulfilled_at
        assert done == (april if number == 1 else None)
    assert duty(people.superior, "monitoring", 2).fulfilled_at is None


def test_a_cancelled_plan_counts_for_nobody(people: People, period):
    skp = submitted(people.superior, period)
    Skp.objects.filter(pk=skp.pk).update(lifecycle="cancelled")
    duties_refresh(period_id=period.pk, employee_ids=[people.superior.employee.pk], now=NOW)
    assert (duty(people.superior).skp_id, duty(people.superior).fulfilled_at) == (None, None)


def test_the_number_of_readings_does_not_grow_with_the_people(people: People, period):
    def readings() -> int:
        Duty.objects.all().delete()
        with CaptureQueriesContext(connection) as caught:
            duties_refresh(period_id=period.pk, employee_ids=None, now=NOW)
        return sum(not query["sql"].startswith(("INSERT", "SAVEPOINT", "RELEASE")) for query in caught)

    before = readings()
    for _ in range(20):
        AssignmentFactory(unit=people.division)
    assert readings() == before
    assert Duty.objects.filter(stage="planning").count() == CAST + 20


def test_expectations_and_appendix_are_read_together_in_the_order_of_the_forms(people: People, period):
    revision = started(people.owner, period).open_revision
    for aspect in (Behaviour.LOYAL, Behaviour.ACCOUNTABLE):
        BehaviourExpectation.objects.create(revision=revision, aspect=aspect, text=f"Harapan {aspect}")
    for kind, order in (("consequences", 1), ("resources", 2), ("resources", 1)):
        AppendixItem.objects.create(revision=revision, kind=kind, order=order, text=f"{kind} {order}")
    content = read_content(revision, Scheme.JA_JF)
    assert [aspect for aspect, _ in content.behaviours] == [Behaviour.ACCOUNTABLE, Behaviour.LOYAL]
    assert [text for _, text in content.appendix] == ["resources 1", "resources 2", "consequences 1"]
