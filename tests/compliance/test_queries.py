"""The number of queries of the board's pages and of what they read, at one row and at three."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import HistoryResult
from compliance.models import Snapshot
from compliance.selectors.board import board_of
from compliance.selectors.opd_scores import opd_scores
from compliance.selectors.recaps import opd_recap, regency_recap
from compliance.selectors.scores import score_rows
from compliance.selectors.snapshots import frozen_rows, latest_deadline
from compliance.selectors.stages import chosen_stage, stages_of
from compliance.selectors.summary import summary_of
from compliance.services.snapshots import snapshots_take
from config.lib import clock
from skp.models import Duty
from skp.services.periods import period_create
from tests.compliance.duties import CLOSE, SENT, bare_period, duty
from tests.compliance.year_results import crowd, year_result
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import NOW, People, Person
from tests.skp.drafts import drafted

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def period(people: People, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return bare_period()


def year(people: People, period, number: int):
    """As many late people in the owner's unit, each OPD with somebody, snapshots a week ago and now."""
    posts = [AssignmentFactory(employee=EmployeeFactory(), unit=people.division) for _ in range(number - 1)]
    plan = drafted(people.owner, period)
    Duty.objects.filter(period=period).delete()
    duty(people.owner, period, skp_id=plan.pk)
    for post in posts:
        duty(Person(post), period)
    for person in (people.stranger, people.inspector)[: number - 1]:
        duty(person, period, fulfilled=SENT)
    for moment in (CLOSE, NOW - WEEK, NOW):
        snapshots_take(now=moment)
    return chosen_stage(stages_of(period), "planning", NOW)


@pytest.fixture
def count(django_assert_num_queries):
    """Ask a page once to warm caches of the process, then count."""

    def ask(person: Person, address: str, expected: int) -> str:
        client = Client()
        client.force_login(person.user)
        client.get(address)
        with django_assert_num_queries(expected):
            answer = client.get(address)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


@pytest.mark.parametrize("number", [1, 3])
def test_what_the_board_reads(people: People, period, number, django_assert_num_queries):
    stage = year(people, period, number)
    for person, expected in (
        (people.bkpsdm_admin, 3),
        (people.leader, 3),
        (people.opd_admin, 4),
        (people.superior, 4),
        (people.appraiser, 4),
    ):
        viewer = person.viewer()
        with django_assert_num_queries(expected):
            board = board_of(viewer, stage)
        assert board.frozen_on
        assert all(row.frozen for row in board.rows if row.counts.obliged)


@pytest.mark.parametrize("number", [1, 3])
def test_what_a_snapshot_and_the_one_page_read(people: People, period, number, django_assert_num_queries):
    stage = year(people, period, number)
    viewer = people.leader.viewer()
    with django_assert_num_queries(1):
        assert len(frozen_rows(viewer, latest_deadline(stage))) == number
    with django_assert_num_queries(5):
        assert summary_of(viewer, stage).worst


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages(people: People, period, number, count):
    year(people, period, number)
    taken = Snapshot.objects.get(kind="deadline", stage="planning").pk
    board, people_url = reverse("compliance:board"), reverse("compliance:people")
    for person, numbers in (
        (people.bkpsdm_admin, (10, 11, 10, 8, 11)),
        (people.leader, (11, 12, 11, 9, 12)),
        (people.opd_admin, (11, 11, 10, 9, 11)),
        (people.appraiser, (12, 12, 11, 10, 12)),
    ):
        on_board, on_list, on_opd, frozen, frozen_list = numbers
        count(person, f"{board}?tahap=planning", on_board)
        late = count(person, f"{people_url}?tahap=planning&yang=telat", on_list)
        assert late.count('data-label="Keadaan"') == number
        count(person, f"{reverse('compliance:opd', args=[people.opd.pk])}?tahap=planning", on_opd)
        count(person, reverse("compliance:snapshot", args=[taken]), frozen)
        address = f"{reverse('compliance:snapshot_people', args=[taken])}?yang=telat"
        assert count(person, address, frozen_list).count('data-label="Keadaan"') == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_one_page(people: People, period, number, count):
    year(people, period, number)
    count(people.leader, f"{reverse('compliance:summary')}?tahap=planning", 13)


def results(people: People, period, number: int) -> None:
    """As many scored people in the owner's unit, and as many OPD with somebody."""
    year_result(people.owner, period, "100")
    crowd(people.division, period, *["100"] * (number - 1))
    for person in (people.stranger, people.inspector)[: number - 1]:
        year_result(person, period, "60")


@pytest.mark.parametrize("number", [1, 3])
def test_what_the_results_read(people: People, period, number, django_assert_num_queries):
    results(people, period, number)
    for person, board, opd in (
        (people.bkpsdm_admin, 2, 2),
        (people.leader, 2, 2),
        (people.opd_admin, 3, 3),
        (people.superior, 3, 3),
        (people.appraiser, 3, 3),
    ):
        viewer = person.viewer()
        with django_assert_num_queries(board):
            assert score_rows(viewer, period)
        with django_assert_num_queries(opd):
            assert opd_scores(viewer, period, people.opd.pk).units
    viewer = people.leader.viewer()
    with django_assert_num_queries(3):
        assert regency_recap(viewer, period)
    with django_assert_num_queries(5):
        assert len(opd_recap(viewer, period, people.opd.pk)) == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_of_results(people: People, period, number, count):
    results(people, period, number)
    for person, numbers in (
        (people.bkpsdm_admin, (9, 11, 9, 9)),
        (people.leader, (10, 12, 10, 10)),
        (people.opd_admin, (10, 11, 10, 10)),
        (people.appraiser, (11, 12, 11, 11)),
    ):
        board, listed, opd, drawn = numbers
        count(person, reverse("compliance:scores"), board)
        page = count(person, f"{reverse('compliance:scored')}?opd={people.opd.pk}", listed)
        assert page.count('data-label="Keadaan"') == number
        count(person, reverse("compliance:opd_scores", args=[people.opd.pk]), opd)
        count(person, reverse("compliance:spread"), drawn)


@pytest.mark.parametrize("number", [1, 3])
def test_the_evaluation_and_the_years_of_a_person(people: People, period, number, count):
    results(people, period_create(actor=None, year=2025, now=NOW), number)
    year(people, period, number)
    count(people.leader, reverse("compliance:evaluation"), 13)
    for place in range(number):
        HistoryResult.objects.create(
            employee=people.owner.employee, year=2020 + place, predicate="Baik", imported_at=NOW
        )
    page = count(people.owner, reverse("assessments:my_years"), 10)
    assert page.count("dari arsip") == number
    address = reverse("assessments:years_of", args=[people.owner.employee.pk])
    for person, expected in ((people.bkpsdm_admin, 10), (people.appraiser, 12), (people.superior, 13)):
        assert count(person, address, expected).count("dari arsip") == number
