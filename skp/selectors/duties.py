"""Duties as the viewer may see them (rules.md §15, row *board*): the only start of a query over duties."""

from datetime import date

from django.db.models import Q, QuerySet

from config.lib.prepared import Given
from orgunits.models import AppraisalLine
from orgunits.selectors.days import on_day
from orgunits.viewer import Viewer
from skp.models import Duty


def duties_visible_to(viewer: Viewer) -> "QuerySet[Duty]":
    """One's own, those of direct appraisees today, of the units headed and of the OPD managed; or all.

    Unit and OPD are those of the stage's reference day, as the duty counts there.
    """
    if viewer.sees_regency:
        return Duty.objects.all()
    seen = Q(employee=viewer.employee_id) if viewer.employee_id is not None else Q(pk__in=[])
    if viewer.has_appraisees and viewer.employee_id is not None:
        seen |= of_appraisees(viewer.employee_id, viewer.today)
    if viewer.subtree_unit_ids:
        # A head's OPD also where the unit of that day is not below the head any more.
        seen |= Q(unit__in=viewer.subtree_unit_ids) | Q(opd__in=viewer.subtree_unit_ids)
    if viewer.admin_opd_ids:
        seen |= Q(opd__in=viewer.admin_opd_ids)
    return Duty.objects.filter(seen)


def of_appraisees(me: int | Given, today: date | Given) -> Q:
    """The duties of the people whom an employee appraises on a day, both also given to a prepared query."""
    lines = AppraisalLine.objects.filter(on_day(today), appraiser=me)
    return Q(employee__in=lines.values("employee"))
