"""Whose scores a viewer may read (rules.md §15): the start of every list, count and file of scores."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments.models import Assessment
from assessments.states import DELIVERED_STATES
from orgunits.enums import Role
from orgunits.selectors.units import units_of_opds
from orgunits.viewer import Viewer
from skp.selectors.plans import plans_acted_on_by
from skp.states import Lifecycle


def reads_every_score(viewer: Viewer) -> bool:
    """Whether the viewer reads every score before it is delivered: BKPSDM and the inspectorate."""
    return viewer.is_bkpsdm or viewer.has(Role.INSPECTOR)


def readable_scores(viewer: Viewer) -> "QuerySet[Assessment]":
    """The assessments whose score the viewer may read.

    All for BKPSDM and the inspectorate, but the own one only when it is delivered; before delivery those of
    the own appraisees; delivered ones also as owner, as head above, as the regency's leader, as Tim Penilai
    Kinerja of the OPD.
    """
    rows = Assessment.objects.exclude(skp__lifecycle=Lifecycle.CANCELLED)
    if not reads_every_score(viewer):
        return rows.filter(may_read(viewer))
    if viewer.employee_id is None:
        return rows
    return rows.exclude(~Q(status__in=DELIVERED_STATES), skp__owner=viewer.employee_id)


def may_read(viewer: Viewer) -> Q:
    """Which assessments those read who don't read every score; for queries that ask the contrary."""
    own = Q(Exists(plans_acted_on_by(viewer).filter(pk=OuterRef("skp"))))
    return own | (Q(status__in=DELIVERED_STATES) & _delivered_to(viewer))


def _delivered_to(viewer: Viewer) -> Q:
    if viewer.has(Role.LEADER):
        return Q()
    found = Q(pk__in=[])
    if viewer.employee_id is not None:
        found |= Q(skp__owner=viewer.employee_id)
    if viewer.subtree_unit_ids:
        found |= Q(skp__assignment__unit__in=viewer.subtree_unit_ids)
    if viewer.tpk_opd_ids:
        units = units_of_opds(viewer.tpk_opd_ids, viewer.today)
        found |= Q(skp__assignment__unit__in=units.values("unit"))
    return found
