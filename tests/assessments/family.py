"""An appraiser and the owner below, who takes over the values of the appraiser's results."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from assessments.models import Assessment, AssessmentVersion, Delivery
from assessments.services.delivery import assessments_settle
from assessments.services.reporting import assessment_report
from assessments.services.scoring import assessment_score
from assessments.services.unlocking import unlock_confirm, unlock_request
from assessments.services.versions import Judgment
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer
from skp.enums import CascadeMethod
from skp.models import Skp
from skp.services.moves import skp_submit
from skp.services.realisations import Correction
from tests.assessments.reports import HUNDRED, delivered, indicators_of, realise, reported, scored
from tests.factories import RoleGrantFactory
from tests.people import People, Person
from tests.skp.drafts import (
    DECEMBER,
    JANUARY,
    SCORING,
    add_result,
    agreed,
    decided,
    period_2026,
    result_ids,
    started,
)

# Long after the right to object to what was delivered in January has ended.
LATER = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Family:
    """Both plans in force."""

    people: People
    middle: Skp
    child: Skp

    def child_scored(self, **values) -> AssessmentVersion:
        """The owner's report of 12 and 13 of 12, scored with the value 100 for both links."""
        return scored(self.people, reported(self.people, self.child), **values)

    def child_delivered(self, now=SCORING) -> Delivery:
        """The same in the owner's hands."""
        made = self.child_scored()
        return delivered(self.people, made.assessment, now=now)

    def middle_delivered(self, *values: str, now=SCORING) -> Delivery:
        """The appraiser's own report of these values of 12, scored and delivered by his superior."""
        people = self.people
        realise(people.appraiser, self.middle, *values)
        assessment = reported_as_entered(people.appraiser, self.middle)
        scored(people, assessment, people.superior)
        return delivered(people, assessment, people.superior, now=now)

    def middle_delivered_again(self, *values: str, now=LATER) -> Delivery:
        """The appraiser's score, final and opened by two admins, with these realisations instead."""
        people = self.people
        assessment = Assessment.objects.get(skp=self.middle)
        final(assessment, now)
        unlocked(people, assessment, now)
        corrections = {
            key: Correction(Decimal(value), "Diperiksa kembali")
            for key, value in zip(indicators_of(self.middle), values, strict=True)
        }
        assessment.refresh_from_db()
        assessment_score(
            actor=people.superior.viewer(now),
            skp_id=self.middle.pk,
            version=assessment.version,
            data=Judgment(behaviour=HUNDRED),
            corrections=corrections,
            now=now,
        )
        return delivered(people, assessment, people.superior, now=now)


def final(assessment: Assessment, now=LATER) -> None:
    """What was delivered, after its owner's silence."""
    assessments_settle(now=now)
    assessment.refresh_from_db()
    assert assessment.status == "final"


def second_admin(now=LATER) -> Viewer:
    """Another admin of BKPSDM."""
    return viewer_for(RoleGrantFactory().user, now)


def unlocked(people: People, assessment: Assessment, now=LATER) -> AssessmentVersion:
    """The final score opened by two admins."""
    assessment.refresh_from_db()
    asked = unlock_request(
        actor=people.bkpsdm_admin.viewer(now),
        skp_id=assessment.skp_id,
        version=assessment.version,
        reason="Realisasi salah dibaca",
        now=now,
    )
    assessment.refresh_from_db()
    made = unlock_confirm(actor=second_admin(now), request_id=asked.pk, version=assessment.version, now=now)
    assessment.refresh_from_db()
    return made


def reported_as_entered(person: Person, skp: Skp) -> Assessment:
    """The report of what was entered before."""
    skp.refresh_from_db()
    return assessment_report(actor=person.viewer(DECEMBER), skp_id=skp.pk, version=skp.version, now=DECEMBER)


def family(people: People, child: Person | None = None) -> Family:
    """The appraiser's plan in force and one that serves both of its results without being direct."""
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    return Family(people, middle, serving(people, middle, child or people.owner))


def serving(people: People, middle: Skp, person: Person) -> Skp:
    """A plan in force of another who serves both results of ``middle``, non-direct."""
    actor = person.viewer(JANUARY)
    skp = started(person, middle.period, JANUARY)
    texts = ("Tersusunnya laporan kinerja", "Terlayaninya permintaan data")
    for parent, text in zip(result_ids(middle), texts, strict=True):
        add_result(skp, actor, text, parent_id=parent, cascade_method=CascadeMethod.NON_DIRECT)
    skp_submit(actor=actor, skp_id=skp.pk, version=skp.version, now=JANUARY)
    return decided(people.appraiser, skp, JANUARY)
