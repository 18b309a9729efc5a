"""What people type of a draft, one form for each section of the editor.

The forms only read and check; the editor's pages are plain templates that show flat values by field name,
whether they come from the draft or from what was typed.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from config.lib.fields import DecimalText
from skp.enums import (
    Approach,
    Aspect,
    CascadeMethod,
    Direction,
    Perspective,
    ResultKind,
    ResultSource,
    Rollup,
)
from skp.services.editing.inputs import IndicatorInput, IndicatorLine, ResultInput, ResultSection

SCOPES = ((1, "Di dalam unit kerja"), (2, "Di luar unit kerja, satu instansi"), (3, "Lintas instansi"))
# Rows that one form reads: four of a result, and as many again where two versions meet.
ROWS = 8
REQUIRED = "Bagian ini tidak boleh kosong."


class Errors(dict[str, list[str]]):
    """Sentences by field name, none for a field that is right: templates ask for every field."""

    def __missing__(self, name: str) -> list[str]:
        return []


class ResultForm(forms.Form):
    """One result; what does not belong to its kind and scheme is left out when it is stored."""

    text = forms.CharField(
        label="Rencana hasil kerja", max_length=2000, error_messages={"required": REQUIRED}
    )
    kind = forms.ChoiceField(label="Jenis", choices=ResultKind.choices)
    parent_id = forms.TypedChoiceField(
        label="Hasil kerja atasan yang didukung", coerce=int, empty_value=None, required=False
    )
    cascade_method = forms.ChoiceField(
        label="Metode cascading", required=False, choices=[("", ""), *CascadeMethod.choices]
    )
    source = forms.ChoiceField(label="Sumber", required=False, choices=[("", ""), *ResultSource.choices])
    perspective = forms.ChoiceField(
        label="Perspektif", required=False, choices=[("", ""), *Perspective.choices]
    )
    agreement_text = forms.CharField(label="Acuan perjanjian kinerja", required=False, max_length=2000)
    scope = forms.TypedChoiceField(
        label="Lingkup", coerce=int, choices=SCOPES, required=False, empty_value="1"
    )
    assigned_by = forms.CharField(label="Pemberi tugas", required=False, max_length=200)

    def __init__(self, data: Mapping[str, Any], *, parents: Collection[int]) -> None:
        super().__init__(data)
        self.fields["parent_id"].choices = [("", ""), *((key, "") for key in parents)]  # type: ignore[attr-defined]

    def to_input(self) -> ResultInput:
        """The cleaned values as the service takes them."""
        data = self.cleaned_data
        return ResultInput(
            text=data["text"],
            kind=ResultKind(data["kind"]),
            parent_id=data["parent_id"],
            cascade_method=CascadeMethod(data["cascade_method"]) if data["cascade_method"] else None,
            source=ResultSource(data["source"]) if data["source"] else None,
            scope=int(data["scope"]),
            assigned_by=data["assigned_by"],
            perspective=Perspective(data["perspective"]) if data["perspective"] else None,
            agreement_text=data["agreement_text"],
        )


class IndicatorForm(forms.Form):
    """One indicator; a single target leaves the far bound empty.

    A target or unit may still be missing in a draft: the completeness list asks for it. Where less is better
    an empty target is told apart from 0, which is a promise there.
    """

    key = forms.UUIDField()
    aspect = forms.ChoiceField(label="Aspek", choices=Aspect.choices)
    text = forms.CharField(label="Indikator kinerja individu", required=False, max_length=1000)
    target_min = DecimalText(label="Target", required=False)
    target_max = DecimalText(label="Batas atas target", required=False)
    target_text = forms.CharField(label="Ekspektasi", required=False, max_length=2000)
    unit = forms.CharField(label="Satuan", required=False, max_length=60)
    direction = forms.ChoiceField(label="Arah", choices=Direction.choices, required=False)
    target_is_maximum = forms.BooleanField(label="Nilai tertinggi", required=False)
    rollup = forms.ChoiceField(label="Rekap triwulan", required=False, choices=[("", ""), *Rollup.choices])

    TYPED = ("text", "target_min", "target_max", "target_text", "unit")

    def __init__(self, data: Mapping[str, Any], *, prefix: str, approach: Approach) -> None:
        super().__init__(data, prefix=prefix)
        self.approach = approach

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed: such a row is no indicator."""
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.TYPED)

    def clean(self) -> dict[str, Any]:
        """Refuse a row without text, a range written the wrong way round, an empty target of arah khusus."""
        data = super().clean() or self.cleaned_data
        if "text" in data and not data["text"]:
            self.add_error("text", REQUIRED)
        if self.approach == Approach.QUALITATIVE:
            return data
        low, high = data.get("target_min"), data.get("target_max")
        if high is not None and low is not None and high < low:
            self.add_error("target_max", "Batas atas tidak boleh lebih kecil daripada target.")
        if low is None and "target_min" in data:
            if high is not None:
                self.add_error("target_min", "Isi juga batas bawahnya.")
            elif data.get("direction") == Direction.SPECIAL:
                self.add_error("target_min", "Tulis target. Angka 0 berarti tidak boleh terjadi sama sekali.")
        return data

    def to_line(self) -> IndicatorLine:
        """The cleaned values as the service takes them."""
        data = self.cleaned_data
        low = data["target_min"] if data["target_min"] is not None else Decimal(0)
        return IndicatorLine(
            str(data["key"]),
            IndicatorInput(
                aspect=Aspect(data["aspect"]),
                text=data["text"],
                target_min=low,
                target_max=low if data["target_max"] is None else data["target_max"],
                unit=data["unit"],
                direction=Direction(data["direction"] or Direction.NORMAL),
                target_is_maximum=data["target_is_maximum"],
                target_text=data["target_text"],
                rollup=Rollup(data["rollup"]) if data["rollup"] else None,
            ),
        )


def read_result(
    data: Mapping[str, Any], *, parents: Collection[int], approach: Approach
) -> tuple[ResultSection | None, Errors]:
    """A typed result with its indicators, or None with the errors by field name.

    The row whose key stands under ``buang`` is left out, as are rows in which nothing was typed.
    """
    form = ResultForm(data, parents=parents)
    rows = [
        IndicatorForm(data, prefix=f"i{number}", approach=approach)
        for number in range(ROWS)
        if f"i{number}-key" in data
    ]
    rows = [
        row
        for row in rows
        if not row.is_blank and data.get(row.add_prefix("key"), "") != data.get("buang", "")
    ]
    errors = Errors()
    for one in (form, *rows):
        for name, messages in one.errors.items():
            errors[one.add_prefix(name)] = [str(message) for message in messages]
    if errors:
        return None, errors
    return ResultSection(form.to_input(), tuple(row.to_line() for row in rows)), errors


class TextsForm(forms.Form):
    """Texts by name: the expectations of behaviour, or the lists of the appendix."""

    def __init__(self, data: Mapping[str, Any], *, names: Collection[str], longest: int) -> None:
        super().__init__(data)
        for name in names:
            self.fields[name] = forms.CharField(required=False, max_length=longest)


def read_texts(
    data: Mapping[str, Any], *, names: Collection[str], longest: int
) -> tuple[dict[str, str] | None, Errors]:
    """The typed texts by name, or None with the errors."""
    form = TextsForm(data, names=names, longest=longest)
    if form.is_valid():
        return dict(form.cleaned_data), Errors()
    found = {name: [str(message) for message in messages] for name, messages in form.errors.items()}
    return None, Errors(found)
