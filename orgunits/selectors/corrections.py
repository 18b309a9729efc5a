"""Requests to correct data as the viewer may see them."""

from django.db.models import Q, QuerySet

from orgunits.enums import CorrectionState
from orgunits.models import CorrectionRequest
from orgunits.selectors.people import employees_managed_by, inspects
from orgunits.viewer import Viewer


def corrections_visible_to(viewer: Viewer) -> QuerySet[CorrectionRequest]:
    """The own ones; those of the OPD managed; all for BKPSDM and the inspectorate; oldest first."""
    rows = CorrectionRequest.objects.select_related("employee__user", "resolved_by").order_by(
        "created_at", "pk"
    )
    if inspects(viewer):
        return rows
    seen = Q(employee=viewer.employee_id) if viewer.employee_id is not None else Q(pk__in=[])
    if viewer.admin_opd_ids:
        seen |= Q(employee__in=employees_managed_by(viewer))
    return rows.filter(seen)


def queue_for(viewer: Viewer) -> QuerySet[CorrectionRequest]:
    """What waits for this officer: the own requests are answered by somebody else."""
    return (
        corrections_visible_to(viewer).filter(state=CorrectionState.OPEN).exclude(employee=viewer.employee_id)
    )
