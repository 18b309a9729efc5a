"""Accounts of people: activation slips of a unit, a new code after a lost password."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.services.passwords import IssuedCode
from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.http import answers_refusals
from orgunits.enums import UnitKind
from orgunits.forms.people import SlipsForm
from orgunits.middleware import viewer_of
from orgunits.models import Assignment
from orgunits.permissions import ONLY_OFFICERS, OrgAction, can_do
from orgunits.selectors.accounts import people_without_password
from orgunits.selectors.days import on_day
from orgunits.selectors.facts import facts_of_person, facts_of_units
from orgunits.selectors.people import unit_names
from orgunits.selectors.units import units_managed_by
from orgunits.services.users import activation_slips_issue, password_reset
from orgunits.viewer import Viewer
from orgunits.views.common import person_crumbs, person_or_404, unit_crumbs, unit_or_404

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@answers_refusals
def slip_units(request: HttpRequest) -> HttpResponse:
    """Choose the OPD whose people get activation slips."""
    viewer = viewer_of(request)
    if not (viewer.is_bkpsdm or viewer.admin_opd_ids):
        raise NotAllowed(ONLY_OFFICERS)
    opds = units_managed_by(viewer, viewer.today).filter(kind=UnitKind.OPD).order_by("name")
    return render(request, "orgunits/slip_units.html", {"opds": opds, "current_place": "slips"})


@form_page
@never_cache
@answers_refusals
def slips(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Say how many wait for a code, then issue the codes and show them this once."""
    viewer = viewer_of(request)
    _, span = unit_or_404(viewer, unit_id)
    can_do(viewer, facts_of_units(viewer, unit_id), OrgAction.ISSUE_SLIPS).enforce()
    form = SlipsForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            issued = activation_slips_issue(
                actor=viewer,
                now=viewer.now,
                unit_id=unit_id,
                with_units_below=form.cleaned_data["with_units_below"],
            )
        except (Conflict, NotAllowed):
            raise
        except DomainError as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            if issued.left_out:
                names = ", ".join(issued.left_out)
                text = f"{names} tidak mendapat kode karena perannya lebih luas. Hubungi BKPSDM."
                messages.warning(request, text)
            return _sheet(request, issued.codes, span.name)
    context = {
        "form": form,
        "span": span,
        "crumbs": unit_crumbs(span),
        "here": people_without_password(unit_id, viewer.today, with_units_below=False).count(),
        "all": people_without_password(unit_id, viewer.today, with_units_below=True).count(),
        "current_place": "units",
    }
    return render(request, "orgunits/slips.html", context, status=status)


@form_page
@never_cache
@answers_refusals
def reset(request: HttpRequest, employee_id: int) -> HttpResponse:
    """Ask once, then take the password away and show the new code this once."""
    viewer = viewer_of(request)
    person = person_or_404(viewer, employee_id)
    facts = facts_of_person(viewer, person.pk, person.user_id)
    can_do(viewer, facts, OrgAction.RESET_PASSWORD).enforce()
    if request.method == "POST":
        code = password_reset(actor=viewer, now=viewer.now, employee_id=employee_id)
        return _sheet(request, [code], str(person))
    context = {"person": person, "crumbs": person_crumbs(person), "current_place": "people"}
    return render(request, "orgunits/password_reset.html", context)


def _sheet(request: HttpRequest, codes: Iterable[IssuedCode], name: str) -> HttpResponse:
    """The printed slips; codes exist nowhere else."""
    viewer = viewer_of(request)
    issued = list(codes)
    places = _places([code.user.pk for code in issued], viewer)
    slips = [
        {
            "name": code.user.name,
            "nip": code.user.username,
            "unit": places.get(code.user.pk, ""),
            "code": code.code,
            "expires_at": code.expires_at,
        }
        for code in issued
    ]
    url = request.build_absolute_uri(reverse("accounts:activate"))
    context = {"slips": slips, "activate_url": url, "unit_name": name}
    return render(request, "accounts/slip_sheet.html", context)


def _places(user_ids: list[int], viewer: Viewer) -> dict[int, str]:
    """Each account's unit today."""
    posts = Assignment.objects.filter(on_day(viewer.today), employee__user__in=user_ids)
    rows = list(posts.values_list("employee__user", "unit"))
    names = unit_names([unit_id for _, unit_id in rows], viewer.today)
    return {user_id: names.get(unit_id, "") for user_id, unit_id in rows}
