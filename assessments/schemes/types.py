"""Plain values that go into a score and come out of it."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.enums import Category, FourPredicate, NationalPredicate, Rating, Weighting
from assessments.schemes.arithmetic import plain
from skp.enums import Aspect, CascadeMethod, Direction, ResultKind, ResultSource, Scheme

# Goes into every stored score; changes whenever the same input could give another result.
RULE_VERSION = "2026.1"


@dataclass(frozen=True, slots=True)
class IndicatorInput:
    """One indicator with its annual realisation, both in the indicator's own unit, 0 or more.

    A single target has ``target_min == target_max``. ``realisation`` is None while it is missing.
    """

    aspect: Aspect
    target_min: Decimal
    target_max: Decimal
    realisation: Decimal | None
    direction: Direction = Direction.NORMAL
    target_is_maximum: bool = False


@dataclass(frozen=True, slots=True)
class ResultInput:
    """One result of the revision in force.

    ``source`` counts for main results of ``jpt``, ``cascade`` and ``superior_value`` for main results of
    ``ja_jf``, ``scope`` (1 within the unit, 2 wider, 3 across agencies) for additional ones.
    ``superior_value`` (0–120) is None until the superior's assessment is delivered: the score then is
    provisional. A result that has no superior's result at all is given the setting's value instead.
    """

    kind: ResultKind
    indicators: tuple[IndicatorInput, ...]
    source: ResultSource | None = None
    cascade: CascadeMethod | None = None
    superior_value: Decimal | None = None
    scope: int = 1


@dataclass(frozen=True, slots=True)
class PlanInput:
    """What the ``numeric`` score of one plan rests on; ``behaviour`` holds finished aspect values 0–120."""

    scheme: Scheme
    weighting: Weighting
    new_idea: bool
    results: tuple[ResultInput, ...]
    behaviour: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """A value, unrounded, with the formula that gave it as Indonesian text."""

    value: Decimal
    formula: str


@dataclass(frozen=True, slots=True)
class Step:
    """One worked step as the person reads it: what, by which formula, with which outcome."""

    label: str
    formula: str
    value: Decimal | str

    def as_plain(self) -> dict[str, str]:
        """For JSON and canonical text; numbers with at most six decimals."""
        value = plain(self.value) if isinstance(self.value, Decimal) else self.value
        return {"label": self.label, "formula": self.formula, "value": value}


@dataclass(frozen=True, slots=True)
class ScoredIndicator:
    """``achievement`` in percent, unrounded; ``value`` is points in ``ja_jf`` and 0–120 in ``jpt``."""

    achievement: Decimal
    category: Category
    value: Decimal


@dataclass(frozen=True, slots=True)
class ScoredResult:
    """What one result came to.

    ``category`` is None for main results of ``jpt``, whose value is a mean. ``value`` (0–120) is unweighted:
    what the results below take as the superior's. ``weighted`` is the share in the SKP value: for ``ja_jf``
    main results the value of which the mean is taken, for all others what is added up.
    ``superior_value`` is what a non-direct result took over, None elsewhere.
    """

    indicators: tuple[ScoredIndicator, ...]
    category: Category | None
    value: Decimal
    weighted: Decimal
    superior_value: Decimal | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Main or additional results together: ``value`` is what they add to the SKP value, unrounded."""

    results: tuple[ScoredResult, ...]
    value: Decimal
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Exact:
    """The parts of a year's score before rounding; ``skp`` is main plus additional, at most 120."""

    main: Decimal
    additional: Decimal
    skp: Decimal
    behaviour: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is printed: three values with two decimals and the words read from them.

    The two ratings are suggestions, ``national`` follows from them.
    """

    skp: Decimal
    behaviour: Decimal
    final: Decimal
    category: Category
    results_rating: Rating
    behaviour_rating: Rating
    national: NationalPredicate
    four: FourPredicate


@dataclass(frozen=True, slots=True)
class NumericScore:
    """A year's score; ``results`` in the order of the input, ``exact`` what the printed values come from."""

    outcome: Outcome
    exact: Exact
    results: tuple[ScoredResult, ...]
    steps: tuple[Step, ...]
    rule_version: str = RULE_VERSION

    @property
    def provisional(self) -> bool:
        """Whether a superior's value, still to come, may change it."""
        return any(result.provisional for result in self.results)


@dataclass(frozen=True, slots=True)
class QuadrantScore:
    """The predicate of two ratings."""

    national: NationalPredicate
    four: FourPredicate
    steps: tuple[Step, ...]
    rule_version: str = RULE_VERSION
