"""People and their accounts."""

from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from orgunits.enums import AssignmentKind
from orgunits.models import Assignment, Employee
from orgunits.selectors.days import on_day
from orgunits.selectors.viewers import unit_ids_below


def people_without_password(unit_id: int, day: date, *, with_units_below: bool) -> QuerySet[Employee]:
    """Holders of a definitive post in the unit on ``day`` who have not activated an account, by name.

    People with NIP only, or with an account made by hand; an account switched off is left out.
    """
    units = unit_ids_below([unit_id], day) if with_units_below else {unit_id}
    posts = Assignment.objects.filter(on_day(day), unit__in=units, kind=AssignmentKind.DEFINITIVE)
    no_account = Q(user__isnull=True, nip__isnull=False)
    not_activated = Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX, user__is_active=True)
    return (
        Employee.objects.filter(no_account | not_activated, pk__in=posts.values("employee"))
        .select_related("user")
        .order_by("name", "pk")
    )
