"""The number of queries of the pages of a running plan, at one row and at three."""

import pytest
from django.test import Client
from django.urls import reverse

from config.lib import clock
from orgunits.lines import lines_rebuild
from skp.services.feedback import feedback_add
from skp.services.moves import skp_agree, skp_submit
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import People, Person
from tests.skp.drafts import JANUARY, add_result, agreed, period_2026, result_ids, started
from tests.skp.running import APRIL, indicators, proven, running, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def count(django_assert_num_queries, monkeypatch):
    """Ask a page once to warm caches of the process, then count."""
    monkeypatch.setattr(clock, "now", lambda: APRIL)

    def ask(person: Person, address: str, expected: int) -> str:
        client = Client()
        client.force_login(person.user)
        client.get(address)
        with django_assert_num_queries(expected):
            answer = client.get(address)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


# What scheme jpt asks of a main result.
LEADS = {
    "source": "agreement",
    "perspective": "process",
    "agreement_text": "Perjanjian kinerja tahun ini, sasaran pertama",
}


def of_results(people: People, number: int):
    """The superior's plan in force with so many results."""
    skp = started(people.superior, period_2026())
    actor = people.superior.viewer(JANUARY)
    for place in range(number + 1):
        add_result(skp, actor, f"Meningkatnya hasil {place}", **LEADS)
    skp_submit(actor=actor, skp_id=skp.pk, version=skp.version, now=JANUARY)
    skp.refresh_from_db()
    skp_agree(
        actor=people.sekda.viewer(JANUARY),
        skp_id=skp.pk,
        version=skp.version,
        content_hash=skp.open_revision.content_hash,
        methods_confirmed=True,
        now=JANUARY,
    )
    skp.refresh_from_db()
    return skp


@pytest.mark.parametrize("number", [1, 3])
def test_the_owner_fills_in(people: People, count, number):
    skp = of_results(people, number)
    page = count(people.superior, reverse("skp:progress", args=[skp.pk, 1]), 15)
    assert page.count("Simpan lalu tambah bukti") == number + 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_appraiser_reads_and_comments(people: People, count, number):
    skp = running(people)
    told(people, skp)
    for _time in range(number):
        proven(people, skp)
        feedback_add(
            actor=people.appraiser.viewer(APRIL),
            skp_id=skp.pk,
            version=skp.version,
            interval=1,
            text="Baik, lanjutkan.",
            now=APRIL,
        )
        skp.refresh_from_db()
    page = count(people.appraiser, reverse("skp:progress", args=[skp.pk, 1]), 15)
    assert (page.count("laporan.pdf"), page.count("Baik, lanjutkan.")) == (number, number)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_evidence(people: People, count, number):
    skp = running(people)
    for _time in range(number):
        proven(people, skp)
    address = reverse("skp:indicator_evidence", args=[skp.pk, 1, indicators(skp)[0]])
    page = count(people.owner, address, 12)
    assert page.count("laporan.pdf</a>") == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_team(people: People, count, number):
    parents = result_ids(running(people))
    assert parents
    posts = [AssignmentFactory(employee=EmployeeFactory(), unit=people.division) for _ in range(number - 1)]
    lines_rebuild()
    skp = running(people)
    served = result_ids(people.appraiser.employee.skps.get())
    for post in posts:
        agreed(Person(post), people.appraiser, skp.period, served)
    page = count(people.appraiser, reverse("skp:team_progress"), 12)
    assert page.count("0 dari 2 indikator</td>") == 2 * number


def test_opening_a_file(people: People, count):
    row = proven(people, running(people))
    address = reverse("skp:evidence", args=[row.public_id])
    client = Client()
    client.force_login(people.owner.user)
    assert client.get(address).status_code == 200
