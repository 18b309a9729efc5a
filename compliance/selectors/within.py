"""Whom the viewer's board counts (rules.md §15, row *board*)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from compliance.rules import Counts
from compliance.selectors.stages import GIVEN_STAGE, BoardStage
from config.lib.prepared import Given, Prepared
from orgunits.models import AppraisalLine
from orgunits.selectors.days import on_day
from orgunits.viewer import Viewer
from skp.models import Duty
from skp.selectors.duties import duties_visible_to


def whole_opd_ids(viewer: Viewer) -> frozenset[int]:
    """The OPD of which a viewer who doesn't oversee the regency counts everybody: managed or headed."""
    return viewer.admin_opd_ids | viewer.subtree_unit_ids


def counts_whole(viewer: Viewer, opd_id: int | None) -> bool:
    """Whether the viewer's board counts all people of this OPD, so that its predicate can be told."""
    return viewer.sees_regency or opd_id in whole_opd_ids(viewer)


def within_board(viewer: Viewer) -> Q:
    """Rows with ``opd``, ``unit`` and ``employee`` that the viewer's board counts.

    All for the regency's overseers; an OPD admin's and a head's OPD as the duty has it; the units below
    a head; the people an appraiser appraises today. Without a duty of one's own it is empty.
    """
    if viewer.sees_regency:
        return Q()
    rows = Q(opd__in=whole_opd_ids(viewer)) | Q(unit__in=viewer.subtree_unit_ids)
    if viewer.has_appraisees:
        lines = AppraisalLine.objects.filter(on_day(viewer.today), appraiser=viewer.employee_id)
        rows |= Q(employee__in=lines.values("employee"))
    return rows


def board_duties(viewer: Viewer, stage: BoardStage) -> "QuerySet[Duty]":
    """The duties of the stage that the viewer's board counts, the exempted ones among them."""
    return duties_visible_to(viewer).filter(within_board(viewer), **stage.rows)


def live_counts(viewer: Viewer, stage: BoardStage) -> dict[int | None, Counts]:
    """The obliged of the stage that the viewer's board counts, by OPD, in one query."""
    if viewer.sees_regency:
        return _counts_by("opd", REGENCY_BY_OPD.rows(now=viewer.now, **stage.given))
    return counted(board_duties(viewer, stage), viewer.now, "opd")


def live_counts_of_opd(viewer: Viewer, stage: BoardStage, opd_id: int) -> dict[int | None, Counts]:
    """The same of one OPD, by unit."""
    if viewer.sees_regency:
        return _counts_by("unit", REGENCY_BY_UNIT.rows(now=viewer.now, opd=opd_id, **stage.given))
    return counted(board_duties(viewer, stage).filter(opd=opd_id), viewer.now, "unit")


def obliged_only(duties: "QuerySet[Duty]") -> "QuerySet[Duty]":
    """Those of the obliged; written as a list, so that SQLite goes on in the index behind the column."""
    return duties.filter(obliged__in=[True])


def late(now: datetime | Given) -> Q:
    """Not fulfilled, and the own deadline has passed at ``now``."""
    return Q(fulfilled_at__isnull=True, due_at__lte=now)


def counted(duties: "QuerySet[Duty]", now: datetime, by: str) -> dict[int | None, Counts]:
    """The obliged counted by ``opd`` or ``unit``, in one query over the index of the board."""
    return _counts_by(by, _tallied(duties, now, by))


def _tallied(duties: "QuerySet[Duty]", now: datetime | Given, by: str) -> "QuerySet[Any, dict[str, Any]]":
    rows: QuerySet[Any] = obliged_only(duties).order_by()
    tallied: QuerySet[Any, dict[str, Any]] = rows.values(f"{by}_id").annotate(
        all=Count("*"),
        done=Count("fulfilled_at"),
        in_force=Count("agreed_at"),
        behind=Count("due_at", filter=late(now)),
    )
    return tallied


def _counts_by(by: str, rows: Iterable[Mapping[str, Any]]) -> dict[int | None, Counts]:
    return {row[f"{by}_id"]: counts_of(row) for row in rows}


# What every overseer of the regency asks: nobody's duties are left out.
REGENCY_BY_OPD = Prepared(lambda: _tallied(Duty.objects.filter(**GIVEN_STAGE), Given("now"), "opd"))
REGENCY_BY_UNIT = Prepared(
    lambda: _tallied(Duty.objects.filter(opd=Given("opd"), **GIVEN_STAGE), Given("now"), "unit")
)


def counts_of(row: Mapping[str, int]) -> Counts:
    """The counts of an aggregated row."""
    return Counts(row["all"], row["done"], row["in_force"], row["behind"])
