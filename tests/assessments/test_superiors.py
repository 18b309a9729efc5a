"""A superior's value that is delivered later: it replaces before the delivery, and proposes after it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.enums import Rating
from assessments.models import Assessment, AssessmentMove, AssessmentVersion, ScoreProposal
from assessments.services.superiors import superior_delivered
from config.lib.errors import Conflict
from orgunits.lines import lines_rebuild
from skp.models import Skp
from skp.selectors.plans import read_plan
from tests.assessments.family import LATER, Family, family, reported_as_entered, serving
from tests.assessments.reports import delivered, in_force, realise, reported, scored
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import People, Person
from tests.skp.drafts import SCORING

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(people: People) -> Family:
    return family(people)


def newest(skp) -> AssessmentVersion:
    version = Assessment.objects.get(skp=skp).current
    assert version is not None
    return version


def test_a_score_not_delivered_yet_is_replaced(both: Family):
    first = both.child_scored(
        recommendation="Ikuti pelatihan.", result_feedback={}, behaviour_feedback={"loyal": "Baik"}
    )
    # 100 → 0.8 × 100 + 0.2 × 100; 120 → 0.8 × 120 + 0.2 × 100; both with the superior's 100 for now.
    assert (first.skp_value, first.provisional) == (Decimal("108.00"), True)
    seen = Assessment.objects.get(skp=both.child).version
    # 13 of 12 twice: 120 each, so 104 and 120.
    both.middle_delivered("13", "13")
    second = newest(both.child)
    assert (second.number, second.cause, second.made_by, second.made_as) == (2, "superior", None, "Sistem")
    assert second.cause_note == "Nilai DEWI KABID (Kepala Bidang Satu) disampaikan."
    assert (second.skp_value, second.final, second.provisional) == (
        Decimal("112.00"),
        Decimal("108.40"),
        False,
    )
    assert second.recommendation == "Ikuti pelatihan."
    assert second.behaviours.get(aspect="loyal").feedback == "Baik"
    assert second.behaviours.count() == 7
    assert set(second.results.values_list("superior_value", flat=True)) == {Decimal(120)}
    assert Assessment.objects.get(skp=both.child).status == "scored"
    move = AssessmentMove.objects.filter(assessment__skp=both.child).last()
    assert (move.action, move.actor, move.actor_label, move.about) == ("score", None, "Sistem", second)
    assert not ScoreProposal.objects.exists()
    with pytest.raises(Conflict):
        scored(both.people, second.assessment, version=seen)


def test_a_value_of_100_is_no_longer_provisional(both: Family):
    both.child_scored()
    both.middle_delivered("12", "12")
    second = newest(both.child)
    assert (second.number, second.skp_value, second.provisional) == (2, Decimal("108.00"), False)


def test_a_score_that_used_the_value_already_stays(both: Family):
    both.middle_delivered("13", "13")
    made = both.child_scored()
    assert (made.skp_value, made.provisional) == (Decimal("112.00"), False)
    assert AssessmentVersion.objects.filter(assessment__skp=both.child).count() == 1


def test_ratings_chosen_with_a_reason_stay_and_suggested_ones_follow(people: People):
    both = family(people)
    chosen = both.child_scored(results_rating=Rating.AS_EXPECTED, rating_reason="Dibantu tim pusat")
    assert chosen.results_rating == "as"
    both.middle_delivered("13", "13")
    second = newest(both.child)
    assert (second.results_rating, second.rating_reason) == ("as", "Dibantu tim pusat")


def test_a_suggested_rating_follows_the_new_value(both: Family):
    # 100 and 80: 0.8 × 100 + 20 and 0.8 × 60 + 5: as expected needs 90.
    first = scored(both.people, reported_with(both, "12", "10"))
    # 12 of 12: 100; 10 of 12 is 83 percent: 8 points three times, 80 → 64 + 10.
    assert (first.skp_value, first.results_rating) == (Decimal("87.00"), "below")
    both.middle_delivered("13", "13")
    # 104 and 76.
    second = newest(both.child)
    assert (second.skp_value, second.results_rating, second.national) == (Decimal("90.00"), "as", "good")


def reported_with(both: Family, *values: str) -> Assessment:
    realise(both.people.owner, both.child, *values)
    return reported_as_entered(both.people.owner, both.child)


def test_after_the_delivery_a_proposal_waits_and_nothing_changes(both: Family):
    given = both.child_delivered()
    seen = Assessment.objects.get(skp=both.child).version
    superior = both.middle_delivered("13", "13")
    proposal = ScoreProposal.objects.get()
    assert (proposal.based_on, proposal.cause) == (given.version, superior.version)
    assert (proposal.new_skp_value, proposal.new_final) == (Decimal("112.00"), Decimal("108.40"))
    child = Assessment.objects.get(skp=both.child)
    assert (child.version, child.current, child.status) == (seen, given.version, "delivered")


def test_a_value_that_prints_the_same_proposes_nothing(both: Family):
    both.child_delivered()
    both.middle_delivered("12", "12")
    assert not ScoreProposal.objects.exists()
    assert newest(both.child).number == 1


def test_a_direct_link_takes_nothing_over(people: People):
    skp = in_force(people)
    made = scored(people, reported(people, skp))
    middle = Skp.objects.get(owner=people.appraiser.employee)
    realise(people.appraiser, middle, "13", "13")
    assessment = reported_as_entered(people.appraiser, middle)
    scored(people, assessment, people.superior)
    delivered(people, assessment, people.superior)
    assert newest(skp) == made


def test_a_second_value_renews_the_proposal_and_the_old_one_drops_it(both: Family):
    given = both.child_delivered()
    both.middle_delivered("13", "13")
    opened = ScoreProposal.objects.get()
    again = both.middle_delivered_again("13", "12")
    renewed = ScoreProposal.objects.get()
    # 104 and 116.
    assert (renewed.pk, renewed.cause, renewed.new_skp_value) == (opened.pk, again.version, Decimal("110.00"))
    assert renewed.based_on == given.version
    both.middle_delivered_again("12", "12", now=LATER + timedelta(days=60))
    assert not ScoreProposal.objects.exists()


@pytest.mark.parametrize(("number", "queries"), [(1, 25), (3, 63)])
def test_each_child_costs_the_same_number_of_queries(
    people: People, number, queries, django_assert_num_queries
):
    both = family(people)
    both.child_scored()
    for _ in range(number - 1):
        person = Person(AssignmentFactory(employee=EmployeeFactory(), unit=people.division))
        lines_rebuild()
        scored(people, reported(people, serving(people, both.middle, person), person))
    realise(people.appraiser, both.middle, "13", "13")
    made = scored(people, reported_as_entered(people.appraiser, both.middle), people.superior)
    # As the delivery leaves it before it carries the values on.
    Assessment.objects.filter(pk=made.assessment_id).update(status="delivered", delivered=made)
    superior = read_plan(both.middle.pk)
    with django_assert_num_queries(queries):
        superior_delivered(given=made, superior=superior, now=SCORING)
    assert AssessmentVersion.objects.filter(cause="superior").count() == number
