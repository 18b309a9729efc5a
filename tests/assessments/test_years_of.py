"""A person's results through the years: what is told and to whom."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import HistoryResult
from assessments.selectors.years_of import years_of
from assessments.services.delivery import assessment_receive
from config.lib import clock
from tests.assessments.reports import delivered, in_force, reported, scored
from tests.compliance.year_results import never_sent, year_result
from tests.people import People
from tests.skp.drafts import SCORING, period_2026


@pytest.fixture
def judged(people: People, monkeypatch):
    """The owner's 2026, delivered, and two years of the archive."""
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    skp = in_force(people)
    delivered(people, scored(people, reported(people, skp)).assessment)
    year_result(people.owner, skp.period, "100")
    for year, score, word in ((2025, "91.50", "Baik"), (2024, None, "Sangat Baik")):
        HistoryResult.objects.create(
            employee=people.owner.employee,
            year=year,
            score=score and Decimal(score),
            predicate=word,
            appraiser_name="DRA. LAMA",
            imported_at=SCORING,
        )
    return skp


def opened(people: People, skp) -> None:
    """The owner has opened the result."""
    assessment_receive(actor=people.owner.viewer(SCORING), skp_id=skp.pk, now=SCORING)


def get(person, name: str, status: int = 200, args: tuple[object, ...] = ()) -> str:
    client = Client()
    client.force_login(person.user)
    answer = client.get(reverse(f"assessments:{name}", args=args))
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.django_db
def test_the_years_stand_with_their_parts_the_newest_first(people: People, judged):
    opened(people, judged)
    rows = years_of(people.owner.viewer(SCORING), people.owner.employee)
    assert [(row.year, row.score, row.word, row.archived) for row in rows] == [
        (2026, Decimal(100), "Baik", False),
        (2025, Decimal("91.50"), "Baik", True),
        (2024, None, "Sangat Baik", True),
    ]
    [part] = rows[0].parts
    assert (part.skp_id, part.unit_name, part.national) == (judged.pk, "Bidang Satu", "Baik")
    assert part.appraiser.startswith(str(people.appraiser.user))
    assert rows[1].appraiser == "DRA. LAMA"


@pytest.mark.django_db
def test_the_page_says_what_two_years_lead_to_and_where_the_archive_begins(people: People, judged):
    opened(people, judged)
    text = get(people.owner, "my_years")
    assert "Baik dua tahun berturut-turut (2025 dan 2026)" in text
    assert text.count("dari arsip") == 2
    assert reverse("assessments:result", args=[judged.pk]) in text


@pytest.mark.django_db
def test_the_owner_opens_the_result_before_its_numbers_stand_here(people: People, judged):
    text = get(people.owner, "my_years")
    assert "Hasil sudah disampaikan kepada Anda." in text
    assert "100,00" not in text
    assert "dua tahun berturut-turut" not in text
    superior = get(people.appraiser, "years_of", args=(people.owner.employee.pk,))
    assert "100,00" in superior
    assert "Baik dua tahun berturut-turut" in superior


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("owner", 200),
        ("appraiser", 200),
        ("superior", 200),
        ("bkpsdm_admin", 200),
        ("inspector", 200),
        ("leader", 200),
        ("opd_admin", 403),
        ("stranger", 404),
        ("other_appraiser", 404),
    ],
)
def test_who_opens_the_years_of_another(people: People, judged, who, status):
    text = get(getattr(people, who), "years_of", status, (people.owner.employee.pk,))
    assert ("91,50" in text) == (status == 200)


@pytest.mark.django_db
def test_a_year_without_performance_has_its_reason(people: People, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    never_sent(people.owner, period_2026())
    text = get(people.owner, "my_years")
    assert "Tidak pernah mengirim rencana SKP" in text
    assert "belum dinilai" in text
    assert "Sangat Buruk" in text


@pytest.mark.django_db
def test_without_any_year_the_page_says_why(people: People, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    assert "Belum ada hasil." in get(people.owner, "my_years")
