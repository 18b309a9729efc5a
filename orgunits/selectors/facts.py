"""The facts of decisions, read from the database."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from config.lib.dates import covers
from orgunits.enums import AssignmentKind, Role, UnitKind
from orgunits.facts import OrgFacts, PersonFacts
from orgunits.models import AppraisalLine, Assignment, OrgUnitSpan, RoleGrant
from orgunits.selectors.days import not_ended, on_day
from orgunits.selectors.viewers import unit_ids_below
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
    return None if employee_id is None else main_assignments([employee_id], day).get(employee_id)


def main_assignments(employee_ids: Iterable[int], day: date) -> dict[int, Assignment]:
    """As ``main_assignment`` for many people with one query; who never had a post is left out."""
    rows = Assignment.objects.filter(employee__in=set(employee_ids), kind=AssignmentKind.DEFINITIVE)
    posts: dict[int, list[Assignment]] = defaultdict(list)
    for post in rows.order_by("start"):
        posts[post.employee_id].append(post)
    return {employee_id: _main(own, day) for employee_id, own in posts.items()}


def _main(posts: list[Assignment], day: date) -> Assignment:
    in_force = [post for post in posts if covers(post.start, post.until, day)]
    later = [post for post in posts if post.start > day]
    return next(iter([*in_force, *later, *reversed(posts)]))


def opds_of_people(employee_ids: Iterable[int], day: date) -> dict[int, int | None]:
    """The OPD of each person's main assignment; who never had a post is left out."""
    posts = main_assignments(employee_ids, day)
    opds = opds_of_units([post.unit_id for post in posts.values()], day)
    return {employee_id: opds[post.unit_id] for employee_id, post in posts.items()}


def opds_of_units(unit_ids: Iterable[int], day: date) -> dict[int, int | None]:
    """The OPD of each unit on ``day``, or by its last span when it has none that day; None for the root."""
    return {unit_id: opd_id for unit_id, (opd_id, _) in _opds_and_kinds(unit_ids, day).items()}


def _opds_and_kinds(unit_ids: Iterable[int], day: date) -> dict[int, tuple[int | None, str]]:
    """OPD and kind of each unit on ``day``, or by its nearest span; one query for any number."""
    found: dict[int, tuple[int | None, str]] = {}
    spans = OrgUnitSpan.objects.filter(unit__in=set(unit_ids)).order_by("start")
    for unit_id, opd_id, kind, start in spans.values_list("unit", "opd", "kind", "start"):
        if start <= day or unit_id not in found:
            found[unit_id] = (opd_id, kind)
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
        in_subtree=post is not None and post.unit_id in _headed_subtree(viewer),
    )


def _headed_subtree(viewer: Viewer) -> frozenset[int]:
    """The subtree of the units headed; leading the whole regency gives a leader's rights, not a head's."""
    if not viewer.has(Role.LEADER):
        return viewer.subtree_unit_ids
    headed = OrgUnitSpan.objects.filter(on_day(viewer.today), unit__in=viewer.headed_unit_ids)
    below = headed.exclude(kind=UnitKind.REGENCY).values_list("unit_id", flat=True)
    return unit_ids_below(list(below), viewer.today)


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


def facts_of_post(viewer: Viewer, post: Assignment, user_id: int | None) -> OrgFacts:
    """The facts for acts on an assignment that exists; ``user_id`` is the account of its person.

    A definitive one concerns the OPD where the person sits and the one where the post lies; an acting
    one only the latter, since its holder may come from elsewhere.
    """
    if post.kind == AssignmentKind.DEFINITIVE:
        return facts_of_person(viewer, post.employee_id, user_id, post.unit_id)
    main = main_assignment(post.employee_id, viewer.today)
    person = person_facts(viewer, post.employee_id, user_id, post=main)
    return replace(facts_of_units(viewer, post.unit_id), person=person)


def facts_of_units(viewer: Viewer, *unit_ids: int) -> OrgFacts:
    """The facts for acts on units; the kind is that of the first. Unknown units lie in no OPD."""
    found = _opds_and_kinds(unit_ids, viewer.today)
    kinds = [UnitKind(found[unit_id][1]) for unit_id in unit_ids[:1] if unit_id in found]
    return OrgFacts(
        opd_ids=frozenset(found[unit_id][0] if unit_id in found else None for unit_id in unit_ids),
        unit_kind=kinds[0] if kinds else None,
    )
