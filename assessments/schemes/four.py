"""The regency's four words for a person; thresholds are settings [ours]."""

from decimal import Decimal

from assessments.enums import Category, FourPredicate, NationalPredicate
from assessments.schemes.settings import DEFAULTS, ScoringSettings

_FROM_NATIONAL = {
    NationalPredicate.VERY_GOOD: FourPredicate.SATISFACTORY,
    NationalPredicate.GOOD: FourPredicate.GOOD,
    NationalPredicate.NEEDS_IMPROVEMENT: FourPredicate.BAD,
    NationalPredicate.POOR: FourPredicate.BAD,
    NationalPredicate.VERY_POOR: FourPredicate.VERY_BAD,
}


def four_predicate_numeric(
    category: Category, final: Decimal, settings: ScoringSettings = DEFAULTS
) -> FourPredicate:
    """In regime ``numeric``: from the category and the printed final score (0–120)."""
    if category == Category.VERY_GOOD:
        return FourPredicate.SATISFACTORY
    if final >= settings.four_good_from:
        return FourPredicate.GOOD
    return FourPredicate.BAD if final >= settings.four_bad_from else FourPredicate.VERY_BAD


def four_predicate_quadrant(national: NationalPredicate) -> FourPredicate:
    """In regime ``quadrant``: from the national predicate."""
    return _FROM_NATIONAL[NationalPredicate(national)]
