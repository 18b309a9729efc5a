"""The number of queries of the pages about delivered scores, at one row and at three."""

import pytest
from django.urls import reverse

from assessments.models import Assessment, ScoreProposal, UnlockRequest
from assessments.services.delivery import assessments_settle
from assessments.services.unlocking import unlock_confirm, unlock_request
from tests.assessments.family import LATER, family, second_admin, serving
from tests.assessments.reports import delivered, reported, scored
from tests.flows.test_queries import members, middle
from tests.people import People
from tests.skp.drafts import SCORING, agreed, period_2026, result_ids

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 3])
def test_a_delivered_result_with_its_versions(people: People, at, count, number):
    period = period_2026()
    assessment = reported(
        people, agreed(people.owner, people.appraiser, period, result_ids(middle(people, period)))
    )
    for _ in range(number):
        scored(people, assessment)
    delivered(people, assessment)
    at(SCORING)
    page = count(people.owner, reverse("assessments:result", args=[assessment.skp_id]), 20)
    assert page.count("<h3>Versi ") == number
    assert "Terima hasil" in page


@pytest.mark.parametrize("number", [1, 3])
def test_proposals_of_a_superior_s_value(people: People, at, count, number):
    both = family(people)
    both.child_delivered()
    for person in members(people, number)[1:]:
        other = scored(people, reported(people, serving(people, both.middle, person), person))
        delivered(people, other.assessment)
    both.middle_delivered("13", "13")
    at(SCORING)
    page = count(people.appraiser, reverse("assessments:proposals"), 9)
    assert page.count("108,00 → 112,00") == number
    first = ScoreProposal.objects.order_by("pk").first()
    page = count(people.appraiser, reverse("assessments:proposal", args=[first.pk]), 17)
    assert "Sampaikan nilai baru" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_of_unlock_requests(people: People, at, count, number):
    period = period_2026()
    parents = result_ids(middle(people, period))
    for person in members(people, number):
        made = scored(people, reported(people, agreed(person, people.appraiser, period, parents), person))
        delivered(people, made.assessment)
    assessments_settle(now=LATER)
    for assessment in Assessment.objects.all():
        unlock_request(
            actor=people.bkpsdm_admin.viewer(LATER),
            skp_id=assessment.skp_id,
            version=assessment.version,
            reason="Realisasi salah dibaca",
            now=LATER,
        )
    at(LATER)
    page = count(people.bkpsdm_admin, reverse("assessments:unlocks"), 8)
    assert page.count("Realisasi salah dibaca") == number
    for asked in UnlockRequest.objects.all():
        unlock_confirm(actor=second_admin(), request_id=asked.pk, version=asked.assessment.version, now=LATER)
    page = count(people.bkpsdm_admin, f"{reverse('assessments:unlocks')}?jawaban=terbuka", 8)
    assert page.count("dapat menyampaikannya lagi sampai") == number
