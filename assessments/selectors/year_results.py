"""Whose year's result a viewer may read (rules.md §15): the start of every list and file of year results."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments.models import Assessment, Delivery, YearResult
from assessments.selectors.readable import may_read, reads_every_score
from assessments.states import DELIVERED_STATES, AssessmentStatus
from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.selectors.plans import plans_acted_on_by
from skp.states import Lifecycle


def reads_every_year_result(viewer: Viewer) -> bool:
    """Whether the viewer reads everybody's: a year's result holds delivered scores only."""
    return reads_every_score(viewer) or viewer.has(Role.LEADER)


def readable_year_results(viewer: Viewer) -> "QuerySet[YearResult]":
    """The year results whose number and words the viewer may read.

    One's own, those of the people below, of one's appraisees and, for a Tim Penilai Kinerja, of its OPD;
    of a year in several parts only where every delivered part may be read.
    """
    rows = YearResult.objects.all()
    if reads_every_year_result(viewer):
        return rows
    near = Q(employee=viewer.employee_id) if viewer.employee_id is not None else Q(pk__in=[])
    if viewer.subtree_unit_ids:
        near |= Q(unit__in=viewer.subtree_unit_ids)
    if viewer.tpk_opd_ids:
        near |= Q(opd__in=viewer.tpk_opd_ids)
    if viewer.employee_id is not None:
        own = plans_acted_on_by(viewer).filter(owner=OuterRef("employee"), period=OuterRef("period"))
        near |= Q(Exists(own))
    unread = (
        Assessment.objects.filter(
            status__in=sorted(DELIVERED_STATES),
            skp__owner=OuterRef("employee"),
            skp__period=OuterRef("period"),
        )
        .exclude(skp__lifecycle=Lifecycle.CANCELLED)
        .exclude(may_read(viewer))
    )
    return rows.filter(near).filter(~Exists(unread))


def unopened_results(employee_id: int) -> "QuerySet[Delivery]":
    """What was delivered to this person and neither opened nor deemed to be: no list tells it before."""
    return Delivery.objects.filter(
        received_at=None,
        version__delivered_of__status=AssessmentStatus.DELIVERED,
        version__delivered_of__skp__owner=employee_id,
    ).exclude(version__delivered_of__skp__lifecycle=Lifecycle.CANCELLED)
