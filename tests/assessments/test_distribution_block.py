"""The live pattern of a unit: who counts, what its page shows, the reason that is kept."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from assessments.enums import NationalPredicate, OrgPerformance
from assessments.models import Assessment, AssessmentVersion, DistributionReason, OrgAchievement
from assessments.selectors.distribution import unit_distributions
from assessments.services.distribution import distribution_reason_give
from config.lib import clock
from config.lib.errors import DomainError, NotAllowed
from skp.models import Period
from skp.services.periods import period_create
from tests.assessments.reports import delivered, reported, scored
from tests.people import People
from tests.skp.drafts import SCORING, agreed, period_2026, result_ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(people: People, monkeypatch) -> Period:
    """One of two people of Bidang Satu scored Baik: its member, not yet the head of its section."""
    made = period_2026()
    top = agreed(people.superior, people.sekda, made)
    middle = agreed(people.appraiser, people.superior, made, result_ids(top))
    skp = agreed(people.owner, people.appraiser, made, result_ids(middle))
    scored(people, reported(people, skp))
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    return made


def performing(people: People, period: Period, performance: OrgPerformance) -> None:
    OrgAchievement.objects.create(
        period=period,
        unit=people.division,
        performance=performance,
        set_at=SCORING,
        set_by=people.superior.user,
    )


def give(people: People, period: Period, who: str, text: str) -> DistributionReason:
    return distribution_reason_give(
        actor=getattr(people, who).viewer(SCORING),
        period_id=period.pk,
        unit_id=people.division.pk,
        text=text,
        now=SCORING,
    )


def test_a_unit_counts_those_whom_its_head_appraises(people: People, period, django_assert_num_queries):
    viewer = people.appraiser.viewer(SCORING)
    with django_assert_num_queries(5):
        (unit,) = unit_distributions(viewer, period)
    assert (unit.unit_name, unit.people, unit.counted) == ("Bidang Satu", 2, 1)
    assert unit.counts[NationalPredicate.GOOD] == 1
    assert (unit.performance, unit.broken) == (None, ())
    # The head above scores the heads, who have no predicate yet; a member scores nobody.
    assert [one.counted for one in unit_distributions(people.superior.viewer(SCORING), period)] == [0]
    assert unit_distributions(people.owner.viewer(SCORING), period) == []


def test_a_broken_pattern_warns_and_keeps_a_reason(people: People, period):
    with pytest.raises(DomainError, match="Tidak ada aturan"):
        give(people, period, "appraiser", "Unit kecil")
    performing(people, period, OrgPerformance.OUTSTANDING)
    with pytest.raises(DomainError, match="Tulis alasan"):
        give(people, period, "appraiser", "  ")
    with pytest.raises(DomainError, match="paling banyak 300 huruf; yang tertulis 301"):
        give(people, period, "appraiser", "a" * 301)
    for who in ("superior", "owner", "bkpsdm_admin"):
        with pytest.raises(NotAllowed, match="pimpinan unit kerja itu"):
            give(people, period, who, "Unit kecil")
    client = Client()
    client.force_login(people.appraiser.user)
    address = reverse("assessments:distribution")
    page = client.get(address).content.decode()
    assert "Sangat Baik menjadi kelompok terbesar; sekarang 0 dari 1 pegawai." in page
    assert ("1 dari 2 pegawai" in page, "chart__band" in page) == (True, True)
    sent = reverse("assessments:distribution_reason", args=[2026, people.division.pk])
    for further in ("https://contoh.example/", "//contoh.example"):
        away = client.post(sent, {"text": "Unit kecil", "next": further})
        assert (away.status_code, away["Location"]) == (302, address)
    told = client.post(sent, {"text": "Tim baru", "next": address}, follow=True).content.decode()
    assert ("Tim baru" in told, "Unit kecil" in told) == (True, False)
    assert DistributionReason.objects.count() == 3
    event = AuditEvent.objects.filter(kind="distribution.reason").latest("pk")
    assert "kelompok terbesar" in event.after
    reader = Client()
    reader.force_login(people.inspector.user)
    assert "Tim baru" in reader.get(reverse("assessments:achievements")).content.decode()


def test_a_kept_pattern_says_so(people: People, period, django_assert_num_queries):
    performing(people, period, OrgPerformance.NEEDS_IMPROVEMENT)
    AssessmentVersion.objects.update(national=NationalPredicate.NEEDS_IMPROVEMENT)
    client = Client()
    client.force_login(people.appraiser.user)
    address = reverse("assessments:distribution")
    client.get(address)
    with django_assert_num_queries(13):
        page = client.get(address).content.decode()
    assert "Pola sesuai capaian organisasi Butuh Perbaikan." in page
    assert "Simpan alasan" not in page


def test_the_team_s_list_tells_the_pattern_while_something_can_be_delivered(people: People, period):
    client = Client()
    client.force_login(people.appraiser.user)

    def told() -> str:
        return " ".join(client.get(reverse("assessments:inbox")).content.decode().split())

    assert "Pola Bidang Satu: capaian organisasi belum ditetapkan" in told()
    performing(people, period, OrgPerformance.OUTSTANDING)
    assert "1 ketentuan belum dipenuhi" in told()
    AssessmentVersion.objects.update(national=NationalPredicate.VERY_GOOD)
    assert "2 ketentuan belum dipenuhi" not in told()
    delivered(people, Assessment.objects.get())
    page = told()
    assert "Pola Bidang Satu" not in page
    assert f'href="{reverse("assessments:distribution")}?tahun=2026"' in page


def test_the_pattern_of_another_year_can_be_asked_for(people: People, period):
    period_create(actor=None, year=2025, now=SCORING)
    client = Client()
    client.force_login(people.appraiser.user)
    page = client.get(reverse("assessments:distribution"), {"tahun": "2025"}).content.decode()
    assert "Periode 2025" in page
