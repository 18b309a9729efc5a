"""The cascade of a day as stored: who may look at which unit, and where everybody stands, in few queries."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from orgunits.enums import EmploymentKind, UnitKind
from orgunits.models import AppraisalLine, OrgUnitSpan
from orgunits.models.people import name_with_titles
from orgunits.selectors.days import on_day
from orgunits.selectors.units import units_of_opds
from orgunits.viewer import Viewer
from skp.cascade import LONGEST_CHAIN, Cascade, Standing
from skp.enums import ResultKind, Scheme
from skp.models import Period, PlannedResult, Skp
from skp.scheme import scheme_of
from skp.states import Lifecycle, RevisionState

_OFFICIAL = EmploymentKind.STATE_OFFICIAL.value


def cascade_day(period: Period, today: date) -> date:
    """The day whose lines count: today, for a period that is over its last day, before it its first."""
    return min(max(today, date(period.year, 1, 1)), date(period.year + 1, 1, 1) - timedelta(days=1))


def cascade_spans(viewer: Viewer, day: date) -> "QuerySet[OrgUnitSpan]":
    """The units whose cascade the viewer may read (rules.md §15): headed and below, the OPD managed, all."""
    spans = OrgUnitSpan.objects.filter(on_day(day))
    if viewer.sees_regency:
        return spans
    seen = Q(unit__in=viewer.subtree_unit_ids)
    if viewer.admin_opd_ids:
        seen |= Q(unit__in=units_of_opds(viewer.admin_opd_ids, viewer.today).values("unit"))
    return spans.filter(seen)


def cascade_of(
    period: Period, day: date, people: Q | None = None, *, with_provisional: bool = False
) -> Cascade:
    """The people whose line of the day meets the condition, all without one, and their superiors.

    Two queries, three with the provisional plans. A superior outside of the part is known by name and plan,
    not by whom he waits for.
    """
    is_opd = OrgUnitSpan.objects.filter(on_day(day), unit=OuterRef("assignment__unit"), kind=UnitKind.OPD)
    lines = AppraisalLine.objects.filter(on_day(day)).annotate(leads_opd=Exists(is_opd))
    rows = list((lines if people is None else lines.filter(people)).values_list(*_LINE, *_ABOVE, "leads_opd"))
    owners = {row[0] for row in rows} | {row[2] for row in rows if row[2] is not None}
    plans = _plans(period, None if people is None else owners)
    provisional = _provisional_ids(period) if with_provisional else frozenset()
    standings = {row[0]: _standing(row, plans, provisional) for row in rows}
    for row in rows:
        if row[2] is not None and row[2] not in standings:
            standings[row[2]] = _outside(row, plans)
    return Cascade(standings)


_LINE = (
    *("employee_id", "assignment_id", "appraiser_id", "employee__name", "employee__title_before"),
    *("employee__title_after", "employee__employment_kind", "assignment__position_title"),
    *("assignment__unit_id", "assignment__echelon", "assignment__is_head", "assignment__unit__is_standalone"),
)
_ABOVE = tuple(f"appraiser__{name}" for name in ("name", "title_before", "title_after", "employment_kind"))
_Plan = tuple[int, int, str, str | None, str | None]
_Plans = dict[int, list[_Plan]]


def _plans(period: Period, owners: Collection[int] | None) -> _Plans:
    """Plans by owner: key, assignment, scheme, states of the open revision and of the one in force."""
    plans = Skp.objects.filter(period=period).exclude(lifecycle=Lifecycle.CANCELLED).order_by("start")
    if owners is not None:
        plans = plans.filter(owner__in=owners)
    found: _Plans = {}
    fields = ("owner_id", "pk", "assignment_id", "scheme", "open_revision__state", "in_force__state")
    for owner, *plan in plans.values_list(*fields):
        found.setdefault(owner, []).append(tuple(plan))
    return found


def _standing(row: tuple[object, ...], plans: _Plans, provisional: frozenset[int]) -> Standing:
    employee_id, assignment_id, superior_id, name, before, after, kind, title, unit_id, *post = row
    echelon, is_head, is_standalone = post[:3]
    assert isinstance(employee_id, int)
    scheme = scheme_of(
        echelon=str(echelon),
        is_head=bool(is_head),
        unit_is_opd=bool(row[-1]),
        unit_is_standalone=bool(is_standalone),
    )
    standing = Standing(
        employee_id=employee_id,
        superior_id=superior_id if isinstance(superior_id, int) else None,
        scheme=scheme,
        name=name_with_titles(str(name), str(before), str(after)),
        title=str(title),
        unit_id=unit_id if isinstance(unit_id, int) else None,
        plans=kind != _OFFICIAL,
    )
    # The plan of today's post; who has none there, as after a transfer, stands where the last one stands.
    own = plans.get(employee_id, [])
    plan = next((one for one in own if one[1] == assignment_id), own[-1] if own else None)
    return _with_plan(standing, plan, provisional)


def _with_plan(standing: Standing, plan: _Plan | None, provisional: frozenset[int] = frozenset()) -> Standing:
    if plan is None:
        return standing
    skp_id, _assignment, scheme, open_state, in_force = plan
    state = open_state or in_force
    return replace(
        standing,
        scheme=Scheme(scheme),
        skp_id=skp_id,
        state=RevisionState(state) if state else None,
        agreed=in_force is not None,
        provisional=skp_id in provisional,
    )


def _outside(row: tuple[object, ...], plans: _Plans) -> Standing:
    """The superior whom the line names."""
    employee_id = row[2]
    assert isinstance(employee_id, int)
    name, before, after, kind = row[len(_LINE) : len(_LINE) + len(_ABOVE)]
    standing = Standing(
        employee_id=employee_id,
        superior_id=None,
        scheme=Scheme.JA_JF,
        name=name_with_titles(str(name), str(before), str(after)),
        plans=kind != _OFFICIAL,
        inside=False,
    )
    own = plans.get(employee_id, [])
    agreed = [plan for plan in own if plan[4] is not None]
    return _with_plan(standing, agreed[-1] if agreed else own[-1] if own else None)


def provisional_condition() -> Q:
    """Plans whose open revision serves a result that no revision in force contains (rules.md §3)."""
    in_force = PlannedResult.objects.filter(
        result=OuterRef("parent"), revision__in_force_of__isnull=False, result__retired_at__isnull=True
    )
    waiting = PlannedResult.objects.filter(
        ~Exists(in_force), revision=OuterRef("open_revision"), kind=ResultKind.MAIN, parent__isnull=False
    )
    return Q(scheme=Scheme.JA_JF) & Q(Exists(waiting))


def _provisional_ids(period: Period) -> frozenset[int]:
    plans = Skp.objects.filter(provisional_condition(), period=period, open_revision__isnull=False)
    return frozenset(plans.values_list("pk", flat=True))


def lines_of_units(unit_ids: Iterable[int]) -> Q:
    """The people whose definitive post lies in these units, as a condition on lines."""
    return Q(assignment__unit__in=list(unit_ids))


def chain_condition(employee_id: int, day: date) -> Q:
    """The person and all superiors above, as a condition on lines; one recursive query."""
    value = connection.ops.adapt_datefield_value(day)
    sql = f"""
        WITH RECURSIVE above (employee_id, depth) AS (
            SELECT CAST(%s AS bigint), 0
            UNION
            SELECT line.appraiser_id, above.depth + 1 FROM orgunits_appraisalline AS line
            JOIN above ON line.employee_id = above.employee_id
            WHERE line.appraiser_id IS NOT NULL AND above.depth < {LONGEST_CHAIN}
              AND line."start" <= %s AND (line."until" IS NULL OR line."until" > %s)
        )
        SELECT employee_id FROM above
    """  # noqa: S608 a constant
    with connection.cursor() as cursor:
        cursor.execute(sql, [employee_id, value, value])
        return Q(employee__in={row[0] for row in cursor.fetchall()})
