"""The predicate of an OPD by its people's year results, and with it the final one. Pure (rules.md §7)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, auto

from assessments.enums import FourPredicate, NationalPredicate
from assessments.schemes.four import four_predicate_quadrant
from compliance.rules import Counts, opd_predicate, share_thresholds
from skp.enums import Regime
from skp.settings import PlanSettings

CENT = Decimal("0.01")
BEST_FIRST = tuple(FourPredicate)


class Kind(Enum):
    """What sort of answer the question for an OPD's predicate gets."""

    PREDICATE = auto()
    # Fewer than half of the obliged are scored, or nobody's result counts.
    TOO_FEW = auto()
    # Nobody is obliged.
    NOBODY = auto()


@dataclass(frozen=True, slots=True)
class Tally:
    """The obliged people of an OPD: how many, how many scored, and what their results come to.

    ``counted``: whose result enters the mean, and ``total`` the sum of their printed finals (0–120 each);
    ``words``: people by four-word predicate; ``nationals``: the counted by national predicate.
    """

    obliged: int = 0
    scored: int = 0
    counted: int = 0
    total: Decimal = Decimal(0)
    words: Mapping[FourPredicate, int] = field(default_factory=dict)
    nationals: Mapping[NationalPredicate, int] = field(default_factory=dict)

    @property
    def counts(self) -> Counts:
        """The same as the board of a stage counts: scored is fulfilled."""
        return Counts(self.obliged, self.scored)

    @property
    def missing(self) -> int:
        """Obliged people whose result does not count in a mean."""
        return self.obliged - self.counted

    @property
    def without_word(self) -> int:
        """Obliged people who have no predicate yet."""
        return self.obliged - sum(self.words.values())

    @property
    def mean(self) -> Decimal | None:
        """Mean of the counted finals, half-up to 2 decimals; None where nobody counts."""
        if not self.counted:
            return None
        return (self.total.quantize(CENT) / self.counted).quantize(CENT, ROUND_HALF_UP)

    def __add__(self, other: "Tally") -> "Tally":
        return sum_of((self, other))


def sum_of(tallies: Sequence[Tally]) -> Tally:
    """All of them added up."""
    words: Counter[FourPredicate] = Counter()
    nationals: Counter[NationalPredicate] = Counter()
    for tally in tallies:
        words.update(tally.words)
        nationals.update(tally.nationals)
    return Tally(
        sum(tally.obliged for tally in tallies),
        sum(tally.scored for tally in tallies),
        sum(tally.counted for tally in tallies),
        sum((tally.total for tally in tallies), Decimal(0)),
        dict(words),
        dict(nationals),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """An OPD's predicate with what it rests on; ``word`` only where ``kind`` is PREDICATE.

    ``value``: the mean of the printed finals, None in ``quadrant`` and where nobody counts; ``median``:
    in ``quadrant`` the national predicate in the middle; ``counted`` and ``missing``: of the obliged.
    """

    kind: Kind
    word: FourPredicate | None
    value: Decimal | None
    median: NationalPredicate | None
    counted: int
    missing: int


def lower_median(people: Mapping[NationalPredicate, int]) -> NationalPredicate | None:
    """The predicate in the middle, of two the worse one; None for nobody."""
    place = sum(people.values()) // 2
    for word in NationalPredicate:
        if place < people.get(word, 0):
            return word
        place -= people.get(word, 0)
    return None


def by_scores(tally: Tally, regime: Regime, settings: PlanSettings) -> Answer:
    """The predicate by the mean of the finals, in ``quadrant`` by the median of the national predicates."""
    quadrant = regime == Regime.QUADRANT
    mean = None if quadrant else tally.mean
    median = lower_median(tally.nationals) if quadrant else None
    word: FourPredicate | None = None
    kind = Kind.PREDICATE
    if not tally.obliged:
        kind = Kind.NOBODY
    elif tally.scored * 2 < tally.obliged or (mean is None and median is None):
        kind = Kind.TOO_FEW
    elif median is not None:
        word = four_predicate_quadrant(median)
    else:
        assert mean is not None
        word = _word_of(mean, settings)
    return Answer(kind, word, mean, median, tally.counted, tally.missing)


def score_thresholds(settings: PlanSettings) -> dict[FourPredicate, int]:
    """From which mean on (0–120) an OPD has each predicate by scores, best first; the worst has none."""
    return {
        FourPredicate.SATISFACTORY: settings.opd_score_memuaskan_from,
        FourPredicate.GOOD: settings.opd_score_baik_from,
        FourPredicate.BAD: settings.opd_score_buruk_from,
    }


def _word_of(mean: Decimal, settings: PlanSettings) -> FourPredicate:
    reached = (word for word, threshold in score_thresholds(settings).items() if mean >= threshold)
    return next(reached, FourPredicate.VERY_BAD)


def worse(one: FourPredicate, other: FourPredicate) -> FourPredicate:
    """The less good of two predicates."""
    return max(one, other, key=BEST_FIRST.index)


def final_of(tally: Tally, regime: Regime, settings: PlanSettings) -> Answer:
    """The final predicate: the worse of that by scores and that by the share of the scored.

    With the setting ``opd_scores_only`` that by scores alone.
    """
    told = by_scores(tally, regime, settings)
    share = opd_predicate(tally.counts, settings)
    if told.word is None or share is None or settings.opd_scores_only:
        return told
    return Answer(told.kind, worse(told.word, share), told.value, told.median, told.counted, told.missing)


@dataclass(frozen=True, slots=True)
class Lacking:
    """What an OPD lacks to the predicate above the present one: people, or points of the mean."""

    word: FourPredicate
    people: int | None = None
    points: Decimal | None = None


def _above(word: FourPredicate | None) -> FourPredicate | None:
    place = BEST_FIRST.index(word) if word is not None else 0
    return BEST_FIRST[place - 1] if place else None


def lacking_by_share(counts: Counts, settings: PlanSettings) -> Lacking | None:
    """The smallest number of further people who fulfil the stage; None at the top and for nobody."""
    wanted = _above(opd_predicate(counts, settings))
    if wanted is None:
        return None
    needed = -(-share_thresholds(settings)[wanted] * counts.obliged // 100)
    return Lacking(wanted, people=needed - counts.fulfilled)


def lacking_by_scores(tally: Tally, regime: Regime, settings: PlanSettings) -> Lacking | None:
    """How many points the mean lacks; in ``quadrant`` how many counted people's predicates.

    Those must rise to what stands for the next word or better. None at the top and without a predicate.
    """
    told = by_scores(tally, regime, settings)
    wanted = _above(told.word)
    if wanted is None:
        return None
    if told.value is not None:
        return Lacking(wanted, points=score_thresholds(settings)[wanted] - told.value)
    below = sum(
        count
        for word, count in tally.nationals.items()
        if BEST_FIRST.index(four_predicate_quadrant(word)) > BEST_FIRST.index(wanted)
    )
    return Lacking(wanted, people=below - (sum(tally.nationals.values()) - 1) // 2)
