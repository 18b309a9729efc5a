"""Changes of a period: form, preview of what it does to people, confirmation."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from config.lib.dates import due_from_last_minute
from config.lib.http import answers_refusals
from orgunits.forms.fields import NothingForm
from orgunits.viewer import Viewer
from orgunits.views.editing import Edit, edit_page
from skp.enums import Regime
from skp.forms import ReopenForm, SettingsForm, WindowForm, window_initial
from skp.models import Period
from skp.permissions import can_manage_periods
from skp.selectors.periods import WindowRow, window_rows
from skp.services.period_changes import PeriodEffect
from skp.services.period_settings import REGIME_FIXED, regime_is_fixed, settings_change
from skp.services.windows import (
    Opening,
    window_add_jpt,
    window_close_now,
    window_open_now,
    window_remove_jpt,
    window_save,
)
from skp.views.periods import period_crumbs, period_for

form_page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class _Place:
    """A window of a period with who asks."""

    viewer: Viewer
    period: Period
    row: WindowRow

    @property
    def opening(self) -> Opening:
        return Opening(self.row.window.opens_at, self.row.window.closes_at)

    def page(
        self,
        request: HttpRequest,
        title: str,
        form: forms.Form,
        change: Callable[..., PeriodEffect],
        given: Callable[[], dict[str, object]] = dict,
        *,
        verb: str = "Terapkan",
        lead: str = "",
        danger: bool = False,
    ) -> HttpResponse:
        """Run ``change`` on this window with what the form gives, through its preview."""

        def run(version: int) -> PeriodEffect:
            return change(
                actor=self.viewer,
                period_id=self.period.pk,
                window_id=self.row.window.pk,
                version=version,
                now=self.viewer.now,
                **given(),
            )

        audience = self.row.window.get_audience_display()
        edit = Edit(
            title=f"{title}: {self.row.name}",
            crumbs=period_crumbs(self.period),
            form=form,
            version=self.period.version,
            change=run,
            decision=can_manage_periods(self.viewer),
            done_url=reverse("skp:period", args=[self.period.year]),
            verb=verb,
            lead=f"{self.period}, {audience.lower()}. {lead}".strip(),
            danger=danger,
            of_people=False,
        )
        return edit_page(request, edit)


def _place(request: HttpRequest, year: int, window_id: int) -> _Place:
    viewer, period = period_for(request, year)
    row = next((row for row in window_rows(period, viewer.now) if row.window.pk == window_id), None)
    if row is None:
        raise Http404("Jadwal tidak ditemukan.")
    return _Place(viewer, period, row)


@form_page
@answers_refusals
def window(request: HttpRequest, year: int, window_id: int) -> HttpResponse:
    """Move a window to other times."""
    place = _place(request, year, window_id)
    form = WindowForm(request.POST or None, initial=window_initial(place.opening))
    return place.page(request, "Ubah jadwal", form, window_save, lambda: {"opening": form.opening()})


@form_page
@answers_refusals
def window_jpt(request: HttpRequest, year: int, window_id: int) -> HttpResponse:
    """Give the high leaders times of their own."""
    place = _place(request, year, window_id)
    form = WindowForm(request.POST or None, initial=window_initial(place.opening))
    return place.page(
        request,
        "Jadwal khusus pimpinan tinggi",
        form,
        window_add_jpt,
        lambda: {"opening": form.opening()},
        verb="Tambahkan",
        lead="Jadwal ini menggantikan jadwal umum bagi pimpinan tinggi dan pimpinan unit mandiri.",
    )


@form_page
@answers_refusals
def window_remove(request: HttpRequest, year: int, window_id: int) -> HttpResponse:
    """Take the high leaders' own times away."""
    return _place(request, year, window_id).page(
        request,
        "Hapus jadwal khusus",
        NothingForm(request.POST or None),
        window_remove_jpt,
        verb="Hapus",
        lead="Sesudah dihapus, jadwal semua pegawai berlaku.",
        danger=True,
    )


@form_page
@answers_refusals
def window_open(request: HttpRequest, year: int, window_id: int) -> HttpResponse:
    """Open a stage now: one not yet open until its deadline, one that is over until a new one."""
    place = _place(request, year, window_id)
    is_over = place.row.window.closes_at <= place.viewer.now
    form = (ReopenForm if is_over else NothingForm)(request.POST or None)

    def given() -> dict[str, object]:
        data = form.cleaned_data
        return {"closes_at": due_from_last_minute(data["last_day"], data["last_clock"])} if is_over else {}

    return place.page(
        request,
        "Buka sekarang",
        form,
        window_open_now,
        given,
        verb="Buka sekarang",
        lead="Berlaku bagi semua pegawai jadwal ini; untuk sebagian pegawai, berikan perpanjangan."
        if is_over
        else "",
    )


@form_page
@answers_refusals
def window_close(request: HttpRequest, year: int, window_id: int) -> HttpResponse:
    """Close an open stage now."""
    return _place(request, year, window_id).page(
        request,
        "Tutup sekarang",
        NothingForm(request.POST or None),
        window_close_now,
        verb="Tutup sekarang",
        lead="Draf tidak dihapus dan dapat dilanjutkan bila tahap dibuka lagi.",
        danger=True,
    )


@form_page
@answers_refusals
def settings_edit(request: HttpRequest, year: int) -> HttpResponse:
    """Change settings and regime, with a reason."""
    viewer, period = period_for(request, year)
    decision = can_manage_periods(viewer)
    decision.enforce()
    fixed = REGIME_FIXED if regime_is_fixed(period) else ""
    form = SettingsForm(
        request.POST or None, settings=period.settings, regime=Regime(period.regime), regime_fixed=fixed
    )

    def change(version: int) -> PeriodEffect:
        return settings_change(
            actor=viewer,
            period_id=period.pk,
            version=version,
            settings=form.settings(),
            regime=Regime(form.cleaned_data["regime"]),
            reason=form.cleaned_data["reason"],
            now=viewer.now,
        )

    edit = Edit(
        title="Ubah pengaturan",
        crumbs=period_crumbs(period),
        form=form,
        version=period.version,
        change=change,
        decision=decision,
        done_url=reverse("skp:period_settings", args=[period.year]),
        lead=f"{period}. Setiap perubahan tersimpan sebagai versi baru dengan alasannya.",
        of_people=False,
    )
    return edit_page(request, edit)
