"""Main results of scheme ``jpt`` (PermenPANRB 8/2021)."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from assessments.schemes.achievement import indicator_category, maximum_reached, work_achievements
from assessments.schemes.arithmetic import ZERO, mean, share, shown, whole_percent
from assessments.schemes.settings import DEFAULTS, ScoringSettings
from assessments.schemes.types import Part, ResultInput, ScoredIndicator, ScoredResult, Step, Worked
from assessments.schemes.wording import category_text, indicator_steps, mean_text, sum_text
from config.lib.errors import Incomplete
from skp.enums import Aspect, ResultSource

# [law]; only the slope between 101 and 110 is practice.
TOP = Decimal(120)
AT_TARGET = Decimal(109)


def jpt_value(
    achievement: Decimal, *, maximum: bool = False, settings: ScoringSettings = DEFAULTS
) -> Decimal:
    """Value (0–120) of one indicator from its unrounded achievement in percent.

    The rounded percent chooses the band, the achievement is clamped to the band before the formula;
    ``maximum`` when a target that is a maximum was reached.
    """
    return _work_value(achievement, maximum=maximum, settings=settings).value


def _work_value(achievement: Decimal, *, maximum: bool, settings: ScoringSettings) -> Worked:
    percent = whole_percent(achievement)
    if maximum or percent > 110:
        return Worked(TOP, shown(TOP))
    if percent > 100:
        within = _clamp(achievement, 101, 110)
        start = settings.jpt_value_at_101
        rise = TOP - start
        return Worked(
            start + rise * (within - 101) / 9, f"{shown(start)} + {shown(rise)} ÷ 9 × ({shown(within)} − 101)"
        )
    if percent == 100:
        return Worked(AT_TARGET, shown(AT_TARGET))
    if percent >= 60:
        within = _clamp(achievement, 80, 99) if percent >= 80 else _clamp(achievement, 60, 79)
        return Worked(within - 10, f"{shown(within)} − 10")
    within = _clamp(achievement, 0, 59)
    return Worked(within * 49 / 59, f"{shown(within)} ÷ 59 × 49")


def _clamp(value: Decimal, low: int, high: int) -> Decimal:
    return min(max(value, Decimal(low)), Decimal(high))


def source_weights(
    present: Collection[ResultSource], settings: ScoringSettings
) -> dict[ResultSource, Decimal]:
    """Weight of each source that has results; an absent one gives its weight to the other [ours]."""
    weights = {
        ResultSource.AGREEMENT: settings.agreement_weight,
        ResultSource.INITIATIVE: settings.initiative_weight,
    }
    if len(set(present)) == 1:
        return {source: sum(weights.values(), ZERO) for source in present}
    return weights


def main_part(named: Sequence[tuple[str, ResultInput]], settings: ScoringSettings) -> Part:
    """Main results of ``jpt``: by source the mean of all indicator values, times the source's weight.

    A result's ``weighted`` is its share in that, so that they add up to the part's value.
    """
    steps: list[Step] = []
    scored: list[tuple[ScoredIndicator, ...]] = []
    by_source: dict[ResultSource, list[Decimal]] = {}
    for name, result in named:
        indicators, worked_steps = _valued(name, result, settings)
        steps += worked_steps
        scored.append(indicators)
        by_source.setdefault(_source(result), []).extend(item.value for item in indicators)
    weights = source_weights(by_source, settings)
    results: list[ScoredResult] = []
    for (name, result), indicators in zip(named, scored, strict=True):
        source = _source(result)
        values = [item.value for item in indicators]
        count = len(by_source[source])
        weighted = weights[source] * sum(values, ZERO) / count
        results.append(ScoredResult(indicators, None, mean(values), weighted))
        formula = f"{share(weights[source])} × {sum_text(values)} ÷ {count} indikator dari sumber yang sama"
        steps.append(Step(f"{name}: nilai tertimbang", formula, weighted))
    total = _main_total(by_source, weights)
    steps.append(Step("Jumlah nilai tertimbang hasil utama", total.formula, total.value))
    return Part(tuple(results), total.value, tuple(steps))


def _source(result: ResultInput) -> ResultSource:
    if result.source is None:
        raise Incomplete("Sumber hasil kerja utama belum ada.")
    return ResultSource(result.source)


def _main_total(by_source: dict[ResultSource, list[Decimal]], weights: dict[ResultSource, Decimal]) -> Worked:
    means = {source: mean(by_source[source]) for source in weights}
    terms = " + ".join(
        f"{share(weight)} × {shown(means[source])} ({source.label.lower()})"
        for source, weight in weights.items()
    )
    return Worked(sum((weight * means[source] for source, weight in weights.items()), ZERO), terms)


def _valued(
    name: str, result: ResultInput, settings: ScoringSettings
) -> tuple[tuple[ScoredIndicator, ...], list[Step]]:
    """Indicators by value, and the steps up to the result's own value."""
    indicators: list[ScoredIndicator] = []
    steps: list[Step] = []
    for number, (indicator, achieved) in enumerate(
        zip(result.indicators, work_achievements(result), strict=True), start=1
    ):
        maximum = maximum_reached(indicator, achieved.value)
        category = indicator_category(achieved.value, maximum=maximum)
        worked = _work_value(achieved.value, maximum=maximum, settings=settings)
        indicators.append(ScoredIndicator(achieved.value, category, worked.value))
        label = f"{name}, indikator {number} ({Aspect(indicator.aspect).label.lower()})"
        text = f"{category_text(achieved.value, category, maximum=maximum)}; {worked.formula}"
        steps += indicator_steps(label, achieved, Step("nilai", text, worked.value))
    values = [item.value for item in indicators]
    steps.append(Step(f"{name}: nilai", mean_text(values), mean(values)))
    return tuple(indicators), steps
