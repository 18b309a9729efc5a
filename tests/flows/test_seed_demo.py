"""The demo: on any day, once, never beside real people, never in production."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from assessments.models import AssessmentVersion
from assessments.selectors.assessments import reports_waiting_for
from compliance.selectors.scores import score_rows
from config.demo.people import PEOPLE
from config.demo.plans import PLANS
from config.demo.seeding import LOGINS, PASSWORD
from config.lib import clock
from config.lib.dates import office_date
from orgunits.models import AppraisalLine, Employee, OrgUnit
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer
from skp.models import Move, Period, Skp
from skp.permissions import can_do, can_report
from skp.selectors.plans import plan_facts, plans_waiting_for, with_facts
from skp.states import Action
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


def seed(monkeypatch, now: datetime = TODAY, **options) -> str:
    monkeypatch.setattr(clock, "now", lambda: now)
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


def person(key: str) -> Employee:
    people = Employee.objects.select_related("user")
    return people.get(user__username=key) if key == "bupati" else people.get(external_id=f"DEMO-{key}")


def viewer(key: str, now: datetime) -> Viewer:
    user = person(key).user
    assert user is not None
    return viewer_for(user, now)


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
    assert Employee.objects.count() == len(PEOPLE) + 1
    for plan in PLANS:
        line = AppraisalLine.objects.get(employee=person(plan.owner), until=None)
        assert line.appraiser_id == person(plan.by).pk
    assert AppraisalLine.objects.filter(employee=person("sri"), acts_as="plt").exists()


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 1, 1, 0, 5, tzinfo=UTC),
        datetime(2026, 2, 28, 22, 0, tzinfo=UTC),
        datetime(2026, 7, 15, 3, 0, tzinfo=UTC),
        datetime(2026, 12, 31, 16, 30, tzinfo=UTC),
        datetime(2028, 2, 29, 3, 0, tzinfo=UTC),
    ],
    ids=str,
)
def test_every_move_can_be_tried_on_any_day(monkeypatch, now):
    seed(monkeypatch, now)
    year = office_date(now).year
    period = Period.objects.get()
    assert period.year == year
    assert not Move.objects.filter(at__gt=now).exists()

    def facts(key: str):
        return plan_facts(with_facts(Skp.objects.filter(owner=person(key))).get(), today=office_date(now))

    assert can_do(viewer("fajar", now), facts("fajar"), Action.EDIT)
    assert can_do(viewer("yusuf", now), facts("yusuf"), Action.WITHDRAW)
    assert can_do(viewer("kabid", now), facts("yusuf"), Action.AGREE)
    assert can_report(viewer("teguh", now), facts("teguh"), in_force=True)
    assert plans_waiting_for(viewer("kabid", now)).count() == 2
    assert reports_waiting_for(viewer("kasubbag", now)).count() == 1
    words = {version.four for version in AssessmentVersion.objects.all()}
    assert words == {"good", "bad", "very_bad"}
    rows = {row.name: row.people for row in score_rows(viewer("dewi", now), period)}
    assert rows == {
        "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia": 13,
        "Dinas Perpustakaan dan Kearsipan": 3,
        "Inspektorat Daerah": 0,
        "Sekretariat Daerah": 1,
    }


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


@pytest.mark.parametrize("year", [2025, 2027])
def test_a_year_beside_this_one_works(monkeypatch, year):
    assert f"tahun {year}" in seed(monkeypatch, year=year)
    assert Period.objects.get().year == year


def test_production_is_refused(monkeypatch, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="produksi"):
        seed(monkeypatch)
    assert not Employee.objects.exists()
