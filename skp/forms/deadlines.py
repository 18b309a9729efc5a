"""What BKPSDM and OPD admins type of extensions and exemptions; rules stay in the services."""

import re
from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from config.lib.dates import due_from_last_minute, until_from_last_day
from config.lib.uploads import DECREE_KINDS, CheckedUpload, accept_of, check_size, check_upload, words_of
from orgunits.forms.fields import DayField, NipField, UnitField
from orgunits.models import OrgUnitSpan
from skp.duties import DUTY_STAGES
from skp.enums import ExemptionKind, ExtensionScope
from skp.models import Period
from skp.services.extensions import ExtensionInput
from skp.states import Stage, stage_label

REASON = forms.Textarea(attrs={"rows": 2, "maxlength": 300})


class ExtensionForm(forms.Form):
    """A later deadline: of which stage, for whom, until when, why and by which letter."""

    stage = forms.ChoiceField(label="Tahap")
    scope = forms.ChoiceField(label="Berlaku untuk", choices=ExtensionScope.choices)
    unit = UnitField(
        label="OPD atau unit kerja",
        required=False,
        help_text="Untuk satu OPD atau satu unit kerja dengan semua unit di bawahnya.",
    )
    nips = forms.CharField(
        label="NIP pegawai",
        required=False,
        max_length=60_000,
        help_text="Untuk pegawai tertentu: tempel NIP, satu pada setiap baris.",
        widget=forms.Textarea(attrs={"rows": 4, "inputmode": "numeric"}),
    )
    last_day = DayField(label="Tenggat baru, hari terakhir")
    last_minute = forms.TimeField(
        label="Pukul",
        initial=time(23, 59),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    reason = forms.CharField(label="Alasan", max_length=300, widget=REASON)
    decree = forms.CharField(label="Nomor surat", max_length=120)

    def __init__(
        self, *args: Any, period: Period, units: Iterable[OrgUnitSpan], proposing: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.period = period
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = stage_choices(period)
        unit = self.fields["unit"]
        assert isinstance(unit, UnitField)
        unit.offer(units, empty="Tidak dipakai")
        if proposing:
            del self.fields["decree"]
            scope = self.fields["scope"]
            assert isinstance(scope, forms.ChoiceField)
            scope.choices = [pair for pair in ExtensionScope.choices if pair[0] != ExtensionScope.PERIOD]

    def clean(self) -> dict[str, Any]:
        """Only what the scope asks for counts; the other field may have been left filled."""
        data = super().clean() or {}
        scope = data.get("scope")
        if scope not in (ExtensionScope.OPD, ExtensionScope.UNIT):
            data["unit"] = None
        elif data.get("unit") is None:
            self.add_error("unit", "Pilih OPD atau unit kerja.")
        if scope != ExtensionScope.PEOPLE:
            data["nips"] = ""
        elif not data.get("nips"):
            self.add_error("nips", "Tempel NIP pegawai, satu pada setiap baris.")
        return data

    def to_input(self) -> ExtensionInput:
        """The values as the service takes them."""
        data = self.cleaned_data
        stage, interval = data["stage"].split(":")
        return ExtensionInput(
            period_id=self.period.pk,
            stage=Stage(stage),
            interval=int(interval),
            scope=ExtensionScope(data["scope"]),
            unit_id=data["unit"],
            nips=tuple(line for line in re.split(r"[\n,;]+", data["nips"]) if line.strip()),
            due_at=due_from_last_minute(data["last_day"], data["last_minute"]),
            reason=data["reason"],
            decree=data.get("decree", ""),
        )


def stage_choices(period: Period) -> list[tuple[str, str]]:
    """The stages and intervals of the period that have a window, in the order of the year."""
    intervals = period.settings.monitoring_intervals
    known = {(window.stage, window.interval) for window in period.windows.all()}
    return [
        (f"{stage}:{interval}", stage_label(stage, interval, intervals))
        for stage in DUTY_STAGES
        for interval in sorted(number for name, number in known if name == stage)
    ]


class PaperForm(forms.Form):
    """The letter or document as a file, told by its content."""

    paper = forms.FileField(label="Berkas surat atau dokumen", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["paper"]
        field.help_text = f"{words_of(DECREE_KINDS)}, paling besar 10 MB."
        field.widget.attrs["accept"] = accept_of(DECREE_KINDS)

    def checked(self) -> CheckedUpload | None:
        """The file as it may be stored, None when none was chosen; raises UploadRefused."""
        upload: UploadedFile[Any] | None = self.cleaned_data.get("paper")
        if not upload:
            return None
        check_size(upload.size)
        return check_upload(upload.read(), upload.name or "", DECREE_KINDS)


class ExemptionForm(PaperForm):
    """Who is not obliged, on what ground, from when to when, by which document."""

    nip = NipField(label="NIP pegawai", max_length=30)
    kind = forms.ChoiceField(label="Dasar", choices=ExemptionKind.choices)
    start = DayField(label="Hari pertama")
    last_day = DayField(label="Hari terakhir")
    document = forms.CharField(label="Nomor dokumen", max_length=120)
    field_order = ["nip", "kind", "start", "last_day", "document", "paper"]

    @property
    def until(self) -> Any:
        """The day after the last one."""
        return until_from_last_day(self.cleaned_data["last_day"])


class ReasonForm(forms.Form):
    """Why something is revoked or refused."""

    reason = forms.CharField(label="Alasan", max_length=300, widget=REASON)
