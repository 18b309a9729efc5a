"""Changes of posts: start, end, transfer, Plt and Plh."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from config.lib.http import answers_refusals
from orgunits.enums import AssignmentKind
from orgunits.facts import OrgFacts
from orgunits.forms.fields import NothingForm
from orgunits.forms.posts import ActingForm, AssignmentStartForm, EndForm, TransferForm
from orgunits.middleware import viewer_of
from orgunits.models import Assignment
from orgunits.permissions import OrgAction, can_do
from orgunits.selectors.facts import facts_of_person, facts_of_post, main_assignment
from orgunits.selectors.people import employees_visible_to
from orgunits.selectors.units import units_managed_by
from orgunits.services.acting import acting_keep, acting_start
from orgunits.services.assignments import assignment_end, assignment_start
from orgunits.services.common import Effect
from orgunits.services.transfers import employee_transfer
from orgunits.viewer import Viewer
from orgunits.views.common import person_crumbs, person_or_404, person_url
from orgunits.views.editing import Edit, edit_page

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@answers_refusals
def start_assignment(request: HttpRequest, employee_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    person = person_or_404(viewer, employee_id)
    form = AssignmentStartForm(
        request.POST or None,
        units=units_managed_by(viewer, viewer.today),
        initial={"start": viewer.today},
    )

    def change(version: int) -> Effect:
        return assignment_start(
            actor=viewer,
            now=viewer.now,
            employee_id=employee_id,
            version=version,
            post=form.post(),
            start=form.cleaned_data["start"],
            until=form.until(),
            decree=form.cleaned_data["decree"],
        )

    facts = facts_of_person(viewer, person.pk, person.user_id)
    edit = Edit(
        title="Mulai penugasan",
        crumbs=person_crumbs(person),
        form=form,
        version=person.version,
        change=change,
        decision=can_do(viewer, facts, OrgAction.EDIT_POSTS),
        done_url=person_url(person.pk),
        lead="Untuk pegawai yang belum mempunyai jabatan definitif. Untuk pindah unit, gunakan Mutasi.",
    )
    return edit_page(request, edit)


@form_page
@answers_refusals
def transfer(request: HttpRequest, employee_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    person = person_or_404(viewer, employee_id)
    post = main_assignment(person.pk, viewer.today)
    initial: dict[str, object] = {"tmt": viewer.today}
    if post is not None:
        kept = ("position_title", "position_kind", "echelon", "functional_level", "is_head")
        initial |= {name: getattr(post, name) for name in kept} | {"is_head": False}
    form = TransferForm(request.POST or None, units=units_managed_by(viewer, viewer.today), initial=initial)

    def change(version: int) -> Effect:
        return employee_transfer(
            actor=viewer,
            now=viewer.now,
            employee_id=employee_id,
            version=version,
            post=form.post(),
            tmt=form.cleaned_data["tmt"],
            decree=form.cleaned_data["decree"],
        )

    facts = facts_of_person(viewer, person.pk, person.user_id)
    edit = Edit(
        title="Mutasi",
        crumbs=person_crumbs(person),
        form=form,
        version=person.version,
        change=change,
        decision=can_do(viewer, facts, OrgAction.EDIT_POSTS),
        done_url=person_url(person.pk),
        verb="Mutasikan",
        lead="Penugasan lama berakhir sehari sebelum TMT; penugasan baru mulai pada TMT.",
    )
    return edit_page(request, edit)


@form_page
@answers_refusals
def start_acting(request: HttpRequest, employee_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    person = person_or_404(viewer, employee_id)
    form = ActingForm(
        request.POST or None,
        units=units_managed_by(viewer, viewer.today),
        initial={"start": viewer.today},
    )

    def change(version: int) -> Effect:
        return acting_start(
            actor=viewer,
            now=viewer.now,
            employee_id=employee_id,
            version=version,
            unit_id=form.cleaned_data["unit"],
            kind=AssignmentKind(form.cleaned_data["kind"]),
            start=form.cleaned_data["start"],
            until=form.until(),
            decree=form.cleaned_data["decree"],
        )

    facts = facts_of_person(viewer, person.pk, person.user_id)
    edit = Edit(
        title="Tugaskan sebagai Plt./Plh.",
        crumbs=person_crumbs(person),
        form=form,
        version=person.version,
        change=change,
        decision=can_do(viewer, facts, OrgAction.EDIT_POSTS),
        done_url=person_url(person.pk),
        verb="Tugaskan",
        lead="Jabatan definitif pegawai ini tetap, begitu juga SKP-nya.",
    )
    return edit_page(request, edit)


@form_page
@answers_refusals
def end_assignment(request: HttpRequest, assignment_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    post, facts = _post_or_404(viewer, assignment_id)
    form = EndForm(request.POST or None, initial={"last_day": viewer.today})

    def change(version: int) -> Effect:
        return assignment_end(
            actor=viewer,
            now=viewer.now,
            assignment_id=assignment_id,
            version=version,
            until=form.until(),
            reason=form.cleaned_data["reason"],
        )

    edit = Edit(
        title="Akhiri penugasan",
        crumbs=person_crumbs(post.employee),
        form=form,
        version=post.version,
        change=change,
        decision=can_do(viewer, facts, OrgAction.EDIT_POSTS),
        done_url=person_url(post.employee_id),
        verb="Akhiri",
        lead=f"{post.shown_title}, {post.employee}",
        danger=True,
    )
    return edit_page(request, edit)


@form_page
@answers_refusals
def keep_acting(request: HttpRequest, assignment_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    post, facts = _post_or_404(viewer, assignment_id)
    if not post.review_note:
        raise Http404("Penugasan ini tidak menunggu tinjauan.")

    def change(version: int) -> Effect:
        return acting_keep(actor=viewer, now=viewer.now, assignment_id=assignment_id, version=version)

    edit = Edit(
        title="Lanjutkan Plt./Plh.",
        crumbs=person_crumbs(post.employee),
        form=NothingForm(request.POST or None),
        version=post.version,
        change=change,
        decision=can_do(viewer, facts, OrgAction.EDIT_POSTS),
        done_url=person_url(post.employee_id),
        verb="Lanjutkan",
        lead=f"{post.employee}, {post.shown_title}. {post.review_note}.",
    )
    return edit_page(request, edit)


def _post_or_404(viewer: Viewer, assignment_id: int) -> tuple[Assignment, OrgFacts]:
    """An assignment of a visible person, with the facts that decide on it."""
    people = employees_visible_to(viewer)
    posts = Assignment.objects.select_related("employee__user")
    post = posts.filter(pk=assignment_id, employee__in=people).first()
    if post is None:
        raise Http404("Penugasan tidak ditemukan.")
    return post, facts_of_post(viewer, post, post.employee.user_id)
