"""The cascade: an office as a tree, its matrix, its gaps, and who waits for whom."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from orgunits.middleware import viewer_of
from orgunits.models import OrgUnitSpan
from orgunits.selectors.viewers import unit_ids_below
from orgunits.viewer import Viewer
from skp.cascade import Cascade, Standing, TreeNode
from skp.enums import Gap
from skp.models import Period
from skp.selectors.cascade import cascade_day, cascade_of, cascade_spans, chain_condition, lines_of_units
from skp.selectors.gaps import gap_rows, plans_in
from skp.selectors.matrix import matrix_of
from skp.selectors.offices import office_rows
from skp.selectors.periods import latest_period

PAGE = 25
# People of one tree; further ones are counted and have a page of their own.
TREE_LIMIT = 120
DIRECT_LIMIT = 60
NOT_REGENCY = "Urutan penahan seluruh daerah dibaca oleh BKPSDM, Inspektorat, dan pimpinan daerah."


@dataclass(frozen=True)
class Office:
    """What every page of a unit needs."""

    viewer: Viewer
    period: Period
    span: OrgUnitSpan
    unit_ids: frozenset[int] = field(repr=False)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [("Kaskade", reverse("skp:cascade")), (self.span.name, self.url)]

    @property
    def url(self) -> str:
        return reverse("skp:cascade_unit", args=[self.span.unit_id])


def _period(viewer: Viewer) -> Period:
    period = latest_period(viewer.today)
    if period is None:
        raise Http404("Belum ada periode.")
    return period


def _office(request: HttpRequest, unit_id: int) -> Office:
    viewer = viewer_of(request)
    period = _period(viewer)
    day = cascade_day(period, viewer.today)
    span = cascade_spans(viewer, day).filter(unit=unit_id).first()
    if span is None:
        raise Http404("Unit kerja tidak ditemukan.")
    return Office(viewer, period, span, unit_ids_below([unit_id], day))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Where the viewer stands in the cascade, and the offices they may look at."""
    viewer = viewer_of(request)
    period = latest_period(viewer.today)
    context: dict[str, object] = {"period": period, "current_place": "cascade"}
    if period is not None:
        day = cascade_day(period, viewer.today)
        context |= {
            "own": _own(viewer, period),
            "regency": viewer.sees_regency,
            "offices": office_rows(viewer, period, day),
        }
    return render(request, "skp/cascade/index.html", context)


def _own(viewer: Viewer, period: Period) -> dict[str, object] | None:
    """The viewer's chain upwards and the plans that wait for theirs."""
    if viewer.employee_id is None:
        return None
    day = cascade_day(period, viewer.today)
    people = chain_condition(viewer.employee_id, day)
    if viewer.has_appraisees:
        people |= Q(appraiser=viewer.employee_id) | lines_of_units(viewer.subtree_unit_ids)
    cascade = cascade_of(period, day, people)
    person = cascade.people.get(viewer.employee_id)
    return _waiting(cascade, person) if person is not None else None


def _waiting(cascade: Cascade, person: Standing) -> dict[str, object]:
    counted = next((one for one in cascade.blockers() if one.leader.employee_id == person.employee_id), None)
    return {
        "person": person,
        "chain": cascade.chain_of(person),
        "held": cascade.held_by(person.employee_id),
        "behind": counted.behind if counted else 0,
    }


@require_safe
def person(request: HttpRequest, employee_id: int) -> HttpResponse:
    """A leader: whose plan comes first, and whose plans wait for this one."""
    viewer = viewer_of(request)
    period = _period(viewer)
    day = cascade_day(period, viewer.today)
    cascade = cascade_of(period, day, chain_condition(employee_id, day) | Q(appraiser=employee_id))
    found = cascade.people.get(employee_id)
    if found is None or not _may_see(viewer, found, cascade_spans(viewer, day)):
        raise Http404("Pegawai tidak ditemukan.")
    held = _visible_only(viewer, cascade.held_by(employee_id), found, cascade_spans(viewer, day))
    page = Paginator(held, PAGE).get_page(request.GET.get("halaman"))
    context = {
        "period": period,
        "person": found,
        "chain": cascade.chain_of(found),
        "page": page,
        "crumbs": [("Kaskade", reverse("skp:cascade"))],
        "current_place": "cascade",
    }
    return render(request, "skp/cascade/person.html", context)


def _may_see(viewer: Viewer, found: Standing, spans: "QuerySet[OrgUnitSpan]") -> bool:
    """Oneself, and people in units whose cascade the viewer reads."""
    return found.employee_id == viewer.employee_id or spans.filter(unit=found.unit_id).exists()


def _visible_only(
    viewer: Viewer, held: list[Standing], leader: Standing, spans: "QuerySet[OrgUnitSpan]"
) -> list[Standing]:
    """The leader sees everybody; others those in units that they read."""
    if viewer.sees_regency or leader.employee_id == viewer.employee_id:
        return held
    seen = set(spans.values_list("unit_id", flat=True))
    return [one for one in held if one.unit_id in seen]


