"""Two at once on one assessment: one wins, the other is told, nothing is done twice.

On PostgreSQL the two really meet; on SQLite the second waits for the first.
"""

from decimal import Decimal

import pytest

from assessments.models import (
    Assessment,
    AssessmentMove,
    AssessmentVersion,
    Delivery,
    ScoreProposal,
    UnlockRequest,
)
from assessments.services.delivery import assessment_deliver, assessments_settle
from assessments.services.scoring import assessment_score
from assessments.services.unlocking import unlock_confirm, unlock_request
from assessments.services.versions import Judgment
from skp.enums import CascadeMethod
from skp.models import AnnualRealisation, Period, PlannedResult, Skp
from skp.services.realisations import Correction
from tests.assessments.family import LATER, Family, family, final, reported_as_entered, second_admin
from tests.assessments.reports import HUNDRED, delivered, indicators_of, realise, reported, scored
from tests.people import People, Person, make_people
from tests.skp.drafts import (
    JANUARY,
    SCORING,
    add_result,
    agreed,
    decided,
    period_2026,
    result_ids,
    sent,
    started,
)
from tests.test_race_skp import Work, at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db) -> People:
    return make_people()


def delivering(by: Person, assessment: Assessment) -> Work:
    """Deliver what stands there now."""
    assessment.refresh_from_db()
    actor, version, skp_id = by.viewer(SCORING), assessment.version, assessment.skp_id
    return lambda: assessment_deliver(actor=actor, skp_id=skp_id, version=version, now=SCORING)


def scoring(by: Person, assessment: Assessment, corrections=None) -> Work:
    """Score from what stands there now."""
    assessment.refresh_from_db()
    actor, version, skp_id = by.viewer(SCORING), assessment.version, assessment.skp_id
    return lambda: assessment_score(
        actor=actor,
        skp_id=skp_id,
        version=version,
        data=Judgment(behaviour=HUNDRED),
        corrections=corrections,
        now=SCORING,
    )


def middle_ready(both: Family) -> Assessment:
    """The appraiser's own score of 120 for both results, to be delivered."""
    people = both.people
    return ready(people, people.appraiser, both.middle, people.superior)


def ready(people: People, person: Person, plan: Skp, by: Person) -> Assessment:
    """A score of 120 for both results, to be delivered."""
    realise(person, plan, "13", "13")
    assessment = reported_as_entered(person, plan)
    scored(people, assessment, by)
    return assessment


@pytest.mark.parametrize("_turn", range(2))
def test_two_deliveries_of_one_page_give_one_clock(cast: People, _turn):
    assessment = scored(cast, reported(cast)).assessment
    deliver = delivering(cast.appraiser, assessment)
    assert refusals(at_once(deliver, deliver, deliver)) == [409, 409]
    assert Delivery.objects.count() == 1
    assert AssessmentMove.objects.filter(action="deliver").count() == 1


@pytest.mark.parametrize("_turn", range(3))
def test_a_delivery_meets_a_correction(cast: People, _turn):
    assessment = scored(cast, reported(cast)).assessment
    first = indicators_of(assessment.skp)[0]
    correct = scoring(cast.appraiser, assessment, {first: Correction(Decimal(6), "Baru separuh selesai")})
    assert refusals(at_once(delivering(cast.appraiser, assessment), correct)) == [409]
    assessment.refresh_from_db()
    corrected = AnnualRealisation.objects.filter(corrected_value__isnull=False).exists()
    # What the owner was given is what was shown: either the score stands as delivered, or it was made anew.
    outcome = (assessment.status, AssessmentVersion.objects.count(), corrected, Delivery.objects.count())
    assert outcome in (("delivered", 1, False, 1), ("scored", 2, True, 0))


@pytest.mark.parametrize("_turn", range(2))
def test_two_admins_confirm_at_once_and_one_opens(cast: People, _turn):
    assessment = scored(cast, reported(cast)).assessment
    delivered(cast, assessment)
    final(assessment)
    asked = unlock_request(
        actor=cast.bkpsdm_admin.viewer(LATER),
        skp_id=assessment.skp_id,
        version=assessment.version,
        reason="Realisasi salah dibaca",
        now=LATER,
    )
    assessment.refresh_from_db()

    def confirm(actor) -> Work:
        version = assessment.version
        return lambda: unlock_confirm(actor=actor, request_id=asked.pk, version=version, now=LATER)

    assert refusals(at_once(confirm(second_admin()), confirm(second_admin()))) == [409]
    assert UnlockRequest.objects.get().state == "applied"
    assert list(AssessmentVersion.objects.order_by("pk").values_list("cause")) == [("scored",), ("unlocked",)]
    assert AssessmentMove.objects.filter(action="unlock").count() == 1


