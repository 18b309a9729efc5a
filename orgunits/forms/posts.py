"""Forms of posts: start, end, transfer, Plt and Plh."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from orgunits.enums import AssignmentKind, PositionKind
from orgunits.forms.fields import ECHELONS, DayField, UnitField, UntilMixin
from orgunits.models import OrgUnitSpan
from orgunits.services.assignments import Post

POSITION_KINDS = [choice for choice in PositionKind.choices if choice[0] != PositionKind.POLITICAL]
END_REASONS = (
    "Pensiun",
    "Meninggal dunia",
    "Pindah ke instansi lain",
    "Diberhentikan",
    "Masa tugas selesai",
    "Pejabat definitif telah diangkat",
    "Salah catat",
)


class PostForm(UntilMixin):
    """A post as the decree names it."""

    unit = UnitField(label="Unit kerja")
    position_title = forms.CharField(label="Nama jabatan", max_length=255, help_text="Seperti pada SK.")
    position_kind = forms.ChoiceField(label="Jenis jabatan", choices=POSITION_KINDS)
    echelon = forms.ChoiceField(label="Eselon", choices=ECHELONS, required=False)
    functional_level = forms.CharField(label="Jenjang fungsional", max_length=40, required=False)
    is_head = forms.BooleanField(label="Memimpin unit ini", required=False)

    def __init__(self, *args: Any, units: Iterable[OrgUnitSpan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.offer(units)

    def post(self) -> Post:
        """The post described."""
        data = self.cleaned_data
        return Post(
            unit_id=data["unit"],
            position_title=data["position_title"],
            position_kind=PositionKind(data["position_kind"]),
            echelon=data["echelon"],
            functional_level=data["functional_level"],
            is_head=data["is_head"],
        )


class AssignmentStartForm(PostForm):
    start = DayField(label="Terhitung mulai tanggal")
    last_day = DayField(label="Hari terakhir", required=False, help_text="Kosongkan bila belum ada batasnya.")
    decree = forms.CharField(label="Nomor SK", max_length=120)


class TransferForm(PostForm):
    tmt = DayField(label="TMT mutasi", help_text="Hari pertama di unit baru.")
    decree = forms.CharField(label="Nomor SK", max_length=120)


class EndForm(UntilMixin):
    last_day = DayField(label="Hari terakhir bertugas")
    reason = forms.ChoiceField(label="Alasan", choices=[(text, text) for text in END_REASONS])

    def until(self) -> date:
        """The first day after the last one."""
        until = super().until()
        assert until is not None
        return until


class ActingForm(UntilMixin):
    unit = UnitField(label="Unit yang dipimpin sementara")
    kind = forms.ChoiceField(
        label="Sebagai",
        choices=[
            (AssignmentKind.PLT.value, "Plt. – jabatannya lowong"),
            (AssignmentKind.PLH.value, "Plh. – pejabatnya berhalangan"),
        ],
    )
    start = DayField(label="Terhitung mulai tanggal")
    last_day = DayField(label="Hari terakhir", required=False, help_text="Kosongkan bila belum ada batasnya.")
    decree = forms.CharField(label="Nomor surat perintah", max_length=120)

    def __init__(self, *args: Any, units: Iterable[OrgUnitSpan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.offer(units)
