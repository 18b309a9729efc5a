"""What other settings would make of stored scores. Pure.

A version is judged again from its stored text with other settings; the ratings that the appraiser chose and
the superiors' values that were used stay as they are. Where the settings differ in thresholds only, the
stored final score holds and the words alone are read anew.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from assessments.enums import FourPredicate
from assessments.inputs import read_input_text
from assessments.judging import judged
from assessments.schemes.four import four_predicate_numeric
from assessments.schemes.numeric import final_category
from assessments.schemes.settings import ScoringSettings

BEST_FIRST = tuple(FourPredicate)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A final score (None in regime ``quadrant``) with its word."""

    four: FourPredicate
    final: Decimal | None


@dataclass(frozen=True, slots=True)
class Change:
    """A person's verdict as stored and as it would be; ``key`` tells whose."""

    key: int
    before: Verdict
    after: Verdict

    @property
    def step(self) -> int:
        """How many words it rises, negative when it falls."""
        return BEST_FIRST.index(self.before.four) - BEST_FIRST.index(self.after.four)


def by_words(before: Verdict, *, new_idea: bool, settings: ScoringSettings) -> Verdict:
    """The words of a stored final score by other thresholds."""
    if before.final is None:
        return before
    category = final_category(before.final, new_idea=new_idea, settings=settings)
    return Verdict(four_predicate_numeric(category, before.final, settings), before.final)


def by_inputs(text: str, settings: ScoringSettings) -> Verdict:
    """The verdict of a version's stored inputs with other settings."""
    again = judged(replace(read_input_text(text), settings=settings))
    return Verdict(again.four, again.final)


def matrix_of(changes: Collection[Change]) -> Counter[tuple[FourPredicate, FourPredicate]]:
    """How many go from which word to which."""
    return Counter((change.before.four, change.after.four) for change in changes)
