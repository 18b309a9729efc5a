"""Units as the viewer may see them: lists, one unit, the tree below it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from orgunits.appraisal import HEAD_ORDER
from orgunits.enums import AssignmentKind, UnitKind
from orgunits.models import Assignment, OrgUnit, OrgUnitSpan
from orgunits.selectors.days import on_day
from orgunits.selectors.viewers import unit_ids_below
from orgunits.viewer import Viewer


def units_visible_to(viewer: Viewer) -> QuerySet[OrgUnit]:
    """Units the viewer may know of (rules.md §15).

    All for BKPSDM, inspectorate and leaders; the OPD managed; the subtree of units headed; the units
    of the own posts today.
    """
    if viewer.sees_regency:
        return OrgUnit.objects.all()
    seen = Q(pk__in=viewer.subtree_unit_ids)
    if viewer.admin_opd_ids:
        seen |= Q(pk__in=units_of_opds(viewer.admin_opd_ids, viewer.today).values("unit"))
    if viewer.employee_id is not None:
        own = Assignment.objects.filter(on_day(viewer.today), employee=viewer.employee_id)
        seen |= Q(pk__in=own.values("unit"))
    return OrgUnit.objects.filter(seen)


def units_of_opds(opd_ids: Collection[int], day: date) -> QuerySet[OrgUnitSpan]:
    """Spans that tell which units belong to these OPD: today's, and of units that are no more, any."""
    alive = OrgUnitSpan.objects.filter(on_day(day)).values("unit")
    return OrgUnitSpan.objects.filter(on_day(day) | ~Q(unit__in=alive), opd__in=opd_ids)


def spans_visible_to(viewer: Viewer, day: date) -> QuerySet[OrgUnitSpan]:
    """What the visible units are on ``day``."""
    return OrgUnitSpan.objects.filter(on_day(day), unit__in=units_visible_to(viewer)).select_related("unit")


def units_managed_by(viewer: Viewer, day: date) -> QuerySet[OrgUnitSpan]:
    """Units in which the viewer may place people: those of the OPD managed, for BKPSDM all."""
    spans = OrgUnitSpan.objects.filter(on_day(day))
    return spans if viewer.is_bkpsdm else spans.filter(opd__in=viewer.admin_opd_ids)


def opds_visible_to(viewer: Viewer, day: date) -> QuerySet[OrgUnitSpan]:
    """The OPD among them, by name."""
    return spans_visible_to(viewer, day).filter(kind=UnitKind.OPD).order_by("name")


def opd_names(day: date | None = None) -> list[tuple[str, int]]:
    """Names of the OPD on ``day``, or of all there ever were, each with its unit; for commands, no viewer."""
    spans = OrgUnitSpan.objects.filter(kind=UnitKind.OPD)
    if day is not None:
        spans = spans.filter(on_day(day))
    return list(spans.order_by("name").values_list("name", "unit_id"))


def vacant_spans(day: date) -> QuerySet[OrgUnitSpan]:
    """Units without a definitive head on ``day``, the regency itself among them; not narrowed to a viewer."""
    led = Assignment.objects.filter(on_day(day), is_head=True, kind=AssignmentKind.DEFINITIVE)
    return OrgUnitSpan.objects.filter(on_day(day)).exclude(unit__in=led.values("unit"))


