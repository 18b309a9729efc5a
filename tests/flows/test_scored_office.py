"""The whole of BKPSDM at the year's end, scored top-down in both regimes, with those who make it hard."""

import json
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pytest

from assessments.enums import OrgPerformance
from assessments.models import (
    Assessment,
    AssessmentVersion,
    Delivery,
    NoPerformance,
    ScoreProposal,
    YearResult,
)
from assessments.services.achievements import AchievementEntry, achievement_set
from assessments.services.delivery import assessments_settle
from assessments.services.no_performance import no_performance_update
from assessments.services.proposals import proposal_apply
from assessments.services.scoring import assessment_score
from assessments.services.years import year_results_catch_up, year_results_compare
from config.lib.errors import NotAllowed
from orgunits.models import Assignment
from orgunits.selectors.viewers import viewer_for
from skp.enums import CascadeMethod, Regime
from skp.models import Duty, PlannedResult, Skp
from skp.services.closing import plans_close_ended
from skp.services.period_settings import settings_change
from skp.settings import PlanSettings
from tests.factories import RoleGrantFactory
from tests.flows.offices import APRIL, Office, agree, imported_office
from tests.flows.scoring import Judge, appraiser, delivers, owner, planned_up, proves, reports, scores
from tests.people import Person
from tests.skp.drafts import JANUARY, MARCH, SCORING, agreed, result_ids, sent
from tests.skp.facts import moment
from tests.transfers import transferred

pytestmark = pytest.mark.django_db

SCHOOL = "SD NEGERI 133 SUNGAI PUTIH"
# The monitoring of the fourth quarter is over with 14 January: until then something could be proved.
LAST_PROOF = moment("2027-01-15 00:05")
FEBRUARY = moment("2027-02-20 09:00")
FIRST_PART, SECOND_PART = 3, 9


@dataclass
class Cast:
    """Everybody of the office with a plan in force, and who makes it hard, as the functions below tell."""

    plans: list[Skp]
    head: Skp
    late: Skp
    child: Skp
    held: Skp
    bare: Skp
    mover: Skp
    moved: Skp
    teacher: Skp


@pytest.mark.parametrize("regime", [Regime.NUMERIC, Regime.QUADRANT])
def test_an_office_is_scored_from_its_head_down(siasn_dir, regime: Regime) -> None:
    office = imported_office(siasn_dir)
    if regime != office.period.regime:
        changes_regime(office, regime)
    cast = plans_the_year(office)
    plans = cast.plans
    for skp in [*plans, cast.teacher]:
        reports(skp, "0.5" if skp.pk == cast.late.pk else "1")
    if regime == Regime.QUADRANT:
        units_are_judged(office, cast)
    the_child_is_delivered_before_its_superior(cast, regime)
    nobody_else_judges(cast)
    for skp in from_the_head_down(office, plans):
        if skp.pk not in (cast.child.pk, cast.late.pk):
            scores(skp, Judge(110 if skp.pk == cast.head.pk else 100))
            delivers(skp)
    scores(cast.teacher, Judge())
    delivers(cast.teacher)
    the_late_superior_changes_what_was_delivered(cast, regime)
    the_acting_head_judged_the_teacher(cast)
    no_performance_update(now=LAST_PROOF)
    year_results_catch_up(now=LAST_PROOF)
    who_proved_nothing_is_very_bad(cast, regime)
    who_was_never_agreed_is_not_to_blame(cast)
    two_appraisers_make_one_year(cast, regime)
    silence_makes_it_final(plans, cast)
    assert not year_results_compare(period_id=office.period.pk)


def changes_regime(office: Office, regime: Regime) -> None:
    settings_change(
        actor=viewer_for(RoleGrantFactory().user, JANUARY),
        period_id=office.period.pk,
        version=office.period.version,
        settings=PlanSettings(),
        regime=regime,
        reason="Mengikuti PermenPANRB 6/2022",
        now=JANUARY,
    )
    office.period.refresh_from_db()


