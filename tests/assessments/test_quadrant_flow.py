"""Regime ``quadrant`` from the report to the delivered predicate: nine combinations, both approaches."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from assessments.enums import NationalPredicate, OrgPerformance, Rating
from assessments.inputs import input_text, read_input_text
from assessments.judging import judged
from assessments.models import Assessment, AssessmentVersion, OrgAchievement
from assessments.selectors.assessments import start_cards
from config.lib import clock
from config.lib.errors import DomainError
from skp.berakhlak import Behaviour
from skp.enums import Approach, Regime
from skp.models import Period, Skp
from skp.services.editing import approach_set
from skp.services.moves import skp_agree, skp_submit
from tests.assessments.reports import delivered, reported, scored
from tests.people import People
from tests.skp.drafts import DECEMBER, JANUARY, SCORING, agreed, drafted, period_2026, result_ids

pytestmark = pytest.mark.django_db
R = Rating
# Written by hand from the table of rules.md §5.6 and §7: (results, behaviour) → national, four words.
WORDS = {
    (R.ABOVE, R.BELOW): ("poor", "bad"),
    (R.ABOVE, R.AS_EXPECTED): ("good", "good"),
    (R.ABOVE, R.ABOVE): ("very_good", "satisfactory"),
    (R.AS_EXPECTED, R.BELOW): ("poor", "bad"),
    (R.AS_EXPECTED, R.AS_EXPECTED): ("good", "good"),
    (R.AS_EXPECTED, R.ABOVE): ("good", "good"),
    (R.BELOW, R.BELOW): ("very_poor", "very_bad"),
    (R.BELOW, R.AS_EXPECTED): ("needs_improvement", "bad"),
    (R.BELOW, R.ABOVE): ("needs_improvement", "bad"),
}


@pytest.fixture
def period(people: People) -> Period:
    made = period_2026()
    Period.objects.update(regime=Regime.QUADRANT)
    made.refresh_from_db()
    return made


def parents(people: People, period: Period) -> tuple[int, int]:
    top = agreed(people.superior, people.sekda, period)
    return result_ids(agreed(people.appraiser, people.superior, period, result_ids(top)))


def owners_report(people: People, period: Period) -> Assessment:
    """12 and 13 of 12: an SKP value of 110, above expectation."""
    return reported(people, agreed(people.owner, people.appraiser, period, parents(people, period)))


def narrative(people: People, period: Period) -> Skp:
    """The owner's plan in force with expectations as narrative."""
    skp = drafted(people.owner, period, parents(people, period))
    actor = people.owner.viewer(JANUARY)
    approach_set(actor=actor, skp_id=skp.pk, version=skp.version, approach=Approach.QUALITATIVE, now=JANUARY)
    skp.refresh_from_db()
    skp_submit(actor=actor, skp_id=skp.pk, version=skp.version, now=JANUARY)
    skp.refresh_from_db()
    skp_agree(
        actor=people.appraiser.viewer(JANUARY),
        skp_id=skp.pk,
        version=skp.version,
        content_hash=skp.open_revision.content_hash,
        methods_confirmed=True,
        now=JANUARY,
    )
    skp.refresh_from_db()
    return skp


def rated(
    people: People, assessment: Assessment, results=None, manners=R.AS_EXPECTED, **given
) -> AssessmentVersion:
    values = {"behaviour": {}, "results_rating": results, "behaviour_rating": manners} | given
    return scored(people, assessment, **values)


@pytest.mark.parametrize(("ratings", "words"), WORDS.items(), ids=lambda item: "-".join(item))
def test_two_ratings_make_the_delivered_predicate(people: People, period, ratings, words):
    assessment = owners_report(people, period)
    made = rated(people, assessment, *ratings, rating_reason="Dibantu tim pusat")
    delivered(people, assessment)
    assessment.refresh_from_db()
    assert (assessment.status, assessment.delivered_id) == ("delivered", made.pk)
    assert (made.regime, made.national, made.four) == ("quadrant", *words)
    assert (made.skp_value, made.behaviour_value, made.final, made.category) == (None, None, None, "")


def test_a_version_keeps_feedback_and_is_derived_again_from_its_text(people: People, period):
    assessment = owners_report(people, period)
    first, second = result_ids(assessment.skp)
    made = rated(
        people,
        assessment,
        result_feedback={first: " Teliti "},
        behaviour_feedback={Behaviour.LOYAL.value: "Disiplin"},
    )
    scores = made.results.order_by("pk").values_list("result_id", "value", "category", "feedback")
    assert list(scores) == [(first, None, "", "Teliti"), (second, None, "", "")]
    assert list(made.behaviours.values_list("aspect", "value", "feedback")) == [("loyal", None, "Disiplin")]
    stored = read_input_text(made.inputs_text)
    again = judged(stored)
    assert (input_text(stored), again.steps_text) == (made.inputs_text, made.steps_text)
    assert (again.national, again.four) == (made.national, made.four)


def test_the_skp_value_suggests_the_results_rating(people: People, period):
    assessment = owners_report(people, period)
    made = rated(people, assessment)
    assert (made.results_rating, made.rating_reason) == ("above", "")
    with pytest.raises(DomainError, match="harus disertai alasan"):
        rated(people, assessment, R.AS_EXPECTED)
    other = rated(people, assessment, R.AS_EXPECTED, rating_reason="Target terlalu rendah")
    assert (other.results_rating, other.rating_reason) == ("as", "Target terlalu rendah")


