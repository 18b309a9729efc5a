"""What the owner types of a draft, as plain values that compare and hash alike however they were typed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal

from config.lib.canonical import canonical_text, text_hash
from config.lib.numbers import trimmed
from skp.berakhlak import Behaviour
from skp.content import IndicatorContent, PlanContent, ResultContent
from skp.enums import (
    AppendixKind,
    Approach,
    Aspect,
    CascadeMethod,
    Direction,
    Perspective,
    ResultKind,
    ResultSource,
    Rollup,
    Scheme,
)

# How quarters make the year by default (rules.md §3).
ROLLUP_OF = {
    Aspect.QUANTITY: Rollup.SUM,
    Aspect.COST: Rollup.SUM,
    Aspect.TIME: Rollup.LAST,
    Aspect.QUALITY: Rollup.MEAN,
}


@dataclass(frozen=True, slots=True)
class ResultInput:
    """What the owner types of a result; ``parent_id`` is a result of the superior or None."""

    text: str
    kind: ResultKind = ResultKind.MAIN
    parent_id: int | None = None
    cascade_method: CascadeMethod | None = None
    source: ResultSource | None = None
    scope: int = 1
    assigned_by: str = ""
    perspective: Perspective | None = None
    agreement_text: str = ""

    def normal(self, scheme: Scheme) -> "ResultInput":
        """As it is stored: what does not belong to the kind and the scheme is left out."""
        text, agreement = _lines(self.text), _lines(self.agreement_text)
        if self.kind == ResultKind.ADDITIONAL:
            return ResultInput(
                text, ResultKind.ADDITIONAL, scope=self.scope, assigned_by=self.assigned_by.strip()
            )
        if scheme == Scheme.JPT:
            return replace(
                self,
                text=text,
                cascade_method=None,
                scope=1,
                assigned_by="",
                agreement_text=agreement,
            )
        return replace(
            self,
            text=text,
            source=None,
            perspective=None,
            agreement_text="",
            scope=1,
            assigned_by="",
        )


@dataclass(frozen=True, slots=True)
class IndicatorInput:
    """What the owner types of an indicator; a single target is given twice.

    ``target_text`` is the expectation of the approach kualitatif; without ``rollup`` the aspect's default
    is taken.
    """

    aspect: Aspect
    text: str
    target_min: Decimal
    target_max: Decimal
    unit: str
    direction: Direction = Direction.NORMAL
    target_is_maximum: bool = False
    target_text: str = ""
    rollup: Rollup | None = None

    def normal(self, approach: Approach) -> "IndicatorInput":
        """As it is stored: numbers for kuantitatif, the narrative with both numbers 0 for kualitatif."""
        typed = replace(
            self,
            text=_lines(self.text),
            unit=self.unit.strip(),
            rollup=self.rollup or ROLLUP_OF[self.aspect],
        )
        if approach == Approach.QUALITATIVE:
            zero = Decimal(0)
            return replace(
                typed,
                target_min=zero,
                target_max=zero,
                target_is_maximum=False,
                direction=Direction.NORMAL,
                target_text=_lines(self.target_text),
            )
        return replace(
            typed,
            target_min=trimmed(self.target_min),
            target_max=trimmed(self.target_max),
            target_text="",
        )


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator of a section; ``key`` names its identity, which a new one brings along."""

    key: str
    data: IndicatorInput


@dataclass(frozen=True, slots=True)
class ResultSection:
    """A result with all its indicators: what one form of the editor saves."""

    data: ResultInput
    indicators: tuple[IndicatorLine, ...]

    def normal(self, scheme: Scheme, approach: Approach) -> "ResultSection":
        """As it is stored."""
        lines = tuple(IndicatorLine(line.key, line.data.normal(approach)) for line in self.indicators)
        return ResultSection(self.data.normal(scheme), lines)

    @property
    def mark(self) -> str:
        """The hash by which a form knows which text it was opened with."""
        return text_hash(canonical_text(asdict(self), schema_version=1))


@dataclass(frozen=True, slots=True)
class BehaviourSection:
    """The leader's expectation of each aspect; an empty one is left out."""

    texts: tuple[tuple[Behaviour, str], ...]

    @property
    def mark(self) -> str:
        """The hash by which a form knows which text it was opened with."""
        return text_hash(canonical_text({"texts": self.texts}, schema_version=1))


@dataclass(frozen=True, slots=True)
class AppendixSection:
    """The lines of the appendix's three lists, in their order."""

    lines: tuple[tuple[AppendixKind, str], ...]

    @property
    def mark(self) -> str:
        """The hash by which a form knows which text it was opened with."""
        return text_hash(canonical_text({"lines": self.lines}, schema_version=1))


Section = ResultSection | BehaviourSection | AppendixSection


def result_section(result: ResultContent) -> ResultSection:
    """A stored result as its form would send it."""
    return ResultSection(
        ResultInput(
            text=result.text,
            kind=result.kind,
            parent_id=result.parent_id,
            cascade_method=result.cascade_method,
            source=result.source,
            scope=result.scope,
            assigned_by=result.assigned_by,
            perspective=result.perspective,
            agreement_text=result.agreement_text,
        ),
        tuple(IndicatorLine(item.key, indicator_input(item)) for item in result.indicators),
    )


def indicator_input(item: IndicatorContent) -> IndicatorInput:
    """A stored indicator as its form would send it."""
    return IndicatorInput(
        aspect=item.aspect,
        text=item.text,
        target_min=item.target_min,
        target_max=item.target_max,
        unit=item.unit,
        direction=item.direction,
        target_is_maximum=item.target_is_maximum,
        target_text=item.target_text,
        rollup=item.rollup,
    )


def behaviour_section(texts: Mapping[Behaviour, str]) -> BehaviourSection:
    """What was typed of the seven aspects."""
    typed = ((aspect, _lines(texts.get(aspect, ""))) for aspect in Behaviour)
    return BehaviourSection(tuple((aspect, text) for aspect, text in typed if text))


def appendix_section(lists: Mapping[AppendixKind, str]) -> AppendixSection:
    """What was typed of the three lists; every line that is not empty is an item."""
    return AppendixSection(
        tuple(
            (kind, line.strip())
            for kind in AppendixKind
            for line in lists.get(kind, "").splitlines()
            if line.strip()
        )
    )


def stored_behaviours(content: PlanContent) -> BehaviourSection:
    """The expectations as they stand."""
    return BehaviourSection(content.behaviours)


def stored_appendix(content: PlanContent) -> AppendixSection:
    """The appendix as it stands."""
    return AppendixSection(content.appendix)


def _lines(text: str) -> str:
    """Typed text with one kind of line end and no blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
