"""The thread through the year: plan, agreement, realisation, score."""

from datetime import date
from decimal import Decimal

import pytest

from assessments.models import Assessment
from assessments.services.reporting import assessment_report
from assessments.services.scoring import assessment_score
from assessments.services.versions import Judgment
from config.lib.errors import DomainError, NotAllowed
from orgunits.lines import lines_rebuild
from orgunits.models import Assignment
from skp.berakhlak import Behaviour
from skp.models import Move
from skp.selectors.plans import plans_waiting_for
from skp.services.moves import skp_agree, skp_submit, skp_withdraw
from skp.services.realisations import realisations_save
from tests.assessments.reports import reported, scored
from tests.people import People
from tests.skp.drafts import (
    DECEMBER,
    JANUARY,
    SCORING,
    agreed,
    drafted,
    period_2026,
    result_ids,
)

pytestmark = pytest.mark.django_db


def test_a_plan_goes_from_draft_to_a_predicate(people: People) -> None:
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    skp = drafted(people.owner, period, result_ids(middle))
    owner = people.owner.viewer(JANUARY)

    first = skp_submit(actor=owner, skp_id=skp.pk, version=skp.version, now=JANUARY)
    skp.refresh_from_db()
    assert [row.pk for row in plans_waiting_for(people.appraiser.viewer(JANUARY))] == [skp.pk]
    skp_withdraw(actor=owner, skp_id=skp.pk, version=skp.version, now=JANUARY)
    skp.refresh_from_db()
    assert not plans_waiting_for(people.appraiser.viewer(JANUARY)).exists()
    second = skp_submit(actor=owner, skp_id=skp.pk, version=skp.version, now=JANUARY)
    assert second.number == first.number + 1
    assert second.content_hash == first.content_hash

    skp.refresh_from_db()
    skp_agree(
        actor=people.appraiser.viewer(JANUARY),
        skp_id=skp.pk,
        version=skp.version,
        content_hash=second.content_hash,
        methods_confirmed=True,
        now=JANUARY,
    )
    skp.refresh_from_db()
    assert skp.open_revision is None
    assert skp.in_force is not None
    assert skp.in_force.agreed_as == "Kepala Bidang Satu"
    assert [m.action for m in Move.objects.filter(skp=skp)] == ["submit", "withdraw", "submit", "agree"]
    assert skp.in_force.results.first().parent_text == "Tersusunnya laporan kinerja"

    indicators = [
        row.indicator_id for planned in skp.in_force.results.all() for row in planned.indicators.all()
    ]
    values = {indicators[0]: Decimal(12), indicators[1]: Decimal(13)}
    actor = people.owner.viewer(DECEMBER)
    realisations_save(actor=actor, skp_id=skp.pk, version=skp.version, values=values, now=DECEMBER)
    skp.refresh_from_db()
    assessment_report(actor=actor, skp_id=skp.pk, version=skp.version, now=DECEMBER)
    assessment = Assessment.objects.get(skp=skp)
    made = assessment_score(
        actor=people.appraiser.viewer(SCORING),
        skp_id=skp.pk,
        version=assessment.version,
        data=Judgment(behaviour=dict.fromkeys(Behaviour, Decimal(100))),
        now=SCORING,
    )
    # 12 of 12: B 13 points ×3 = 39 → 100; 13 of 12: SB 16 ×3 = 48 → 120; mean 110.
    assert (made.skp_value, made.behaviour_value, made.final) == (
        Decimal("110.00"),
        Decimal("100.00"),
        Decimal("107.00"),
    )
    assert (made.four, made.category, made.national) == ("good", "good", "good")


def test_an_acting_head_appraises_until_the_very_end(people: People) -> None:
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    # The acting head is a member of the unit: his own plan goes to the head of the OPD.
    own = agreed(people.acting_head, people.superior, period, result_ids(top))
    skp = agreed(people.acting_member, people.acting_head, period, result_ids(own))
    assert skp.in_force is not None
    assert skp.in_force.agreed_as == "Plt. Kepala Bidang Dua"
    assessment = reported(people, skp, people.acting_member)
    made = scored(people, assessment, people.acting_head)
    assert (made.made_as, made.final) == ("Plt. Kepala Bidang Dua", Decimal("107.00"))
    with pytest.raises(NotAllowed):
        scored(people, reported(people, own, people.acting_head), people.acting_head)
    # When the acting ends, the next head above acts; the score given stays.
    Assignment.objects.filter(kind="plt").update(until=date(2026, 12, 20))
    lines_rebuild()
    with pytest.raises(DomainError):
        scored(people, assessment, people.acting_head)
    again = scored(people, assessment, people.superior)
    assert (again.number, again.made_as) == (2, "Kepala Dinas Pertama")
