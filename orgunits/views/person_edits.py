"""Changes of people beside their posts: the appraiser set for one person, contacts."""

from collections.abc import Callable

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import User
from config.lib.decisions import ALLOWED
from config.lib.http import answers_refusals
from orgunits.forms.people import AccountContactForm, ContactForm, OverrideEndForm, OverrideForm
from orgunits.middleware import viewer_of
from orgunits.models import AppraiserOverride
from orgunits.permissions import OrgAction, can_do
from orgunits.selectors.facts import facts_of_person
from orgunits.selectors.people import employees_visible_to
from orgunits.services.common import Effect
from orgunits.services.overrides import override_end, override_set
from orgunits.services.people import account_contact_change, contact_change
from orgunits.views.common import person_crumbs, person_or_404, person_url
from orgunits.views.editing import Edit, edit_page

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@answers_refusals
def set_override(request: HttpRequest, employee_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    person = person_or_404(viewer, employee_id)
    form = OverrideForm(
        request.POST or None, people=employees_visible_to(viewer), initial={"start": viewer.today}
    )

    def change(version: int) -> Effect:
        return override_set(
            actor=viewer,
            now=viewer.now,
            employee_id=employee_id,
            version=version,
            appraiser_id=form.cleaned_data["appraiser"].pk,
            reason=form.cleaned_data["reason"],
            start=form.cleaned_data["start"],
            until=form.until(),
        )

    facts = facts_of_person(viewer, person.pk, person.user_id)
    edit = Edit(
        title="Tetapkan penilai khusus",
        crumbs=person_crumbs(person),
        form=form,
        version=person.version,
        change=change,
        decision=can_do(viewer, facts, OrgAction.SET_APPRAISER),
        done_url=person_url(person.pk),
        verb="Tetapkan",
        lead="Mengesampingkan susunan unit untuk satu pegawai, dengan alasan yang tercatat.",
    )
    return edit_page(request, edit)


@form_page
@answers_refusals
def end_override(request: HttpRequest, override_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    rows = AppraiserOverride.objects.select_related("employee", "appraiser")
    row = rows.filter(pk=override_id, employee__in=employees_visible_to(viewer)).first()
    if row is None:
        raise Http404("Penetapan tidak ditemukan.")
    form = OverrideEndForm(request.POST or None, initial={"last_day": viewer.today})

    def change(version: int) -> Effect:
        until = form.until()
        assert until is not None
        return override_end(
            actor=viewer, now=viewer.now, override_id=override_id, version=version, until=until
        )

    facts = facts_of_person(viewer, row.employee_id, row.employee.user_id)
    edit = Edit(
        title="Akhiri penilai khusus",
        crumbs=person_crumbs(row.employee),
        form=form,
        version=row.employee.version,
        change=change,
        decision=can_do(viewer, facts, OrgAction.SET_APPRAISER),
        done_url=person_url(row.employee_id),
        verb="Akhiri",
        lead=f"Sekarang {row.employee} dinilai oleh {row.appraiser} sebagai penilai khusus.",
    )
    return edit_page(request, edit)


@form_page
@answers_refusals
def contact(request: HttpRequest, employee_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    person = person_or_404(viewer, employee_id)
    form = ContactForm(request.POST or None, initial={"phone": person.phone, "email": person.email})
    facts = facts_of_person(viewer, person.pk, person.user_id)

    def change(version: int) -> Effect:
        return contact_change(
            actor=viewer,
            now=viewer.now,
            employee_id=employee_id,
            version=version,
            confirm_url=_confirm_url(request),
            **form.cleaned_data,
        )

    edit = Edit(
        title="Ubah kontak",
        crumbs=person_crumbs(person),
        form=form,
        version=person.version,
        change=change,
        decision=can_do(viewer, facts, OrgAction.EDIT_CONTACTS),
        done_url=person_url(person.pk),
        verb="Simpan",
        preview=False,
        lead="Terbaca oleh atasan, pengelola kepegawaian, dan BKPSDM.",
    )
    limited = _too_many(request) if viewer.employee_id == person.pk else None
    return limited or edit_page(request, edit)


@form_page
@answers_refusals
def my_contact(request: HttpRequest) -> HttpResponse:
    """The own contacts: an employee's page, or the address of an account that is no employee's."""
    viewer = viewer_of(request)
    if viewer.employee_id is not None:
        return redirect("orgunits:contact", viewer.employee_id)
    user = User.objects.get(pk=viewer.user_id)
    form = AccountContactForm(request.POST or None, initial={"email": user.email})

    def change(version: int) -> Effect:
        return account_contact_change(
            actor=viewer, now=viewer.now, confirm_url=_confirm_url(request), **form.cleaned_data
        )

    edit = Edit(
        title="Ubah kontak",
        crumbs=[("Akun saya", reverse("accounts:profile"))],
        form=form,
        version=0,
        change=change,
        decision=ALLOWED,
        done_url=reverse("accounts:profile"),
        verb="Simpan",
        preview=False,
    )
    return _too_many(request) or edit_page(request, edit)


def _confirm_url(request: HttpRequest) -> Callable[[str], str]:
    """How a token becomes the address in the mail."""
    return lambda token: request.build_absolute_uri(reverse("accounts:email_confirm", args=[token]))


def _too_many(request: HttpRequest) -> HttpResponse | None:
    """The answer to somebody who sends themselves link after link."""
    if request.method != "POST":
        return None
    limited: HttpResponse | None = ratelimit.consume_or_429(
        request, action="change_contact", user=request.user
    )
    return limited
