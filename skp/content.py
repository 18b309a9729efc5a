"""What a revision says, as plain values: checked, hashed, printed and scored from the same reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from config.lib.canonical import canonical_text
from skp.berakhlak import Behaviour
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

CONTENT_SCHEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class IndicatorContent:
    """An indicator of a revision; a single target has ``target_min == target_max``.

    ``target_text`` is the expectation as narrative, of the approach kualitatif; there both numbers are 0.
    """

    planned_id: int
    indicator_id: int
    key: str
    aspect: Aspect
    text: str
    target_min: Decimal
    target_max: Decimal
    unit: str
    direction: Direction
    target_is_maximum: bool
    rollup: Rollup
    target_text: str = ""


@dataclass(frozen=True, slots=True)
class ResultContent:
    """A result of a revision with its link to the superior's result.

    ``parent_text`` is the frozen text once agreed, the newest one before; ``open_parent_code`` the imported
    code of a superior's result that is not there yet.
    """

    planned_id: int
    result_id: int
    key: str
    kind: ResultKind
    text: str
    parent_id: int | None
    parent_key: str
    parent_text: str
    cascade_method: CascadeMethod | None
    source: ResultSource | None
    scope: int
    assigned_by: str
    indicators: tuple[IndicatorContent, ...]
    perspective: Perspective | None = None
    agreement_text: str = ""
    open_parent_code: str = ""
    parent_revision_number: int | None = None


@dataclass(frozen=True, slots=True)
class PlanContent:
    """Everything a revision says."""

    scheme: Scheme
    approach: Approach
    results: tuple[ResultContent, ...]
    behaviours: tuple[tuple[Behaviour, str], ...] = ()
    appendix: tuple[tuple[AppendixKind, str], ...] = ()

    @property
    def main(self) -> tuple[ResultContent, ...]:
        """The main results in their order."""
        return tuple(result for result in self.results if result.kind == ResultKind.MAIN)

    @property
    def additional(self) -> tuple[ResultContent, ...]:
        """The additional results in their order."""
        return tuple(result for result in self.results if result.kind == ResultKind.ADDITIONAL)

    @property
    def indicator_ids(self) -> frozenset[int]:
        """The indicators that a year's report has to answer."""
        return frozenset(item.indicator_id for result in self.results for item in result.indicators)

    def to_text(self) -> str:
        """The canonical text that is hashed on submission; numbers of rows are left out."""
        return canonical_text(
            {
                "scheme": self.scheme,
                "approach": self.approach,
                "results": [_result_values(result) for result in self.results],
                "behaviours": [[aspect, text] for aspect, text in self.behaviours],
                "appendix": [[kind, text] for kind, text in self.appendix],
            },
            schema_version=CONTENT_SCHEMA_VERSION,
        )


def _result_values(result: ResultContent) -> Mapping[str, object]:
    return {
        "key": result.key,
        "kind": result.kind,
        "text": result.text,
        "parent": result.parent_key or None,
        "cascade_method": result.cascade_method,
        "source": result.source,
        "scope": result.scope,
        "assigned_by": result.assigned_by,
        "perspective": result.perspective,
        "agreement_text": result.agreement_text,
        "indicators": [
            {
                "key": item.key,
                "aspect": item.aspect,
                "text": item.text,
                "target": [_plain(item.target_min), _plain(item.target_max)],
                "unit": item.unit,
                "direction": item.direction,
                "target_is_maximum": item.target_is_maximum,
                "rollup": item.rollup,
                "target_text": item.target_text,
            }
            for item in result.indicators
        ],
    }


def _plain(number: Decimal) -> str:
    """The number without the trailing zeros that its column adds: 12.0000 reads "12"."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