def test_behaviour_has_no_suggestion_and_no_number(people: People, period):
    assessment = owners_report(people, period)
    with pytest.raises(DomainError, match="Pilih rating"):
        rated(people, assessment, R.ABOVE, None)
    with pytest.raises(DomainError, match="tanpa angka"):
        rated(people, assessment, behaviour={"loyal": Decimal(100)})
    # Behaviour above or below needs no reason: nothing was suggested.
    assert rated(people, assessment, R.ABOVE, R.BELOW).national == NationalPredicate.POOR


def test_a_narrative_plan_has_no_suggestion(people: People, period):
    assessment = reported(people, narrative(people, period))
    with pytest.raises(DomainError, match="Pilih rating"):
        rated(people, assessment)
    made = rated(people, assessment, R.BELOW, R.BELOW)
    delivered(people, assessment)
    assert (made.results_rating, made.national, made.four) == ("below", "very_poor", "very_bad")


def heads_report(people: People, period: Period) -> Assessment:
    """The report of the head of Bidang Satu, who is scored by the head of the OPD."""
    top = agreed(people.superior, people.sekda, period)
    skp = agreed(people.appraiser, people.superior, period, result_ids(top))
    return reported(people, skp, people.appraiser)


def performing(people: People, period: Period, performance: OrgPerformance) -> OrgAchievement:
    """The achievement of Bidang Satu as it was set."""
    made, _ = OrgAchievement.objects.update_or_create(
        period=period,
        unit=people.division,
        defaults={"performance": performance, "set_at": DECEMBER, "set_by": people.superior.user},
    )
    return made


def test_a_head_is_not_scored_before_the_unit_s_achievement_is_set(people: People, period):
    assessment = heads_report(people, period)
    for results in (None, R.ABOVE):
        with pytest.raises(DomainError, match="belum ditetapkan"):
            rated(people, assessment, results, by=people.superior)
    assert not AssessmentVersion.objects.exists()


def test_the_leader_is_asked_for_the_achievement_a_waiting_head_needs(people: People, period, monkeypatch):
    assessment = heads_report(people, period)

    def titles() -> list[str]:
        return [card.title for card in start_cards(people.superior.viewer(SCORING), SCORING)]

    assert titles() == ["Tetapkan capaian 1 unit kerja", "1 laporan menunggu nilai Anda"]
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    client = Client()
    client.force_login(people.superior.user)
    address = reverse("assessments:score", args=[assessment.skp_id])
    achievements = f'{reverse("assessments:achievements")}?tahun=2026">Tetapkan capaian'
    assert achievements in client.get(address).content.decode()
    performing(people, period, OrgPerformance.GOOD)
    page = client.get(address).content.decode()
    assert (achievements in page, "Rating hasil kerja mengikuti capaian organisasi" in page) == (False, True)
    assert titles() == ["1 laporan menunggu nilai Anda"]
    OrgAchievement.objects.all().delete()
    Period.objects.update(regime=Regime.NUMERIC)
    # There the achievement is print data: nobody waits for it.
    assert titles() == ["1 laporan menunggu nilai Anda"]


@pytest.mark.parametrize(
    ("performance", "rating"),
    [
        (OrgPerformance.OUTSTANDING, "above"),
        (OrgPerformance.GOOD, "as"),
        (OrgPerformance.NEEDS_IMPROVEMENT, "below"),
        (OrgPerformance.POOR, "below"),
        (OrgPerformance.VERY_POOR, "below"),
    ],
)
def test_the_unit_s_achievement_is_the_head_s_results_rating(people: People, period, performance, rating):
    assessment = heads_report(people, period)
    performing(people, period, performance)
    made = rated(people, assessment, by=people.superior)
    assert (made.results_rating, made.org_performance) == (rating, performance)
    for other in {*R} - {R(rating)}:
        with pytest.raises(DomainError, match="mengikuti capaian organisasi"):
            rated(people, assessment, other, by=people.superior, rating_reason="Kinerja pribadi lain")


def test_a_head_s_score_is_not_delivered_on_another_achievement(people: People, period):
    assessment = heads_report(people, period)
    performing(people, period, OrgPerformance.GOOD)
    rated(people, assessment, by=people.superior)
    performing(people, period, OrgPerformance.OUTSTANDING)
    with pytest.raises(DomainError, match="Capaian organisasi unit kerja ini diubah"):
        delivered(people, assessment, people.superior)
    assessment.refresh_from_db()
    assert assessment.status == "scored"
    rated(people, assessment, by=people.superior)
    delivered(people, assessment, people.superior)
    assessment.refresh_from_db()
    assert (assessment.status, assessment.delivered.results_rating) == ("delivered", "above")


def test_in_the_numeric_regime_the_achievement_is_print_data_only(people: People):
    period = period_2026()
    assessment = heads_report(people, period)
    performing(people, period, OrgPerformance.VERY_POOR)
    made = scored(people, assessment, people.superior)
    assert (made.results_rating, made.org_performance) == ("above", "very_poor")
    performing(people, period, OrgPerformance.GOOD)
    delivered(people, assessment, people.superior)
    assessment.refresh_from_db()
    assert (assessment.status, assessment.delivered_id) == ("delivered", made.pk)
