"""Transfers by decree, for tests of what follows from them."""

from datetime import date

from orgunits.enums import PositionKind
from orgunits.models import Assignment, Employee, OrgUnit
from orgunits.services.assignments import Post
from orgunits.services.transfers import employee_transfer
from orgunits.viewer import Viewer

FIRST_OF_APRIL = date(2026, 4, 1)


def transferred(by: Viewer, employee: Employee, unit: OrgUnit, tmt: date = FIRST_OF_APRIL) -> Assignment:
    """The person works in ``unit`` from ``tmt``, decided ``by`` an officer; answers the new post."""
    employee.refresh_from_db()
    employee_transfer(
        actor=by,
        now=by.now,
        employee_id=employee.pk,
        version=employee.version,
        post=Post(unit.pk, "Pengelola Data", PositionKind.EXECUTIVE),
        tmt=tmt,
        decree="821.2/9/2026",
    )
    return Assignment.objects.get(employee=employee, unit=unit, start=tmt)
