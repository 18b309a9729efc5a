"""Fields that several forms of the organisation share, and the choice of the day a page shows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from accounts.names import clean_nip
from config.lib.dates import until_from_last_day
from orgunits.models import OrgUnitSpan

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


FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)
_OUT_OF_RANGE = f"Tahun harus antara {FIRST_DAY.year} dan {LAST_DAY.year}."


class DayField(forms.DateField):
    """A day from FIRST_DAY to LAST_DAY, picked or typed as 31-01-2026; beyond lie only slips."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        formats = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
        bounds = [MinValueValidator(FIRST_DAY, _OUT_OF_RANGE), MaxValueValidator(LAST_DAY, _OUT_OF_RANGE)]
        super().__init__(widget=widget, input_formats=formats, validators=bounds, **kwargs)
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


class NothingForm(forms.Form):
    """A change that asks for nothing but confirmation."""


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
