"""Plans, the facts that decisions need, and the superior's results a plan may serve."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from config.lib.prepared import Given, Prepared, hold
from orgunits.models import OrgUnitSpan
from orgunits.selectors.lines import ActingLine, acted_on_by, acting_line_for, acting_lines_condition
from orgunits.selectors.units import units_of_opds
from orgunits.viewer import Viewer
from skp.deadlines import WindowFacts
from skp.enums import Scheme
from skp.facts import PlanFacts
from skp.models import Move, Period, PlannedResult, Skp, Window, WorkResult
from skp.selectors.deadlines import extensions_of_plan
from skp.states import Action, Audience, Lifecycle, RevisionState, Stage


def skps_visible_to(viewer: Viewer) -> "QuerySet[Skp]":
    """Every plan the viewer may read by rules.md §15; the only start of a query over plans."""
    plans = plans_of_regency()
    if viewer.sees_regency:
        return plans
    condition = Q(pk__in=[])
    if viewer.employee_id is not None:
        condition |= Q(owner_id=viewer.employee_id) | acting_lines_condition(viewer)
    if viewer.subtree_unit_ids:
        condition |= Q(assignment__unit_id__in=viewer.subtree_unit_ids)
    if viewer.admin_opd_ids:
        units = units_of_opds(viewer.admin_opd_ids, viewer.today)
        condition |= Q(assignment__unit_id__in=units.values("unit_id"))
    return plans.filter(condition)


def plans_of_regency() -> "QuerySet[Skp]":
    """Every plan that an overseer of the regency may read."""
    return Skp.objects.exclude(lifecycle=Lifecycle.CANCELLED)


def visible_plan(viewer: Viewer, skp_id: int) -> tuple[Skp, PlanFacts] | None:
    """The plan and its facts when the viewer may read it by ``skps_visible_to``.

    Its owner and its appraiser of today are known by the facts; only others need the long question.
    """
    skp = PLAN.first(plan=skp_id)
    if skp is None or skp.lifecycle == Lifecycle.CANCELLED:
        return None
    facts = plan_facts(_with_windows(skp), today=viewer.today)
    is_party = viewer.employee_id in {facts.owner_id, facts.appraiser_id} - {None}
    if not is_party and not skps_visible_to(viewer).filter(pk=skp_id).exists():
        return None
    return skp, facts


def read_plan(skp_id: int) -> Skp:
    """The plan with its facts, as ``with_facts`` gives it; the caller knows that it is there and visible."""
    (skp,) = PLAN.rows(plan=skp_id)
    return _with_windows(skp)


def plans_acted_on_by(viewer: Viewer) -> "QuerySet[Skp]":
    """The plans of other people whose appraiser the viewer is today."""
    if viewer.employee_id is None:
        return Skp.objects.none()
    return plans_of_appraiser(viewer.employee_id, viewer.today)


def plans_of_appraiser(me: int | Given, today: date | Given) -> "QuerySet[Skp]":
    """The same for an employee and a day, which a prepared query is given at each run."""
    plans = Skp.objects.exclude(lifecycle=Lifecycle.CANCELLED).exclude(owner_id=me)
    return plans.filter(acted_on_by(me, today))


def plans_waiting_for(viewer: Viewer) -> "QuerySet[Skp]":
    """Submitted plans that the viewer has to decide today, oldest first, with ``submitted_at``."""
    return waiting_first(plans_acted_on_by(viewer)).select_related("owner", "period", "assignment")


def waiting_first(plans: "QuerySet[Skp]") -> "QuerySet[Skp]":
    """The submitted ones of the plans, oldest first, with ``submitted_at``."""
    waiting: QuerySet[Any] = submitted(plans)
    return waiting.order_by("submitted_at", "pk")


def submitted(plans: "QuerySet[Skp]") -> "QuerySet[Skp]":
    """The submitted ones of the plans, with ``submitted_at``: when the open revision was last sent."""
    sent = Move.objects.filter(revision=OuterRef("open_revision"), action=Action.SUBMIT).order_by("-at")
    waiting = plans.filter(open_revision__state=RevisionState.SUBMITTED)
    return waiting.annotate(submitted_at=Subquery(sent.values("at")[:1]))


def with_facts(plans: "QuerySet[Skp]") -> "QuerySet[Skp]":
    """The plans with everything that ``plan_facts`` reads, joined once."""
    return _joined(plans).prefetch_related("period__windows")


def _joined(plans: "QuerySet[Skp]") -> "QuerySet[Skp]":
    # The OPD in which the plan's unit stands at its end, as far as that is known.
    spans = OrgUnitSpan.objects.filter(
        unit=OuterRef("assignment__unit"), start__lt=OuterRef("until")
    ).order_by("-start")
    joined = plans.select_related("period", "open_revision", "in_force", "owner", "assignment")
    return with_returned_at(joined).annotate(opd_id=Subquery(spans.values("opd")[:1]))


def with_returned_at(plans: "QuerySet[Skp]") -> "QuerySet[Skp]":
    """The plans with when their open revision was last returned, None when it was not."""
    returns = Move.objects.filter(revision=OuterRef("open_revision"), action=Action.RETURN).order_by("-at")
    return plans.annotate(returned_at=Subquery(returns.values("at")[:1]))


PLAN = Prepared(lambda: _joined(Skp.objects.filter(pk=Given("plan"))))
WINDOWS = Prepared(lambda: Window.objects.filter(period=Given("period")))


PERIOD = Prepared(lambda: Period.objects.filter(pk=Given("period")))


def read_period(period_id: int) -> Period:
    """The period with its windows; raises Period.DoesNotExist."""
    period = PERIOD.first(period=period_id)
    if period is None:
        raise Period.DoesNotExist
    hold(period, "windows", WINDOWS.rows(period=period_id), Window)
    return period


def _with_windows(skp: Skp) -> Skp:
    hold(skp.period, "windows", WINDOWS.rows(period=skp.period_id), Window)
    return skp


def window_facts(period: Period) -> tuple[WindowFacts, ...]:
    """The windows of a period as plain values."""
    return tuple(
        WindowFacts(Stage(row.stage), Audience(row.audience), row.interval, row.opens_at, row.closes_at)
        for row in period.windows.all()
    )


def plan_facts(skp: Skp, *, today: date) -> PlanFacts:
    """What decisions about this plan need to know; ``today`` is the office's day."""
    # A post that ends before its plan, as after a transfer, ends the time in which somebody acts on it.
    until = min(skp.until, skp.assignment.until or skp.until)
    line = acting_line_for(skp.assignment_id, last_day=until - timedelta(days=1), today=today)
    return plan_facts_with(skp, line)


