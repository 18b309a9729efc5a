"""From the stored inputs to a version's numbers, words and worked steps; the same for page, store and check.

Pure: a version that was stored can be derived again from its text alone.
"""

from dataclasses import dataclass
from decimal import Decimal

from assessments.enums import Category, FourPredicate, NationalPredicate, OrgPerformance, Rating
from assessments.inputs import Ratings, ScoredInput, Suggestion
from assessments.schemes.four import four_predicate_numeric
from assessments.schemes.numeric import missing_of_results, numeric_score, skp_value
from assessments.schemes.quadrant import (
    national_predicate,
    quadrant_score,
    rating_of_organisation,
    suggested_results_rating,
)
from assessments.schemes.settings import ScoringSettings
from assessments.schemes.types import RULE_VERSION, PlanInput, ScoredResult, Step
from config.lib.canonical import canonical_text
from config.lib.errors import DomainError

STEPS_SCHEMA_VERSION = 1
NOT_SET = (
    "Capaian organisasi unit kerja ini belum ditetapkan. Rating hasil kerja pimpinan unit mengikuti capaian "
    "itu; tetapkan dahulu pada halaman Capaian organisasi."
)


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


def suggested_by_results(plan: PlanInput, settings: ScoringSettings) -> Suggestion:
    """What regime ``quadrant`` suggests: the results rating alone, nothing while a part is missing.

    There is no behaviour value to suggest from, and what is not complete has no SKP value.
    """
    if missing_of_results(plan):
        return Suggestion()
    value = skp_value(plan, settings)
    return Suggestion(results=suggested_results_rating(value, plan.scheme, settings))


def chosen_ratings(
    suggested: Ratings | Suggestion | None, results: Rating | None, behaviour: Rating | None, reason: str
) -> Ratings:
    """The appraiser's ratings; what is left open takes the suggestion.

    Raises DomainError for a difference without a reason, or where nothing is suggested and one is missing.
    """
    suggested = suggested or Suggestion()
    chosen = Ratings(*_both(results or suggested.results, behaviour or suggested.behaviour))
    if differs(chosen, suggested) and not reason.strip():
        raise DomainError("Rating yang berbeda dari usulan sistem harus disertai alasan.")
    return chosen


def differs(chosen: Ratings, suggested: Ratings | Suggestion) -> bool:
    """Whether a rating is another than the one suggested; where nothing is suggested nothing differs."""
    pairs = ((chosen.results, suggested.results), (chosen.behaviour, suggested.behaviour))
    return any(offered is not None and taken != offered for taken, offered in pairs)


@dataclass(frozen=True, slots=True)
class QuadrantBasis:
    """What the ratings rest on in regime ``quadrant``.

    ``leads``: of a unit's head, whose results rating is the unit's achievement (SE 3/2023);
    ``performance``: that achievement, None while nobody has set it.
    """

    leads: bool
    performance: OrgPerformance | None
    suggestion: Suggestion = Suggestion()

    @property
    def fixed(self) -> Rating | None:
        """The results rating that nobody chooses; None for who leads no unit, or while it is not set."""
        if not self.leads or self.performance is None:
            return None
        return rating_of_organisation(self.performance)

    @property
    def waits_for(self) -> str:
        """Why the plan can't be scored yet, as a sentence; empty when it can."""
        return NOT_SET if self.leads and self.performance is None else ""


def quadrant_ratings(
    basis: QuadrantBasis, results: Rating | None, behaviour: Rating | None, reason: str
) -> Ratings:
    """The two ratings in regime ``quadrant``; a head's results rating is the unit's achievement.

    Raises DomainError as ``chosen_ratings``, while that achievement is not set, and for another rating.
    """
    if not basis.leads:
        return chosen_ratings(basis.suggestion, results, behaviour, reason)
    if basis.waits_for:
        raise DomainError(basis.waits_for)
    if results not in (None, basis.fixed):
        raise DomainError("Rating hasil kerja pimpinan unit mengikuti capaian organisasinya.")
    return chosen_ratings(None, basis.fixed, behaviour, reason)


def _both(results: Rating | None, behaviour: Rating | None) -> tuple[Rating, Rating]:
    if results is None or behaviour is None:
        raise DomainError("Pilih rating hasil kerja dan rating perilaku kerja.")
    return results, behaviour
