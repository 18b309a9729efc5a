"""The board's filters, by plain GET."""

from collections.abc import Iterable
from typing import Any

from django import forms

from assessments.enums import FourPredicate
from compliance.enums import Step
from skp.models import Period


class YearForm(forms.Form):
    """The year that a page shows; the newest period when nothing was chosen."""

    tahun = forms.TypedChoiceField(label="Tahun", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, periods: Iterable[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(row.year, str(row.year)) for row in periods]
        self.fields["tahun"].choices = years  # type: ignore[attr-defined]
        if len(years) < 2:
            # Nothing to choose: the field would only take room.
            self.fields["tahun"].widget = forms.HiddenInput()


class BoardForm(YearForm):
    """What the board is narrowed to."""

    cari = forms.CharField(label="Nama OPD", required=False, max_length=100)
    # Chosen in the strip above the table; kept here so that a search does not lose it.
    predikat = forms.ChoiceField(
        required=False, choices=[("", "Semua"), *FourPredicate.choices], widget=forms.HiddenInput
    )


class PeopleForm(YearForm):
    """Which of the people behind the board are listed."""

    opd = forms.TypedChoiceField(label="OPD", coerce=int, empty_value=None, required=False)
    tahap = forms.ChoiceField(label="Tahap", required=False, choices=[("", "Semua"), *Step.choices])
    predikat = forms.ChoiceField(
        label="Predikat", required=False, choices=[("", "Semua"), *FourPredicate.choices]
    )

    def __init__(self, *args: Any, opds: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opd"].choices = [("", "Semua OPD"), *opds]  # type: ignore[attr-defined]
