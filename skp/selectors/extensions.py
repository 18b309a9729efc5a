"""Extensions, exemptions and proposals as the viewer may see them (rules.md §15)."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from orgunits.models import Assignment, OrgUnitSpan
from orgunits.selectors.days import on_day
from orgunits.selectors.people import employees_managed_by
from orgunits.selectors.units import spans_ever_above
from orgunits.viewer import Viewer
from skp.enums import ExtensionScope
from skp.models import Exemption, ExemptionProposal, Extension, ExtensionPerson, ExtensionProposal


def extensions_visible_to(viewer: Viewer) -> "QuerySet[Extension]":
    """Those that reach oneself, the units headed or the OPD managed; all for who reads the regency.

    One that reaches a unit from above concerns it too. ``people_count``: how many it names.
    """
    rows = Extension.objects.select_related("period").annotate(people_count=Count("named"))
    if viewer.sees_regency:
        return rows
    units = _units_of(viewer)
    above = {span.unit_id for span in spans_ever_above(units)} | set(units)
    named = ExtensionPerson.objects.filter(employee=viewer.employee_id)
    if viewer.subtree_unit_ids or viewer.admin_opd_ids:
        here = Assignment.objects.filter(on_day(viewer.today), unit__in=units)
        named = ExtensionPerson.objects.filter(
            Q(employee=viewer.employee_id) | Q(employee__in=here.values("employee"))
        )
    return rows.filter(
        Q(scope=ExtensionScope.PERIOD) | Q(unit__in=above) | Q(pk__in=named.values("extension"))
    )


def _units_of(viewer: Viewer) -> Collection[int]:
    """Units of the own posts, those headed and those of the OPD managed."""
    seen = Q(opd__in=viewer.admin_opd_ids)
    if viewer.employee_id is not None:
        own = Assignment.objects.filter(on_day(viewer.today), employee=viewer.employee_id)
        seen |= Q(unit__in=own.values("unit"))
    spans = OrgUnitSpan.objects.filter(seen, on_day(viewer.today))
    return set(spans.values_list("unit_id", flat=True)) | viewer.subtree_unit_ids


def exemptions_visible_to(viewer: Viewer) -> "QuerySet[Exemption]":
    """One's own, those of people in the units headed and of the OPD managed; or all."""
    rows = Exemption.objects.select_related("employee")
    if viewer.sees_regency:
        return rows
    seen = Q(employee=viewer.employee_id) if viewer.employee_id is not None else Q(pk__in=[])
    if viewer.subtree_unit_ids:
        posts = Assignment.objects.filter(on_day(viewer.today), unit__in=viewer.subtree_unit_ids)
        seen |= Q(employee__in=posts.values("employee"))
    if viewer.admin_opd_ids:
        seen |= Q(employee__in=employees_managed_by(viewer).values("pk"))
    return rows.filter(seen)


def exemption_documents_of(viewer: Viewer) -> "QuerySet[Exemption]":
    """Exemptions whose document the viewer may read: heads read the fact, not the medical paper."""
    rows = exemptions_visible_to(viewer)
    if viewer.sees_regency:
        return rows
    managed = employees_managed_by(viewer).values("pk") if viewer.admin_opd_ids else []
    return rows.filter(Q(employee=viewer.employee_id) | Q(employee__in=managed))


def extension_proposals_visible_to(viewer: Viewer) -> "QuerySet[ExtensionProposal]":
    """Those of the OPD managed; all for who reads the regency. Waiting ones first, oldest first."""
    rows = ExtensionProposal.objects.select_related("period", "proposed_by")
    seen = rows if viewer.sees_regency else rows.filter(opd__in=viewer.admin_opd_ids)
    return seen.order_by("proposed_at", "pk")


def exemption_proposals_visible_to(viewer: Viewer) -> "QuerySet[ExemptionProposal]":
    """As ``extension_proposals_visible_to``."""
    rows = ExemptionProposal.objects.select_related("employee", "proposed_by")
    seen = rows if viewer.sees_regency else rows.filter(opd__in=viewer.admin_opd_ids)
    return seen.order_by("proposed_at", "pk")
