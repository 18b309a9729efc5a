"""The demo: on any day, once, never beside real people, never in production."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError
from django.test import Client

from compliance.models import Snapshot
from config.demo.crowd.people import crowd_make
from config.demo.people import PEOPLE
from config.demo.plans import PLANS, Fate
from config.demo.seeding import LOGINS, PASSWORD
from config.lib.dates import office_date
from orgunits.enums import AssignmentKind, UnitKind
from orgunits.models import AppraisalLine, Assignment, Employee, OrgUnit, OrgUnitSpan
from skp.models import Duty, Evidence, Extension, Feedback, Move, Period, Progress, Revision, Skp
from skp.permissions import can_do
from skp.selectors.plans import plan_facts, plans_waiting_for, with_facts
from skp.services.duties import duties_recompute_all
from skp.states import Action, Lifecycle, RevisionState, Stage
from tests.factories import EmployeeFactory
from tests.flows.demo import FEW, person, seed, viewer

pytestmark = pytest.mark.django_db


def facts(key: str, now: datetime):
    return plan_facts(with_facts(Skp.objects.filter(owner=person(key))).get(), today=office_date(now))


def test_the_regency_of_a_first_look(monkeypatch):
    """Eight agencies, 600 people, and the shares that make lists worth looking at."""
    seed(monkeypatch, employees=600)
    employees = Employee.objects.exclude(nip=None)
    assert employees.count() == 600
    assert OrgUnitSpan.objects.filter(kind=UnitKind.OPD, until=None).count() == 8
    # Whoever was transferred has a plan of the old post only.
    assert employees.filter(skps__isnull=True).count() == 48
    assert Revision.objects.filter(state=RevisionState.RETURNED).count() == 30
    late = Skp.objects.get(owner=person("kepala-pem"))
    assert late.open_revision.state == RevisionState.DRAFT
    waiting = Skp.objects.filter(
        open_revision__state=RevisionState.SUBMITTED, open_revision__results__parent__skp=late
    ).distinct()
    assert waiting.count() == 18
    vacant = OrgUnitSpan.objects.filter(until=None).exclude(
        unit__assignments__in=Assignment.objects.filter(
            is_head=True, kind=AssignmentKind.DEFINITIVE, until=None
        )
    )
    assert set(vacant.values_list("unit__external_id", flat=True)) == {"DEMO-BANGKOM", "DEMO-PKM-HULU"}
    assert Assignment.objects.filter(kind=AssignmentKind.PLT).count() == 1
    assert Skp.objects.filter(lifecycle=Lifecycle.CLOSED).count() == 1
    assert Extension.objects.count() == 1
    assert Progress.objects.values("indicator__result__skp").distinct().count() > 100
    assert Evidence.objects.count() > 50
    assert Feedback.objects.count() > 20
    assert Snapshot.objects.filter(stage=Stage.PLANNING, kind="deadline").count() == 1
    assert not duties_recompute_all(period_id=Period.objects.get().pk).changes


def test_the_table_of_logins_lets_everybody_in(monkeypatch):
    printed = seed(monkeypatch)
    assert PASSWORD in printed
    for login in LOGINS:
        employee = person(login.key)
        assert employee.full_name in printed
        assert employee.user.username in printed
        assert employee.user.check_password(PASSWORD)
        client = Client()
        client.force_login(employee.user)
        page = client.get("/")
        assert page.status_code == 200


def test_the_people_have_the_appraisers_that_the_plans_name(monkeypatch):
    seed(monkeypatch)
    assert Employee.objects.count() == FEW + 1
    assert len(PEOPLE) < FEW
    for plan in PLANS:
        line = AppraisalLine.objects.get(employee=person(plan.owner), until=None)
        assert line.appraiser_id == person(plan.by).pk
    assert AppraisalLine.objects.filter(employee=person("sri"), acts_as="plt").exists()


DAYS = [
    datetime(2026, 1, 1, 0, 5, tzinfo=UTC),
    datetime(2026, 2, 28, 22, 0, tzinfo=UTC),
    datetime(2026, 7, 15, 3, 0, tzinfo=UTC),
    datetime(2026, 12, 31, 16, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 3, 0, tzinfo=UTC),
]


@pytest.mark.parametrize("stage", ["planning", "running"])
@pytest.mark.parametrize("now", DAYS, ids=str)
def test_the_moves_of_the_logins_can_be_tried_on_any_day(monkeypatch, now, stage):
    seed(monkeypatch, now, stage=stage)
    period = Period.objects.get()
    assert period.year == office_date(now).year
    assert not Move.objects.filter(at__gt=now).exists()
    assert can_do(viewer("fajar", now), facts("fajar", now), Action.EDIT)
    assert can_do(viewer("yusuf", now), facts("yusuf", now), Action.WITHDRAW)
    assert can_do(viewer("kabid", now), facts("yusuf", now), Action.AGREE)
    assert plans_waiting_for(viewer("kabid", now)).count() == 2
    agreed = {plan.owner for plan in PLANS if plan.fate is Fate.AGREED}
    assert Skp.objects.filter(
        owner__external_id__in=[f"DEMO-{key}" for key in agreed], in_force__isnull=False
    ).count() == len(agreed)
    obliged = Duty.objects.filter(stage=Stage.PLANNING, obliged=True)
    assert obliged.count() == FEW


def test_a_past_year_is_shown_at_a_day_of_its_own(monkeypatch):
    seed(monkeypatch, year=2025)
    assert set(Move.objects.values_list("at__year", flat=True)) <= {2025}
    assert Period.objects.get().windows.get(stage=Stage.PLANNING, audience="all").closes_at == datetime(
        2025, 1, 31, 17, tzinfo=UTC
    )


def test_the_same_seed_makes_the_same_people_another_one_others():
    def numbers(seed: int) -> dict[str, str]:
        made = crowd_make(size=100, year=2026, seed=seed)
        assert len({row.nip for row in made.people}) == 100
        return {row.key: row.nip for row in made.people}

    assert numbers(7) == numbers(7)
    assert numbers(7) != numbers(8)


def test_a_second_run_changes_nothing(monkeypatch):
    first = seed(monkeypatch)
    before = (Employee.objects.count(), Move.objects.count(), Skp.objects.count())
    second = seed(monkeypatch)
    assert "Data contoh sudah ada" in second
    assert second.split("\n\n", 1)[1] == first.split("\n\n", 1)[1]
    assert (Employee.objects.count(), Move.objects.count(), Skp.objects.count()) == before


def test_real_people_are_left_alone(monkeypatch):
    EmployeeFactory()
    assert "tidak dicampurkan" in seed(monkeypatch)
    assert (Employee.objects.count(), OrgUnit.objects.count()) == (1, 0)


def test_a_regency_without_people_yet_is_left_alone(monkeypatch):
    OrgUnit.objects.create(external_id="UNOR-1")
    with pytest.raises(CommandError, match="sudah berisi"):
        seed(monkeypatch)
    assert not Employee.objects.exists()


@pytest.mark.parametrize("year", [2024, 2028])
def test_a_far_year_is_refused(monkeypatch, year):
    with pytest.raises(CommandError, match="2025, 2026, atau 2027"):
        seed(monkeypatch, year=year)
    assert not Employee.objects.exists()


def test_too_few_people_are_refused(monkeypatch):
    with pytest.raises(CommandError, match="80 sampai"):
        seed(monkeypatch, employees=20)
    assert not Employee.objects.exists()


def test_next_year_works(monkeypatch):
    assert "tahun 2027" in seed(monkeypatch, year=2027)
    assert Period.objects.get().year == 2027


def test_production_is_refused(monkeypatch, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="produksi"):
        seed(monkeypatch)
    assert not Employee.objects.exists()
