"""Grants of roles as the viewer may see them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from orgunits.enums import Role
from orgunits.models import Assignment, OrgUnitSpan, RoleGrant
from orgunits.selectors.days import not_ended, on_day
from orgunits.selectors.people import inspects
from orgunits.viewer import Viewer


def grants_visible_to(viewer: Viewer) -> QuerySet[RoleGrant]:
    """The own ones; those for the OPD managed; all for BKPSDM and the inspectorate."""
    rows = RoleGrant.objects.select_related("user__employee").order_by("role", "user__name", "pk")
    if inspects(viewer):
        return rows
    return rows.filter(Q(user=viewer.user_id) | Q(unit__in=viewer.admin_opd_ids))


def grants_in_force(viewer: Viewer) -> QuerySet[RoleGrant]:
    """The visible ones that are in force today or still to come."""
    return grants_visible_to(viewer).filter(not_ended(viewer.today))


def admins_elsewhere(viewer: Viewer) -> QuerySet[RoleGrant]:
    """Visible grants for an OPD whose holder has no post in that OPD today: probably forgotten."""
    spans = OrgUnitSpan.objects.filter(on_day(viewer.today), opd=OuterRef(OuterRef("unit")))
    posts = Assignment.objects.filter(
        on_day(viewer.today), employee__user=OuterRef("user"), unit__in=spans.values("unit")
    )
    grants = grants_visible_to(viewer).filter(on_day(viewer.today), role=Role.OPD_ADMIN)
    return grants.exclude(Exists(posts))
