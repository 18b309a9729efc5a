"""Grants of roles: the list, a new one, the end of one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.http import answers_refusals
from orgunits.enums import Role, UnitKind
from orgunits.facts import OrgFacts
from orgunits.forms.people import GrantForm
from orgunits.middleware import viewer_of
from orgunits.models import Employee, RoleGrant
from orgunits.permissions import OrgAction, can_do
from orgunits.role_words import GRANTED
from orgunits.selectors.facts import facts_of_person
from orgunits.selectors.people import employees_visible_to, unit_names
from orgunits.selectors.roles import admins_elsewhere, grants_in_force, grants_visible_to
from orgunits.selectors.units import units_managed_by
from orgunits.services.roles import role_grant, role_revoke
from orgunits.viewer import Viewer
from orgunits.views.common import PAGE_SIZE, person_crumbs, person_or_404, person_url

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@answers_refusals
def roles(request: HttpRequest) -> HttpResponse:
    """Who holds which role, for which OPD, until when."""
    viewer = viewer_of(request)
    can_do(viewer, OrgFacts(), OrgAction.SEE_GRANTS).enforce()
    page = Paginator(grants_in_force(viewer), PAGE_SIZE).get_page(request.GET.get("halaman"))
    listed = list(page.object_list)
    names = unit_names([grant.unit_id for grant in listed if grant.unit_id], viewer.today)
    people = {
        person.user_id: person for person in Employee.objects.filter(user__in=[g.user_id for g in listed])
    }
    known = set(
        employees_visible_to(viewer)
        .filter(pk__in=[p.pk for p in people.values()])
        .values_list("pk", flat=True)
    )
    context = {
        "page": page,
        "rows": [
            (
                grant,
                Role(grant.role).label,
                names.get(grant.unit_id or 0, "Seluruh daerah"),
                people.get(grant.user_id),
                grant.user_id in people and people[grant.user_id].pk in known,
            )
            for grant in listed
        ],
        "forgotten": set(admins_elsewhere(viewer).values_list("pk", flat=True)),
        "may_revoke": viewer.is_bkpsdm or bool(viewer.admin_opd_ids),
        "current_place": "roles",
    }
    return render(request, "orgunits/roles.html", context)


@form_page
@answers_refusals
def grant(request: HttpRequest, employee_id: int) -> HttpResponse:
    """Give a person a role."""
    viewer = viewer_of(request)
    person = person_or_404(viewer, employee_id)
    may = [role for role in Role if viewer.is_bkpsdm or role == Role.OPD_ADMIN]
    facts = facts_of_person(
        viewer, person.pk, person.user_id, role=may[0] if viewer.is_bkpsdm else Role.OPD_ADMIN
    )
    can_do(viewer, facts, OrgAction.GRANT_ROLE).enforce()
    opds = units_managed_by(viewer, viewer.today).filter(kind=UnitKind.OPD).order_by("name")
    initial = {"start": viewer.today, "unit": next(iter(viewer.admin_opd_ids), None)}
    form = GrantForm(request.POST or None, roles=may, opds=opds, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                role_grant(
                    actor=viewer,
                    now=viewer.now,
                    employee_id=employee_id,
                    role=Role(form.cleaned_data["role"]),
                    unit_id=form.cleaned_data["unit"],
                    start=form.cleaned_data["start"],
                    until=form.until(),
                )
            except (Conflict, NotAllowed):
                raise
            except DomainError as error:
                form.add_error(None, str(error))
                status = error.status
            else:
                messages.success(request, f"Peran untuk {person} tersimpan.")
                return redirect(person_url(person.pk))
    context = {
        "form": form,
        "person": person,
        "crumbs": person_crumbs(person),
        "texts": [GRANTED[role] for role in may],
    }
    return render(request, "orgunits/role_grant.html", context, status=status)


@form_page
@answers_refusals
def revoke(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Ask once, then end the grant."""
    viewer = viewer_of(request)
    row = grants_visible_to(viewer).filter(pk=grant_id).first()
    if row is None:
        raise Http404("Peran tidak ditemukan.")
    holder = Employee.objects.filter(user=row.user_id).first()
    can_do(viewer, _facts(viewer, row, holder), OrgAction.REVOKE_ROLE).enforce()
    if request.method == "POST":
        effect = role_revoke(actor=viewer, now=viewer.now, grant_id=row.pk)
        messages.success(request, " ".join(effect.notes))
        return redirect("orgunits:roles")
    unit = unit_names([row.unit_id] if row.unit_id else [], viewer.today)
    context = {
        "row": row,
        "holder": holder or row.user,
        "text": GRANTED[Role(row.role)],
        "crumbs": [("Peran", reverse("orgunits:roles"))],
        "unit_name": unit.get(row.unit_id or 0, "Seluruh daerah"),
        "current_place": "roles",
    }
    return render(request, "orgunits/role_revoke.html", context)


def _facts(viewer: Viewer, row: RoleGrant, holder: Employee | None) -> OrgFacts:
    units = () if row.unit_id is None else (row.unit_id,)
    return facts_of_person(viewer, holder.pk if holder else None, row.user_id, *units, role=Role(row.role))
