"""The audit trail as officers and the inspectorate may read it (rules.md §15)."""

from datetime import date, timedelta

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.enums import AuditKind
from accounts.models import AuditEvent
from accounts.names import clean_nip
from config.lib.dates import start_of_day
from orgunits.enums import OrgEvent
from orgunits.models import Employee, OrgUnitSpan, RoleGrant
from orgunits.selectors.people import NIP_DIGITS, employees_managed_by, inspects, search_people
from orgunits.selectors.units import units_of_opds
from orgunits.viewer import Viewer

OTHER_KINDS = "lainnya"
KNOWN_KINDS = frozenset({*AuditKind.values, *OrgEvent.values})


def audit_visible_to(viewer: Viewer) -> QuerySet[AuditEvent]:
    """Events the viewer may read, newest first.

    The own; for an OPD admin those on people, accounts and units of the OPD managed, and what its
    people did to things that are neither; all for BKPSDM and the inspectorate. An event on another
    OPD's person or unit stays there, whoever did it.
    """
    events = AuditEvent.objects.order_by("-at", "-pk")
    if inspects(viewer):
        return events
    seen = Q(actor=viewer.user_id) | Q(target=f"user:{viewer.user_id}")
    if viewer.employee_id is not None:
        seen |= Q(target=f"employee:{viewer.employee_id}")
    if viewer.admin_opd_ids:
        seen |= _of_opds(viewer)
    return events.filter(seen)


def _of_opds(viewer: Viewer) -> Q:
    people = employees_managed_by(viewer)
    units = units_of_opds(viewer.admin_opd_ids, viewer.today)
    # Who holds a role for the whole regency acts for all OPD, wherever the desk stands.
    regency_wide = RoleGrant.objects.filter(unit__isnull=True).values("user")
    actors = people.filter(user__isnull=False).exclude(user__in=regency_wide).values("user")
    named = Q(target__startswith="employee:") | Q(target__startswith="user:") | Q(target__startswith="unit:")
    return _about(people) | Q(target__in=_targets(units, "unit", "unit")) | (Q(actor__in=actors) & ~named)


def _about(people: QuerySet[Employee]) -> Q:
    """Events whose target is one of these people or their account."""
    accounts = people.filter(user__isnull=False)
    return Q(target__in=_targets(people, "employee", "pk")) | Q(target__in=_targets(accounts, "user", "user"))


def _targets(rows: "QuerySet[Employee] | QuerySet[OrgUnitSpan]", kind: str, key: str) -> "QuerySet[Employee]":
    """The target texts of these rows, as a subquery."""
    text = Concat(Value(f"{kind}:"), Cast(key, CharField()), output_field=CharField())
    return rows.order_by().values_list(text)  # type: ignore[return-value]


def audit_about(events: QuerySet[AuditEvent], viewer: Viewer, text: str) -> QuerySet[AuditEvent]:
    """Those by or on people whom ``text`` finds in the list of people, or whose labels have it in them."""
    found = search_people(employees_managed_by(viewer), text)
    digits = clean_nip(text)
    words = [digits] if digits.isdecimal() and len(digits) >= NIP_DIGITS else text.split()
    by_actor, by_target = Q(), Q()
    for word in words:
        by_actor &= Q(actor_label__icontains=word)
        by_target &= Q(target_label__icontains=word)
    actors = found.filter(user__isnull=False).values("user")
    return events.filter(by_actor | by_target | Q(actor__in=actors) | _about(found))


def audit_narrowed(
    events: QuerySet[AuditEvent],
    *,
    kind: str = "",
    first_day: date | None = None,
    last_day: date | None = None,
) -> QuerySet[AuditEvent]:
    """Those of one kind (OTHER_KINDS: those this app has no name for) between two days, both inclusive."""
    if kind == OTHER_KINDS:
        events = events.exclude(kind__in=KNOWN_KINDS)
    elif kind:
        events = events.filter(kind=kind)
    if first_day is not None:
        events = events.filter(at__gte=start_of_day(first_day))
    if last_day is not None:
        events = events.filter(at__lt=start_of_day(last_day + timedelta(days=1)))
    return events
