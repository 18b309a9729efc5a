"""The facts of decisions, read from the database."""

from collections.abc import Iterable
from datetime import date

from config.lib.dates import covers
from orgunits.enums import AssignmentKind, Role, UnitKind
from orgunits.facts import OrgFacts, PersonFacts
from orgunits.models import AppraisalLine, Assignment, OrgUnitSpan, RoleGrant
from orgunits.selectors.days import not_ended, on_day
from orgunits.viewer import Viewer


def grants_by_user(
    user_ids: Iterable[int], day: date
) -> dict[int | None, frozenset[tuple[Role, int | None]]]:
    """Role and OPD of every grant in force on ``day`` or later, by the account that holds it."""
    rows = RoleGrant.objects.filter(not_ended(day), user__in=list(user_ids))
    found: dict[int | None, set[tuple[Role, int | None]]] = {}
    for user_id, role, unit_id in rows.values_list("user", "role", "unit"):
        found.setdefault(user_id, set()).add((Role(role), unit_id))
    return {user_id: frozenset(grants) for user_id, grants in found.items()}


def grants_of(user_id: int | None, day: date) -> frozenset[tuple[Role, int | None]]:
    """As ``grants_by_user`` for one account; nothing for nobody."""
    return frozenset() if user_id is None else grants_by_user([user_id], day).get(user_id, frozenset())


def main_assignment(employee_id: int | None, day: date) -> Assignment | None:
    """The definitive assignment on ``day``; before the first one the next, after the last one the last."""
    posts = list(
        Assignment.objects.filter(employee=employee_id, kind=AssignmentKind.DEFINITIVE).order_by("start")
    )
    in_force = [post for post in posts if covers(post.start, post.until, day)]
    later = [post for post in posts if post.start > day]
    return next(iter([*in_force, *later, *reversed(posts)]), None)


def opds_of_units(unit_ids: Iterable[int], day: date) -> dict[int, int | None]:
    """The OPD of each unit on ``day``, or by its last span when it has none that day; None for the root."""
    found: dict[int, int | None] = dict.fromkeys(unit_ids)
    spans = OrgUnitSpan.objects.filter(unit__in=list(found)).order_by("start")
    for unit_id, opd_id, start in spans.values_list("unit", "opd", "start"):
        if start <= day or found[unit_id] is None:
            found[unit_id] = opd_id
    return found


def person_facts(
    viewer: Viewer, employee_id: int | None, user_id: int | None, *, post: Assignment | None
) -> PersonFacts:
    """What is to know of the person; ``post`` is the main assignment, where the viewer may be above."""
    lines = AppraisalLine.objects.filter(
        on_day(viewer.today), assignment__employee=employee_id, appraiser=viewer.employee_id
    )
    return PersonFacts(
        employee_id=employee_id,
        grants=grants_of(user_id, viewer.today),
        is_appraisee=viewer.employee_id is not None and viewer.has_appraisees and lines.exists(),
        in_subtree=post is not None and post.unit_id in viewer.subtree_unit_ids,
    )


def facts_of_person(
    viewer: Viewer, employee_id: int | None, user_id: int | None, *unit_ids: int, role: Role | None = None
) -> OrgFacts:
    """The facts for acts on a person: the own OPD and those of the further units involved."""
    post = main_assignment(employee_id, viewer.today)
    units = [*unit_ids, *([post.unit_id] if post else [])]
    opd_ids = frozenset(opds_of_units(units, viewer.today).values())
    return OrgFacts(
        opd_ids=opd_ids,
        person=person_facts(viewer, employee_id, user_id, post=post),
        role=role,
    )


def facts_of_units(viewer: Viewer, *unit_ids: int) -> OrgFacts:
    """The facts for acts on units; the kind is that of the first."""
    kind = (
        OrgUnitSpan.objects.filter(unit=unit_ids[0], start__lte=viewer.today)
        .order_by("-start")
        .values_list("kind", flat=True)
        .first()
    )
    return OrgFacts(
        opd_ids=frozenset(opds_of_units(unit_ids, viewer.today).values()),
        unit_kind=UnitKind(kind) if kind else None,
    )
