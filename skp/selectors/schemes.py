"""In which scheme a post plans, from the rows of the organisation."""

from datetime import date

from orgunits.enums import UnitKind
from orgunits.models import Assignment, OrgUnitSpan
from orgunits.selectors.days import on_day
from skp.enums import Scheme
from skp.scheme import scheme_of


def scheme_of_post(assignment: Assignment, day: date) -> Scheme:
    """The scheme of the post with its unit as it is on ``day``; ``assignment`` with its unit."""
    span = OrgUnitSpan.objects.filter(on_day(day), unit=assignment.unit_id).first()
    return scheme_of(
        echelon=assignment.echelon,
        is_head=assignment.is_head,
        unit_is_opd=span is not None and span.kind == UnitKind.OPD,
        unit_is_standalone=assignment.unit.is_standalone,
    )
