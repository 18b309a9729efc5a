"""The year's end of an office, through the services as its people would."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.models import Assessment, AssessmentVersion
from assessments.services.delivery import assessment_deliver
from assessments.services.reporting import assessment_report
from assessments.services.scoring import assessment_score
from assessments.services.versions import Judgment
from config.lib.dates import office_date
from orgunits.models import Assignment
from orgunits.selectors.lines import acting_line_for
from skp.berakhlak import Behaviour
from skp.enums import Regime, Scheme
from skp.models import Period, PlannedIndicator, Skp
from skp.selectors.content import read_content
from skp.selectors.plans import plan_facts, with_facts
from skp.services.evidence import evidence_add_link
from skp.services.realisations import realisations_save
from tests.people import Person
from tests.skp.drafts import DECEMBER, SCORING, agreed, result_ids
from tests.skp.facts import moment

JPT_ECHELONS = ("21", "22")
APRIL_6 = moment("2026-04-06 09:00")


@dataclass(frozen=True)
class Judge:
    """How an appraiser judges: one value for each aspect, or the ratings where there are no values."""

    behaviour: int = 100
    rating: str = "as"

    def judgment(self, regime: Regime, *, head: bool, words: str) -> Judgment:
        if regime == Regime.NUMERIC:
            return Judgment(behaviour={one.value: Decimal(self.behaviour) for one in Behaviour})
        # A head's rating follows from the unit's achievement.
        return Judgment(
            results_rating=None if head else self.rating,  # type: ignore[arg-type]
            behaviour_rating=self.rating,  # type: ignore[arg-type]
            rating_reason=words,
        )


def owner(skp: Skp) -> Person:
    """Whose plan it is, in the plan's post."""
    return Person(skp.assignment)


def appraiser(skp: Skp, now=SCORING) -> Person:
    """Who acts on the plan on that day."""
    facts = plan_facts(with_facts(Skp.objects.filter(pk=skp.pk)).get(), today=office_date(now))
    return Person(Assignment.objects.get(pk=facts.appraiser_assignment_id))


def proves(skp: Skp) -> None:
    """A link to what was done in the first quarter."""
    skp.refresh_from_db()
    indicator = PlannedIndicator.objects.filter(planned_result__revision=skp.in_force).earliest("pk")
    evidence_add_link(
        actor=owner(skp).viewer(APRIL_6),
        skp_id=skp.pk,
        version=skp.version,
        indicator_id=indicator.indicator_id,
        interval=1,
        url="https://bukti.example.go.id/laporan",
        name="Laporan triwulan I",
        now=APRIL_6,
    )


def reports(skp: Skp, share: str = "1") -> None:
    """Everything reached in that share of its target, and handed in."""
    skp.refresh_from_db()
    assert skp.in_force is not None
    content = read_content(skp.in_force, Scheme(skp.scheme))
    values: dict[int, Decimal | None] = {
        item.indicator_id: (item.target_max * Decimal(share)).quantize(Decimal("0.0001"))
        for result in content.results
        for item in result.indicators
    }
    viewer = owner(skp).viewer(DECEMBER)
    realisations_save(actor=viewer, skp_id=skp.pk, version=skp.version, values=values, now=DECEMBER)
    skp.refresh_from_db()
    assessment_report(actor=viewer, skp_id=skp.pk, version=skp.version, now=DECEMBER)


def scores(skp: Skp, judge: Judge, now=SCORING) -> AssessmentVersion:
    """As the appraiser of the day."""
    skp.refresh_from_db()
    by = appraiser(skp, now)
    return assessment_score(
        actor=by.viewer(now),
        skp_id=skp.pk,
        version=skp.assessment.version,
        data=judge.judgment(
            Regime(skp.period.regime), head=skp.assignment.is_head, words="Sesuai pengamatan setahun"
        ),
        now=now,
    )


def delivers(skp: Skp, now=SCORING) -> None:
    """What was scored, into the owner's hands."""
    assessment = Assessment.objects.get(skp=skp)
    assessment_deliver(
        actor=appraiser(skp, now).viewer(now), skp_id=skp.pk, version=assessment.version, now=now
    )


def planned_up(post: Assignment, period: Period, now) -> Skp:
    """An agreed plan of the post's holder, after those of everybody above whose results it serves.

    Who already plans is left as he is.
    """
    known = Skp.objects.filter(owner=post.employee_id, period=period, in_force__isnull=False).first()
    if known is not None:
        return known
    day = office_date(now)
    line = acting_line_for(post.pk, last_day=day, today=day)
    assert line is not None
    by = Person(Assignment.objects.get(pk=line.appraiser_assignment_id))
    # Who leads an agency serves nobody's results.
    above = None if post.echelon in JPT_ECHELONS else own_post(by.employee.pk, day)
    parents = result_ids(planned_up(above, period, now)) if above is not None else None
    return agreed(Person(post), by, period, parents, now)


def own_post(employee_id: int, day) -> Assignment | None:
    """The definitive post, in which a person plans, of those with a NIP."""
    posts = Assignment.objects.filter(employee=employee_id, kind="definitive", employee__nip__isnull=False)
    return posts.filter(start__lte=day).order_by("-start").first()
