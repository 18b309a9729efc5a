"""Both parties of a plan as they stand on a day: what documents print, never what decides."""

from collections.abc import Mapping
from datetime import date

from config.lib.prepared import Given, Prepared
from orgunits.models import Assignment, Employee, OrgUnitSpan
from skp.models import Skp

POST = Prepared(lambda: Assignment.objects.filter(pk=Given("post")).select_related("employee"))
UNIT_NAMES = Prepared(
    lambda: (
        OrgUnitSpan.objects.filter(unit=Given("unit"), start__lte=Given("day"))
        .order_by("-start")
        .values_list("name", flat=True)[:1]
    )
)


def frozen_party(assignment_id: int | None, day: date) -> Mapping[str, object] | None:
    """Name, NIP, grade, post and unit of a post's holder on ``day``, kept as text; None for nobody."""
    if assignment_id is None:
        return None
    (assignment,) = POST.rows(post=assignment_id)
    return _party(assignment, day)


def frozen_parties(skp: Skp, appraiser_assignment_id: int | None, day: date) -> Mapping[str, object]:
    """Name, NIP, grade, post and unit of owner and appraiser on ``day``, to be kept as text."""
    return {
        "owner": frozen_party(skp.assignment_id, day),
        "appraiser": frozen_party(appraiser_assignment_id, day),
        "day": day,
    }


def _party(assignment: Assignment, day: date) -> Mapping[str, object]:
    person: Employee = assignment.employee
    return {
        "name": person.full_name,
        "nip": person.nip,
        "grade": person.grade,
        "kind": person.employment_kind,
        "title": assignment.shown_title,
        "unit": UNIT_NAMES.first(unit=assignment.unit_id, day=day) or "",
    }
