"""A result on its way from the appraiser's hands to final, and back again when somebody must look anew."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from assessments.models import Assessment, Delivery, ScoreProposal
from assessments.services.delivery import assessment_accept, assessment_receive, assessments_settle
from assessments.services.proposals import proposal_apply
from assessments.services.scoring import assessment_score
from assessments.services.versions import Judgment
from config.lib.dates import start_of_day
from skp.models import Skp
from tests.assessments.family import LATER, Family, family, unlocked
from tests.assessments.reports import HUNDRED, delivered
from tests.people import People
from tests.skp.drafts import SCORING

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(people: People) -> Family:
    return family(people)


def child_of(both: Family) -> Assessment:
    return Assessment.objects.select_related("delivered__delivery", "current").get(skp=both.child)


def test_silence_makes_a_result_final_on_the_day_it_may(both: Family):
    both.child_scored()
    both.middle_delivered("13", "13")
    replaced = child_of(both)
    assert (replaced.status, replaced.current.number) == ("scored", 2)
    delivered(both.people, replaced)
    # Tuesday 12 January; Friday 15 is the third working day and day 0; day 14 is the 29th.
    deemed, closes = start_of_day(date(2027, 1, 16)), start_of_day(date(2027, 1, 30))
    assert child_of(both).delivered.delivery.deemed_at == deemed
    assessments_settle(now=deemed - timedelta(seconds=1))
    assert child_of(both).delivered.delivery.received_at is None
    assessments_settle(now=deemed)
    assert child_of(both).delivered.delivery.received_at == deemed - timedelta(minutes=1)
    assert child_of(both).delivered.delivery.closes_at == closes
    assessments_settle(now=closes - timedelta(seconds=1))
    assert child_of(both).status == "delivered"
    assert assessments_settle(now=closes) == 2
    assert child_of(both).status == "final"
    assert assessments_settle(now=closes) == 0


def test_silence_says_nothing_of_a_cancelled_plan(both: Family):
    both.child_delivered()
    Skp.objects.filter(pk=both.child.pk).update(lifecycle="cancelled")
    assert assessments_settle(now=LATER) == 0
    assert assessments_settle(now=LATER) == 0
    assert child_of(both).status == "delivered"


def test_an_early_opening_starts_the_clock_and_acceptance_ends_it(both: Family):
    both.child_delivered()
    owner = both.people.owner.viewer(SCORING)
    assert assessment_receive(actor=owner, skp_id=both.child.pk, now=SCORING)
    assert not assessment_receive(actor=owner, skp_id=both.child.pk, now=SCORING + timedelta(hours=1))
    clock = child_of(both).delivered.delivery
    assert (clock.received_at, clock.closes_at) == (SCORING, datetime(2027, 1, 26, 17, 0, tzinfo=UTC))
    assessment_accept(actor=owner, skp_id=both.child.pk, version=child_of(both).version, now=SCORING)
    assert child_of(both).status == "accepted"
    assert assessments_settle(now=SCORING) == 1
    assert child_of(both).status == "final"


def test_a_superior_scored_anew_reaches_the_child_with_a_new_clock(both: Family):
    both.middle_delivered("12", "12")
    first = both.child_delivered()
    # 100 and 100 from above: 100 and 116.
    assert first.version.skp_value == Decimal("108.00")
    again = both.middle_delivered_again("13", "12")
    assert child_of(both).status == "final"
    proposal = ScoreProposal.objects.get()
    given = proposal_apply(
        actor=both.people.appraiser.viewer(LATER),
        proposal_id=proposal.pk,
        version=child_of(both).version,
        cause_id=again.version_id,
        now=LATER,
    )
    # 104 and 116.
    assert (given.version.skp_value, given.version.number) == (Decimal("110.00"), 2)
    assert child_of(both).status == "delivered"
    assert Delivery.objects.filter(version__assessment=child_of(both)).count() == 2
    # Monday 1 March: nothing happens before the new clock has run out, on the 19th.
    assessments_settle(now=LATER + timedelta(days=17))
    assert child_of(both).status == "delivered"
    assessments_settle(now=LATER + timedelta(days=19))
    assert child_of(both).status == "final"


def test_an_opened_result_is_scored_delivered_and_accepted_again(both: Family):
    both.child_delivered()
    assessments_settle(now=LATER)
    unlocked(both.people, child_of(both))
    now = LATER + timedelta(days=2)
    made = assessment_score(
        actor=both.people.appraiser.viewer(now),
        skp_id=both.child.pk,
        version=child_of(both).version,
        data=Judgment(behaviour=HUNDRED),
        now=now,
    )
    assert (made.number, made.cause) == (3, "scored")
    delivered(both.people, child_of(both), now=now)
    owner = both.people.owner.viewer(now)
    assessment_accept(actor=owner, skp_id=both.child.pk, version=child_of(both).version, now=now)
    assert assessments_settle(now=now) == 1
    actions = list(child_of(both).moves.order_by("pk").values_list("action", flat=True))
    assert actions == [
        "report",
        "score",
        "deliver",
        "settle",
        "finalise",
        "unlock",
        "score",
        "deliver",
        "accept",
        "finalise",
    ]
