"""Properties of the rules over generated plans."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assessments.enums import Category, FourPredicate, Weighting
from assessments.schemes.achievement import indicator_achievement, indicator_category
from assessments.schemes.arithmetic import printed
from assessments.schemes.ja_jf import result_value_ja_jf, weighted_value
from assessments.schemes.jpt import jpt_value
from assessments.schemes.numeric import numeric_score
from assessments.schemes.types import IndicatorInput, PlanInput, ResultInput
from skp.enums import Aspect, CascadeMethod, Direction, ResultKind, ResultSource, Scheme

BEST_FIRST = list(Category)
amounts = st.decimals(min_value=0, max_value=1000, places=2)
targets = st.decimals(min_value=1, max_value=500, places=2)
achievements = st.decimals(min_value=0, max_value=300, places=6)
values = st.decimals(min_value=0, max_value=120, places=2)
categories = st.sampled_from(Category)


@st.composite
def indicators(draw: st.DrawFn, aspects: st.SearchStrategy[Aspect]) -> IndicatorInput:
    low, high = sorted((draw(targets), draw(targets)))
    if draw(st.booleans()):
        high = low
    return IndicatorInput(
        aspect=draw(aspects),
        target_min=low,
        target_max=high,
        realisation=draw(amounts),
        direction=draw(st.sampled_from(Direction)),
        target_is_maximum=draw(st.booleans()),
    )


@st.composite
def results(draw: st.DrawFn, kind: ResultKind, aspects: st.SearchStrategy[Aspect]) -> ResultInput:
    return ResultInput(
        kind=kind,
        indicators=tuple(draw(st.lists(indicators(aspects), min_size=1, max_size=4))),
        source=draw(st.sampled_from(ResultSource)),
        cascade=draw(st.sampled_from(CascadeMethod)),
        superior_value=draw(st.none() | values),
        scope=draw(st.sampled_from((1, 2, 3))),
    )


@st.composite
def plans(draw: st.DrawFn, aspects: st.SearchStrategy[Aspect] | None = None) -> PlanInput:
    wanted = st.sampled_from(Aspect) if aspects is None else aspects
    main = draw(st.lists(results(ResultKind.MAIN, wanted), min_size=1, max_size=3))
    others = draw(st.lists(results(ResultKind.ADDITIONAL, wanted), max_size=4))
    return PlanInput(
        scheme=draw(st.sampled_from(Scheme)),
        weighting=draw(st.sampled_from(Weighting)),
        new_idea=draw(st.booleans()),
        results=(*main, *others),
        behaviour=tuple(draw(st.lists(values, min_size=1, max_size=8))),
    )


@given(plans())
def test_every_plan_stays_within_its_bounds(plan: PlanInput) -> None:
    score = numeric_score(plan)
    outcome = score.outcome

    for value in (outcome.skp, outcome.behaviour, outcome.final):
        assert 0 <= value <= 120
        assert value.as_tuple().exponent == -2
    assert all(0 <= result.value <= 120 and 0 <= result.weighted <= 120 for result in score.results)
    assert (outcome.four == FourPredicate.SATISFACTORY) == (outcome.final >= 110 and plan.new_idea)
    assert len(score.results) == len(plan.results)


@given(plans(), values)
def test_more_behaviour_never_lowers_the_score(plan: PlanInput, other: Decimal) -> None:
    less, more = sorted((plan.behaviour[0] or Decimal(0), other))

    def final(first: Decimal) -> Decimal:
        return numeric_score(replace(plan, behaviour=(first, *plan.behaviour[1:]))).outcome.final

    assert final(less) <= final(more)


def _with_realisation(plan: PlanInput, realisation: Decimal) -> PlanInput:
    """The plan with another realisation of its very first indicator."""
    first = plan.results[0]
    changed = replace(first.indicators[0], realisation=realisation)
    result = replace(first, indicators=(changed, *first.indicators[1:]))
    return replace(plan, results=(result, *plan.results[1:]))


def _worse_then_better(plan: PlanInput, one: Decimal, two: Decimal) -> tuple[Decimal, Decimal]:
    """Final scores with the lesser and the better of two realisations of the first indicator."""
    less, more = sorted((one, two))
    special = plan.results[0].indicators[0].direction == Direction.SPECIAL
    worse, better = (more, less) if special else (less, more)
    return (
        numeric_score(_with_realisation(plan, worse)).outcome.final,
        numeric_score(_with_realisation(plan, better)).outcome.final,
    )


@given(plans(st.sampled_from((Aspect.QUALITY, Aspect.TIME, Aspect.COST))), amounts, amounts)
def test_better_realisation_never_lowers_the_score(plan: PlanInput, one: Decimal, two: Decimal) -> None:
    worse, better = _worse_then_better(plan, one, two)

    assert worse <= better


@given(plans(), amounts.filter(bool), amounts.filter(bool))
def test_nor_does_quantity_but_for_nothing_done(plan: PlanInput, one: Decimal, two: Decimal) -> None:
    worse, better = _worse_then_better(plan, one, two)

    assert worse <= better


@given(plans(), amounts)
def test_doing_nothing_is_never_better_than_doing_something_normal(plan: PlanInput, done: Decimal) -> None:
    first = plan.results[0]
    normal = replace(first.indicators[0], aspect=Aspect.QUANTITY, direction=Direction.NORMAL)
    counted = replace(
        plan, results=(replace(first, indicators=(normal, *first.indicators[1:])), *plan.results[1:])
    )
    nothing = numeric_score(_with_realisation(counted, Decimal(0))).outcome.final

    assert nothing <= numeric_score(_with_realisation(counted, done)).outcome.final


@given(indicators(st.sampled_from(Aspect)))
def test_achievement_is_never_negative_and_100_inside_the_range(indicator: IndicatorInput) -> None:
    achievement = indicator_achievement(indicator)

    assert achievement >= 0
    assert indicator.realisation is not None
    if indicator.target_min <= indicator.realisation <= indicator.target_max:
        assert achievement == 100


@given(achievements, achievements)
def test_more_achievement_never_lowers_category_or_value(one: Decimal, two: Decimal) -> None:
    less, more = sorted((one, two))

    assert BEST_FIRST.index(indicator_category(less)) >= BEST_FIRST.index(indicator_category(more))
    assert jpt_value(less) <= jpt_value(more)


@given(st.integers(min_value=0, max_value=200))
def test_whole_percents_fall_in_the_stated_bands(percent: int) -> None:
    category, value = indicator_category(Decimal(percent)), jpt_value(Decimal(percent))

    if percent >= 101:
        assert category == Category.VERY_GOOD
        assert 110 <= value <= 120
    elif percent == 100:
        assert category == Category.GOOD
        assert value == 109
    elif percent >= 60:
        assert category == (Category.FAIR if percent >= 80 else Category.POOR)
        assert value == percent - 10
    else:
        assert category == Category.VERY_POOR
        assert 0 <= value <= 49


@given(st.lists(categories, min_size=1, max_size=4), st.data())
def test_a_better_indicator_never_lowers_its_result(chosen: list[Category], data: st.DataObject) -> None:
    place = data.draw(st.integers(min_value=0, max_value=len(chosen) - 1))
    better = list(chosen)
    better[place] = BEST_FIRST[max(0, BEST_FIRST.index(chosen[place]) - 1)]

    assert result_value_ja_jf(chosen)[1] <= result_value_ja_jf(better)[1]


@given(values, values, st.sampled_from(CascadeMethod))
def test_a_better_category_and_a_better_superior_never_lower_the_weighted_value(
    one: Decimal, two: Decimal, method: CascadeMethod
) -> None:
    less, more = sorted((one, two))
    by_category = [
        weighted_value(*result_value_ja_jf([category] * 3), method, less) for category in BEST_FIRST
    ]

    assert by_category == sorted(by_category, reverse=True)
    for category in BEST_FIRST:
        value = result_value_ja_jf([category] * 3)[1]
        assert weighted_value(category, value, method, less) <= weighted_value(category, value, method, more)


@given(st.decimals(min_value=0, max_value=120, places=4))
def test_printing_rounds_half_up_by_at_most_half_a_cent(value: Decimal) -> None:
    distance = printed(value) - value

    assert Decimal("-0.005") < distance <= Decimal("0.005")
