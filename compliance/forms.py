"""The board's filters, by plain GET."""

from collections.abc import Iterable
from typing import Any

from django import forms

from assessments.enums import FourPredicate
from compliance.enums import Spread, Which, YearStanding
from compliance.selectors.stages import BoardStage
from config.lib.fields import FilterChoice, FilterNumber, FilterText
from config.lib.widgets import PlainHidden
from orgunits.enums import EmploymentKind
from skp.models import Period


class YearForm(forms.Form):
    """The year that a page shows; the newest period when nothing was chosen."""

    tahun = FilterNumber(label="Tahun")

    def __init__(self, *args: Any, periods: Iterable[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(row.year, str(row.year)) for row in periods]
        self.fields["tahun"].choices = years  # type: ignore[attr-defined]
        if len(years) < 2:
            # Nothing to choose: the field would only take room.
            self.fields["tahun"].widget = PlainHidden()


class StageForm(YearForm):
    """The year and the stage; ``present``: the stage shown when nothing was chosen."""

    tahap = FilterChoice(label="Tahap")

    def __init__(
        self, *args: Any, stages: Iterable[BoardStage], present: BoardStage | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tahap"]
        field.choices = [(stage.key, stage.label) for stage in stages]  # type: ignore[attr-defined]
        field.initial = present.key if present else None


class BoardForm(StageForm):
    """What the board is narrowed to."""

    cari = FilterText(label="Nama OPD", max_length=100)
    # Chosen in the strip above the table; kept here so that a search does not lose it.
    predikat = forms.ChoiceField(
        required=False, choices=[("", "Semua"), *FourPredicate.choices], widget=PlainHidden
    )
    urut = forms.CharField(required=False, max_length=20, widget=PlainHidden)


class PeopleForm(StageForm):
    """Which of the people behind the board are listed; OPD 0 are those outside of any."""

    opd = FilterNumber(label="OPD")
    yang = FilterChoice(label="Yang ditampilkan", choices=Which.choices)
    # Chosen by a link of the OPD's page.
    unit = forms.IntegerField(required=False, min_value=1, max_value=2**60, widget=PlainHidden)

    def __init__(self, *args: Any, opds: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opd"].choices = [("", "Semua OPD"), *opds]  # type: ignore[attr-defined]


class FrozenPeopleForm(forms.Form):
    """Which of a frozen snapshot's people are listed."""

    opd = FilterNumber(label="OPD")
    yang = FilterChoice(label="Yang ditampilkan", choices=Which.choices)

    def __init__(self, *args: Any, opds: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opd"].choices = [("", "Semua OPD"), *opds]  # type: ignore[attr-defined]


# Beside the predicates in the strip of the results: OPD of which too few are scored.
TOO_FEW = "belum"


class ScoresForm(YearForm):
    """What the results board is narrowed to."""

    cari = FilterText(label="Nama OPD", max_length=100)
    # Chosen in the strip above the table; kept here so that a search does not lose it.
    predikat = forms.ChoiceField(
        required=False,
        choices=[("", "Semua"), *FourPredicate.choices, (TOO_FEW, "Belum cukup data")],
        widget=PlainHidden,
    )
    urut = forms.CharField(required=False, max_length=20, widget=PlainHidden)


class ScoredForm(YearForm):
    """Which of the people behind the results board are listed; OPD 0 are those outside of any."""

    opd = FilterNumber(label="OPD")
    yang = FilterChoice(label="Yang ditampilkan", choices=YearStanding.choices)
    predikat = FilterChoice(label="Predikat", choices=[("", "Semua"), *FourPredicate.choices])
    jenis = FilterChoice(label="Jenis pegawai", choices=[("", "Semua"), *EmploymentKind.choices])
    # Chosen by a link of the OPD's page.
    unit = forms.IntegerField(required=False, min_value=1, max_value=2**60, widget=PlainHidden)

    def __init__(self, *args: Any, opds: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opd"].choices = [("", "Semua OPD"), *opds]  # type: ignore[attr-defined]


class SpreadForm(YearForm):
    """By what the distribution is drawn."""

    menurut = FilterChoice(label="Menurut", choices=Spread.choices)


class EvaluationForm(YearForm):
    """The year whose planning stands beside the results of the year before."""

    urut = forms.CharField(required=False, max_length=20, widget=PlainHidden)


class RecapForm(forms.Form):
    """Which recapitulation to issue; OPD 0 is the whole regency."""

    tahun = forms.IntegerField(min_value=2000, max_value=2100)
    opd = forms.IntegerField(min_value=0, max_value=2**60)
