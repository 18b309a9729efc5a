"""What the plans say now of the results that came, or will come, from workbooks of one OPD and period."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Max

from skp.models import Period, PlannedIndicator, PlannedResult, Revision, Skp, WorkResult
from skp.states import Lifecycle, RevisionState

# The states of a first revision that its owner still writes; the import writes along.
WRITABLE = frozenset({RevisionState.DRAFT, RevisionState.RETURNED})


@dataclass(slots=True)
class StoredPlan:
    """A plan with the revision that an import would write or, when it may not, compare with."""

    skp: Skp
    revision: Revision
    last_order: int

    @property
    def writable(self) -> bool:
        """Only the draft of revision 1 is written (rules.md §14)."""
        return self.revision.number == 1 and self.revision.state in WRITABLE


@dataclass(slots=True)
class StoredResult:
    """A result with an import code; ``planned`` is what its plan's revision says of it, if anything."""

    result: WorkResult
    planned: PlannedResult | None = None
    indicators: list[PlannedIndicator] = field(default_factory=list)


@dataclass(slots=True)
class Stored:
    """Plans by assignment, results by code, and drafts' results of the OPD that still lack their parent."""

    plans: dict[int, StoredPlan]
    results: dict[str, StoredResult]
    waiting: list[PlannedResult]
    # Codes held by results of cancelled plans: free for another.
    dead: list[WorkResult]


def load_stored(period: Period, opd_id: int, assignment_ids: Collection[int]) -> Stored:
    """The state before an import, in six queries whatever its size."""
    plans = _plans(period, assignment_ids)
    results: dict[str, StoredResult] = {}
    dead: list[WorkResult] = []
    coded = WorkResult.objects.filter(import_period=period, import_opd=opd_id).select_related("skp")
    for result in coded:
        if result.skp.lifecycle == Lifecycle.CANCELLED:
            dead.append(result)
        else:
            results[result.import_code] = StoredResult(result)
    by_id = {one.result.pk: one for one in results.values()}
    revisions = [plan.revision.pk for plan in plans.values()]
    planned = PlannedResult.objects.filter(revision__in=revisions, result__in=list(by_id))
    for row in planned:
        by_id[row.result_id].planned = row
    _load_indicators(by_id)
    waiting = (
        PlannedResult.objects.exclude(open_parent_code="")
        .filter(
            revision__open_of__lifecycle__in=[Lifecycle.ACTIVE, Lifecycle.CLOSED],
            revision__number=1,
            revision__state__in=sorted(WRITABLE),
            result__import_period=period,
            result__import_opd=opd_id,
        )
        .select_related("revision", "revision__skp")
    )
    return Stored(plans, results, list(waiting), dead)


def _plans(period: Period, assignment_ids: Collection[int]) -> dict[int, StoredPlan]:
    skps = (
        Skp.objects.filter(period=period, assignment__in=assignment_ids)
        .exclude(lifecycle=Lifecycle.CANCELLED)
        .select_related("open_revision", "in_force")
        .annotate(last_order=Max("open_revision__results__order"))
    )
    plans = {}
    for skp in skps:
        revision = skp.open_revision or skp.in_force
        assert revision is not None
        plans[skp.assignment_id] = StoredPlan(skp, revision, getattr(skp, "last_order", None) or 0)
    return plans


def _load_indicators(by_id: dict[int, StoredResult]) -> None:
    by_planned = {one.planned.pk: one for one in by_id.values() if one.planned is not None}
    rows = PlannedIndicator.objects.filter(planned_result__in=list(by_planned)).order_by("order", "pk")
    for row in rows:
        by_planned[row.planned_result_id].indicators.append(row)
