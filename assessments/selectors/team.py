"""The appraiser's own people in a period, with what their year came to."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from assessments.enums import Rating
from assessments.inputs import Ratings, Suggestion, read_input_text
from assessments.judging import differs
from assessments.models import Assessment, AssessmentVersion
from assessments.schemes.quadrant import suggested_behaviour_rating, suggested_results_rating
from assessments.selectors.achievements import period_judged
from assessments.selectors.assessments import reports_waiting_for
from assessments.states import DELIVERED_STATES, AssessmentStatus
from orgunits.viewer import Viewer
from skp.enums import Regime, Scheme
from skp.models import Duty, Period, Skp
from skp.selectors.plans import plans_acted_on_by
from skp.states import Stage

S = AssessmentStatus


@dataclass(frozen=True, slots=True)
class TeamPart:
    """A part of the list by how far the year has come: its key in the address, its name, its statuses."""

    key: str
    name: str
    statuses: frozenset[AssessmentStatus]

    @property
    def condition(self) -> Q:
        """The plans of this part; before the first report there is no assessment."""
        found = Q(assessment__status__in=sorted(self.statuses))
        return found | Q(assessment=None) if S.OPEN in self.statuses else found


PARTS = (
    TeamPart("menunggu", "Menunggu penilaian", frozenset({S.REPORTED})),
    TeamPart("dinilai", "Belum disampaikan", frozenset({S.SCORED})),
    TeamPart("disampaikan", "Disampaikan", DELIVERED_STATES),
    TeamPart("belum", "Belum dilaporkan", frozenset({S.OPEN})),
)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One of the appraiser's people; ``version`` is None before the first score.

    ``differs``: a rating is another than the suggestion. ``due_at``: until when the result is to be
    delivered, None where no duty is known.
    """

    skp: Skp
    status: AssessmentStatus
    version: AssessmentVersion | None
    differs: bool
    due_at: datetime | None

    @property
    def planned(self) -> bool:
        """Whether the plan was agreed: without that there is nothing to report."""
        return self.skp.in_force_id is not None

    @property
    def is_delivered(self) -> bool:
        """Whether the result has reached its owner."""
        return self.status in DELIVERED_STATES

    @property
    def mark(self) -> str:
        """The version of the score that the row shows, for what is done with many at once."""
        return f"{self.skp.pk}:{self.skp.assessment.version}"


def team_of(viewer: Viewer, period_id: int) -> "QuerySet[Skp]":
    """The plans of the period whose appraiser the viewer is today, by name, with their newest scores."""
    return (
        plans_acted_on_by(viewer)
        .filter(period=period_id)
        .select_related("owner", "assignment", "period", "assessment__current")
        .order_by("owner__name", "pk")
    )


def scored_of(viewer: Viewer, skp_ids: Collection[int]) -> list[Skp]:
    """Those of the plans that the viewer has scored and not delivered, by name."""
    return list(
        plans_acted_on_by(viewer)
        .filter(pk__in=skp_ids, assessment__status=S.SCORED)
        .select_related("owner", "assignment", "period", "assessment__current")
        .order_by("owner__name", "pk")
    )


def team_counts(viewer: Viewer, period_id: int) -> dict[str, int]:
    """How many people each part of the list has, under "" all of them; one query."""
    plans = plans_acted_on_by(viewer).filter(period=period_id)
    by_status: Counter[AssessmentStatus] = Counter()
    for status, number in plans.order_by().values_list("assessment__status").annotate(number=Count("pk")):
        by_status[S(status or S.OPEN)] += number
    counts = {part.key: sum(by_status[status] for status in part.statuses) for part in PARTS}
    return counts | {"": sum(counts.values())}


def team_rows(plans: Iterable[Skp], period_id: int) -> list[TeamRow]:
    """The rows of these plans; their deadlines in one query."""
    shown = list(plans)
    duties = Duty.objects.filter(
        period=period_id, stage=Stage.ASSESSMENT, employee__in=[skp.owner_id for skp in shown]
    )
    due = dict(duties.values_list("employee", "due_at"))
    return [_row(skp, due.get(skp.owner_id)) for skp in shown]


def _row(skp: Skp, due_at: datetime | None) -> TeamRow:
    found: Assessment | None = getattr(skp, "assessment", None)
    version = found.current if found else None
    return TeamRow(
        skp=skp,
        status=S(found.status) if found else S.OPEN,
        version=version,
        differs=version is not None and _differs(version, Scheme(skp.scheme)),
        due_at=due_at,
    )


def _differs(version: AssessmentVersion, scheme: Scheme) -> bool:
    """Whether a rating is not the suggested one; in ``quadrant`` the reason tells."""
    if version.regime == Regime.QUADRANT or version.skp_value is None or version.behaviour_value is None:
        return bool(version.rating_reason)
    settings = read_input_text(version.inputs_text).settings
    suggested = Suggestion(
        suggested_results_rating(version.skp_value, scheme, settings),
        suggested_behaviour_rating(version.behaviour_value, settings),
    )
    return differs(Ratings(Rating(version.results_rating), Rating(version.behaviour_rating)), suggested)


def team_periods(viewer: Viewer) -> Sequence[Period]:
    """The periods in which the viewer has people to appraise, the newest first."""
    plans = plans_acted_on_by(viewer)
    return list(Period.objects.filter(pk__in=plans.values("period")).order_by("-year"))


def chosen_period(periods: Sequence[Period], year: str, now: datetime) -> Period | None:
    """The period that the address names, else the one that is judged now, else the newest."""
    named = next((period for period in periods if str(period.year) == year), None)
    if named is not None or not periods:
        return named
    judged = period_judged(now)
    return judged if judged in periods else periods[0]


def next_to_score(viewer: Viewer, skp: Skp) -> Skp | None:
    """The next report of the period that waits for the viewer, by name and round the list, or None."""
    waiting = list(
        reports_waiting_for(viewer)
        .filter(period=skp.period_id)
        .exclude(pk=skp.pk)
        .order_by("owner__name", "pk")
    )
    after = (other for other in waiting if (other.owner.name, other.pk) > (skp.owner.name, skp.pk))
    return next(after, waiting[0] if waiting else None)
