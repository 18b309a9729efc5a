"""Where the cascade has gaps: results nobody serves, plans without link, broken links, provisional plans.

All start from the plans the viewer may read and are narrowed to the units looked at.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from orgunits.models import AppraisalLine
from orgunits.selectors.days import on_day
from orgunits.viewer import Viewer
from skp.enums import Gap, ResultKind, Scheme
from skp.models import Period, PlannedResult, Skp
from skp.selectors.cascade import provisional_condition
from skp.selectors.plans import skps_visible_to
from skp.states import Lifecycle

_OPEN_ELSE_IN_FORCE = Coalesce("open_revision", "in_force")
_IN_FORCE_ELSE_OPEN = Coalesce("in_force", "open_revision")


def plans_in(viewer: Viewer, period: Period, unit_ids: Collection[int]) -> "QuerySet[Skp]":
    """The visible running plans of posts in these units."""
    plans = skps_visible_to(viewer).filter(period=period, lifecycle=Lifecycle.ACTIVE)
    return plans.filter(assignment__unit__in=list(unit_ids))


def provisional_plans(plans: "QuerySet[Skp]") -> "QuerySet[Skp]":
    """Those that serve a result which the superior's revision in force does not contain yet."""
    return plans.filter(provisional_condition()).select_related("owner", "assignment", "open_revision")


def unlinked_results(plans: "QuerySet[Skp]") -> "QuerySet[PlannedResult]":
    """Main results of ``ja_jf`` plans without a link; ``open_parent_code`` where a workbook named one."""
    revisions = plans.filter(scheme=Scheme.JA_JF).annotate(shown=_OPEN_ELSE_IN_FORCE).values("shown")
    rows = PlannedResult.objects.filter(revision__in=revisions, kind=ResultKind.MAIN, parent__isnull=True)
    return _with_owner(rows)


def uncovered_results(plans: "QuerySet[Skp]", day: date) -> "QuerySet[PlannedResult]":
    """Main results of people who lead others on ``day`` that nobody's plan serves, draft or in force."""
    leads = AppraisalLine.objects.filter(on_day(day), appraiser=OuterRef("owner"))
    revisions = plans.filter(Exists(leads)).annotate(shown=_IN_FORCE_ELSE_OPEN).values("shown")
    served = PlannedResult.objects.filter(_current(), parent=OuterRef("result"))
    rows = PlannedResult.objects.filter(
        ~Exists(served), revision__in=revisions, kind=ResultKind.MAIN, result__retired_at__isnull=True
    )
    return _with_owner(rows)


def broken_links(plans: "QuerySet[Skp]", day: date) -> "QuerySet[PlannedResult]":
    """Links to a result that was retired or taken out, or whose owner no longer appraises.

    With ``was_retired``; otherwise the superior has changed.
    """
    revisions = plans.filter(scheme=Scheme.JA_JF).annotate(shown=_OPEN_ELSE_IN_FORCE).values("shown")
    there = PlannedResult.objects.filter(_current(), result=OuterRef("parent"))
    line = AppraisalLine.objects.filter(
        on_day(day),
        assignment=OuterRef("revision__skp__assignment"),
        appraiser=OuterRef("parent__skp__owner"),
    )
    gone = Q(parent__retired_at__isnull=False) | ~Q(Exists(there))
    rows = PlannedResult.objects.filter(
        gone | ~Q(Exists(line)), revision__in=revisions, kind=ResultKind.MAIN, parent__isnull=False
    ).annotate(
        was_retired=Case(When(gone, then=Value(True)), default=Value(False), output_field=BooleanField())
    )
    return _with_owner(rows).select_related("parent__skp__owner")


def _current() -> Q:
    """Results of a revision that is open or in force, of a plan that counts."""
    return (Q(revision__open_of__isnull=False) | Q(revision__in_force_of__isnull=False)) & ~Q(
        revision__skp__lifecycle=Lifecycle.CANCELLED
    )


def _with_owner(rows: "QuerySet[PlannedResult]") -> "QuerySet[PlannedResult]":
    return rows.select_related(
        "result", "revision__skp__owner", "revision__skp__assignment", "revision__skp__open_revision"
    ).order_by("revision__skp__owner__name", "revision__skp", "-kind", "order", "pk")


def gap_rows(gap: Gap, plans: "QuerySet[Skp]", day: date) -> "QuerySet[PlannedResult] | QuerySet[Skp]":
    """The list behind a gap's number."""
    if gap == Gap.UNCOVERED:
        return uncovered_results(plans, day)
    if gap == Gap.UNLINKED:
        return unlinked_results(plans)
    if gap == Gap.BROKEN:
        return broken_links(plans, day)
    return provisional_plans(plans).order_by("owner__name", "pk")
