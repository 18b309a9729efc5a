"""The versions of a score with what each changed, and what happened to the assessment."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.aspects import aspect_label
from assessments.inputs import ScoredInput, read_input_text
from assessments.models import (
    Assessment,
    AssessmentMove,
    AssessmentVersion,
    BehaviourScore,
    Delivery,
    ResultScore,
)
from assessments.schemes.arithmetic import shown_outcome
from assessments.states import AssessmentAction, VersionCause
from config.lib.numbers import show_decimal


@dataclass(frozen=True, slots=True)
class VersionChange:
    """One thing that a version says differently from the one before; an empty side was not there."""

    subject: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version with its delivery, None where it never reached the owner, and what it changed."""

    version: AssessmentVersion
    delivery: Delivery | None
    changes: tuple[VersionChange, ...]


def steps_of(version: AssessmentVersion) -> list[dict[str, str]]:
    """The worked steps as they were stored with the version, outcomes with a decimal comma."""
    return shown_steps(version.steps_text)


def shown_steps(steps_text: str) -> list[dict[str, str]]:
    """The worked steps of their canonical text, outcomes with a decimal comma."""
    steps: list[dict[str, str]] = json.loads(steps_text)["steps"]
    return [{**step, "value": shown_outcome(step["value"])} for step in steps]


def versions_of(assessment: Assessment, *, up_to: int | None = None) -> list[ShownVersion]:
    """The versions, the newest first, each with what it changed; ``up_to``: the last number to be told."""
    rows = assessment.versions.select_related("delivery").prefetch_related("results", "behaviours")
    if up_to is not None:
        rows = rows.filter(number__lte=up_to)
    found: list[ShownVersion] = []
    before: Mapping[tuple[str, str], str] | None = None
    for version in rows.order_by("number"):
        says = _says(version)
        changes = () if before is None else tuple(_changes(before, says))
        found.append(ShownVersion(version, getattr(version, "delivery", None), changes))
        before = says
    return found[::-1]


def history_of(assessment: Assessment) -> list[dict[str, object]]:
    """What happened, the newest first, as the timeline shows it."""
    moves = assessment.moves.select_related("about").order_by("-at", "-pk")
    return [
        {
            "at": move.at,
            "text": _told(move),
            "who": f"{move.actor_label}, {move.acting_as}" if move.acting_as else move.actor_label,
            "note": move.note,
        }
        for move in moves
    ]


def _told(move: AssessmentMove) -> str:
    by_system = move.action == AssessmentAction.SCORE and move.actor_id is None
    if by_system and move.about is not None:
        return str(VersionCause(move.about.cause).label)
    return AssessmentAction(move.action).done


def _changes(
    before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str]
) -> Iterable[VersionChange]:
    for key in dict.fromkeys([*after, *before]):
        old, new = before.get(key, ""), after.get(key, "")
        if old != new:
            yield VersionChange(*key, old, new)


def _says(version: AssessmentVersion) -> dict[tuple[str, str], str]:
    """Everything that a reader may find changed, by subject and part."""
    whole = "Nilai"
    said = {
        (whole, "Nilai SKP"): _number(version.skp_value),
        (whole, "Nilai perilaku"): _number(version.behaviour_value),
        (whole, "Nilai akhir"): _number(version.final),
        (whole, "Kategori nilai"): version.get_category_display(),
        (whole, "Rating hasil kerja"): version.get_results_rating_display(),
        (whole, "Rating perilaku kerja"): version.get_behaviour_rating_display(),
        (whole, "Alasan rating"): version.rating_reason,
        (whole, "Predikat kinerja"): version.get_national_display(),
        (whole, "Catatan/rekomendasi"): version.recommendation,
    }
    said |= _results(sorted(version.results.all(), key=lambda row: row.pk))
    said |= _realisations(read_input_text(version.inputs_text))
    return said | _behaviours(sorted(version.behaviours.all(), key=lambda row: row.pk))


def _results(rows: Sequence[ResultScore]) -> dict[tuple[str, str], str]:
    said = {}
    for number, row in enumerate(rows, start=1):
        subject = _result_name(number)
        provisional = " (sementara)" if row.provisional else ""
        taken = _number(row.superior_value)
        said[subject, "Nilai atasan"] = f"{taken}{provisional}" if taken else ""
        said[subject, "Kategori"] = row.get_category_display()
        said[subject, "Umpan balik"] = row.feedback
    return said


def _realisations(scored: ScoredInput) -> dict[tuple[str, str], str]:
    results = scored.plan.results if scored.plan else ()
    return {
        (_result_name(number), f"Realisasi indikator {place}"): _number(item.realisation)
        for number, result in enumerate(results, start=1)
        for place, item in enumerate(result.indicators, start=1)
    }


def _behaviours(rows: Sequence[BehaviourScore]) -> dict[tuple[str, str], str]:
    said = {}
    for row in rows:
        subject = aspect_label(row.aspect)
        said[subject, "Nilai perilaku"] = _number(row.value)
        said[subject, "Umpan balik"] = row.feedback
    return said


def _result_name(number: int) -> str:
    return f"Hasil kerja {number}"


def _number(value: Decimal | None) -> str:
    return "" if value is None else show_decimal(value)
