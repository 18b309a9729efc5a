"""The numbers of scoring that no regulation fixes, for everybody: who is scored may know by what."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.enums import AspectSet
from assessments.schemes.settings import DEFAULTS, ByCategory
from config.lib.notes import Note, setting_lines
from config.lib.numbers import show_decimal


@dataclass(frozen=True, slots=True)
class ScoringRule:
    """One setting of scoring as the page lists it."""

    value: str
    note: Note


def scoring_rules() -> Iterable[ScoringRule]:
    """All settings of scoring in the order of the rules."""
    return [ScoringRule(_words(line.value), line.note) for line in setting_lines(DEFAULTS)]


def _words(value: object) -> str:
    match value:
        case Decimal():
            return show_decimal(value)
        case AspectSet():
            return str(value.label)
        case ByCategory():
            return " · ".join(
                f"{word.label} {show_decimal(number)}" for word, number in value.items().items()
            )
        case tuple():
            return " · ".join(show_decimal(number) for number in value)
    raise TypeError(f"{type(value).__name__} is no value of scoring")


@require_safe
def scoring_settings(request: HttpRequest) -> HttpResponse:
    """The settings of scoring, the same in every period, with their basis."""
    return render(request, "assessments/settings.html", {"rules": scoring_rules()})
