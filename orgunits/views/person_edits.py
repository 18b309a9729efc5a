"""Changes of people beside their posts: the appraiser set for one person, contacts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from config.lib.http import answers_refusals
from orgunits.forms.people import ContactForm, OverrideEndForm, OverrideForm
from orgunits.middleware import viewer_of
from orgunits.models import AppraiserOverride
from orgunits.permissions import OrgAction, can_do
from orgunits.selectors.facts import facts_of_person
from orgunits.selectors.people import employees_visible_to
from orgunits.services.common import Effect
from orgunits.services.overrides import override_end, override_set
from orgunits.services.people import contact_change
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
        lead=f"{row.employee} dinilai oleh {row.appraiser}.",
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
            actor=viewer, now=viewer.now, employee_id=employee_id, version=version, **form.cleaned_data
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
        lead="Terbaca oleh atasan, pengelola kepegawaian, dan BKPSDM.",
    )
    return edit_page(request, edit, preview=False)
