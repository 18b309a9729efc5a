"""What the documents of a score need to read: the version, what was realised, and who stands on the paper."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from assessments.inputs import ScoredInput, read_input_text
from assessments.models import Assessment, AssessmentVersion, BehaviourScore, Delivery, ResultScore
from config.lib.dates import office_date
from config.lib.prepared import Given, Prepared
from documents.models import IssuedDocument
from orgunits.selectors.lines import acting_line_for
from skp.content import PlanContent
from skp.enums import Scheme
from skp.intervals import interval_name
from skp.models import AnnualRealisation, Evidence, Revision, Skp
from skp.selectors.content import read_content
from skp.selectors.parties import frozen_parties, frozen_party
from skp.selectors.progress import feedback_of

ASSESSMENT = "assessments.assessment"

DELIVERY = Prepared(lambda: Delivery.objects.filter(version=Given("version")))
FEEDBACK = Prepared(
    lambda: ResultScore.objects.filter(version=Given("version")).values_list("result_id", "feedback")
)
BEHAVIOURS = Prepared(lambda: BehaviourScore.objects.filter(version=Given("version")))


@dataclass(frozen=True, slots=True)
class Source:
    """Everything that the documents of one version say.

    ``delivery`` is None in a preview. ``reached`` and ``evidence`` by indicator; ``running``: the feedback
    of the year by result, under None that on the whole plan, each with the name of its interval;
    ``feedback``: that of the version by result. ``parties``: owner, appraiser and the appraiser's superior.
    """

    skp: Skp
    revision: Revision
    version: AssessmentVersion
    delivery: Delivery | None
    content: PlanContent
    stored: ScoredInput
    reached: Mapping[int, AnnualRealisation]
    evidence: Mapping[int, int]
    running: Mapping[int | None, tuple[tuple[str, str], ...]]
    feedback: Mapping[int, str]
    behaviours: Mapping[str, BehaviourScore]
    parties: Mapping[str, object]

    @property
    def signed_on(self) -> date | None:
        """The day on which the appraiser gave the result to its owner; None before."""
        return office_date(self.delivery.delivered_at) if self.delivery else None


def source_of(skp: Skp, version: AssessmentVersion, today: date) -> Source:
    """What is printed of ``version``, in a number of queries that does not grow with the plan.

    The people are those who act on the day of delivery, before it on ``today``. The plan is one with facts
    and a revision in force: what was scored was held still since.
    """
    if skp.in_force is None:
        raise ValueError("the plan has no revision in force")
    content = read_content(skp.in_force, Scheme(skp.scheme))
    delivery = DELIVERY.first(version=version.pk)
    day = office_date(delivery.delivered_at) if delivery else today
    indicators = content.indicator_ids
    return Source(
        skp=skp,
        revision=skp.in_force,
        version=version,
        delivery=delivery,
        content=content,
        stored=read_input_text(version.inputs_text),
        reached={
            row.indicator_id: row for row in AnnualRealisation.objects.filter(indicator_id__in=indicators)
        },
        evidence=_evidence_counts(indicators),
        running=_running(skp),
        feedback=dict(FEEDBACK.rows(version=version.pk)),
        behaviours={row.aspect: row for row in BEHAVIOURS.rows(version=version.pk)},
        parties=_parties(skp, day),
    )


def _evidence_counts(indicator_ids: Collection[int]) -> dict[int, int]:
    rows = Evidence.objects.filter(indicator_id__in=indicator_ids).order_by().values_list("indicator_id")
    return dict(rows.annotate(count=Count("pk")))


def _running(skp: Skp) -> dict[int | None, tuple[tuple[str, str], ...]]:
    intervals = skp.period.settings.monitoring_intervals
    return {
        result_id: tuple((interval_name(row.interval, intervals), row.text) for row in rows)
        for result_id, rows in feedback_of(skp.pk).items()
    }


def _parties(skp: Skp, day: date) -> Mapping[str, object]:
    """Both parties and the appraiser's superior, as they act on the plan on ``day``."""
    until = min(skp.until, skp.assignment.until or skp.until)
    last_day = until - timedelta(days=1)
    line = acting_line_for(skp.assignment_id, last_day=last_day, today=day)
    shown_on = min(day, last_day)
    appraiser_post = line.appraiser_assignment_id if line else None
    superior_post = line.superior_assignment_id if line else None
    return {
        **frozen_parties(skp, appraiser_post, shown_on),
        "superior": frozen_party(superior_post, shown_on),
    }


def documents_of_assessment(assessment: Assessment) -> "QuerySet[IssuedDocument]":
    """Everything issued about the score, the newest first.

    The caller has found the assessment among the readable ones, or shows their states alone.
    """
    return IssuedDocument.objects.filter(subject_type=ASSESSMENT, subject_id=str(assessment.pk)).order_by(
        "-issued_at", "-pk"
    )
