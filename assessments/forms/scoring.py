"""What the appraiser types of a judgment."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from assessments.aspects import BehaviourAspect
from assessments.enums import Rating
from assessments.models import NewIdea
from assessments.selectors.scoring import Reported
from assessments.services.scoring import IdeaDecision
from assessments.services.versions import Judgment
from assessments.states import IdeaVerdict
from config.lib.fields import DecimalText, called
from config.lib.numbers import show_decimal
from skp.content import PlanContent
from skp.enums import Regime
from skp.services.realisations import Correction

MOST = Decimal(120)
MAX_FEEDBACK, MAX_REASON = 2000, 300


@dataclass(frozen=True, slots=True)
class ScoreSetup:
    """What the form asks for: the plan, the aspects, whether values are given, and the idea if there is one.

    ``rating_fixed``: the results rating is the unit's achievement, nobody chooses it.
    """

    content: PlanContent
    aspects: tuple[BehaviourAspect, ...]
    regime: Regime
    idea: NewIdea | None = None
    rating_fixed: bool = False

    @property
    def has_values(self) -> bool:
        """Whether behaviour is judged with numbers."""
        return self.regime != Regime.QUADRANT


class ScoreForm(forms.Form):
    """Corrections, feedback, behaviour, the verdict on the idea, both ratings, a recommendation.

    An empty rating takes the suggestion; an empty correction leaves the owner's realisation.
    """

    def __init__(self, *args: Any, setup: ScoreSetup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setup = setup
        for result in setup.content.results:
            for item in result.indicators:
                correction = DecimalText(label="Koreksi realisasi", required=False)
                self.fields[f"k{item.indicator_id}"] = _about(correction, item.text)
                self.fields[f"a{item.indicator_id}"] = _about(_line("Alasan koreksi"), item.text)
            feedback = _text("Umpan balik atas hasil kerja", MAX_FEEDBACK)
            self.fields[f"h{result.result_id}"] = _about(feedback, result.text)
        for aspect in setup.aspects:
            if setup.has_values:
                self.fields[aspect.key] = DecimalText(
                    label=f"Nilai {aspect.label}", whole=3, decimals=2, most=MOST
                )
            self.fields[f"u_{aspect.key}"] = _text(f"Umpan balik {aspect.label}", MAX_FEEDBACK)
        if setup.idea is not None:
            self.fields["idea"] = forms.ChoiceField(
                label="Ide baru", choices=IdeaVerdict.choices, required=False
            )
            self.fields["idea_note"] = _line("Catatan pemeriksaan ide")
        self._add_ratings()

    def _add_ratings(self) -> None:
        choices = [("", "Sesuai usulan sistem"), *Rating.choices]
        if not self.setup.rating_fixed:
            self.fields["results_rating"] = forms.ChoiceField(
                label="Rating hasil kerja", choices=choices, required=False
            )
        if not self.setup.has_values:
            choices = [("", "Pilih rating"), *Rating.choices]
        self.fields["behaviour_rating"] = forms.ChoiceField(
            label="Rating perilaku kerja", choices=choices, required=False
        )
        self.fields["rating_reason"] = _line("Alasan bila rating berbeda dari usulan")
        self.fields["recommendation"] = _text("Catatan atau rekomendasi", MAX_FEEDBACK)

    def clean(self) -> dict[str, Any]:
        """A correction and a refusal say why."""
        data: dict[str, Any] = super().clean() or {}
        for key in self.setup.content.indicator_ids:
            if data.get(f"k{key}") is not None and not data.get(f"a{key}"):
                self.add_error(f"a{key}", "Tulis alasan setiap koreksi realisasi.")
        if data.get("idea") == IdeaVerdict.REFUSED and not data.get("idea_note"):
            self.add_error("idea_note", "Tulis mengapa ide baru tidak terbukti.")
        return data

    def to_input(self) -> Judgment:
        """What was understood so far as the service takes it; a field with a fault is left out."""
        data, setup = self.cleaned_data, self.setup
        values = {aspect.key: data.get(aspect.key) for aspect in setup.aspects} if setup.has_values else {}
        return Judgment(
            behaviour={key: value for key, value in values.items() if value is not None},
            results_rating=_rating(data.get("results_rating")),
            behaviour_rating=_rating(data.get("behaviour_rating")),
            rating_reason=data.get("rating_reason", ""),
            recommendation=data.get("recommendation", ""),
            result_feedback={
                result.result_id: data.get(f"h{result.result_id}", "") for result in setup.content.results
            },
            behaviour_feedback={aspect.key: data.get(f"u_{aspect.key}", "") for aspect in setup.aspects},
        )

    def corrections(self, reported: Mapping[int, Reported]) -> dict[int, Correction | None]:
        """The corrections that change something; None takes one back, as does the owner's own value."""
        found: dict[int, Correction | None] = {}
        for key, row in reported.items():
            value, reason = self.cleaned_data.get(f"k{key}"), self.cleaned_data.get(f"a{key}", "")
            if value is None or value == row.value:
                if row.corrected is not None:
                    found[key] = None
            elif (value, reason) != (row.corrected, row.reason):
                found[key] = Correction(value, reason)
        return found

    def realisations(self, reported: Mapping[int, Reported]) -> dict[int, Decimal]:
        """The value that would count of each indicator."""
        return {
            key: row.value if self.cleaned_data.get(f"k{key}") is None else self.cleaned_data[f"k{key}"]
            for key, row in reported.items()
        }

    def idea_decision(self) -> IdeaDecision | None:
        """The verdict on the idea where it changes, None where it stays."""
        idea = self.setup.idea
        if idea is None:
            return None
        chosen = IdeaDecision(
            IdeaVerdict(self.cleaned_data.get("idea", "")), self.cleaned_data.get("idea_note", "")
        )
        return None if (chosen.verdict, chosen.note) == (idea.verdict, idea.verdict_note) else chosen

    @property
    def idea_verified(self) -> bool:
        """Whether the idea would count."""
        return bool(self.cleaned_data.get("idea") == IdeaVerdict.VERIFIED)

    def typed(self) -> dict[str, str]:
        """Every field as it was posted, for the draft."""
        return {name: str(self.data.get(name, "")) for name in self.fields}

    def shown(self) -> dict[str, str]:
        """Every field as the page shows it before anything is posted, for a first preview."""
        pairs = ((field.name, field.value()) for field in self)
        return {name: "" if value is None else str(value) for name, value in pairs}

    def missing(self) -> list[tuple[str, str]]:
        """What still has to be judged or typed anew, by name, with the anchor of its field."""
        asked = [aspect.key for aspect in self.setup.aspects] if self.setup.has_values else []
        if not self.setup.has_values:
            asked.append("behaviour_rating")
        empty = [self[name] for name in asked if not self[name].value()]
        found = [(f"{field.label} belum diisi", field.auto_id) for field in empty]
        if self.setup.idea is not None and not self["idea"].value():
            found.append(("Ide baru belum diperiksa", self["idea"].auto_id))
        wrong = [self[name] for name in self.errors if name in self.fields and self[name] not in empty]
        return found + [(f"{called(field)}: {field.errors[0]}", field.auto_id) for field in wrong]


