"""What the people of an appraiser have told in an interval."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from config.lib.prepared import Given, Prepared, many
from orgunits.viewer import Viewer
from skp.intervals import Interval
from skp.models import Duty, PlannedIndicator, Skp
from skp.selectors.plans import plans_of_appraiser
from skp.states import Stage

TEAM_PAGE = 25

RUNNING = Prepared(
    lambda: (
        plans_of_appraiser(Given("me"), Given("day"))
        .filter(period=Given("period"), in_force__isnull=False)
        .filter(start__lt=Given("end"), until__gt=Given("first"))
        .order_by("owner__name", "pk")
        .values_list("pk", flat=True)
    )
)


def running_ids(viewer: Viewer, period_id: int, interval: Interval) -> list[int]:
    """The plans in force that share a day with the interval and whose appraiser the viewer is today, by name.

    Their keys, for a list that is shown by pages.
    """
    if viewer.employee_id is None:
        return []
    span = {"first": interval.first, "end": interval.end}
    return RUNNING.rows(me=viewer.employee_id, day=viewer.today, period=period_id, **span)


def _team() -> "QuerySet[Skp]":
    duty = Duty.objects.filter(
        stage=Stage.MONITORING,
        interval=Given("interval"),
        period=OuterRef("period"),
        employee=OuterRef("owner"),
        obliged=True,
    )
    return (
        Skp.objects.filter(pk__in=many("plans", TEAM_PAGE))
        .select_related("owner", "assignment")
        .annotate(told_until=Subquery(duty.values("due_at")[:1]))
        .order_by("owner__name", "pk")
    )


TEAM = Prepared(_team)


def team_rows(plan_ids: Sequence[int], interval: int) -> list[Skp]:
    """At most a page of ``running_ids``, with what their rows need.

    ``told_until`` is the deadline of the owner's duty in the interval, None where no duty is known.
    """
    return TEAM.rows(plans=plan_ids, interval=interval)


@dataclass(frozen=True, slots=True)
class TeamCount:
    """How much of one plan is told in an interval: indicators asked, entered, and with evidence."""

    asked: int
    entered: int
    proven: int

    @property
    def missing(self) -> int:
        """Indicators that still have neither a realisation nor a note."""
        return self.asked - self.entered


def _counts() -> "QuerySet[Any, Any]":
    return (
        PlannedIndicator.objects.filter(planned_result__revision__pk__in=many("revisions", TEAM_PAGE))
        .order_by()
        .values("planned_result__revision_id")
        .annotate(
            asked=Count("pk", distinct=True),
            told=Count("pk", distinct=True, filter=Q(indicator__progress__interval=Given("interval"))),
            proven=Count("pk", distinct=True, filter=Q(indicator__evidence__interval=Given("interval"))),
        )
        .values_list("planned_result__revision_id", "asked", "told", "proven")
    )


COUNTS = Prepared(_counts)


def team_counts(plans: Collection[Skp], interval: int) -> dict[int, TeamCount]:
    """The counts of at most a page of plans in force by their id, in one query."""
    of_plan = {plan.in_force_id: plan.pk for plan in plans}
    counts = COUNTS.rows(revisions=list(of_plan), interval=interval)
    return {of_plan[revision]: TeamCount(*numbers) for revision, *numbers in counts}
