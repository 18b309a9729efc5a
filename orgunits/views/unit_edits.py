"""Changes of units."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from config.lib.http import answers_refusals
from orgunits.enums import AssignmentKind, UnitKind
from orgunits.forms.fields import NothingForm
from orgunits.forms.units import OfficialForm, RenameForm, SplitForm, TargetUnitForm
from orgunits.middleware import viewer_of
from orgunits.models import Employee, OrgUnitSpan
from orgunits.permissions import OrgAction, can_do
from orgunits.selectors.days import on_day
from orgunits.selectors.facts import facts_of_units
from orgunits.selectors.units import units_managed_by
from orgunits.services.common import Effect
from orgunits.services.people import state_official_create
from orgunits.services.restructure import unit_merge, unit_split
from orgunits.services.units import unit_rename, unit_set_appraised_by, unit_set_standalone
from orgunits.viewer import Viewer
from orgunits.views.common import unit_crumbs, unit_or_404, unit_url
from orgunits.views.editing import Edit, edit_page

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@answers_refusals
def rename(request: HttpRequest, unit_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    unit, span = unit_or_404(viewer, unit_id)
    initial = {"name": span.name, "head_title": span.head_title, "start": viewer.today}
    form = RenameForm(request.POST or None, initial=initial)

    def change(version: int) -> Effect:
        return unit_rename(
            actor=viewer, now=viewer.now, unit_id=unit_id, version=version, **form.cleaned_data
        )

    edit = Edit(
        title="Ubah nama unit",
        crumbs=unit_crumbs(span),
        form=form,
        version=unit.version,
        change=change,
        decision=can_do(viewer, facts_of_units(viewer, unit_id), OrgAction.EDIT_UNIT),
        done_url=unit_url(unit_id),
        lead="Identitas unit, pegawai, dan SKP-nya tetap; nama lama tersimpan sebagai riwayat.",
    )
    return edit_page(request, edit)


@form_page
@answers_refusals
def split(request: HttpRequest, unit_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    unit, span = unit_or_404(viewer, unit_id)
    form = SplitForm(
        request.POST or None,
        members=_movable(unit_id, viewer.today),
        children=OrgUnitSpan.objects.filter(on_day(viewer.today), parent=unit_id).order_by("name"),
        initial={"start": viewer.today},
    )

    def change(version: int) -> Effect:
        return unit_split(
            actor=viewer,
            now=viewer.now,
            unit_id=unit_id,
            version=version,
            new=form.new_unit(),
            start=form.cleaned_data["start"],
        )

    edit = Edit(
        title="Pecah unit",
        crumbs=unit_crumbs(span),
        form=form,
        version=unit.version,
        change=change,
        decision=can_do(viewer, facts_of_units(viewer, unit_id), OrgAction.EDIT_UNIT),
        done_url=unit_url(unit_id),
        verb="Pecah unit",
        lead="Unit baru berdiri di samping unit ini. Pegawai yang pindah mendapat penugasan baru.",
        danger=True,
    )
    return edit_page(request, edit)


def _movable(unit_id: int, day: date) -> list[Employee]:
    """Members who are not the head, by name."""
    posts = {
        "assignments__unit": unit_id,
        "assignments__is_head": False,
        "assignments__kind": AssignmentKind.DEFINITIVE,
    }
    return list(Employee.objects.filter(on_day(day, "assignments__"), **posts).order_by("name", "pk"))


@form_page
@answers_refusals
def merge(request: HttpRequest, unit_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    unit, span = unit_or_404(viewer, unit_id)
    form = TargetUnitForm(
        request.POST or None,
        units=units_managed_by(viewer, viewer.today).exclude(unit=unit_id).exclude(kind=UnitKind.REGENCY),
        label="Digabung ke",
        initial={"start": viewer.today},
    )

    def change(version: int) -> Effect:
        return unit_merge(
            actor=viewer,
            now=viewer.now,
            unit_id=unit_id,
            version=version,
            into_id=form.cleaned_data["unit"],
            start=form.cleaned_data["start"],
        )

    edit = Edit(
        title="Gabung ke unit lain",
        crumbs=unit_crumbs(span),
        form=form,
        version=unit.version,
        change=change,
        decision=can_do(viewer, facts_of_units(viewer, unit_id), OrgAction.EDIT_UNIT),
        done_url=unit_url(unit_id),
        verb="Gabungkan",
        lead="Unit ini berakhir; pegawai dan unit di bawahnya pindah ke unit penerus.",
        danger=True,
    )
    return edit_page(request, edit)


@form_page
@answers_refusals
def appraised_by(request: HttpRequest, unit_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    unit, span = unit_or_404(viewer, unit_id)
    form = TargetUnitForm(
        request.POST or None,
        units=_appraising_units(viewer, unit_id),
        label="Pimpinan unit ini dinilai oleh pimpinan",
        empty="Unit atasannya (tanpa pengaturan khusus)",
        required=False,
        initial={"unit": span.appraised_by_id, "start": viewer.today},
    )

    def change(version: int) -> Effect:
        return unit_set_appraised_by(
            actor=viewer,
            now=viewer.now,
            unit_id=unit_id,
            version=version,
            appraised_by_id=form.cleaned_data["unit"],
            start=form.cleaned_data["start"],
        )

    edit = Edit(
        title="Atur jalur penilaian",
        crumbs=unit_crumbs(span),
        form=form,
        version=unit.version,
        change=change,
        decision=can_do(viewer, facts_of_units(viewer, unit_id), OrgAction.EDIT_UNIT),
        done_url=unit_url(unit_id),
        lead="Pejabat penilai pimpinan unit biasanya pimpinan unit di atasnya.",
    )
    return edit_page(request, edit)


def _appraising_units(viewer: Viewer, unit_id: int) -> list[OrgUnitSpan]:
    return list(units_managed_by(viewer, viewer.today).exclude(unit=unit_id))


@form_page
@answers_refusals
def standalone(request: HttpRequest, unit_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    unit, span = unit_or_404(viewer, unit_id)

    def change(version: int) -> Effect:
        return unit_set_standalone(
            actor=viewer,
            now=viewer.now,
            unit_id=unit_id,
            version=version,
            standalone=not unit.is_standalone,
        )

    edit = Edit(
        title="Cabut tanda mandiri" if unit.is_standalone else "Tandai sebagai unit mandiri",
        crumbs=unit_crumbs(span),
        form=NothingForm(request.POST or None),
        version=unit.version,
        change=change,
        decision=can_do(viewer, facts_of_units(viewer, unit_id), OrgAction.MARK_STANDALONE),
        done_url=unit_url(unit_id),
        lead="Pimpinan unit mandiri menyusun SKP dengan cara pejabat pimpinan tinggi.",
    )
    return edit_page(request, edit)


@form_page
@answers_refusals
def state_official(request: HttpRequest, unit_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    unit, span = unit_or_404(viewer, unit_id)
    form = OfficialForm(request.POST or None, initial={"start": viewer.today})

    def change(version: int) -> Effect:
        return state_official_create(
            actor=viewer,
            now=viewer.now,
            unit_id=unit_id,
            version=version,
            official=form.official(),
            start=form.cleaned_data["start"],
        )

    edit = Edit(
        title="Catat kepala daerah",
        crumbs=unit_crumbs(span),
        form=form,
        version=unit.version,
        change=change,
        decision=can_do(viewer, facts_of_units(viewer, unit_id), OrgAction.CREATE_STATE_OFFICIAL),
        done_url=unit_url(unit_id),
        verb="Catat",
        lead="Bupati tidak ada dalam berkas kepegawaian; sesudah dicatat, ia menilai Sekretaris Daerah.",
    )
    return edit_page(request, edit)
