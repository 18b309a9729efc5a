"""A superior's later value put into a version that was made before it (rules.md §5.3). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assessments.inputs import ScoredInput
from assessments.judging import Judged, judged, suggested_ratings
from assessments.schemes.arithmetic import shown_outcome
from assessments.schemes.types import Step


@dataclass(frozen=True, slots=True)
class ChangedStep:
    """A worked step that comes out differently: "formula = outcome" before and after."""

    label: str
    before: str
    after: str


def renewed(
    scored: ScoredInput, superior_values: Sequence[Decimal | None], *, keep_ratings: bool
) -> ScoredInput:
    """The inputs with the superiors' values as they stand now.

    ``superior_values`` (0–120) has one entry for each result in its order, None leaves the result as it
    is. ``keep_ratings``: the appraiser's own ratings stand, else the score suggests new ones. In regime
    ``quadrant`` nothing is taken over and nothing changes.
    """
    if scored.plan is None:
        return scored
    results = tuple(
        result if value is None else replace(result, superior_value=value)
        for result, value in zip(scored.plan.results, superior_values, strict=True)
    )
    plan = replace(scored.plan, results=results)
    ratings = scored.ratings if keep_ratings else suggested_ratings(plan, scored.settings)
    return replace(scored, plan=plan, ratings=ratings)


def prints_differently(before: Judged, after: Judged) -> bool:
    """Whether a printed value changes: only then is the owner given another version."""
    return (before.skp, before.final) != (after.skp, after.final)


def changed_steps(before: ScoredInput, after: ScoredInput) -> list[ChangedStep]:
    """The worked steps that differ, in their order; both inputs are of the same plan."""
    pairs = zip(judged(before).steps, judged(after).steps, strict=True)
    return [ChangedStep(old.label, _told(old), _told(new)) for old, new in pairs if old != new]


def _told(step: Step) -> str:
    return f"{step.formula} = {shown_outcome(step.as_plain()['value'])}"