@pytest.mark.parametrize("_turn", range(2))
def test_two_timers_settle_once(cast: People, _turn):
    assessment = scored(cast, reported(cast)).assessment
    delivered(cast, assessment)

    def settle() -> int:
        return assessments_settle(now=LATER)

    at_once(settle, settle)
    # A run that met the other leaves the rest to the next one.
    assessments_settle(now=LATER)
    assessment.refresh_from_db()
    assert assessment.status == "final"
    moves = AssessmentMove.objects.filter(actor=None).order_by("pk")
    assert list(moves.values_list("action", "to_status")) == [("settle", "accepted"), ("finalise", "final")]


@pytest.mark.parametrize("_turn", range(3))
def test_a_superior_s_delivery_meets_the_child_s(cast: People, _turn):
    both = family(cast)
    child = both.child_scored().assessment
    middle = middle_ready(both)
    outcomes = at_once(delivering(cast.superior, middle), delivering(cast.appraiser, child))
    child.refresh_from_db()
    proposed = ScoreProposal.objects.filter(state="open").count()
    versions = child.versions.count()
    if refusals(outcomes):
        # Replaced first: the page that wanted to deliver the old value was stale.
        assert (child.status, versions, proposed) == ("scored", 2, 0)
    else:
        assert (child.status, versions, proposed) == ("delivered", 1, 1)


@pytest.mark.parametrize("_turn", range(3))
def test_a_superior_s_delivery_meets_the_child_s_scoring(cast: People, _turn):
    both = family(cast)
    child = reported(cast, both.child)
    middle = middle_ready(both)
    assert refusals(at_once(delivering(cast.superior, middle), scoring(cast.appraiser, child))) == []
    child.refresh_from_db()
    assert child.current is not None
    # Whoever came first: the value that counts was taken over.
    assert (child.current.skp_value, child.current.provisional) == (Decimal("112.00"), False)


def taking_over(person: Person, by: Person, parents: tuple[int, int], kept: int | None = None) -> Skp:
    """A plan in force that takes over both values; ``kept`` stands in the place of the first.

    As after a change of appraisers: the link to the one of before stays when the plan is sent again.
    """
    actor, skp = person.viewer(JANUARY), started(person, Period.objects.get())
    texts = ("Tersusunnya laporan kinerja", "Terlayaninya permintaan data")
    for parent, text in zip(parents, texts, strict=True):
        add_result(skp, actor, text, parent_id=parent, cascade_method=CascadeMethod.NON_DIRECT)
    if kept is not None:
        PlannedResult.objects.filter(revision=skp.open_revision, parent=parents[0]).update(parent=kept)
    return decided(by, sent(person, skp, JANUARY), JANUARY)


@pytest.mark.parametrize("_turn", range(6))
def test_deliveries_of_two_levels_meet_on_a_plan_that_serves_both(cast: People, _turn):
    top = agreed(cast.superior, cast.sekda, period_2026())
    middle = taking_over(cast.appraiser, cast.superior, result_ids(top))
    low = taking_over(cast.owner, cast.appraiser, result_ids(middle), kept=result_ids(top)[0])
    # Reported first: its key is lower than those of the levels above.
    child = scored(cast, reported(cast, low)).assessment
    between = ready(cast, cast.appraiser, middle, cast.superior)
    highest = ready(cast, cast.superior, top, cast.sekda)
    outcomes = at_once(delivering(cast.sekda, highest), delivering(cast.superior, between))
    assert refusals(outcomes) in ([], [409])
    child.refresh_from_db()
    highest.refresh_from_db()
    assert highest.status == "delivered"
    assert child.current is not None
    provisional = list(child.current.results.order_by("pk").values_list("provisional", flat=True))
    # Replaced first: the page that wanted to deliver the middle's old value was stale, and it still waits.
    assert provisional == [False, bool(refusals(outcomes))]