@require_safe
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The tree of a unit from its head to the staff, and the numbers of its gaps."""
    office = _office(request, unit_id)
    viewer, period = office.viewer, office.period
    day = cascade_day(period, viewer.today)
    cascade = cascade_of(period, day, lines_of_units(office.unit_ids), with_provisional=True)
    tops, page = _tops(request, cascade)
    plans = plans_in(viewer, period, office.unit_ids)
    people = [one for one in cascade.inside() if one.plans]
    blockers = cascade.blockers()
    context = {
        "office": office,
        "people": len(people),
        "started": sum(one.skp_id is not None for one in people),
        "agreed": sum(one.agreed for one in people),
        "held": sum(one.skp_id is not None and cascade.blocker_of(one) is not None for one in people),
        "blockers": len(blockers),
        "gaps": [(gap, gap_rows(gap, plans, day).count()) for gap in Gap],
        "tops": tops,
        "page": page,
        "crumbs": office.crumbs[:1],
        "current_place": "cascade",
    }
    return render(request, "skp/cascade/unit.html", context)


def _tops(request: HttpRequest, cascade: Cascade) -> tuple[list[TreeNode], object]:
    """The trees to show: below the person asked for, else from the head down."""
    asked = request.GET.get("orang", "")
    roots = cascade.roots()
    if asked:
        chosen = cascade.people.get(int(asked)) if asked.isdecimal() and len(asked) < 19 else None
        if chosen is None or not chosen.inside:
            raise Http404("Pegawai tidak ditemukan di unit ini.")
        roots = [chosen]
    if len(roots) == 1:
        direct = range(len(cascade.direct(roots[0].employee_id)))
        page = Paginator(direct, DIRECT_LIMIT).get_page(request.GET.get("halaman"))
        first = (page.number - 1) * DIRECT_LIMIT
        return [_cut(cascade.tree(roots[0], limit=TREE_LIMIT, first=first))], page
    tops = Paginator(roots, DIRECT_LIMIT).get_page(request.GET.get("halaman"))
    shown = list(tops.object_list)
    return [cascade.tree(one, limit=max(TREE_LIMIT // len(shown), 1)) for one in shown], tops


def _cut(node: TreeNode) -> TreeNode:
    """The own people of the root are paged."""
    node.children = node.children[:DIRECT_LIMIT]
    node.more = 0
    return node


@require_safe
def matrix(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Who serves which result of a leader of the unit, its head when none is named."""
    office = _office(request, unit_id)
    day = cascade_day(office.period, office.viewer.today)
    cascade = cascade_of(office.period, day, lines_of_units(office.unit_ids))
    leaders = sorted(
        (one for one in cascade.inside() if cascade.direct(one.employee_id)),
        key=lambda one: (cascade.depth_of(one), one.name),
    )
    asked = request.GET.get("orang", "")
    chosen = next((one for one in leaders if str(one.employee_id) == asked), None)
    if asked and chosen is None:
        raise Http404("Pegawai tidak ditemukan di unit ini.")
    leader = chosen or (leaders[0] if leaders else None)
    found = matrix_of(leader.employee_id, office.period, day) if leader else None
    page = Paginator(found.rows if found else (), PAGE).get_page(request.GET.get("halaman"))
    context = {
        "office": office,
        "leader": leader,
        "leaders": leaders,
        "matrix": found,
        "columns": list(zip(found.columns, found.served(), strict=True)) if found else [],
        "page": page,
        "crumbs": office.crumbs,
        "current_place": "cascade",
    }
    return render(request, "skp/cascade/matrix.html", context)


@require_safe
def gaps(request: HttpRequest, unit_id: int, kind: str) -> HttpResponse:
    """The list behind one of the gaps' numbers."""
    office = _office(request, unit_id)
    if kind not in Gap.values:
        raise Http404("Daftar tidak dikenal.")
    gap = Gap(kind)
    day = cascade_day(office.period, office.viewer.today)
    rows = gap_rows(gap, plans_in(office.viewer, office.period, office.unit_ids), day)
    context = {
        "office": office,
        "gap": gap,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("halaman")),
        "tabs": _gap_tabs(office, gap),
        "crumbs": office.crumbs,
        "current_place": "cascade",
    }
    return render(request, "skp/cascade/gaps.html", context)


def _gap_tabs(office: Office, current: Gap) -> list[dict[str, object]]:
    return [
        {
            "name": gap.label,
            "url": reverse("skp:cascade_gaps", args=[office.span.unit_id, gap.value]),
            "current": gap == current,
            "count": None,
        }
        for gap in Gap
    ]


@require_safe
def blockers(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Leaders for whom plans of this unit wait, the one with most behind first."""
    office = _office(request, unit_id)
    day = cascade_day(office.period, office.viewer.today)
    cascade = cascade_of(office.period, day, lines_of_units(office.unit_ids))
    page = Paginator(cascade.blockers(), PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "lead": f"{office.span.name}: pimpinan yang rencananya belum disepakati dan ditunggu bawahannya.",
        "crumbs": office.crumbs,
        "current_place": "cascade",
    }
    return render(request, "skp/cascade/blockers.html", context)


@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """The blockers of the whole regency."""
    viewer = viewer_of(request)
    if not viewer.sees_regency:
        raise PermissionDenied(NOT_REGENCY)
    period = _period(viewer)
    cascade = cascade_of(period, cascade_day(period, viewer.today))
    page = Paginator(cascade.blockers(), PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "lead": "Seluruh daerah: pimpinan yang rencananya belum disepakati dan ditunggu bawahannya.",
        "crumbs": [("Kaskade", reverse("skp:cascade"))],
        "current_place": "cascade",
    }
    return render(request, "skp/cascade/blockers.html", context)
