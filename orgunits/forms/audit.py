"""The filter of the audit trail."""

from typing import Any

from django import forms

from accounts.enums import AuditKind
from orgunits.enums import OrgEvent
from orgunits.forms.fields import DayField
from orgunits.selectors.audit import OTHER_KINDS


class AuditForm(forms.Form):
    """What the audit trail is narrowed to, by plain GET."""

    q = forms.CharField(label="Nama, NIP, atau unit", max_length=100, required=False)
    kejadian = forms.ChoiceField(
        label="Kejadian",
        required=False,
        choices=[
            ("", "Semua"),
            ("Organisasi", OrgEvent.choices),
            ("Akun", AuditKind.choices),
            (OTHER_KINDS, "Lainnya"),
        ],
    )
    dari = DayField(label="Sejak tanggal", required=False)
    sampai = DayField(label="Sampai tanggal", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("dari") and data.get("sampai") and data["sampai"] < data["dari"]:
            self.add_error("sampai", "Tanggal akhir mendahului tanggal awal.")
        return data
