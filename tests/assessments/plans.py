"""Builders of scoring inputs: every default is the plain case, a test states what matters to it."""

from decimal import Decimal
from typing import Any

from assessments.enums import Weighting
from assessments.schemes.types import IndicatorInput, PlanInput, ResultInput
from skp.enums import Aspect, CascadeMethod, Direction, ResultKind, ResultSource, Scheme

Number = Decimal | int | str


def indicator(
    realisation: Number | None,
    low: Number,
    high: Number | None = None,
    *,
    aspect: Aspect = Aspect.QUALITY,
    special: bool = False,
    maximum: bool = False,
) -> IndicatorInput:
    """``realisation`` on ``low``, or on the range from ``low`` to ``high``."""
    return IndicatorInput(
        aspect=aspect,
        target_min=Decimal(low),
        target_max=Decimal(low if high is None else high),
        realisation=None if realisation is None else Decimal(realisation),
        direction=Direction.SPECIAL if special else Direction.NORMAL,
        target_is_maximum=maximum,
    )


def percent(achievement: Number) -> IndicatorInput:
    """A quality indicator with this achievement."""
    return indicator(achievement, 100)


def direct(*indicators: IndicatorInput) -> ResultInput:
    """A main result of ``ja_jf`` with direct cascading."""
    return ResultInput(ResultKind.MAIN, indicators, cascade=CascadeMethod.DIRECT)


def non_direct(*indicators: IndicatorInput, superior: Number | None = 100) -> ResultInput:
    """A main result of ``ja_jf`` with non-direct cascading."""
    value = None if superior is None else Decimal(superior)
    return ResultInput(ResultKind.MAIN, indicators, cascade=CascadeMethod.NON_DIRECT, superior_value=value)


def sourced(source: ResultSource, *indicators: IndicatorInput) -> ResultInput:
    """A main result of ``jpt``."""
    return ResultInput(ResultKind.MAIN, indicators, source=source)


def additional(*indicators: IndicatorInput, scope: int = 1) -> ResultInput:
    """An additional result."""
    return ResultInput(ResultKind.ADDITIONAL, indicators, scope=scope)


def plan(*results: ResultInput, behaviour: tuple[Number | None, ...] = (100,), **given: Any) -> PlanInput:
    """A ``ja_jf`` plan with 70/30 and no new idea, unless ``given`` otherwise."""
    values = tuple(None if value is None else Decimal(value) for value in behaviour)
    fields = {"scheme": Scheme.JA_JF, "weighting": Weighting.SEVENTY_THIRTY, "new_idea": False}
    return PlanInput(results=results, behaviour=values, **{**fields, **given})


def worked_example(**given: Any) -> PlanInput:
    """The plan of the worked example: SKP value 109.60."""
    quantity, time = Aspect.QUANTITY, Aspect.TIME
    return plan(
        non_direct(
            indicator(13, 12, aspect=quantity),
            indicator(92, 90, 95),
            indicator(9, 10, aspect=time, special=True),
        ),
        direct(
            indicator(4, 4, aspect=quantity), indicator(80, 100), indicator(12, 12, aspect=time, special=True)
        ),
        additional(percent(100), scope=2),
        behaviour=(105,),
        **given,
    )
