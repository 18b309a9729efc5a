"""Numbers of scoring and achievements changed while somebody else acts on them: never both."""

from dataclasses import replace
from decimal import Decimal

import pytest

from assessments.enums import OrgPerformance
from assessments.models import Delivery, OrgAchievement, ScoringVersion
from assessments.schemes.settings import DEFAULTS
from assessments.services.achievements import AchievementEntry, achievement_set
from assessments.services.delivery import assessment_deliver
from assessments.services.scoring_settings import scoring_change
from tests.assessments.reports import in_force, reported, scored
from tests.people import make_people
from tests.skp.drafts import SCORING, period_2026
from tests.test_race_skp import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_admins_change_the_numbers_from_the_same_page(transactional_db):
    people, period = make_people(), period_2026()
    actor = people.bkpsdm_admin.viewer(SCORING)

    def change(good: int):
        return lambda: scoring_change(
            actor=actor,
            period_id=period.pk,
            version=0,
            settings=replace(DEFAULTS, four_good_from=Decimal(good)),
            reason="Rapat",
            now=SCORING,
        )

    assert refusals(at_once(change(91), change(92), change(93))) == [409, 409]
    assert ScoringVersion.objects.get().number == 1


def test_numbers_change_or_the_result_is_delivered_by_them(transactional_db):
    people = make_people()
    assessment = reported(people, in_force(people))
    scored(people, assessment)
    assessment.refresh_from_db()
    admin, appraiser = people.bkpsdm_admin.viewer(SCORING), people.appraiser.viewer(SCORING)

    def change():
        return scoring_change(
            actor=admin,
            period_id=assessment.skp.period_id,
            version=0,
            settings=replace(DEFAULTS, four_good_from=Decimal(108)),
            reason="Rapat",
            now=SCORING,
        )

    def deliver():
        return assessment_deliver(
            actor=appraiser, skp_id=assessment.skp_id, version=assessment.version, now=SCORING
        )

    assert len(refusals(at_once(change, deliver))) == 1
    assert Delivery.objects.exists() is not ScoringVersion.objects.exists()


def test_two_leaders_set_one_achievement_for_the_first_time(transactional_db):
    people, period = make_people(), period_2026()
    actor = people.superior.viewer(SCORING)

    def put(performance: OrgPerformance):
        entry = AchievementEntry(people.division.pk, performance, "", 0)
        return lambda: achievement_set(actor=actor, period_id=period.pk, entry=entry, now=SCORING)

    outcomes = at_once(put(OrgPerformance.GOOD), put(OrgPerformance.POOR))
    assert refusals(outcomes) == [409]
    assert OrgAchievement.objects.get().version == 1
