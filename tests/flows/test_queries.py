"""The number of queries of every page of the thread, at one row and at three, with its buttons shown."""

import pytest
from django.urls import reverse

from orgunits.lines import lines_rebuild
from skp.models import Period
from skp.services.moves import skp_agree, skp_submit
from skp.services.periods import period_create
from tests.assessments.reports import reported, scored
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import People, Person
from tests.skp.drafts import (
    DECEMBER,
    JANUARY,
    SCORING,
    add_result,
    agreed,
    period_2026,
    result_ids,
    started,
    submitted,
)
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db


def members(people: People, number: int) -> list[Person]:
    """The owner and further members of the unit."""
    posts = [AssignmentFactory(employee=EmployeeFactory(), unit=people.division) for _ in range(number - 1)]
    lines_rebuild()
    return [people.owner, *(Person(post) for post in posts)]


def middle(people: People, period: Period):
    """The appraiser's plan in force."""
    top = agreed(people.superior, people.sekda, period)
    return agreed(people.appraiser, people.superior, period, result_ids(top))


@pytest.mark.parametrize("number", [1, 3])
def test_one_s_own_plans(people: People, at, count, number):
    for year in range(2026, 2026 - number, -1):
        period = period_create(actor=None, year=year, now=JANUARY)
        started(people.owner, period, moment(f"{year}-01-10 09:00"))
    page = count(people.owner, reverse("skp:mine"), 9)
    assert page.count("<article") == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_draft_with_its_buttons(people: People, at, count, number):
    skp = started(people.owner, period_2026())
    for place in range(number):
        add_result(skp, people.owner.viewer(JANUARY), f"Tersusunnya laporan nomor {place}")
    page = count(people.owner, reverse("skp:plan", args=[skp.pk]), 15)
    assert page.count("Ubah hasil") == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_of_a_result(people: People, at, count, number):
    period = period_2026()
    superior = started(people.appraiser, period)
    for place in range(number):
        add_result(superior, people.appraiser.viewer(JANUARY), f"Meningkatnya layanan nomor {place}")
    skp = started(people.owner, period)
    page = count(people.owner, reverse("skp:plan", args=[skp.pk]) + "?buka=baru", 15)
    assert page.count("Dukung hasil ini") == number


@pytest.mark.parametrize("number", [1, 3])
def test_what_the_appraiser_decides(people: People, at, count, number):
    period = period_2026()
    parents = result_ids(middle(people, period))
    plans = [submitted(person, period, parents) for person in members(people, number)]
    page = count(people.appraiser, reverse("skp:inbox"), 12)
    assert page.count('data-label="Periode"') == number
    page = count(people.appraiser, reverse("skp:plan", args=[plans[0].pk]), 19)
    assert "Setujui rencana" in page


@pytest.mark.parametrize("number", [1, 3])
def test_realisations(people: People, at, count, number):
    skp = started(people.superior, period_2026())
    for place in range(number + 1):
        add_result(
            skp,
            people.superior.viewer(JANUARY),
            f"Meningkatnya hasil {place}",
            source="agreement",
            perspective="process",
        )
    actor = people.superior.viewer(JANUARY)
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
    at(DECEMBER)
    page = count(people.superior, reverse("assessments:report", args=[skp.pk]), 19)
    assert page.count("inputmode") == number + 1
    page = count(people.superior, reverse("assessments:report_send", args=[skp.pk]), 18)
    assert page.count('data-label="Realisasi"') == number + 1
    page = count(people.superior, reverse("skp:plan", args=[skp.pk]), 18)
    assert "Isi realisasi tahunan" in page


@pytest.mark.parametrize("number", [1, 3])
def test_scoring(people: People, at, count, number):
    period = period_2026()
    parents = result_ids(middle(people, period))
    assessments = [
        reported(people, agreed(person, people.appraiser, period, parents), person)
        for person in members(people, number)
    ]
    at(SCORING)
    for assessment in assessments:
        scored(people, assessment)
    # Five of them for the pattern of predicates, which is told while something can be delivered.
    page = count(people.appraiser, reverse("assessments:inbox"), 17)
    assert page.count('data-label="Status"') == number
    chosen = "&".join(f"skp={assessment.skp_id}" for assessment in assessments)
    page = count(people.appraiser, f"{reverse('assessments:deliver')}?{chosen}", 14)
    assert page.count('name="hasil"') == number
    page = count(people.appraiser, reverse("assessments:score", args=[assessments[0].skp_id]), 27)
    assert "Bagaimana angka ini dihitung?" in page
    assert "Simpan nilai" in page


def test_the_start_page_of_each_role(people: People, at, count):
    period = period_2026()
    submitted(people.owner, period, result_ids(middle(people, period)))
    for person, expected in (
        (people.owner, 13),
        (people.appraiser, 21),
        (people.opd_admin, 16),
        (people.bkpsdm_admin, 20),
        (people.leader, 17),
    ):
        count(person, reverse("start"), expected)
