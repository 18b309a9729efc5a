"""People: the list with its search, one person, and the viewer's own rights."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from config.lib.dates import covers
from orgunits.enums import EmploymentKind, LegalPosition, Role
from orgunits.facts import OrgFacts
from orgunits.middleware import viewer_of
from orgunits.models import Employee, RoleGrant
from orgunits.permissions import OrgAction, can_do
from orgunits.ranks import shown_rank
from orgunits.role_words import APPRAISER, GRANTED, OWN, UNIT_HEAD, RoleText
from orgunits.selectors.corrections import corrections_visible_to
from orgunits.selectors.days import not_ended
from orgunits.selectors.facts import facts_of_person
from orgunits.selectors.people import (
    appraiser_history,
    employees_visible_to,
    person_rows,
    post_history,
    search_people,
    unit_names,
)
from orgunits.selectors.units import units_visible_to
from orgunits.viewer import Viewer
from orgunits.views.common import PAGE_SIZE, Action, offered, person_or_404


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Search by NIP or name within the visible set."""
    viewer = viewer_of(request)
    text = request.GET.get("q", "").strip()[:100]
    found = search_people(employees_visible_to(viewer), text).order_by("name", "pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "q": text,
        "page": page,
        "rows": person_rows(page.object_list, viewer.today),
        "current_place": "people",
    }
    return render(request, "orgunits/people.html", context)


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """The viewer's own page."""
    viewer = viewer_of(request)
    if viewer.employee_id is None:
        raise Http404("Akun ini bukan akun pegawai.")
    return redirect("orgunits:person", viewer.employee_id)


@require_safe
def person(request: HttpRequest, employee_id: int) -> HttpResponse:
    """One person: posts and appraisers by date, contacts and roles as far as the viewer may see them."""
    viewer = viewer_of(request)
    employee = person_or_404(viewer, employee_id)
    facts = facts_of_person(viewer, employee.pk, employee.user_id)
    posts = post_history(employee)
    lines = appraiser_history(employee)
    may_edit = can_do(viewer, facts, OrgAction.EDIT_POSTS)
    sees_roles = can_do(viewer, facts, OrgAction.SEE_ROLES)
    is_own = viewer.employee_id == employee.pk
    legal = list(employee.legal_positions.order_by("-start"))
    units = [row.post.unit_id for row in posts]
    context = {
        "person": employee,
        "is_own": is_own,
        "facts": _facts(employee, [row for row in legal if covers(row.start, row.until, viewer.today)]),
        "posts": posts,
        "posts_today": [row for row in posts if covers(row.post.start, row.post.until, viewer.today)],
        "lines": lines,
        "line_today": next(
            (row for row in lines if covers(row.line.start, row.line.until, viewer.today)), None
        ),
        "legal": [(LegalPosition(row.position).label, row) for row in legal],
        "known_units": set(units_visible_to(viewer).filter(pk__in=units).values_list("pk", flat=True)),
        "overrides": list(employee.overrides.select_related("appraiser").order_by("-start")),
        "contacts": can_do(viewer, facts, OrgAction.SEE_CONTACTS),
        "edit_contacts": can_do(viewer, facts, OrgAction.EDIT_CONTACTS),
        "may_edit": may_edit,
        "roles": _roles_of(viewer, employee) if sees_roles else [],
        "sees_roles": sees_roles,
        "requests": list(corrections_visible_to(viewer).filter(employee=employee)) if is_own else [],
        "actions": person_actions(viewer, employee, facts),
        "crumbs": [("Pegawai", reverse("orgunits:people"))],
        "current_place": "people",
    }
    return render(request, "orgunits/person.html", context)


def _facts(employee: Employee, legal_today: list) -> list[tuple[str, str]]:  # type: ignore[type-arg]
    return [
        ("NIP", employee.shown_nip),
        ("Jenis kepegawaian", str(EmploymentKind(employee.employment_kind).label)),
        ("Pangkat dan golongan", shown_rank(employee.grade)),
        ("Kedudukan hukum", str(LegalPosition(legal_today[0].position).label) if legal_today else ""),
    ]


def _roles_of(viewer: Viewer, employee: Employee) -> list[tuple[RoleGrant, str, RoleText]]:
    """Grants in force or to come, with the OPD's name and the plain words."""
    if employee.user_id is None:
        return []
    grants = list(RoleGrant.objects.filter(not_ended(viewer.today), user=employee.user_id).order_by("start"))
    names = unit_names([grant.unit_id for grant in grants if grant.unit_id], viewer.today)
    return [
        (grant, names.get(grant.unit_id or 0, "Seluruh daerah"), GRANTED[Role(grant.role)])
        for grant in grants
    ]


def person_actions(viewer: Viewer, employee: Employee, facts: OrgFacts) -> list[Action]:
    """What an officer may do with the person, each with its decision."""
    if not (viewer.is_bkpsdm or viewer.admin_opd_ids):
        return []
    table = (
        ("Mutasi", "transfer", OrgAction.EDIT_POSTS),
        ("Mulai penugasan", "assignment_start", OrgAction.EDIT_POSTS),
        ("Tugaskan sebagai Plt./Plh.", "acting_start", OrgAction.EDIT_POSTS),
        ("Tetapkan penilai khusus", "override_set", OrgAction.SET_APPRAISER),
        ("Beri peran", "role_grant", OrgAction.EDIT_POSTS),
        ("Reset kata sandi", "password_reset", OrgAction.RESET_PASSWORD),
    )
    return offered(
        [
            Action(label, reverse(f"orgunits:{name}", args=[employee.pk]), can_do(viewer, facts, action))
            for label, name, action in table
        ]
    )


@require_safe
def my_roles(request: HttpRequest) -> HttpResponse:
    """ "Peran dan hak saya": every role the viewer has today or soon, with unit, dates and plain words."""
    viewer = viewer_of(request)
    given: list[RoleText] = []
    if viewer.employee_id is not None:
        given.append(OWN)
    if viewer.has_appraisees:
        given.append(APPRAISER)
    if viewer.headed_unit_ids:
        given.append(UNIT_HEAD)
    grants = list(
        RoleGrant.objects.filter(not_ended(viewer.today), user=viewer.user_id).order_by("start", "pk")
    )
    names = unit_names(
        [*viewer.headed_unit_ids, *(grant.unit_id for grant in grants if grant.unit_id)], viewer.today
    )
    context = {
        "by_post": given,
        "headed": sorted(names[unit_id] for unit_id in viewer.headed_unit_ids),
        "grants": [
            (grant, names.get(grant.unit_id or 0, "Seluruh daerah"), GRANTED[Role(grant.role)])
            for grant in grants
        ],
    }
    return render(request, "orgunits/my_roles.html", context)
