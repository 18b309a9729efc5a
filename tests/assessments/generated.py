"""Plans as years bring them, the same 500 on every machine, and the plan file that says the same."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

from assessments.enums import Weighting
from assessments.schemes.types import IndicatorInput, PlanInput, ResultInput
from skp.enums import Aspect, CascadeMethod, Direction, ResultKind, ResultSource, Scheme

ASPECTS = 7
# Where bands and categories change, and beside it: achievements in percent of the target.
EDGES = (
    *("0", "0.5", "30", "59", "59.5", "60", "79", "79.5", "80", "87.5", "99", "99.5", "100", "100.4"),
    *("100.5", "101", "105", "109.5", "110", "110.5", "111", "130", "250"),
)
BEHAVIOURS = ("0", "49.99", "50", "89.99", "90", "95.5", "100", "105", "109.99", "110", "115.25", "120")


def generated_plans(count: int = 500, seed: int = 2026) -> Iterator[PlanInput]:
    """Plans in regime ``numeric`` with 70/30 and seven aspects; every one can be scored."""
    chance = Random(seed)
    for _ in range(count):
        scheme = chance.choice(list(Scheme))
        main = [_result(chance, ResultKind.MAIN, scheme) for _ in range(chance.randint(1, 5))]
        others = [_result(chance, ResultKind.ADDITIONAL, scheme) for _ in range(chance.randint(0, 3))]
        yield PlanInput(
            scheme=scheme,
            weighting=Weighting.SEVENTY_THIRTY,
            new_idea=chance.random() < 0.3,
            results=(*main, *others),
            behaviour=tuple(Decimal(chance.choice(BEHAVIOURS)) for _ in range(ASPECTS)),
        )


def _result(chance: Random, kind: ResultKind, scheme: Scheme) -> ResultInput:
    main_ja_jf = kind == ResultKind.MAIN and scheme == Scheme.JA_JF
    main_jpt = kind == ResultKind.MAIN and scheme == Scheme.JPT
    cascade = chance.choice(list(CascadeMethod)) if main_ja_jf else None
    superior = chance.choice((None, "60", "80", "100", "114.444444", "120"))
    return ResultInput(
        kind=kind,
        indicators=tuple(_indicator(chance) for _ in range(chance.randint(1, 4))),
        source=chance.choice(list(ResultSource)) if main_jpt else None,
        cascade=cascade,
        superior_value=Decimal(superior) if superior and cascade == CascadeMethod.NON_DIRECT else None,
        scope=1 if kind == ResultKind.MAIN else chance.randint(1, 3),
    )


def _indicator(chance: Random) -> IndicatorInput:
    direction = chance.choice(list(Direction))
    if direction == Direction.SPECIAL and chance.random() < 0.1:
        low = high = Decimal(0)
        realisation = Decimal(chance.choice((0, 0, 2)))
    else:
        low = Decimal(chance.choice(("1", "4", "12", "80", "90", "100", "2.5", "1500", "0.75")))
        high = low + Decimal(chance.choice(("0", "0", "5", "10")))
        realisation = (high * Decimal(chance.choice(EDGES)) / 100).quantize(Decimal("0.0001"))
    return IndicatorInput(
        aspect=chance.choice(list(Aspect)),
        target_min=low,
        target_max=high,
        realisation=realisation,
        direction=direction,
        target_is_maximum=low == high and chance.random() < 0.1,
    )


def plan_file(plan: PlanInput) -> dict[str, Any]:
    """The plan as ``calculate_score`` takes it; numbers as text would be, so none is rounded on the way."""
    return {
        "regime": "numeric",
        "position": plan.scheme.value,
        "weights": plan.weighting.value,
        "new_idea": plan.new_idea,
        "results": [
            {
                "kind": result.kind.value,
                "source": result.source.value if result.source else None,
                "cascade": result.cascade.value if result.cascade else None,
                "superior_value": number(result.superior_value),
                "scope": result.scope,
                "indicators": [
                    {
                        "aspect": item.aspect.value,
                        "target": [number(item.target_min), number(item.target_max)],
                        "realisation": number(item.realisation),
                        "direction": item.direction.value,
                        "target_is_maximum": item.target_is_maximum,
                    }
                    for item in result.indicators
                ],
            }
            for result in plan.results
        ],
        "behaviour": [number(value) for value in plan.behaviour],
    }


def number(value: Decimal | None) -> float | int | None:
    """A number of a JSON file; the ones used here are the same read back."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
