"""What keeps somebody from having an appraiser: vacancies, people without a line upwards, loose ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from orgunits.enums import AssignmentKind, LegalPosition
from orgunits.models import AppraisalLine, Assignment, Employee, OrgUnitSpan
from orgunits.selectors.days import not_ended, on_day
from orgunits.selectors.people import employees_managed_by, inspects
from orgunits.selectors.units import units_of_opds, vacant_spans
from orgunits.viewer import Viewer


def vacant_units(viewer: Viewer) -> QuerySet[OrgUnitSpan]:
    """Units without a definitive head today, in the viewer's care, by OPD and name."""
    spans = vacant_spans(viewer.today)
    if not inspects(viewer):
        spans = spans.filter(opd__in=viewer.admin_opd_ids)
    return spans.order_by("opd", "name", "pk")


def people_without_appraiser(viewer: Viewer) -> QuerySet[AppraisalLine]:
    """Today's lines that name nobody, with the reason; people in the viewer's care."""
    lines = AppraisalLine.objects.filter(on_day(viewer.today), appraiser__isnull=True)
    if not inspects(viewer):
        units = units_of_opds(viewer.admin_opd_ids, viewer.today).values("unit")
        lines = lines.filter(assignment__unit__in=units)
    return lines.select_related("employee", "assignment").order_by("employee__name", "pk")


def acting_to_review(viewer: Viewer) -> QuerySet[Assignment]:
    """Acting posts that a transfer left for an officer to look at."""
    rows = Assignment.objects.filter(not_ended(viewer.today)).exclude(review_note="")
    if not inspects(viewer):
        units = units_of_opds(viewer.admin_opd_ids, viewer.today).values("unit")
        rows = rows.filter(unit__in=units)
    return rows.select_related("employee").order_by("start", "pk")


def people_without_post(viewer: Viewer) -> QuerySet[Employee]:
    """People in the viewer's care who hold no definitive post today or later, and are not retired."""
    posted = Assignment.objects.filter(not_ended(viewer.today), kind=AssignmentKind.DEFINITIVE)
    retired = Q(legal_positions__position=LegalPosition.RETIRED) & on_day(viewer.today, "legal_positions__")
    people = employees_managed_by(viewer).exclude(pk__in=posted.values("employee"))
    return people.exclude(pk__in=Employee.objects.filter(retired).values("pk")).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of loose end with how many there are; ``key`` names its section on the vacancies page."""

    key: str
    count: int


def data_problems(viewer: Viewer) -> Mapping[str, Problem]:
    """How many loose ends of each kind wait in the viewer's care, in one query."""
    sources: Mapping[str, QuerySet[Any]] = {
        "unit": vacant_units(viewer),
        "penilai": people_without_appraiser(viewer),
        "plt": acting_to_review(viewer),
        "penugasan": people_without_post(viewer),
    }
    counts = {key: _count(rows) for key, rows in sources.items()}
    found = User.objects.filter(pk=viewer.user_id).values_list(*counts.values()).get()
    return {key: Problem(key, count) for key, count in zip(counts, found, strict=True)}


def _count(rows: "QuerySet[Any]") -> Coalesce:
    """How many rows, as a part of another query; every row is in the one group."""
    grouped = rows.order_by().annotate(group=Value(1)).values("group").annotate(count=Count("pk"))
    return Coalesce(Subquery(grouped.values("count")), Value(0))
