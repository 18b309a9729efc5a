"""What a judgment would come to, by the same code as the stored score; nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from assessments.aspects import aspects_of
from assessments.inputs import Ratings, ScoredInput, Suggestion
from assessments.judging import Judged, differs, judged, suggested_ratings
from assessments.schemes.quadrant import suggested_results_rating
from assessments.schemes.settings import ScoringSettings
from assessments.schemes.types import ScoredResult
from assessments.selectors.quadrant import quadrant_basis
from assessments.services.steps import Judging
from assessments.services.versions import Judgment, scored_input
from config.lib.errors import DomainError, Incomplete
from skp.content import PlanContent
from skp.enums import Regime, Scheme

# Stands for a reason still to be typed: a difference is told, it does not hide the numbers.
TO_COME = "…"


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be stored, ``problem`` in words where it can't be.

    ``results`` and ``skp`` are known before behaviour is judged. ``reason_missing``: a rating differs from
    the suggestion and nothing says why.
    """

    judged: Judged | None = None
    ratings: Ratings | None = None
    suggestion: Suggestion = Suggestion()
    results: tuple[ScoredResult, ...] = ()
    skp: Decimal | None = None
    reason_missing: bool = False
    problem: str = ""


def score_preview(
    judging: Judging,
    judgment: Judgment,
    content: PlanContent,
    *,
    settings: ScoringSettings,
    realisations: Mapping[int, Decimal],
    new_idea: bool,
) -> Preview:
    """What the judgment comes to by the period's ``settings``; ``realisations`` with corrections."""
    trial = _Trial(judging, content, settings, realisations, new_idea)
    tried = replace(judgment, rating_reason=judgment.rating_reason.strip() or TO_COME)
    try:
        scored = trial.scored(tried)
        result = judged(scored)
    except Incomplete as error:
        return trial.results_alone(judgment, str(error))
    except DomainError as error:
        return Preview(suggestion=trial.suggestion(None), problem=str(error))
    suggestion = trial.suggestion(scored)
    return Preview(
        judged=result,
        ratings=scored.ratings,
        suggestion=suggestion,
        results=result.results,
        skp=result.skp,
        reason_missing=not judgment.rating_reason.strip() and differs(scored.ratings, suggestion),
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    judging: Judging
    content: PlanContent
    settings: ScoringSettings
    realisations: Mapping[int, Decimal]
    new_idea: bool

    def scored(self, judgment: Judgment) -> ScoredInput:
        return scored_input(
            self.judging,
            judgment,
            self.content,
            self.settings,
            new_idea=self.new_idea,
            realisations=self.realisations,
        )

    def suggestion(self, scored: ScoredInput | None) -> Suggestion:
        if scored is not None and scored.plan is not None:
            offered = suggested_ratings(scored.plan, self.settings)
            return Suggestion(offered.results, offered.behaviour)
        if self.judging.skp.period.regime != Regime.QUADRANT:
            return Suggestion()
        return quadrant_basis(self.judging.skp, self.content, self.settings, self.realisations).suggestion

    def results_alone(self, judgment: Judgment, problem: str) -> Preview:
        """What the results come to while behaviour is not judged: any value stands in for it, unseen."""
        aspects = aspects_of(self.settings.aspects, leads=self.judging.skp.assignment.is_head)
        filled = {aspect.key: judgment.behaviour.get(aspect.key, Decimal(0)) for aspect in aspects}
        try:
            found = judged(self.scored(Judgment(behaviour=filled)))
        except DomainError:
            return Preview(problem=problem)
        scheme = Scheme(self.judging.skp.scheme)
        rating = suggested_results_rating(found.skp, scheme, self.settings) if found.skp else None
        return Preview(
            suggestion=Suggestion(results=rating), results=found.results, skp=found.skp, problem=problem
        )