def plans_the_year(office: Office) -> Cast:
    """Everybody sends; all but one are agreed; one is transferred; all but one prove something."""
    for skp in office.plans():
        sent(owner(skp), skp, JANUARY)
    levels = office.levels()
    held = Skp.objects.get(pk=levels[-1][-1].skp_id)
    for level in levels:
        for person in level:
            if person.skp_id != held.pk:
                agree(person.skp_id)
    child, late = _child_and_late(office, held)
    staff = Skp.objects.filter(pk__in=[one.skp_id for one in levels[-2]], assignment__is_head=False)
    leaves = list(staff.order_by("pk"))
    others = [skp for skp in leaves if appraiser(skp, MARCH).employee != owner(late).employee]
    bare, mover = others[0], others[-1]
    school = Assignment.objects.filter(
        unit__spans__name=SCHOOL, kind="definitive", is_head=False, until=None
    ).earliest("pk")
    teacher = planned_up(school, office.period, JANUARY)
    moved = _transferred(office, mover, late)
    own = {one.skp_id for level in levels for one in level} - {held.pk} | {moved.pk}
    plans = list(Skp.objects.filter(pk__in=own).order_by("pk"))
    for skp in (*plans, teacher):
        if skp.pk not in (bare.pk, moved.pk):
            proves(skp)
    head = Skp.objects.get(pk=levels[0][0].skp_id)
    return Cast(plans, head, late, child, held, bare, mover, moved, teacher)


def _child_and_late(office: Office, held: Skp) -> tuple[Skp, Skp]:
    """One who takes over from a superior below the head, non-directly, and that superior."""
    head = office.levels()[0][0].skp_id
    link = (
        PlannedResult.objects.filter(
            cascade_method=CascadeMethod.NON_DIRECT,
            revision__in_force_of__period=office.period,
            revision__in_force_of__assignment__is_head=False,
        )
        .exclude(parent__skp=head)
        .exclude(revision__skp=held)
        .earliest("pk")
    )
    return Skp.objects.get(pk=link.revision.skp_id), Skp.objects.get(pk=link.parent.skp_id)


def _transferred(office: Office, mover: Skp, to: Skp) -> Skp:
    officer = viewer_for(RoleGrantFactory().user, MARCH)
    post = transferred(officer, mover.owner, to.assignment.unit)
    assert plans_close_ended(now=APRIL, employee_ids=[mover.owner_id]) == 1
    return agreed(Person(post), owner(to), office.period, result_ids(to), APRIL)


def from_the_head_down(office: Office, plans: list[Skp]) -> list[Skp]:
    depth = {one.employee_id: number for number, level in enumerate(office.levels()) for one in level}
    return sorted(plans, key=lambda skp: (depth.get(skp.owner_id, len(depth)), skp.pk))


def units_are_judged(office: Office, cast: Cast) -> None:
    """Each unit's achievement by the leader one level up; a head is not scored without it."""
    heads = [skp for skp in cast.plans if skp.assignment.is_head]
    for skp in heads:
        performance = OrgPerformance.OUTSTANDING if skp.pk == cast.head.pk else OrgPerformance.GOOD
        achievement_set(
            actor=appraiser(skp).viewer(SCORING),
            period_id=office.period.pk,
            entry=AchievementEntry(skp.assignment.unit_id, performance, "Perjanjian kinerja tercapai", 0),
            now=SCORING,
        )


def the_child_is_delivered_before_its_superior(cast: Cast, regime: Regime) -> None:
    made = scores(cast.child, Judge())
    delivers(cast.child)
    assert made.provisional is (regime == Regime.NUMERIC)


def the_late_superior_changes_what_was_delivered(cast: Cast, regime: Regime) -> None:
    """Half of everything: his results are worth less than the 100 that stood for them until now."""
    assert not ScoreProposal.objects.exists()
    scores(cast.late, Judge())
    delivers(cast.late)
    if regime == Regime.QUADRANT:
        assert not ScoreProposal.objects.exists()
        return
    waiting = ScoreProposal.objects.get(assessment__skp=cast.child)
    before = waiting.based_on
    assert before.final is not None
    assert waiting.new_final < before.final
    assessment = Assessment.objects.get(skp=cast.child)
    proposal_apply(
        actor=appraiser(cast.child).viewer(SCORING),
        proposal_id=waiting.pk,
        version=assessment.version,
        cause_id=waiting.cause_id,
        now=SCORING,
    )
    assessment.refresh_from_db()
    assert assessment.delivered != before
    assert (assessment.delivered.final, assessment.delivered.cause) == (waiting.new_final, "superior")
    assert Delivery.objects.filter(version__assessment=assessment).count() == 2
    assert not assessment.delivered.provisional


