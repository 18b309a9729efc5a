"""A person's year from the delivered results of its parts (rules.md §7, §9): plain values in, pure.

A part is a plan of the year. Its weight is its days, or its months when every part begins and ends with a
month; a part that an exemption covers wholly has weight 0. A missing part makes the year missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from assessments.enums import Category, FourPredicate, NationalPredicate
from assessments.schemes.arithmetic import WIDE, ZERO, printed
from assessments.schemes.four import four_predicate_numeric, four_predicate_quadrant
from assessments.schemes.numeric import final_category
from assessments.schemes.settings import DEFAULTS, ScoringSettings
from assessments.states import NoPerformanceKind
from config.lib.canonical import canonical_text
from skp.duties import PostFacts, counting_post
from skp.enums import Regime
from skp.exemption_rules import months_later
from skp.scheme import plan_span
from skp.states import Stage

PARTS_SCHEMA_VERSION = 1

# Rank 1 is the worst, so that a half, which goes down, goes to the worse predicate: as the lower median
# of an OPD does (rules.md §7).
RANKS = {
    NationalPredicate.VERY_POOR: 1,
    NationalPredicate.POOR: 2,
    NationalPredicate.NEEDS_IMPROVEMENT: 3,
    NationalPredicate.GOOD: 4,
    NationalPredicate.VERY_GOOD: 5,
}
BY_RANK = {rank: word for word, rank in RANKS.items()}


@dataclass(frozen=True, slots=True)
class DeliveredScore:
    """A version in its owner's hands; ``final`` (0–120, printed) is None in regime ``quadrant``."""

    version_id: int
    national: NationalPredicate
    final: Decimal | None = None
    new_idea: bool = False


@dataclass(frozen=True, slots=True)
class YearPart:
    """A plan's days ``[start, until)`` and its delivered score, None while there is none.

    ``skp_id`` is None for a post that misses its plan; ``exempt``: not one of its days counts.
    """

    skp_id: int | None
    start: date
    until: date
    score: DeliveredScore | None = None
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class YearOutcome:
    """What the year comes to; numbers and words are None while a part is missing.

    ``weights`` belong to the parts in their order. ``scored``: every part with a weight was delivered, and
    there is one. ``counts``: the result enters a mean. ``four`` is Sangat Buruk without a performance.
    """

    weights: tuple[int, ...]
    by_months: bool
    scored: bool
    counts: bool
    final: Decimal | None
    category: Category | None
    national: NationalPredicate | None
    four: FourPredicate | None
    no_performance: NoPerformanceKind | None


def year_outcome(
    parts: Sequence[YearPart],
    regime: Regime,
    settings: ScoringSettings = DEFAULTS,
    no_performance: NoPerformanceKind | None = None,
) -> YearOutcome:
    """The year's result of a person's parts, in whatever order they come.

    ``no_performance``: never sent leaves the year without any result; without evidence it keeps what was
    scored. In both the four-word predicate is Sangat Buruk, and nothing enters a mean.
    """
    by_months = in_whole_months(parts)
    weights = tuple(_weight(part, by_months=by_months) for part in parts)
    weighing = [(part.score, weight) for part, weight in zip(parts, weights, strict=True) if weight]
    scores = [(score, weight) for score, weight in weighing if score is not None]
    scored = bool(scores) and len(scores) == len(weighing)
    silent = not scored or no_performance == NoPerformanceKind.NEVER_SENT
    final = None if silent else _final(scores)
    national = None if silent else _national(scores)
    new_idea = any(part.score is not None and part.score.new_idea for part in parts)
    category = None if final is None else final_category(final, new_idea=new_idea, settings=settings)
    return YearOutcome(
        weights=weights,
        by_months=by_months,
        scored=scored,
        counts=scored and no_performance is None,
        final=final,
        category=category,
        national=national,
        four=FourPredicate.VERY_BAD if no_performance else _four(regime, final, category, national, settings),
        no_performance=no_performance,
    )


