"""What people type of a plan; rules stay in the services."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from config.lib.fields import DecimalText
from config.lib.numbers import show_decimal
from skp.content import IndicatorContent, PlanContent, ResultContent
from skp.enums import Aspect, CascadeMethod, Direction, ResultKind, ResultSource, Scheme
from skp.selectors.plans import LinkableResult
from skp.services.editing import IndicatorInput, ResultInput

SCOPES = ((1, "Di dalam unit kerja"), (2, "Di luar unit kerja, satu instansi"), (3, "Lintas instansi"))


class ResultForm(forms.Form):
    """One result of the draft; the fields depend on the scheme of the plan."""

    text = forms.CharField(
        label="Rencana hasil kerja",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tulis hasil, bukan kegiatan. Contoh: Tersusunnya laporan kinerja triwulanan tepat waktu.",
    )
    kind = forms.ChoiceField(label="Jenis", choices=ResultKind.choices, initial=ResultKind.MAIN)
    parent_id = forms.TypedChoiceField(
        label="Hasil kerja atasan yang didukung",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Wajib sebelum rencana disetujui; boleh dipilih kemudian.",
    )
    cascade_method = forms.ChoiceField(
        label="Metode cascading",
        required=False,
        choices=[("", "Belum dipilih"), *CascadeMethod.choices],
        help_text="Langsung: hasil atasan dikerjakan sebagian oleh Anda. Tidak langsung: Anda mendukungnya.",
    )
    source = forms.ChoiceField(
        label="Sumber",
        required=False,
        choices=[("", "Belum dipilih"), *ResultSource.choices],
        help_text="Wajib untuk hasil kerja utama sebelum rencana dikirim.",
    )
    scope = forms.TypedChoiceField(label="Lingkup hasil tambahan", coerce=int, choices=SCOPES, initial=1)
    assigned_by = forms.CharField(
        label="Pemberi tugas hasil tambahan", required=False, max_length=200, help_text="Nama atau jabatan."
    )

    def __init__(self, *args: Any, scheme: Scheme, linkable: Iterable[LinkableResult], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Belum dipilih"), *((row.result_id, _link_label(row)) for row in linkable)]
        self.fields["parent_id"].choices = choices  # type: ignore[attr-defined]
        if scheme == Scheme.JPT:
            del self.fields["cascade_method"]
            self.fields["parent_id"].help_text = "Tidak wajib dan tidak memengaruhi nilai."
        else:
            del self.fields["source"]

    def to_input(self) -> ResultInput:
        """The cleaned values as the service takes them."""
        data = self.cleaned_data
        return ResultInput(
            text=data["text"],
            kind=ResultKind(data["kind"]),
            parent_id=data["parent_id"],
            cascade_method=CascadeMethod(data["cascade_method"]) if data.get("cascade_method") else None,
            source=ResultSource(data["source"]) if data.get("source") else None,
            scope=data["scope"],
            assigned_by=data["assigned_by"],
        )


def _link_label(row: LinkableResult) -> str:
    return row.text if row.agreed else f"{row.text} (atasan belum disepakati)"


def result_initial(result: ResultContent) -> dict[str, object]:
    """A result's values for its form."""
    return {
        "text": result.text,
        "kind": result.kind,
        "parent_id": result.parent_id,
        "cascade_method": result.cascade_method or "",
        "source": result.source or "",
        "scope": result.scope,
        "assigned_by": result.assigned_by,
    }


class IndicatorForm(forms.Form):
    """One indicator; a single target leaves the maximum empty."""

    aspect = forms.ChoiceField(label="Aspek", choices=Aspect.choices)
    text = forms.CharField(
        label="Indikator kinerja individu",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Contoh: Jumlah laporan kinerja triwulanan yang disampaikan.",
    )
    target_min = DecimalText(label="Target", help_text="Angka target, atau batas bawah bila berupa rentang.")
    target_max = DecimalText(label="Batas atas target", required=False, help_text="Hanya untuk rentang.")
    unit = forms.CharField(label="Satuan", max_length=60, help_text="Misalnya laporan, persen, hari.")
    direction = forms.ChoiceField(label="Arah", choices=Direction.choices, initial=Direction.NORMAL)
    target_is_maximum = forms.BooleanField(label="Target adalah nilai tertinggi yang mungkin", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a range written the wrong way round."""
        data = super().clean() or self.cleaned_data
        low, high = data.get("target_min"), data.get("target_max")
        if isinstance(low, Decimal) and isinstance(high, Decimal) and high < low:
            self.add_error("target_max", "Batas atas tidak boleh lebih kecil daripada target.")
        return data

    def to_input(self) -> IndicatorInput:
        """The cleaned values as the service takes them."""
        data = self.cleaned_data
        return IndicatorInput(
            aspect=Aspect(data["aspect"]),
            text=data["text"],
            target_min=data["target_min"],
            target_max=data["target_min"] if data["target_max"] is None else data["target_max"],
            unit=data["unit"],
            direction=Direction(data["direction"]),
            target_is_maximum=data["target_is_maximum"],
        )


def indicator_initial(item: IndicatorContent) -> dict[str, object]:
    """An indicator's values for its form."""
    return {
        "aspect": item.aspect,
        "text": item.text,
        "target_min": item.target_min,
        "target_max": None if item.target_max == item.target_min else item.target_max,
        "unit": item.unit,
        "direction": item.direction,
        "target_is_maximum": item.target_is_maximum,
    }


class RealisationForm(forms.Form):
    """The year's realisation, one field for each indicator in force."""

    def __init__(self, *args: Any, content: PlanContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for result in content.results:
            for item in result.indicators:
                self.fields[realisation_field(item.indicator_id)] = DecimalText(
                    label=item.text, help_text=_target_help(item), required=False
                )

    def values(self) -> dict[int, Decimal | None]:
        """What was typed of every indicator; None for a field left or made empty."""
        return {int(name.removeprefix("i")): value for name, value in self.cleaned_data.items()}


def _target_help(item: IndicatorContent) -> str:
    low, high = show_decimal(item.target_min), show_decimal(item.target_max)
    target = low if low == high else f"{low} – {high}"
    return f"{item.aspect.label}, target {target} {item.unit}. Isi dalam {item.unit}."


def realisation_field(indicator_id: int) -> str:
    """The name of an indicator's field."""
    return f"i{indicator_id}"
