"""People as the viewer may see them: lists, search, one person's history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Replace

from accounts.names import clean_nip
from config.lib.prepared import Prepared, many
from orgunits.enums import ActsAs, AssignmentKind, NoAppraiser, Role
from orgunits.models import AppraisalLine, Assignment, Employee, EmployeeNip, OrgUnitSpan
from orgunits.selectors.days import not_ended, on_day
from orgunits.selectors.units import units_of_opds
from orgunits.viewer import Viewer

NIP_DIGITS = 4
APOSTROPHES = "'’‘`"
# As many units as the rows of a page name, an OPD and a unit each; more are asked for by a plain query.
A_PAGE = 64


def employees_visible_to(viewer: Viewer) -> QuerySet[Employee]:
    """People the viewer may know of (rules.md §15).

    Oneself; direct appraisees by today's lines; who sits in the subtree of units headed; the people
    of the OPD managed; all for BKPSDM, inspectorate and leaders.
    """
    if viewer.sees_regency:
        return Employee.objects.all()
    seen = Q(pk=viewer.employee_id) if viewer.employee_id is not None else Q(pk__in=[])
    if viewer.has_appraisees:
        lines = AppraisalLine.objects.filter(on_day(viewer.today), appraiser=viewer.employee_id)
        seen |= Q(pk__in=lines.values("employee"))
    if viewer.subtree_unit_ids:
        posts = Assignment.objects.filter(on_day(viewer.today), unit__in=viewer.subtree_unit_ids)
        seen |= Q(pk__in=posts.values("employee"))
    if viewer.admin_opd_ids:
        seen |= _of_opds(viewer, Q())
    return Employee.objects.filter(seen)


def inspects(viewer: Viewer) -> bool:
    """Whether the viewer reads the data on people, posts and roles of every OPD (rules.md §15)."""
    return viewer.is_bkpsdm or viewer.has(Role.INSPECTOR)


def employees_managed_by(viewer: Viewer) -> QuerySet[Employee]:
    """People whose data the viewer looks after or inspects: an OPD's, or all."""
    if inspects(viewer):
        return Employee.objects.all()
    return Employee.objects.filter(_of_opds(viewer, Q(kind=AssignmentKind.DEFINITIVE)))


def _of_opds(viewer: Viewer, posts: Q) -> Q:
    """Who sits in the OPD managed, now or soon, and who has no post any more and sat there before.

    ``posts``: which assignments count. Who only leads there for a while is seen, but looked after at home.
    """
    units = units_of_opds(viewer.admin_opd_ids, viewer.today).values("unit")
    here = Assignment.objects.filter(posts, unit__in=units)
    posted = Assignment.objects.filter(not_ended(viewer.today), kind=AssignmentKind.DEFINITIVE)
    return Q(pk__in=here.filter(not_ended(viewer.today)).values("employee")) | (
        Q(pk__in=here.values("employee")) & ~Q(pk__in=posted.values("employee"))
    )


def search_people(people: QuerySet[Employee], text: str) -> QuerySet[Employee]:
    """Those whose NIP, also an earlier one, or name has ``text`` in it; everybody for an empty text.

    A NIP may be typed with blanks or an apostrophe, as spreadsheets have it; in names apostrophes
    don't count, and the words may stand in any order.
    """
    text = text.replace("\x00", "")
    if not text:
        return people
    digits = clean_nip(text)
    if digits.isdecimal() and len(digits) >= NIP_DIGITS:
        earlier = EmployeeNip.objects.filter(nip__contains=digits)
        return people.filter(Q(nip__contains=digits) | Q(pk__in=earlier.values("employee")))
    plain: F | Func = F("name")
    for mark in APOSTROPHES:
        plain = Replace(plain, Value(mark), Value(""))
        text = text.replace(mark, "")
    found = people.alias(plain_name=plain)
    for word in text.split():
        found = found.filter(plain_name__icontains=word)
    return found


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list with what they hold on a day."""

    employee: Employee
    post: Assignment | None
    unit_name: str
    acting: tuple[Assignment, ...]


def person_rows(people: Iterable[Employee], day: date) -> list[PersonRow]:
    """The posts of these people on ``day``, with two queries for any number of them."""
    listed = list(people)
    shown = Assignment.objects.only("employee_id", "unit_id", "kind", "is_head", "position_title")
    posts = list(shown.filter(on_day(day), employee__in=listed).order_by("start", "pk"))
    names = unit_names((post.unit_id for post in posts), day)
    held: dict[int, list[Assignment]] = {}
    for post in posts:
        held.setdefault(post.employee_id, []).append(post)
    rows = []
    for employee in listed:
        own = held.get(employee.pk, [])
        main = next((post for post in own if post.kind == AssignmentKind.DEFINITIVE), None)
        acting = tuple(post for post in own if post.kind != AssignmentKind.DEFINITIVE)
        rows.append(PersonRow(employee, main, names.get(main.unit_id, "") if main else "", acting))
    return rows


def members_of(viewer: Viewer, unit_id: int, day: date) -> QuerySet[Employee]:
    """The visible people who hold a post in the unit itself on ``day``, by name."""
    posts = Assignment.objects.filter(on_day(day), unit=unit_id)
    return employees_visible_to(viewer).filter(pk__in=posts.values("employee")).order_by("name", "pk")


def _names_of(units: Iterable[Any]) -> "QuerySet[OrgUnitSpan, tuple[int, str, date]]":
    """The names that the units have had, each with the day from which, the earliest first."""
    spans = OrgUnitSpan.objects.filter(unit__pk__in=units).order_by("start")
    return spans.values_list("unit_id", "name", "start")


NAMES = Prepared(lambda: _names_of(many("units", A_PAGE)))


def unit_names(unit_ids: Iterable[int], day: date) -> dict[int, str]:
    """The names of units on ``day``; of those that are no more, or not yet, the nearest one."""
    names: dict[int, str] = {}
    wanted = set(unit_ids)
    if not wanted:
        return names
    few = len(wanted) <= A_PAGE
    for unit_id, name, start in NAMES.rows(units=list(wanted)) if few else _names_of(wanted):
        if start <= day or unit_id not in names:
            names[unit_id] = name
    return names


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post in a person's history, with the unit's name when it began."""

    post: Assignment
    unit_name: str


def post_history(employee: Employee) -> list[PostRow]:
    """All posts of a person, the newest first."""
    posts = list(employee.assignments.order_by("-start", "-pk"))
    spans: dict[int, list[OrgUnitSpan]] = {}
    for span in OrgUnitSpan.objects.filter(unit__in=[post.unit_id for post in posts]).order_by("start"):
        spans.setdefault(span.unit_id, []).append(span)
    return [PostRow(post, _name_on(spans.get(post.unit_id, []), post.start)) for post in posts]


def _name_on(spans: list[OrgUnitSpan], day: date) -> str:
    begun = [span for span in spans if span.start <= day]
    return begun[-1].name if begun else (spans[0].name if spans else "")


@dataclass(frozen=True, slots=True)
class AppraiserRow:
    """Who appraised a person from when to when; ``why_none`` says why nobody did."""

    line: AppraisalLine
    capacity: str
    why_none: str


def appraiser_history(employee: Employee) -> list[AppraiserRow]:
    """The appraisal lines of a person, the newest first."""
    lines = employee.own_lines.select_related("appraiser", "superior", "appraiser_assignment").order_by(
        "-start", "-pk"
    )
    return [
        AppraiserRow(
            line,
            str(ActsAs(line.acts_as).label) if line.acts_as else "",
            str(NoAppraiser(line.none_reason).label) if line.none_reason else "",
        )
        for line in lines
    ]
