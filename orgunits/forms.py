"""What officers type about posts, units, people and roles; rules stay in the services."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet

from accounts.enums import AuditKind
from accounts.names import clean_nip
from config.lib.dates import until_from_last_day
from orgunits.enums import AssignmentKind, CorrectionSubject, OrgEvent, PositionKind, Role
from orgunits.models import Employee, OrgUnitSpan
from orgunits.selectors.audit import OTHER_KINDS
from orgunits.services.assignments import Post
from orgunits.services.people import Official
from orgunits.services.restructure import NewUnit

Choices = list[tuple[Any, Any]]

ECHELONS = (
    ("", "Tanpa eselon"),
    ("21", "II.a"),
    ("22", "II.b"),
    ("31", "III.a"),
    ("32", "III.b"),
    ("41", "IV.a"),
    ("42", "IV.b"),
)
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
PHONE = RegexValidator(
    r"^\+?[0-9 ()./-]{6,30}$", "Tulis nomor telepon dengan angka, misalnya 0812 3456 7890."
)


class DayField(forms.DateField):
    """A day, picked or typed as 31-01-2026."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        formats = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
        super().__init__(widget=widget, input_formats=formats, **kwargs)
        self.error_messages["invalid"] = "Tulis tanggal seperti 31-01-2026."


class NipField(forms.CharField):
    """An NIP as typed or pasted; blanks and apostrophes don't count."""

    def clean(self, value: Any) -> str:
        return clean_nip(super().clean(value))


def unit_choices(spans: Iterable[OrgUnitSpan], *, empty: str) -> Choices:
    """Units grouped by OPD, the regency's own first."""
    rows = sorted(spans, key=lambda span: span.name)
    opd_names = {span.unit_id: span.name for span in rows if span.unit_id == span.opd_id}
    groups: dict[str, Choices] = defaultdict(list)
    for span in rows:
        own = span.opd_id is None
        groups["" if own else opd_names.get(span.opd_id or 0, "Lainnya")].append((span.unit_id, span.name))
    top = groups.pop("", [])
    return [("", empty), *top, *sorted(groups.items())]


class UnitField(forms.TypedChoiceField):
    """One of the units given; answers the unit's id or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def offer(self, spans: Iterable[OrgUnitSpan], *, empty: str = "Pilih unit") -> None:
        """Let these units be chosen."""
        self.choices = unit_choices(spans, empty=empty)


class UntilMixin(forms.Form):
    """Forms with an optional last day, turned into the open end of the span."""

    def until(self) -> date | None:
        """The first day after the last one; None for no end."""
        return until_from_last_day(self.cleaned_data.get("last_day"))


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


class NothingForm(forms.Form):
    """A change that asks for nothing but confirmation."""


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


class ContactForm(forms.Form):
    phone = forms.CharField(label="Telepon", max_length=30, required=False, validators=[PHONE])
    email = forms.EmailField(label="E-mail", required=False)


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
        choice.choices = [(role.value, role.label) for role in roles]
        unit.choices = [("", "Seluruh daerah"), *((span.unit_id, span.name) for span in opds)]


class SlipsForm(forms.Form):
    with_units_below = forms.BooleanField(
        label="Termasuk semua unit di bawahnya", required=False, initial=True
    )


class AuditForm(forms.Form):
    """What the audit trail is narrowed to, by plain GET."""

    q = forms.CharField(label="Orang atau unit: nama atau NIP", max_length=100, required=False)
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
        for name in ("dari", "sampai"):
            day = data.get(name)
            if day is not None and not 2000 <= day.year <= 2100:
                self.add_error(name, "Tahun harus antara 2000 dan 2100.")
        if data.get("dari") and data.get("sampai") and data["sampai"] < data["dari"]:
            self.add_error("sampai", "Tanggal akhir mendahului tanggal awal.")
        return data


@dataclass(frozen=True, slots=True)
class DayChoice:
    """The day a page shows, its form, and what keeps that day in a link."""

    form: "ShownDayForm"
    day: date
    query: str


class ShownDayForm(forms.Form):
    tanggal = DayField(label="Keadaan per tanggal")


def day_choice(data: Any, today: date) -> DayChoice:
    """The day asked for in the address, today when none or no real one is."""
    form = ShownDayForm(data if data.get("tanggal") else {"tanggal": today.isoformat()})
    day = form.cleaned_data["tanggal"] if form.is_valid() else None
    shown = day or today
    return DayChoice(form, shown, "" if shown == today else f"?tanggal={shown.isoformat()}")
