"""What BKPSDM types of a period; rules stay in the services."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms

from config.lib.dates import due_from_last_minute, last_minute_of, office_clock, office_date, office_moment
from config.lib.notes import SettingLine, setting_lines, setting_words
from orgunits.forms.fields import DayField
from skp.enums import Regime
from skp.models import Period
from skp.services.windows import Opening
from skp.settings import PlanSettings, settings_problems

REGIMES = [choice for choice in Regime.choices if choice[0] != Regime.PP46]
REGIME_HELP = "Rezim numerik mewajibkan pendekatan kuantitatif."


class ClockField(forms.TimeField):
    """A time of day to the minute, picked or typed as 23.59 or 23:59."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(widget=widget, input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **kwargs)
        self.error_messages["invalid"] = "Tulis jam seperti 23.59."


class PeriodForm(forms.Form):
    """The year of a new period, how it is scored, and what it is made from."""

    year = forms.IntegerField(label="Tahun periode", min_value=2000, max_value=2100)
    regime = forms.ChoiceField(
        label="Rezim penilaian", choices=REGIMES, initial=Regime.NUMERIC, help_text=REGIME_HELP
    )
    source = forms.TypedChoiceField(
        label="Jadwal dan pengaturan",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Salinan memakai jadwal dan pengaturan periode itu, digeser ke tahun yang baru.",
    )

    def __init__(self, *args: Any, periods: Iterable[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        copies = [(period.pk, f"Salin dari {period}") for period in periods]
        self.fields["source"].choices = [("", "Jadwal dan pengaturan baku"), *copies]  # type: ignore[attr-defined]


class WindowForm(forms.Form):
    """When a stage opens, and the last day and minute, inclusive, on which it can be done."""

    opens_day = DayField(label="Dibuka tanggal")
    opens_clock = ClockField(label="Dibuka pukul", initial=time(0, 0))
    last_day = DayField(label="Hari terakhir", help_text="Hari ini masih termasuk.")
    last_clock = ClockField(label="Sampai pukul", initial=time(23, 59), help_text="Menit ini masih termasuk.")

    def opening(self) -> Opening:
        """The typed times as instants, half-open."""
        data = self.cleaned_data
        return Opening(
            office_moment(data["opens_day"], data["opens_clock"]),
            due_from_last_minute(data["last_day"], data["last_clock"]),
        )


def window_initial(opening: Opening) -> dict[str, object]:
    """A window's times for its form."""
    last_day, last_clock = last_minute_of(opening.closes_at)
    return {
        "opens_day": office_date(opening.opens_at),
        "opens_clock": office_clock(opening.opens_at),
        "last_day": last_day,
        "last_clock": last_clock,
    }


class ReopenForm(forms.Form):
    """The new last day and minute, inclusive, of a stage that is opened again."""

    last_day = DayField(label="Hari terakhir yang baru", help_text="Hari ini masih termasuk.")
    last_clock = ClockField(label="Sampai pukul", initial=time(23, 59), help_text="Menit ini masih termasuk.")


class SettingsForm(forms.Form):
    """Every setting of a period, one field for each, with the reason of the change."""

    def __init__(
        self, *args: Any, settings: PlanSettings, regime: Regime, regime_fixed: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regime"] = forms.ChoiceField(
            label="Rezim penilaian",
            choices=REGIMES,
            initial=regime,
            disabled=bool(regime_fixed),
            help_text=regime_fixed or REGIME_HELP,
        )
        for line in setting_lines(settings):
            self.fields[line.name] = _setting_field(line)
        self.fields["reason"] = forms.CharField(
            label="Alasan perubahan",
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text="Tersimpan dalam riwayat, misalnya nomor keputusan yang mendasarinya.",
        )

    def clean(self) -> dict[str, Any]:
        """Point at each value that may not stand."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            for problem in settings_problems(self.settings()):
                self.add_error(problem.name, problem.text)
        return data

    def settings(self) -> PlanSettings:
        """The settings as typed."""
        names = [line.name for line in setting_lines(PlanSettings())]
        return PlanSettings(**{name: self.cleaned_data[name] for name in names})


def _setting_field(line: SettingLine) -> forms.Field:
    note, unit = line.note, f" ({line.note.unit})" if line.note.unit else ""
    if isinstance(line.default, bool):
        return forms.BooleanField(
            label=note.label, initial=line.value, required=False, help_text=_help(line, "")
        )
    if note.choices:
        return forms.TypedChoiceField(
            label=f"{note.label}{unit}",
            choices=[(choice, str(choice)) for choice in note.choices],
            coerce=int,
            initial=line.value,
            help_text=_help(line, ""),
        )
    return forms.IntegerField(
        label=f"{note.label}{unit}",
        min_value=note.low,
        max_value=note.high,
        initial=line.value,
        help_text=_help(line, f"{note.low} sampai {note.high}. "),
    )


def _help(line: SettingLine, bounds: str) -> str:
    return f"{line.note.text} {bounds}Baku: {setting_words(line.default)}. Dasar: {line.note.basis.value}."
