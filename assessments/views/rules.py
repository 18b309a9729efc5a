"""The numbers of scoring that no regulation fixes, for everybody: who is scored may know by what."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from assessments.models import ScoringVersion
from assessments.permissions import can_simulate
from assessments.schemes.setting_rules import changed_settings, value_words
from assessments.schemes.settings import DEFAULTS, ScoringSettings
from assessments.selectors.scoring_settings import ScoringState, scoring_open, scoring_state
from assessments.views.achievements import asked_period
from config.lib.notes import Note, setting_lines
from orgunits.middleware import viewer_of
from skp.models import Period
from skp.permissions import can_manage_periods
from skp.selectors.periods import all_periods


@dataclass(frozen=True, slots=True)
class ScoringRule:
    """One setting of scoring as the page lists it."""

    note: Note
    value: str
    default: str
    changed: bool


@dataclass(frozen=True, slots=True)
class ScoringChange:
    """A stored version with what it changed, as sentences."""

    version: ScoringVersion
    told: tuple[str, ...]


def scoring_rules(settings: ScoringSettings = DEFAULTS) -> Sequence[ScoringRule]:
    """All settings of scoring in the order of the rules."""
    return [
        ScoringRule(line.note, value_words(line.value), value_words(line.default), line.changed)
        for line in setting_lines(settings)
    ]


def scoring_history(state: ScoringState) -> list[ScoringChange]:
    """The versions, newest first, each with its differences from the one before."""
    known = [*(ScoringSettings.from_text(version.text) for version in state.versions), DEFAULTS]
    return [
        ScoringChange(version, changes_told(older, newer))
        for version, (newer, older) in zip(state.versions, pairwise(known), strict=True)
    ]


def changes_told(old: ScoringSettings, new: ScoringSettings) -> tuple[str, ...]:
    """What differs, a sentence each."""
    return tuple(
        f"{line.note.label}: {value_words(line.default)} menjadi {value_words(line.value)}."
        for line in changed_settings(old, new)
    )


def settings_address(period: Period) -> str:
    """The page of the period's numbers."""
    return f"{reverse('assessments:scoring_settings')}?{urlencode({'tahun': period.year})}"


@require_safe
def scoring_settings(request: HttpRequest) -> HttpResponse:
    """The settings of a period with basis, default and history; the defaults before the first period."""
    viewer = viewer_of(request)
    period = asked_period(request, viewer)
    if period is None:
        return render(request, "assessments/settings.html", {"rules": scoring_rules()})
    state = scoring_state(period)
    context = {
        "period": period,
        "tabs": [
            {
                "name": str(known.year),
                "url": settings_address(known),
                "current": known.pk == period.pk,
                "count": None,
            }
            for known in all_periods()
        ],
        "rules": scoring_rules(state.settings),
        "history": scoring_history(state),
        "open": scoring_open(period),
        "may_change": can_manage_periods(viewer).allowed,
        "may_simulate": can_simulate(viewer).allowed,
    }
    return render(request, "assessments/settings.html", context)