def in_whole_months(parts: Iterable[YearPart]) -> bool:
    """Whether weights are whole months: every part begins and ends with a month."""
    return all(part.start.day == part.until.day == 1 for part in parts)


def wholly_covered(start: date, until: date, spans: Iterable[tuple[date, date | None]]) -> bool:
    """Whether every day of ``[start, until)`` lies in one of the half-open spans; None is open-ended."""
    reached = start
    for first, end in sorted(spans, key=lambda span: span[0]):
        if first <= reached:
            reached = max(reached, end or date.max)
    return reached >= until


def unplanned(
    year: int, posts: Iterable[PostFacts], planned: Mapping[int, date], *, new_in_post_months: int
) -> list[tuple[date, date]]:
    """The days of the year, half-open, in posts that miss their plan (rules.md §9).

    ``planned``: by the key of a post, when its plan begins. The post of 31 December misses one; so does
    every post taken up after the first plan and held for longer than ``new_in_post_months``, in which
    nobody has to plan yet. What came before the first plan was left before it was asked for.
    """
    known = tuple(posts)
    last = counting_post(known, Stage.ASSESSMENT, date(year, 12, 31), year)
    first = min(planned.values(), default=None)
    missing = []
    for post in known:
        span = plan_span(year, post.start, post.until)
        if span is None or post.assignment_id in planned:
            continue
        between = first is not None and post.start > first
        if post == last or (between and span[1] > months_later(span[0], new_in_post_months)):
            missing.append(span)
    return missing


def parts_text(parts: Sequence[YearPart], outcome: YearOutcome) -> str:
    """The parts with days, weights and versions as the canonical text that is stored."""
    return canonical_text(
        {
            "by_months": outcome.by_months,
            "weights_total": sum(outcome.weights),
            "parts": [
                {
                    "skp": part.skp_id,
                    "start": part.start,
                    "until": part.until,
                    "days": (part.until - part.start).days,
                    "weight": weight,
                    "exempt": part.exempt,
                    "version": part.score.version_id if part.score else None,
                    "final": part.score.final if part.score else None,
                    "national": part.score.national if part.score else None,
                    "new_idea": part.score.new_idea if part.score else False,
                }
                for part, weight in zip(parts, outcome.weights, strict=True)
            ],
        },
        schema_version=PARTS_SCHEMA_VERSION,
    )


def _weight(part: YearPart, *, by_months: bool) -> int:
    if part.exempt:
        return 0
    if by_months:
        return (part.until.year - part.start.year) * 12 + part.until.month - part.start.month
    return (part.until - part.start).days


def _final(scores: Sequence[tuple[DeliveredScore, int]]) -> Decimal | None:
    """The weighted mean of the printed finals, printed; None where a version has no number."""
    finals = [(score.final, weight) for score, weight in scores if score.final is not None]
    if len(finals) < len(scores):
        return None
    with localcontext(WIDE):
        return printed(sum((final * weight for final, weight in finals), ZERO) / Decimal(_total(scores)))


def _national(scores: Sequence[tuple[DeliveredScore, int]]) -> NationalPredicate:
    """The predicate of the weighted mean rank; a half goes down, to the worse one."""
    total = _total(scores)
    summed = sum(RANKS[NationalPredicate(score.national)] * weight for score, weight in scores)
    # Rounding half down in whole numbers: ceil(mean − 1/2).
    return BY_RANK[-((total - 2 * summed) // (2 * total))]


def _total(scores: Sequence[tuple[DeliveredScore, int]]) -> int:
    return sum(weight for _, weight in scores)


def _four(
    regime: Regime,
    final: Decimal | None,
    category: Category | None,
    national: NationalPredicate | None,
    settings: ScoringSettings,
) -> FourPredicate | None:
    if regime == Regime.QUADRANT:
        return four_predicate_quadrant(national) if national else None
    if final is None or category is None:
        return None
    return four_predicate_numeric(category, final, settings)
