"""Two ratings, suggested or given, and the national predicate (PermenPANRB 6/2022, SE MenPANRB 3/2023)."""

from decimal import Decimal

from assessments.enums import NationalPredicate, OrgPerformance, Rating
from assessments.schemes.four import four_predicate_quadrant
from assessments.schemes.settings import DEFAULTS, ScoringSettings
from assessments.schemes.types import QuadrantScore, Step
from assessments.schemes.wording import ratings_text
from skp.enums import Scheme

# (results, behaviour) → predicate.
PREDICATES = {
    (Rating.ABOVE, Rating.BELOW): NationalPredicate.POOR,
    (Rating.ABOVE, Rating.AS_EXPECTED): NationalPredicate.GOOD,
    (Rating.ABOVE, Rating.ABOVE): NationalPredicate.VERY_GOOD,
    (Rating.AS_EXPECTED, Rating.BELOW): NationalPredicate.POOR,
    (Rating.AS_EXPECTED, Rating.AS_EXPECTED): NationalPredicate.GOOD,
    (Rating.AS_EXPECTED, Rating.ABOVE): NationalPredicate.GOOD,
    (Rating.BELOW, Rating.BELOW): NationalPredicate.VERY_POOR,
    (Rating.BELOW, Rating.AS_EXPECTED): NationalPredicate.NEEDS_IMPROVEMENT,
    (Rating.BELOW, Rating.ABOVE): NationalPredicate.NEEDS_IMPROVEMENT,
}


def national_predicate(results: Rating, behaviour: Rating) -> NationalPredicate:
    """The predicate of the quadrant."""
    return PREDICATES[Rating(results), Rating(behaviour)]


def rating_of_organisation(performance: OrgPerformance) -> Rating:
    """Results rating of a unit's head, from the unit's achievement (SE 3/2023; the three steps [ours])."""
    if performance == OrgPerformance.OUTSTANDING:
        return Rating.ABOVE
    return Rating.AS_EXPECTED if performance == OrgPerformance.GOOD else Rating.BELOW


def suggested_results_rating(skp: Decimal, scheme: Scheme, settings: ScoringSettings = DEFAULTS) -> Rating:
    """Suggestion from the printed SKP value (0–120); the appraiser decides [ours]."""
    above = settings.results_above_jpt if scheme == Scheme.JPT else settings.results_above_ja_jf
    if skp > above:
        return Rating.ABOVE
    return Rating.AS_EXPECTED if skp >= settings.results_expected_from else Rating.BELOW


def suggested_behaviour_rating(behaviour: Decimal, settings: ScoringSettings = DEFAULTS) -> Rating:
    """Suggestion from the printed behaviour value (0–120); the appraiser decides [ours]."""
    if behaviour >= settings.behaviour_above_from:
        return Rating.ABOVE
    return Rating.AS_EXPECTED if behaviour >= settings.behaviour_expected_from else Rating.BELOW


def quadrant_score(results: Rating, behaviour: Rating) -> QuadrantScore:
    """The year's predicates in regime ``quadrant``."""
    national = national_predicate(results, behaviour)
    four = four_predicate_quadrant(national)
    return QuadrantScore(
        national=national,
        four=four,
        steps=(
            Step("Predikat kinerja", ratings_text(results, behaviour), national.label),
            Step("Predikat empat kata", f"predikat kinerja {national.label}", four.label),
        ),
    )
