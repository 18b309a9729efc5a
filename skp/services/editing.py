"""Writing a draft: starting a plan, its results and its indicators."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max

from config.lib.dates import covers
from config.lib.db import swap_version
from config.lib.errors import Conflict, DomainError
from orgunits.enums import AssignmentKind, EmploymentKind, UnitKind
from orgunits.models import Assignment, OrgUnitSpan
from orgunits.viewer import Viewer
from skp.enums import Aspect, CascadeMethod, Direction, ResultKind, ResultSource, Rollup, Scheme
from skp.facts import PlanFacts
from skp.models import Indicator, Period, PlannedIndicator, PlannedResult, Revision, Skp, WorkResult
from skp.permissions import can_do
from skp.rules import MAX_INDICATORS
from skp.scheme import plan_span, scheme_of
from skp.selectors.plans import linkable_results, plan_facts, skps_visible_to, with_facts
from skp.states import Action, Lifecycle

# How quarters make the year by default (rules.md §3).
ROLLUP_OF = {
    Aspect.QUANTITY: Rollup.SUM,
    Aspect.COST: Rollup.SUM,
    Aspect.TIME: Rollup.LAST,
    Aspect.QUALITY: Rollup.MEAN,
}


@dataclass(frozen=True, slots=True)
class ResultInput:
    """What the owner types of a result; ``parent_id`` is a result of the superior or None."""

    text: str
    kind: ResultKind = ResultKind.MAIN
    parent_id: int | None = None
    cascade_method: CascadeMethod | None = None
    source: ResultSource | None = None
    scope: int = 1
    assigned_by: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorInput:
    """What the owner types of an indicator; a single target is given twice."""

    aspect: Aspect
    text: str
    target_min: Decimal
    target_max: Decimal
    unit: str
    direction: Direction = Direction.NORMAL
    target_is_maximum: bool = False


def skp_start(*, actor: Viewer, assignment_id: int, period: Period, now: datetime) -> Skp:
    """Open the actor's plan for one of their definitive assignments; an existing one is returned.

    Raises DomainError when the post does not lie in the period and NotAllowed when it is not theirs
    or the planning window is not open.
    """
    if actor.employee_id is None:
        raise DomainError("Akun ini tidak terhubung dengan data pegawai.")
    assignment = (
        Assignment.objects.filter(
            pk=assignment_id, employee_id=actor.employee_id, kind=AssignmentKind.DEFINITIVE
        )
        .exclude(employee__employment_kind=EmploymentKind.STATE_OFFICIAL)
        .select_related("employee", "unit")
        .first()
    )
    span = plan_span(period.year, assignment.start, assignment.until) if assignment else None
    if assignment is None or span is None:
        raise DomainError("Anda tidak memiliki jabatan pada periode ini.")
    existing = _plan_of(assignment, period)
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            skp = Skp.objects.create(
                assignment=assignment,
                period=period,
                owner=assignment.employee,
                scheme=_scheme(assignment, span[0]),
                start=span[0],
                until=span[1],
            )
            revision = Revision.objects.create(skp=skp, number=1)
            skp.open_revision = revision
            skp.save(update_fields=["open_revision"])
            can_do(actor, _facts(skp.pk, actor)[1], Action.EDIT).enforce()
    except IntegrityError:
        # A double click: the other request has just made it.
        existing = _plan_of(assignment, period)
        if existing is None:
            raise
        return existing
    return skp


def _plan_of(assignment: Assignment, period: Period) -> Skp | None:
    return (
        Skp.objects.filter(assignment=assignment, period=period)
        .exclude(lifecycle=Lifecycle.CANCELLED)
        .first()
    )


def _facts(skp_id: int, actor: Viewer) -> tuple[Skp, PlanFacts]:
    skp = with_facts(Skp.objects.filter(pk=skp_id)).get()
    return skp, plan_facts(skp, today=actor.today)


def _scheme(assignment: Assignment, day: date) -> Scheme:
    spans = OrgUnitSpan.objects.filter(unit_id=assignment.unit_id)
    span = next((row for row in spans if covers(row.start, row.until, day)), None)
    return scheme_of(
        echelon=assignment.echelon,
        is_head=assignment.is_head,
        unit_is_opd=span is not None and span.kind == UnitKind.OPD,
        unit_is_standalone=assignment.unit.is_standalone,
    )


def result_save(
    *,
    actor: Viewer,
    skp_id: int,
    version: int,
    data: ResultInput,
    now: datetime,
    planned_id: int | None = None,
) -> PlannedResult:
    """Write a result of the draft, a new one without ``planned_id``.

    Raises Conflict on a stale page, NotAllowed, or DomainError when the link is not to a result of
    today's superior.
    """
    with transaction.atomic():
        skp, facts, revision = _begin_edit(actor, skp_id, version)
        planned = _planned(revision, planned_id) if planned_id is not None else None
        _check_parent(skp, facts, data, planned.parent_id if planned else None)
        values = {
            "text": data.text.strip(),
            "kind": data.kind,
            "parent_id": data.parent_id if data.kind == ResultKind.MAIN else None,
            "cascade_method": data.cascade_method or "",
            "source": data.source or "",
            "scope": data.scope,
            "assigned_by": data.assigned_by.strip(),
        }
        if planned is not None:
            PlannedResult.objects.filter(pk=planned.pk).update(**values)
            planned.refresh_from_db()
            return planned
        last = PlannedResult.objects.filter(revision=revision).aggregate(last=Max("order"))["last"] or 0
        result = WorkResult.objects.create(skp=skp)
        return PlannedResult.objects.create(revision=revision, result=result, order=last + 1, **values)


def result_remove(*, actor: Viewer, skp_id: int, version: int, planned_id: int, now: datetime) -> None:
    """Take a result out of the draft; the identity goes too unless another revision or plan knows it."""
    with transaction.atomic():
        _skp, _facts_now, revision = _begin_edit(actor, skp_id, version)
        planned = _planned(revision, planned_id)
        result = planned.result
        planned.delete()
        served = PlannedResult.objects.filter(parent=result).exists()
        known = PlannedResult.objects.filter(result=result).exists()
        if served or known:
            WorkResult.objects.filter(pk=result.pk).update(retired_at=now)
        else:
            result.delete()


def indicator_save(
    *,
    actor: Viewer,
    skp_id: int,
    version: int,
    planned_result_id: int,
    data: IndicatorInput,
    now: datetime,
    planned_id: int | None = None,
) -> PlannedIndicator:
    """Write an indicator of a result of the draft, a new one without ``planned_id``.

    Raises Conflict on a stale page, NotAllowed, or DomainError for a fifth indicator, a range
    written the wrong way round or a negative target.
    """
    if data.target_min < 0 or data.target_min > data.target_max:
        raise DomainError("Target minimum tidak boleh negatif atau melebihi target maksimum.")
    with transaction.atomic():
        _skp, _facts_now, revision = _begin_edit(actor, skp_id, version)
        planned_result = _planned(revision, planned_result_id)
        values = {
            "aspect": data.aspect,
            "text": data.text.strip(),
            "target_min": data.target_min,
            "target_max": data.target_max,
            "unit": data.unit.strip(),
            "direction": data.direction,
            "target_is_maximum": data.target_is_maximum,
            "rollup": ROLLUP_OF[data.aspect],
        }
        own = PlannedIndicator.objects.filter(planned_result=planned_result)
        if planned_id is not None:
            row = own.filter(pk=planned_id).first()
            if row is None:
                raise Conflict()
            own.filter(pk=row.pk).update(**values)
            row.refresh_from_db()
            return row
        if own.count() >= MAX_INDICATORS:
            raise DomainError(f"Satu hasil kerja memuat paling banyak {MAX_INDICATORS} indikator.")
        last = own.aggregate(last=Max("order"))["last"] or 0
        indicator = Indicator.objects.create(result_id=planned_result.result_id)
        return PlannedIndicator.objects.create(
            planned_result=planned_result, indicator=indicator, order=last + 1, **values
        )


def indicator_remove(*, actor: Viewer, skp_id: int, version: int, planned_id: int, now: datetime) -> None:
    """Take an indicator out of the draft."""
    with transaction.atomic():
        _skp, _facts_now, revision = _begin_edit(actor, skp_id, version)
        row = PlannedIndicator.objects.filter(pk=planned_id, planned_result__revision=revision).first()
        if row is None:
            raise Conflict()
        indicator_id = row.indicator_id
        row.delete()
        if PlannedIndicator.objects.filter(indicator_id=indicator_id).exists():
            Indicator.objects.filter(pk=indicator_id).update(retired_at=now)
        else:
            Indicator.objects.filter(pk=indicator_id).delete()


def _begin_edit(actor: Viewer, skp_id: int, version: int) -> tuple[Skp, PlanFacts, Revision]:
    """Lock the plan by swapping its version and decide whether the actor may edit it now."""
    visible = skps_visible_to(actor).filter(pk=skp_id).values("pk")
    swap_version(Skp.objects.filter(pk__in=visible), version=version)
    skp, facts = _facts(skp_id, actor)
    can_do(actor, facts, Action.EDIT).enforce()
    if skp.open_revision is None:
        raise Conflict()
    return skp, facts, skp.open_revision


def _planned(revision: Revision, planned_id: int) -> PlannedResult:
    """A result of this draft; it may be gone on a stale page."""
    planned = PlannedResult.objects.filter(pk=planned_id, revision=revision).select_related("result").first()
    if planned is None:
        raise Conflict()
    return planned


def _check_parent(skp: Skp, facts: PlanFacts, data: ResultInput, present_id: int | None) -> None:
    """A new link goes to a result of today's superior; the present one may stay when he has changed."""
    if data.parent_id is None or data.kind != ResultKind.MAIN or data.parent_id == present_id:
        return
    linkable = linkable_results(appraiser_id=facts.appraiser_id, period_id=skp.period_id)
    if data.parent_id not in {result.result_id for result in linkable}:
        raise DomainError("Pilih hasil kerja dari rencana pejabat penilai Anda.")
