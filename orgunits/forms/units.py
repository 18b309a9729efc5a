"""Forms of units: name, split, merge, appraised-by, the Bupati."""

from collections.abc import Iterable
from typing import Any

from django import forms

from orgunits.forms.fields import ECHELONS, DayField, UnitField
from orgunits.models import Employee, OrgUnitSpan
from orgunits.services.people import Official
from orgunits.services.restructure import NewUnit


class RenameForm(forms.Form):
    name = forms.CharField(label="Nama unit", max_length=255)
    head_title = forms.CharField(label="Nama jabatan pimpinan", max_length=255, required=False)
    start = DayField(label="Berlaku mulai", help_text="Nama lama tetap tercatat sampai sehari sebelumnya.")


class SplitForm(forms.Form):
    name = forms.CharField(label="Nama unit baru", max_length=255)
    head_title = forms.CharField(label="Nama jabatan pimpinannya", max_length=255, required=False)
    head_echelon = forms.ChoiceField(label="Eselon pimpinannya", choices=ECHELONS, required=False)
    start = DayField(label="Berlaku mulai")
    employees = forms.TypedMultipleChoiceField(
        label="Pegawai yang ikut pindah", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    units = forms.TypedMultipleChoiceField(
        label="Unit di bawahnya yang ikut pindah",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, members: Iterable[Employee], children: Iterable[OrgUnitSpan], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people, below = self.fields["employees"], self.fields["units"]
        assert isinstance(people, forms.TypedMultipleChoiceField)
        assert isinstance(below, forms.TypedMultipleChoiceField)
        people.choices = [(person.pk, person.full_name) for person in members]
        below.choices = [(span.unit_id, span.name) for span in children]
        for name in ("employees", "units"):
            if not getattr(self.fields[name], "choices", None):
                del self.fields[name]

    def new_unit(self) -> NewUnit:
        """The unit described."""
        data = self.cleaned_data
        return NewUnit(
            name=data["name"],
            head_title=data["head_title"],
            head_echelon=data["head_echelon"],
            employee_ids=frozenset(data.get("employees", ())),
            child_unit_ids=frozenset(data.get("units", ())),
        )


class TargetUnitForm(forms.Form):
    """Another unit and the day from which it counts."""

    unit = UnitField(label="Unit", required=False)
    start = DayField(label="Berlaku mulai")

    def __init__(
        self,
        *args: Any,
        units: Iterable[OrgUnitSpan],
        label: str,
        empty: str = "Pilih unit",
        required: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.offer(units, empty=empty)
        field.label, field.required = label, required


class OfficialForm(forms.Form):
    name = forms.CharField(label="Nama", max_length=200)
    title_before = forms.CharField(label="Gelar depan", max_length=60, required=False)
    title_after = forms.CharField(label="Gelar belakang", max_length=100, required=False)
    position_title = forms.CharField(label="Nama jabatan", max_length=255, initial="Bupati")
    start = DayField(label="Menjabat sejak")
    username = forms.RegexField(
        r"^[A-Za-z][A-Za-z0-9._-]{2,63}$",
        label="Nama pengguna",
        required=False,
        help_text="Untuk masuk ke aplikasi; huruf, angka, titik. Kosongkan bila tidak perlu akun.",
        error_messages={"invalid": "Mulai dengan huruf, lalu huruf, angka, titik, atau tanda hubung."},
    )

    def official(self) -> Official:
        """The official described."""
        data = self.cleaned_data
        return Official(
            name=data["name"],
            title_before=data["title_before"],
            title_after=data["title_after"],
            position_title=data["position_title"],
            username=data["username"],
        )