def vacant_count(viewer: Viewer, day: date) -> int:
    """How many of the visible units have no definitive head on ``day``."""
    return vacant_spans(day).filter(unit__in=units_visible_to(viewer)).count()


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree with its heads, best first, and the nodes below it.

    ``vacancies``: units without a definitive head, this one and all below; ``below``: how many units.
    """

    span: OrgUnitSpan
    heads: tuple[Assignment, ...]
    children: tuple["Node", ...]
    vacancies: int
    below: int


def heads_on(unit_ids: Iterable[int] | None, day: date) -> dict[int, tuple[Assignment, ...]]:
    """Heads on ``day`` by unit, the one who leads first; of all units when ``unit_ids`` is None."""
    posts = Assignment.objects.filter(on_day(day), is_head=True).select_related("employee")
    if unit_ids is not None:
        posts = posts.filter(unit__in=list(unit_ids))
    found: dict[int, list[Assignment]] = defaultdict(list)
    for post in posts:
        found[post.unit_id].append(post)
    return {
        unit_id: tuple(sorted(heads, key=lambda head: HEAD_ORDER[AssignmentKind(head.kind)]))
        for unit_id, heads in found.items()
    }


def tree_below(viewer: Viewer, unit_id: int, day: date) -> Node | None:
    """The visible part of the tree from this unit down, with heads; None when it does not exist then."""
    spans = spans_visible_to(viewer, day).filter(unit__in=unit_ids_below([unit_id], day)).order_by("name")
    rows = list(spans)
    top = next((span for span in rows if span.unit_id == unit_id), None)
    if top is None:
        return None
    children: dict[int | None, list[OrgUnitSpan]] = defaultdict(list)
    for span in rows:
        children[span.parent_id].append(span)
    return _node(top, children, heads_on([span.unit_id for span in rows], day))


def _node(
    span: OrgUnitSpan,
    children: Mapping[int | None, list[OrgUnitSpan]],
    heads: Mapping[int, tuple[Assignment, ...]],
) -> Node:
    below = tuple(_node(child, children, heads) for child in children.get(span.unit_id, ()))
    own = heads.get(span.unit_id, ())
    vacant = not any(head.kind == AssignmentKind.DEFINITIVE for head in own)
    return Node(
        span=span,
        heads=own,
        children=below,
        vacancies=int(vacant) + sum(node.vacancies for node in below),
        below=len(below) + sum(node.below for node in below),
    )


@dataclass(frozen=True, slots=True)
class OpdRow:
    """An OPD in the list: who leads it, how many units it has and how many lack a definitive head."""

    span: OrgUnitSpan
    heads: tuple[Assignment, ...]
    units: int
    vacancies: int


def opd_rows(viewer: Viewer, day: date) -> list[OpdRow]:
    """The OPD visible to the viewer on ``day`` with the counts of their visible units."""
    spans = list(spans_visible_to(viewer, day).exclude(kind=UnitKind.REGENCY).order_by("name"))
    heads = heads_on([span.unit_id for span in spans], day)
    by_opd: dict[int | None, list[OrgUnitSpan]] = defaultdict(list)
    for span in spans:
        by_opd[span.opd_id].append(span)
    return [
        OpdRow(
            span=span,
            heads=heads.get(span.unit_id, ()),
            units=len(by_opd[span.unit_id]),
            vacancies=sum(not _has_definitive(heads.get(row.unit_id, ())) for row in by_opd[span.unit_id]),
        )
        for span in spans
        if span.kind == UnitKind.OPD
    ]


def _has_definitive(heads: Iterable[Assignment]) -> bool:
    return any(head.kind == AssignmentKind.DEFINITIVE for head in heads)


def loose_units(viewer: Viewer, day: date) -> list[OrgUnitSpan]:
    """Visible units whose OPD the viewer does not see: where a member or a head enters the tree."""
    spans = list(spans_visible_to(viewer, day).order_by("name"))
    seen = {span.unit_id for span in spans}
    return [
        span
        for span in spans
        if span.kind not in (UnitKind.REGENCY, UnitKind.OPD)
        and span.opd_id not in seen
        and span.parent_id not in seen
    ]


_ABOVE = """
    WITH RECURSIVE above (unit_id, depth) AS (
        SELECT CAST(%(unit)s AS bigint), 0
        UNION ALL
        SELECT span.parent_id, above.depth + 1
        FROM orgunits_orgunitspan AS span JOIN above ON span.unit_id = above.unit_id
        WHERE span.start <= %(day)s AND (span.until IS NULL OR span.until > %(day)s)
            AND span.parent_id IS NOT NULL AND above.depth < %(deepest)s
    )
    SELECT span.*
    FROM orgunits_orgunitspan AS span JOIN above ON span.unit_id = above.unit_id
    WHERE span.start <= %(day)s AND (span.until IS NULL OR span.until > %(day)s) AND above.depth > 0
    ORDER BY above.depth DESC
"""
# No tree of a regency is half as deep; it keeps a circle in the data from running for ever.
_DEEPEST = 20


def ancestors_of(span: OrgUnitSpan, day: date) -> list[OrgUnitSpan]:
    """The units above on ``day``, from the top down, with one query."""
    moment = connection.ops.adapt_datefield_value(day)
    values = {"unit": span.unit_id, "day": moment, "deepest": _DEEPEST}
    return list(OrgUnitSpan.objects.raw(_ABOVE, values))


_EVER_ABOVE = """
    WITH RECURSIVE above (unit_id) AS (
        SELECT id FROM orgunits_orgunit WHERE id IN ({marks})
        UNION
        SELECT span.parent_id FROM orgunits_orgunitspan AS span JOIN above ON span.unit_id = above.unit_id
        WHERE span.parent_id IS NOT NULL
    )
    SELECT span.* FROM orgunits_orgunitspan AS span JOIN above ON span.unit_id = above.unit_id
"""


def spans_ever_above(unit_ids: Collection[int]) -> list[OrgUnitSpan]:
    """Every span of the units and of all that ever stood above them, with one query; none for no unit."""
    if not unit_ids:
        return []
    sql = _EVER_ABOVE.format(marks=", ".join(["%s"] * len(unit_ids)))
    return list(OrgUnitSpan.objects.raw(sql, list(unit_ids)))


_EVER_BELOW = """
    WITH RECURSIVE tree (unit_id) AS (
        SELECT id FROM orgunits_orgunit WHERE id IN ({marks})
        UNION
        SELECT span.unit_id FROM orgunits_orgunitspan AS span JOIN tree ON span.parent_id = tree.unit_id
    )
    SELECT unit_id FROM tree
"""


def people_ever_below(unit_ids: Collection[int]) -> frozenset[int]:
    """Employees who ever held a definitive post in the units or in one that ever stood below them."""
    if not unit_ids:
        return frozenset()
    units = RawSQL(_EVER_BELOW.format(marks=", ".join(["%s"] * len(unit_ids))), tuple(unit_ids))  # noqa: S611 only placeholders are put in
    posts = Assignment.objects.filter(unit__in=units, kind=AssignmentKind.DEFINITIVE)
    return frozenset(posts.values_list("employee_id", flat=True))


def last_span(unit_id: int, day: date) -> OrgUnitSpan | None:
    """What the unit is on ``day``, or was at its end, or will be at its beginning."""
    spans = list(OrgUnitSpan.objects.filter(unit=unit_id).order_by("start"))
    begun = [span for span in spans if span.start <= day]
    return begun[-1] if begun else (spans[0] if spans else None)
