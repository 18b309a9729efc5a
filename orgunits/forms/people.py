"""Forms of people: appraiser, contacts, requests, roles, slips."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet

from orgunits.enums import CorrectionSubject, Role
from orgunits.forms.fields import DayField, NipField, UnitField, UntilMixin
from orgunits.models import Employee, OrgUnitSpan

PHONE = RegexValidator(
    r"^\+?[0-9 ()./-]{6,30}$", "Tulis nomor telepon dengan angka, misalnya 0812 3456 7890."
)


class OverrideForm(UntilMixin):
    appraiser = NipField(label="NIP pejabat penilai", max_length=60)
    reason = forms.CharField(label="Alasan", max_length=300, help_text="Sebut dasar penetapannya.")
    start = DayField(label="Berlaku mulai")
    last_day = DayField(label="Hari terakhir", required=False, help_text="Kosongkan bila belum ada batasnya.")

    def __init__(self, *args: Any, people: QuerySet[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_appraiser(self) -> Employee:
        person = self.people.filter(nip=self.cleaned_data["appraiser"]).first()
        if person is None:
            raise forms.ValidationError("Tidak ada pegawai dengan NIP ini di antara pegawai yang Anda lihat.")
        return person


class OverrideEndForm(UntilMixin):
    last_day = DayField(label="Hari terakhir berlaku")


class AccountContactForm(forms.Form):
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        required=False,
        help_text="Untuk pemberitahuan saja, bukan untuk masuk. Boleh dikosongkan.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class ContactForm(AccountContactForm):
    phone = forms.CharField(
        label="Telepon",
        max_length=30,
        required=False,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    field_order = ("phone", "email")


class CorrectionForm(forms.Form):
    subject = forms.ChoiceField(label="Yang perlu diperbaiki", choices=CorrectionSubject.choices)
    text = forms.CharField(
        label="Penjelasan",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        min_length=10,
        help_text="Tulis apa yang salah dan bagaimana seharusnya, dengan nomor SK bila ada.",
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="Jawaban untuk pegawai", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    verdict = forms.ChoiceField(
        label="Keputusan",
        choices=[("resolved", "Data sudah diperbaiki"), ("refused", "Ditolak, data sudah benar")],
        widget=forms.RadioSelect,
    )


class GrantForm(UntilMixin):
    role = forms.ChoiceField(label="Peran")
    unit = UnitField(
        label="OPD",
        required=False,
        help_text="Diisi untuk pengelola kepegawaian OPD dan Tim Penilai Kinerja.",
    )
    start = DayField(label="Berlaku mulai")
    last_day = DayField(label="Hari terakhir", required=False, help_text="Kosongkan bila belum ada batasnya.")

    def __init__(self, *args: Any, roles: Iterable[Role], opds: Iterable[OrgUnitSpan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice, unit = self.fields["role"], self.fields["unit"]
        assert isinstance(choice, forms.ChoiceField)
        assert isinstance(unit, UnitField)
        offered = [(role.value, role.label) for role in roles]
        # Nobody gets the widest role because it stands first.
        choice.choices = offered if len(offered) == 1 else [("", "Pilih peran"), *offered]
        unit.choices = [("", "Seluruh daerah"), *((span.unit_id, span.name) for span in opds)]


class SlipsForm(forms.Form):
    with_units_below = forms.BooleanField(
        label="Termasuk semua unit di bawahnya", required=False, initial=True
    )
