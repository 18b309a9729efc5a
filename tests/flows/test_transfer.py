"""A plan whose owner was transferred away is still acted on by the head at the end of the post."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from assessments.models import Assessment
from assessments.selectors.assessments import reports_waiting_for
from assessments.services.reporting import assessment_report
from assessments.services.scoring import assessment_score
from assessments.services.versions import Judgment
from skp.berakhlak import Behaviour
from skp.selectors.plans import plan_facts, plans_acted_on_by
from skp.services.realisations import realisations_save
from tests.people import People
from tests.skp.drafts import DECEMBER, SCORING, agreed, period_2026, result_ids
from tests.transfers import transferred

pytestmark = pytest.mark.django_db
JUNE = datetime(2026, 6, 20, 2, 0, tzinfo=UTC)
AUGUST = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)


def test_the_old_unit_s_head_scores_the_plan_of_a_person_transferred_away(people: People) -> None:
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    skp = agreed(people.owner, people.appraiser, period, result_ids(middle))
    transferred(
        people.bkpsdm_admin.viewer(JUNE), people.owner.employee, people.other_division, date(2026, 7, 1)
    )
    skp.refresh_from_db()
    for moment in (JUNE, AUGUST, DECEMBER):
        facts = plan_facts(skp, today=people.owner.viewer(moment).today)
        assert facts.appraiser_id == people.appraiser.employee.pk
        assert skp in plans_acted_on_by(people.appraiser.viewer(moment))
        assert skp not in plans_acted_on_by(people.other_appraiser.viewer(moment))

    assert skp.in_force is not None
    values = {
        row.indicator_id: Decimal(12)
        for planned in skp.in_force.results.all()
        for row in planned.indicators.all()
    }
    actor = people.owner.viewer(DECEMBER)
    realisations_save(actor=actor, skp_id=skp.pk, version=skp.version, values=values, now=DECEMBER)
    skp.refresh_from_db()
    assessment_report(actor=actor, skp_id=skp.pk, version=skp.version, now=DECEMBER)
    appraiser = people.appraiser.viewer(SCORING)
    assert list(reports_waiting_for(appraiser)) == [skp]
    made = assessment_score(
        actor=appraiser,
        skp_id=skp.pk,
        version=Assessment.objects.get(skp=skp).version,
        data=Judgment(behaviour=dict.fromkeys(Behaviour, Decimal(100))),
        now=SCORING,
    )
    assert made.made_as == "Kepala Bidang Satu"
