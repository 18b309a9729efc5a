"""What the owner sees before reporting: the evidence of each indicator and what is still missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.models import NewIdea
from orgunits.viewer import Viewer
from skp.content import IndicatorContent, PlanContent, ResultContent
from skp.facts import PlanFacts
from skp.intervals import Interval
from skp.models import Skp
from skp.progress_rules import can_record
from skp.selectors.progress import asked_of
from skp.selectors.proof import evidence_counts


@dataclass(frozen=True, slots=True)
class Proof:
    """The evidence of one indicator: how many pieces by interval, the empty ones left out."""

    indicator: IndicatorContent
    parts: tuple[tuple[Interval, int], ...]

    @property
    def total(self) -> int:
        """Files and links of the whole year."""
        return sum(number for _, number in self.parts)


@dataclass(frozen=True, slots=True)
class Proven:
    """The evidence of a plan by indicator; ``open_interval`` still takes some, None when all are closed."""

    by_indicator: Mapping[int, Proof]
    open_interval: Interval | None

    @property
    def unproven(self) -> list[IndicatorContent]:
        """The indicators without any evidence."""
        return [proof.indicator for proof in self.by_indicator.values() if not proof.total]

    @property
    def none_at_all(self) -> bool:
        """Whether no indicator has evidence: the four-word predicate becomes Sangat Buruk (rules.md §7)."""
        return len(self.unproven) == len(self.by_indicator)


def proven_year(viewer: Viewer, skp: Skp, facts: PlanFacts, content: PlanContent) -> Proven:
    """The evidence of every indicator in force, in one query."""
    counts = evidence_counts(content.indicator_ids)
    asked = asked_of(skp, facts)
    still = [
        item
        for item in asked
        if can_record(viewer, facts, item, in_force=skp.in_force_id is not None).allowed
    ]
    return Proven(
        {item.indicator_id: _proof(item, counts, asked) for item in indicators_of(content.results)},
        still[-1] if still else None,
    )


def _proof(
    item: IndicatorContent, counts: Mapping[int, Mapping[int, int]], asked: tuple[Interval, ...]
) -> Proof:
    found = counts.get(item.indicator_id, {})
    return Proof(item, tuple((each, found[each.number]) for each in asked if each.number in found))


def indicators_of(results: Iterable[ResultContent]) -> list[IndicatorContent]:
    """The indicators of the results, in their order."""
    return [item for result in results for item in result.indicators]


def idea_of(skp: Skp) -> NewIdea | None:
    """The plan's new idea; the caller knows that the viewer may read the plan."""
    return NewIdea.objects.filter(skp=skp).first()