def plan_facts_with(skp: Skp, line: ActingLine | None) -> PlanFacts:
    """The facts of a plan whose acting line is known already, None where it does not matter."""
    if not hasattr(skp, "returned_at"):
        skp = read_plan(skp.pk)
    revision = skp.open_revision or skp.in_force
    windows = window_facts(skp.period)
    until = min(skp.until, skp.assignment.until or skp.until)
    return PlanFacts(
        skp_id=skp.pk,
        version=skp.version,
        owner_id=skp.owner_id,
        appraiser_id=line.appraiser_id if line else None,
        appraiser_title=line.appraiser_title if line else "",
        appraiser_assignment_id=line.appraiser_assignment_id if line else None,
        scheme=Scheme(skp.scheme),
        start=skp.start,
        lifecycle=Lifecycle(skp.lifecycle),
        state=RevisionState(revision.state) if revision else None,
        locked=skp.locked_for_scoring,
        settings=skp.period.settings,
        windows=windows,
        extensions=extensions_of_plan(skp, windows, until),
        addendum=revision is not None and revision.number > 1,
        returned_at=skp.returned_at,  # type: ignore[attr-defined]
        opd_id=skp.opd_id,  # type: ignore[attr-defined]
    )


@dataclass(frozen=True, slots=True)
class LinkableResult:
    """A result of the superior that a plan may serve; ``agreed`` when his revision in force has it."""

    result_id: int
    text: str
    agreed: bool


LINKABLE = Prepared(
    lambda: (
        PlannedResult.objects.filter(
            Q(revision=F("revision__skp__open_revision")) | Q(revision=F("revision__skp__in_force")),
            revision__skp__owner_id=Given("appraiser"),
            revision__skp__period_id=Given("period"),
            revision__skp__lifecycle=Lifecycle.ACTIVE,
        )
        .order_by("revision__number", "-kind", "order")
        .values_list("result_id", "text", "revision__state")
    )
)


def linkable_results(*, appraiser_id: int | None, period_id: int) -> list[LinkableResult]:
    """The results in the appraiser's plans of the period, drafts included (rules.md §3)."""
    if appraiser_id is None:
        return []
    found: dict[int, LinkableResult] = {}
    for result_id, text, state in LINKABLE.rows(appraiser=appraiser_id, period=period_id):
        agreed = state == RevisionState.AGREED or (result_id in found and found[result_id].agreed)
        found[result_id] = LinkableResult(result_id, text, agreed)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class ParentInForce:
    """A superior's result as his revision in force states it."""

    text: str
    revision_number: int


def parents_in_force(result_ids: Iterable[int]) -> dict[int, ParentInForce]:
    """Those of the results that a revision in force contains; the others' plans are not agreed yet."""
    rows = PlannedResult.objects.filter(
        result_id__in=list(result_ids), revision__in_force_of__isnull=False, result__retired_at__isnull=True
    ).values_list("result_id", "text", "revision__number")
    return {result_id: ParentInForce(text, number) for result_id, text, number in rows}


def retired_among(result_ids: Collection[int]) -> set[int]:
    """Those of the results that are out of use: a link to one of them is broken; no query for none."""
    if not result_ids:
        return set()
    return set(
        WorkResult.objects.filter(pk__in=result_ids, retired_at__isnull=False).values_list("pk", flat=True)
    )