def nobody_else_judges(cast: Cast) -> None:
    """The appraiser's superior, though he sees the plan, cannot score it."""
    with pytest.raises(NotAllowed, match="pejabat penilai yang berlaku"):
        assessment_score(
            actor=owner(cast.head).viewer(SCORING),
            skp_id=cast.bare.pk,
            version=Assessment.objects.get(skp=cast.bare).version,
            data=Judge().judgment(Regime.NUMERIC, head=False, words=""),
            now=SCORING,
        )


def the_acting_head_judged_the_teacher(cast: Cast) -> None:
    version = AssessmentVersion.objects.get(assessment__skp=cast.teacher)
    assert version.made_as == "Plt. KEPALA SEKOLAH"
    acting = appraiser(cast.teacher).post
    assert (acting.kind, version.made_by) == ("plt", acting.employee.user)


def who_proved_nothing_is_very_bad(cast: Cast, regime: Regime) -> None:
    found = YearResult.objects.get(employee=cast.bare.owner_id)
    version = AssessmentVersion.objects.get(assessment__skp=cast.bare)
    assert (found.four, found.no_performance, found.counts) == ("very_bad", "no_evidence", False)
    # What was scored stays; only the regency's word differs.
    assert (found.final, found.national) == (version.final, version.national)
    assert version.four == "good"
    assert (found.final is None) is (regime == Regime.QUADRANT)


def who_was_never_agreed_is_not_to_blame(cast: Cast) -> None:
    found = YearResult.objects.get(employee=cast.held.owner_id)
    assert (found.scored, found.four, found.no_performance) == (False, "", "")
    assert not NoPerformance.objects.filter(employee=cast.held.owner_id).exists()
    planning, assessment = (
        Duty.objects.get(employee=cast.held.owner_id, stage=stage) for stage in ("planning", "assessment")
    )
    assert planning.fulfilled_at is not None
    assert (assessment.obliged, assessment.fulfilled_at) == (True, None)


def two_appraisers_make_one_year(cast: Cast, regime: Regime) -> None:
    first, second = (
        AssessmentVersion.objects.get(assessment__skp=skp, delivered_of__isnull=False)
        for skp in (cast.mover, cast.moved)
    )
    assert first.made_by != second.made_by
    assert second.made_by == owner(cast.late).user
    found = YearResult.objects.get(employee=cast.mover.owner_id)
    parts = json.loads(found.parts_text)["parts"]
    assert [part["weight"] for part in parts] == [FIRST_PART, SECOND_PART]
    assert found.scored
    assert found.unit == cast.moved.assignment.unit
    if regime == Regime.NUMERIC:
        assert first.final is not None
        assert second.final is not None
        total = FIRST_PART * first.final + SECOND_PART * second.final
        assert found.final == (total / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)
        # Its quantities were asked for three months only.
        assert (first.skp_value or 0) > (second.skp_value or 0)
    else:
        assert (found.final, found.national) == (None, "good")


def silence_makes_it_final(plans: list[Skp], cast: Cast) -> None:
    """Three working days to the deemed receipt, fourteen days to object, and the timer."""
    delivered = Assessment.objects.filter(status="delivered")
    assert delivered.count() == len(plans) + 1
    assert assessments_settle(now=moment("2027-01-16 00:00")) == 0
    # Tuesday 12 January: Friday 15 is the third working day and day 0, Friday 29 day 14.
    assert set(Delivery.objects.filter(version__delivered_of__isnull=False).values_list("closes_at")) == {
        (moment("2027-01-30 00:00"),)
    }
    assert assessments_settle(now=moment("2027-01-29 23:59")) == 0
    assert assessments_settle(now=FEBRUARY) == len(plans) + 1
    assert assessments_settle(now=FEBRUARY) == 0
    assert not Assessment.objects.exclude(status="final").exists()
    assert YearResult.objects.get(employee=cast.head.owner_id).four == "good"
