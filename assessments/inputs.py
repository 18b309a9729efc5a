"""From a plan in force and its realisations to the plain values that are scored."""

from collections.abc import Mapping
from decimal import Decimal

from assessments.enums import Weighting
from assessments.schemes.types import IndicatorInput, PlanInput, ResultInput
from config.lib.canonical import canonical_text
from skp.content import PlanContent, ResultContent
from skp.enums import CascadeMethod

INPUT_SCHEMA_VERSION = 1


def plan_input(
    content: PlanContent,
    realisations: Mapping[int, Decimal],
    behaviour: tuple[Decimal | None, ...],
    *,
    weighting: Weighting,
    superior_values: Mapping[int, Decimal],
    new_idea: bool,
) -> PlanInput:
    """What the score rests on.

    ``realisations`` by indicator, ``superior_values`` (0–120) by the superior's result, only those of
    delivered assessments: what is absent is still to come.
    """
    return PlanInput(
        scheme=content.scheme,
        weighting=weighting,
        new_idea=new_idea,
        results=tuple(_result(result, realisations, superior_values) for result in content.results),
        behaviour=behaviour,
    )


def _result(
    result: ResultContent, realisations: Mapping[int, Decimal], superior_values: Mapping[int, Decimal]
) -> ResultInput:
    takes_over = result.cascade_method == CascadeMethod.NON_DIRECT and result.parent_id is not None
    return ResultInput(
        kind=result.kind,
        source=result.source,
        cascade=result.cascade_method,
        superior_value=superior_values.get(result.parent_id or 0) if takes_over else None,
        scope=result.scope,
        indicators=tuple(
            IndicatorInput(
                aspect=item.aspect,
                target_min=item.target_min,
                target_max=item.target_max,
                realisation=realisations.get(item.indicator_id),
                direction=item.direction,
                target_is_maximum=item.target_is_maximum,
            )
            for item in result.indicators
        ),
    )


def input_text(plan: PlanInput, content_hash: str) -> str:
    """The canonical text of what was scored, with the hash of the plan's content."""
    return canonical_text(
        {
            "content_hash": content_hash,
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
        },
        schema_version=INPUT_SCHEMA_VERSION,
    )
