"""Plans on their way to a score, through the services."""

from decimal import Decimal

from assessments.models import Assessment, AssessmentVersion, Delivery
from assessments.services.delivery import assessment_deliver
from assessments.services.reporting import assessment_report
from assessments.services.scoring import assessment_score
from assessments.services.versions import Judgment
from skp.berakhlak import Behaviour
from skp.models import PlannedIndicator, Skp
from skp.services.realisations import realisations_save
from tests.people import People, Person
from tests.skp.drafts import DECEMBER, SCORING, agreed, period_2026, result_ids

HUNDRED = {aspect.value: Decimal(100) for aspect in Behaviour}


def in_force(people: People) -> Skp:
    """The owner's plan, agreed by the appraiser."""
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    return agreed(people.owner, people.appraiser, period, result_ids(middle))


def indicators_of(skp: Skp) -> list[int]:
    """The plan's indicators in the order of the plan."""
    rows = PlannedIndicator.objects.filter(planned_result__revision=skp.in_force)
    return list(rows.order_by("planned_result__order", "order").values_list("indicator_id", flat=True))


def realise(person: Person, skp: Skp, *values: str, now=DECEMBER) -> None:
    """Enter the year's realisation of the first indicators."""
    skp.refresh_from_db()
    given = {key: Decimal(value) for key, value in zip(indicators_of(skp), values, strict=False)}
    realisations_save(actor=person.viewer(now), skp_id=skp.pk, version=skp.version, values=given, now=now)
    skp.refresh_from_db()


def reported(people: People, skp: Skp | None = None, person: Person | None = None) -> Assessment:
    """A report of 12 and 13 of 12 that waits for its score."""
    skp, person = skp or in_force(people), person or people.owner
    realise(person, skp, "12", "13")
    return assessment_report(actor=person.viewer(DECEMBER), skp_id=skp.pk, version=skp.version, now=DECEMBER)


def scored(people: People, assessment: Assessment, by: Person | None = None, **values) -> AssessmentVersion:
    """A new version, with behaviour 100 unless told."""
    assessment.refresh_from_db()
    version = values.pop("version", assessment.version)
    data = Judgment(**({"behaviour": HUNDRED} | values))
    return assessment_score(
        actor=(by or people.appraiser).viewer(SCORING),
        skp_id=assessment.skp_id,
        version=version,
        data=data,
        now=SCORING,
    )


def delivered(people: People, assessment: Assessment, by: Person | None = None, now=SCORING) -> Delivery:
    """The newest score in the owner's hands."""
    assessment.refresh_from_db()
    return assessment_deliver(
        actor=(by or people.appraiser).viewer(now),
        skp_id=assessment.skp_id,
        version=assessment.version,
        now=now,
    )
