"""What the appraiser types of a judgment."""

from decimal import Decimal
from typing import Any

from django import forms

from assessments.enums import Rating
from assessments.services.versions import Judgment
from config.lib.fields import DecimalText
from skp.berakhlak import GUIDES, Behaviour

MOST = Decimal(120)


class ScoreForm(forms.Form):
    """Seven behaviour values and the two ratings; an empty rating takes the suggestion."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for guide in GUIDES:
            self.fields[guide.aspect.value] = DecimalText(
                label=guide.aspect.label,
                help_text=" · ".join(guide.guides),
                whole=3,
                decimals=2,
                most=MOST,
            )
        choices = [("", "Sesuai usulan sistem"), *Rating.choices]
        self.fields["results_rating"] = forms.ChoiceField(
            label="Rating hasil kerja", choices=choices, required=False
        )
        self.fields["behaviour_rating"] = forms.ChoiceField(
            label="Rating perilaku kerja", choices=choices, required=False
        )
        self.fields["rating_reason"] = forms.CharField(
            label="Alasan bila rating berbeda dari usulan", max_length=300, required=False
        )

    def to_input(self) -> Judgment:
        """The cleaned values as the service takes them."""
        data = self.cleaned_data
        return Judgment(
            behaviour={aspect.value: data[aspect.value] for aspect in Behaviour},
            results_rating=Rating(data["results_rating"]) if data["results_rating"] else None,
            behaviour_rating=Rating(data["behaviour_rating"]) if data["behaviour_rating"] else None,
            rating_reason=data["rating_reason"],
        )
