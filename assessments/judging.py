"""From the stored inputs to a version's numbers, words and worked steps; the same for page, store and check.

Pure: a version that was stored can be derived again from its text alone.
"""

from dataclasses import dataclass
from decimal import Decimal

from assessments.enums import Category, FourPredicate, NationalPredicate, Rating
from assessments.inputs import Ratings, ScoredInput
from assessments.schemes.four import four_predicate_numeric
from assessments.schemes.numeric import numeric_score
from assessments.schemes.quadrant import national_predicate, quadrant_score
from assessments.schemes.settings import ScoringSettings
from assessments.schemes.types import RULE_VERSION, PlanInput, ScoredResult, Step
from config.lib.canonical import canonical_text
from config.lib.errors import DomainError

STEPS_SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Judged:
    """What a version says; numbers and category are None in regime ``quadrant``."""

    skp: Decimal | None
    behaviour: Decimal | None
    final: Decimal | None
    category: Category | None
    national: NationalPredicate
    four: FourPredicate
    results: tuple[ScoredResult, ...]
    steps: tuple[Step, ...]
    provisional: bool
    rule_version: str = RULE_VERSION

    @property
    def steps_text(self) -> str:
        """The worked steps as they are stored."""
        return canonical_text(
            {"steps": [step.as_plain() for step in self.steps]}, schema_version=STEPS_SCHEMA_VERSION
        )


def judged(scored: ScoredInput) -> Judged:
    """Numbers, words and steps of the inputs.

    Raises Incomplete for a missing part, DomainError for a value outside its range.
    """
    if scored.plan is None:
        quadrant = quadrant_score(scored.ratings.results, scored.ratings.behaviour)
        return Judged(
            skp=None,
            behaviour=None,
            final=None,
            category=None,
            national=quadrant.national,
            four=quadrant.four,
            results=(),
            steps=quadrant.steps,
            provisional=False,
        )
    score = numeric_score(scored.plan, scored.settings)
    outcome = score.outcome
    return Judged(
        skp=outcome.skp,
        behaviour=outcome.behaviour,
        final=outcome.final,
        category=outcome.category,
        national=national_predicate(scored.ratings.results, scored.ratings.behaviour),
        four=four_predicate_numeric(outcome.category, outcome.final, scored.settings),
        results=score.results,
        steps=score.steps,
        provisional=score.provisional,
    )


def suggested_ratings(plan: PlanInput, settings: ScoringSettings) -> Ratings:
    """The two ratings that the score suggests; raises as ``numeric_score`` does."""
    outcome = numeric_score(plan, settings).outcome
    return Ratings(outcome.results_rating, outcome.behaviour_rating)


def chosen_ratings(
    suggested: Ratings | None, results: Rating | None, behaviour: Rating | None, reason: str
) -> Ratings:
    """The appraiser's ratings; what is left open takes the suggestion.

    Raises DomainError for a difference without a reason, or where nothing is suggested and one is missing.
    """
    results = results or (suggested.results if suggested else None)
    behaviour = behaviour or (suggested.behaviour if suggested else None)
    if results is None or behaviour is None:
        raise DomainError("Pilih rating hasil kerja dan rating perilaku kerja.")
    chosen = Ratings(results, behaviour)
    if suggested is not None and chosen != suggested and not reason.strip():
        raise DomainError("Rating yang berbeda dari usulan sistem harus disertai alasan.")
    return chosen