def score_initial(
    judgment: Judgment | None, reported: Mapping[int, Reported], idea: NewIdea | None
) -> dict[str, str]:
    """The stored judgment as the form shows it first."""
    found: dict[str, str] = {}
    for key, row in reported.items():
        if row.corrected is not None:
            found |= {f"k{key}": show_decimal(row.corrected), f"a{key}": row.reason}
    if idea is not None:
        found |= {"idea": idea.verdict, "idea_note": idea.verdict_note}
    if judgment is None:
        return found
    found |= {key: show_decimal(value) for key, value in judgment.behaviour.items()}
    found |= {f"h{key}": text for key, text in judgment.result_feedback.items()}
    found |= {f"u_{key}": text for key, text in judgment.behaviour_feedback.items()}
    return found | {
        "results_rating": judgment.results_rating or "",
        "behaviour_rating": judgment.behaviour_rating or "",
        "rating_reason": judgment.rating_reason,
        "recommendation": judgment.recommendation,
    }


def _about(field: forms.Field, what: str) -> forms.Field:
    """The field with a name that tells it from its likes, for who hears it and for lists of faults."""
    field.widget.attrs["aria-label"] = f"{field.label}: {what}"
    return field


def _rating(value: str | None) -> Rating | None:
    return Rating(value) if value else None


def _text(label: str, most: int) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=most, widget=forms.Textarea(attrs={"rows": 2})
    )


def _line(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=MAX_REASON)
