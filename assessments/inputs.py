"""From a plan in force and its realisations to the plain values that are scored, and their stored text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.enums import Rating, Weighting
from assessments.schemes.prorating import PartOfYear, prorated
from assessments.schemes.settings import ScoringSettings
from assessments.schemes.types import IndicatorInput, PlanInput, ResultInput
from config.lib.canonical import canonical_text
from skp.content import IndicatorContent, PlanContent, ResultContent
from skp.enums import Aspect, CascadeMethod, Direction, Regime, ResultKind, ResultSource, Scheme

INPUT_SCHEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class Ratings:
    """The two ratings that were chosen (PermenPANRB 6/2022)."""

    results: Rating
    behaviour: Rating


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The ratings that the numbers suggest; None where there is nothing to suggest from."""

    results: Rating | None = None
    behaviour: Rating | None = None


@dataclass(frozen=True, slots=True)
class ScoredInput:
    """Everything a version rests on; ``plan`` is None in regime ``quadrant``."""

    regime: Regime
    content_hash: str
    settings: ScoringSettings
    ratings: Ratings
    plan: PlanInput | None


def plan_input(
    content: PlanContent,
    realisations: Mapping[int, Decimal],
    behaviour: tuple[Decimal | None, ...],
    *,
    weighting: Weighting,
    superior_values: Mapping[int, Decimal],
    new_idea: bool,
    part: PartOfYear | None = None,
) -> PlanInput:
    """What the score rests on.

    ``realisations`` by indicator, ``superior_values`` (0–120) by the superior's result, only those of
    delivered assessments: what is absent is still to come. ``part``: of a plan that closed early.
    """
    return PlanInput(
        scheme=content.scheme,
        weighting=weighting,
        new_idea=new_idea,
        results=tuple(_result(result, realisations, superior_values, part) for result in content.results),
        behaviour=behaviour,
    )


def _result(
    result: ResultContent,
    realisations: Mapping[int, Decimal],
    superior_values: Mapping[int, Decimal],
    part: PartOfYear | None,
) -> ResultInput:
    takes_over = result.cascade_method == CascadeMethod.NON_DIRECT and result.parent_id is not None
    return ResultInput(
        kind=result.kind,
        source=result.source,
        cascade=result.cascade_method,
        superior_value=superior_values.get(result.parent_id or 0) if takes_over else None,
        scope=result.scope,
        indicators=tuple(
            _indicator(item, realisations.get(item.indicator_id), part) for item in result.indicators
        ),
    )


def _indicator(
    item: IndicatorContent, realisation: Decimal | None, part: PartOfYear | None
) -> IndicatorInput:
    low, high = target_of(item, part)
    return IndicatorInput(
        aspect=item.aspect,
        target_min=low,
        target_max=high,
        realisation=realisation,
        direction=item.direction,
        target_is_maximum=item.target_is_maximum,
    )


def target_of(item: IndicatorContent, part: PartOfYear | None) -> tuple[Decimal, Decimal]:
    """The target to be scored: that of the plan, or its share when the plan closed early."""
    if part is None:
        return item.target_min, item.target_max
    return prorated(item.target_min, item.aspect, part), prorated(item.target_max, item.aspect, part)


def input_text(scored: ScoredInput) -> str:
    """The canonical text of what was scored, from which the same version can be derived again."""
    return canonical_text(
        {
            "regime": scored.regime,
            "content_hash": scored.content_hash,
            "settings": scored.settings.as_plain(),
            "results_rating": scored.ratings.results,
            "behaviour_rating": scored.ratings.behaviour,
            "plan": _plan_values(scored.plan) if scored.plan else None,
        },
        schema_version=INPUT_SCHEMA_VERSION,
    )


def read_input_text(text: str) -> ScoredInput:
    """What ``input_text`` wrote."""
    stored = json.loads(text)
    return ScoredInput(
        regime=Regime(stored["regime"]),
        content_hash=stored["content_hash"],
        settings=ScoringSettings.from_plain(stored["settings"]),
        ratings=Ratings(Rating(stored["results_rating"]), Rating(stored["behaviour_rating"])),
        plan=_read_plan(stored["plan"]) if stored["plan"] else None,
    )


def _plan_values(plan: PlanInput) -> Mapping[str, object]:
    return {
        "scheme": plan.scheme,
        "weights": plan.weighting,
        "new_idea": plan.new_idea,
        "behaviour": list(plan.behaviour),
        "results": [
            {
                "kind": result.kind,
                "source": result.source,
                "cascade": result.cascade,
                "superior_value": result.superior_value,
                "scope": result.scope,
                "indicators": [
                    {
                        "aspect": item.aspect,
                        "target": [item.target_min, item.target_max],
                        "realisation": item.realisation,
                        "direction": item.direction,
                        "target_is_maximum": item.target_is_maximum,
                    }
                    for item in result.indicators
                ],
            }
            for result in plan.results
        ],
    }


def _read_plan(stored: Mapping[str, Any]) -> PlanInput:
    return PlanInput(
        scheme=Scheme(stored["scheme"]),
        weighting=Weighting(stored["weights"]),
        new_idea=stored["new_idea"],
        behaviour=tuple(_number(value) for value in stored["behaviour"]),
        results=tuple(
            ResultInput(
                kind=ResultKind(result["kind"]),
                source=ResultSource(result["source"]) if result["source"] else None,
                cascade=CascadeMethod(result["cascade"]) if result["cascade"] else None,
                superior_value=_number(result["superior_value"]),
                scope=result["scope"],
                indicators=tuple(_read_indicator(item) for item in result["indicators"]),
            )
            for result in stored["results"]
        ),
    )


def _read_indicator(item: Mapping[str, Any]) -> IndicatorInput:
    low, high = item["target"]
    return IndicatorInput(
        aspect=Aspect(item["aspect"]),
        target_min=Decimal(low),
        target_max=Decimal(high),
        realisation=_number(item["realisation"]),
        direction=Direction(item["direction"]),
        target_is_maximum=item["target_is_maximum"],
    )


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
