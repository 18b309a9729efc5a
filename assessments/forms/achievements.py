"""What a leader chooses for a unit one level below."""

from typing import Any

from django import forms

from assessments.enums import OrgPerformance
from assessments.selectors.achievements import LedRow
from assessments.services.achievements import AchievementEntry


class AchievementForm(forms.Form):
    """The achievement of one unit with what it rests on; left empty, or as it was, nothing is changed."""

    performance = forms.ChoiceField(
        label="Capaian organisasi",
        choices=[("", "Belum ditetapkan"), *OrgPerformance.choices],
        required=False,
    )
    note = forms.CharField(label="Dasar", max_length=300, required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, row: LedRow) -> None:
        self.row = row
        achievement = row.achievement
        initial = {
            "performance": achievement.performance if achievement else "",
            "note": achievement.note if achievement else "",
            "version": row.version,
        }
        super().__init__(
            data, initial=initial, prefix=f"unit-{row.unit.unit_id}", use_required_attribute=False
        )
        for field in (self.fields["performance"], self.fields["note"]):
            field.disabled = bool(row.locked)
            field.widget.attrs["aria-label"] = f"{field.label} {row.unit.span.name}"
        self.fields["performance"].widget.attrs["class"] = "form-select"
        self.fields["note"].widget.attrs["class"] = "input"

    def clean_performance(self) -> str:
        """What was set is changed, never taken back."""
        chosen: str = self.cleaned_data["performance"]
        if not chosen and self.row.achievement is not None:
            raise forms.ValidationError("Capaian yang sudah ditetapkan dapat diubah, tidak dikosongkan.")
        return chosen

    def clean(self) -> dict[str, Any]:
        """What the achievement rests on says nothing without it."""
        data = self.cleaned_data
        if data.get("note") and data.get("performance") == "" and self.row.achievement is None:
            self.add_error("performance", "Pilih capaiannya, atau kosongkan dasarnya.")
        return data

    def is_changed(self) -> bool:
        """Whether the leader chose something else than is stored."""
        return bool(self.cleaned_data["performance"]) and bool({"performance", "note"} & {*self.changed_data})

    def problems(self) -> list[str]:
        """What is wrong with the row, as sentences."""
        return [str(error) for errors in self.errors.values() for error in errors]

    def to_entry(self) -> AchievementEntry:
        """The cleaned values as the service takes them."""
        return AchievementEntry(
            unit_id=self.row.unit.unit_id,
            performance=OrgPerformance(self.cleaned_data["performance"]),
            note=self.cleaned_data["note"],
            version=self.cleaned_data["version"],
        )
