"""How the demo's plans are written down: short builders for results and indicators."""

from dataclasses import dataclass
from decimal import Decimal

from skp.enums import Aspect, CascadeMethod, Direction, ResultKind


@dataclass(frozen=True, slots=True)
class DemoIndicator:
    """One indicator; ``reached`` is the year's realisation, empty where the story does not come so far."""

    aspect: Aspect
    text: str
    target: str
    unit: str
    reached: str = ""
    target_max: str = ""
    direction: Direction = Direction.NORMAL

    @property
    def low(self) -> Decimal:
        """The target, or the near bound of its range."""
        return Decimal(self.target)

    @property
    def high(self) -> Decimal:
        """The far bound; the target itself when it is a single value."""
        return Decimal(self.target_max or self.target)


@dataclass(frozen=True, slots=True)
class DemoResult:
    """One result; ``serves`` is the place, from 0, of the superior's result, None for no link."""

    text: str
    indicators: tuple[DemoIndicator, ...]
    serves: int | None = None
    method: CascadeMethod = CascadeMethod.DIRECT
    kind: ResultKind = ResultKind.MAIN
    assigned_by: str = ""


def quantity(text: str, target: str, unit: str, reached: str = "") -> DemoIndicator:
    """How much is to be done."""
    return DemoIndicator(Aspect.QUANTITY, text, target, unit, reached)


def quality(text: str, target: str, unit: str, reached: str = "", target_max: str = "") -> DemoIndicator:
    """How well it is to be done."""
    return DemoIndicator(Aspect.QUALITY, text, target, unit, reached, target_max)


def days(text: str, target: str, reached: str = "") -> DemoIndicator:
    """How long it may take at most, in working days: less is better."""
    return DemoIndicator(Aspect.TIME, text, target, "hari kerja", reached, "", Direction.SPECIAL)


def cost(text: str, target: str, reached: str = "") -> DemoIndicator:
    """What it may cost at most, in percent of the budget: less is better."""
    return DemoIndicator(Aspect.COST, text, target, "persen", reached, "", Direction.SPECIAL)


def result(
    text: str,
    *indicators: DemoIndicator,
    serves: int | None = None,
    method: CascadeMethod = CascadeMethod.DIRECT,
) -> DemoResult:
    """A main result."""
    return DemoResult(text, indicators, serves, method)


def extra(text: str, *indicators: DemoIndicator, assigned_by: str) -> DemoResult:
    """An additional result."""
    return DemoResult(text, indicators, kind=ResultKind.ADDITIONAL, assigned_by=assigned_by)
