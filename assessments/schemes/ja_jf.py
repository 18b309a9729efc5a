"""Results of scheme ``ja_jf``, and additional results of both schemes (PermenPANRB 8/2021)."""

from collections.abc import Sequence
from decimal import Decimal

from assessments.enums import Category
from assessments.schemes.achievement import indicator_category, maximum_reached, work_achievements
from assessments.schemes.arithmetic import ZERO, mean, share, shown
from assessments.schemes.settings import DEFAULTS, ScoringSettings
from assessments.schemes.types import Part, ResultInput, ScoredIndicator, ScoredResult, Step, Worked
from assessments.schemes.wording import category_text, indicator_steps, mean_text, sum_text
from config.lib.errors import DomainError
from skp.enums import Aspect, CascadeMethod

# What additional results may add at most [law].
ADDITIONAL_CAP = Decimal(10)


def result_points(categories: Sequence[Category], settings: ScoringSettings = DEFAULTS) -> Decimal:
    """Points of a result as if it had three indicators: their sum, or three times their mean."""
    total = sum((settings.points.of(category) for category in categories), ZERO)
    return total * 3 / len(categories)


def result_value_ja_jf(
    categories: Sequence[Category], settings: ScoringSettings = DEFAULTS
) -> tuple[Category, Decimal]:
    """Category and value (25–120) of a result from the categories of its indicators, at least one."""
    points = result_points(categories, settings)
    reached = (category for category, bound in settings.point_bounds.items().items() if points >= bound)
    category = next(reached, Category.VERY_POOR)
    return category, settings.result_values.of(category)


def weighted_value(
    category: Category,
    value: Decimal,
    method: CascadeMethod,
    superior_value: Decimal,
    settings: ScoringSettings = DEFAULTS,
) -> Decimal:
    """Weighted value of a main result: its own, or with part of the superior's (0–120) when non-direct."""
    if method == CascadeMethod.DIRECT:
        return value
    return settings.own_share * value + settings.superior_shares.of(category) * superior_value


def additional_value(
    category: Category, value: Decimal, scope: int, settings: ScoringSettings = DEFAULTS
) -> Decimal:
    """What one additional result adds before the cap; ``scope`` 1–3, DomainError otherwise."""
    if scope not in (1, 2, 3):
        raise DomainError("Lingkup hasil kerja tambahan harus 1, 2, atau 3.")
    return settings.additional_weights.of(category) * settings.scope_weights[scope - 1] * value


def main_part(named: Sequence[tuple[str, ResultInput]], settings: ScoringSettings) -> Part:
    """Main results of ``ja_jf``: the mean of their weighted values."""
    results: list[ScoredResult] = []
    steps: list[Step] = []
    for name, result in named:
        indicators, category, value, worked_steps = _categorised(name, result, settings)
        weighted, superior, formula = _weighted(result, category, value, settings)
        provisional = superior is not None and result.superior_value is None
        results.append(ScoredResult(indicators, category, value, weighted, superior, provisional))
        steps += [*worked_steps, Step(f"{name}: nilai tertimbang", formula, weighted)]
    average = mean([result.weighted for result in results])
    terms = mean_text([result.weighted for result in results])
    steps.append(Step("Rata-rata nilai tertimbang hasil utama", terms, average))
    return Part(tuple(results), average, tuple(steps))


def _weighted(
    result: ResultInput, category: Category, value: Decimal, settings: ScoringSettings
) -> tuple[Decimal, Decimal | None, str]:
    """Weighted value, the superior's value used (None when direct), formula."""
    if result.cascade == CascadeMethod.DIRECT:
        return value, None, f"cascading langsung: {shown(value)}"
    superior = settings.superior_value_unknown if result.superior_value is None else result.superior_value
    weighted = weighted_value(category, value, CascadeMethod.NON_DIRECT, superior, settings)
    note = "" if result.superior_value is not None else " (nilai pimpinan sementara)"
    formula = (
        f"{share(settings.own_share)} × {shown(value)}"
        f" + {share(settings.superior_shares.of(category))} × {shown(superior)}{note}"
    )
    return weighted, superior, formula


def additional_part(named: Sequence[tuple[str, ResultInput]], settings: ScoringSettings) -> Part:
    """Additional results of either scheme: their sum, at most 10."""
    results: list[ScoredResult] = []
    steps: list[Step] = []
    for name, result in named:
        indicators, category, value, worked_steps = _categorised(name, result, settings)
        added = additional_value(category, value, result.scope, settings)
        results.append(ScoredResult(indicators, category, value, added))
        formula = (
            f"{share(settings.additional_weights.of(category))}"
            f" × {share(settings.scope_weights[result.scope - 1])} × {shown(value)}"
        )
        steps += [*worked_steps, Step(f"{name}: nilai tertimbang", formula, added)]
    worked = _capped_sum([result.weighted for result in results])
    if named:
        steps.append(Step("Jumlah hasil tambahan", worked.formula, worked.value))
    return Part(tuple(results), worked.value, tuple(steps))


def _capped_sum(values: Sequence[Decimal]) -> Worked:
    total = sum(values, ZERO)
    limit = f", paling tinggi {shown(ADDITIONAL_CAP)}" if total > ADDITIONAL_CAP else ""
    return Worked(min(ADDITIONAL_CAP, total), " + ".join(shown(value) for value in values) + limit)


def _categorised(
    name: str, result: ResultInput, settings: ScoringSettings
) -> tuple[tuple[ScoredIndicator, ...], Category, Decimal, list[Step]]:
    """Indicators by points, the result's category and value, and the steps so far."""
    indicators: list[ScoredIndicator] = []
    steps: list[Step] = []
    for number, (indicator, worked) in enumerate(
        zip(result.indicators, work_achievements(result), strict=True), start=1
    ):
        maximum = maximum_reached(indicator, worked.value)
        category = indicator_category(worked.value, maximum=maximum)
        points = settings.points.of(category)
        indicators.append(ScoredIndicator(worked.value, category, points))
        steps += indicator_steps(
            f"{name}, indikator {number} ({Aspect(indicator.aspect).label.lower()})",
            worked,
            Step("poin", category_text(worked.value, category, maximum=maximum), points),
        )
    categories = [indicator.category for indicator in indicators]
    points = result_points(categories, settings)
    category, value = result_value_ja_jf(categories, settings)
    terms = [indicator.value for indicator in indicators]
    formula = sum_text(terms) if len(terms) == 3 else f"3 × {mean_text(terms)}"
    bound = settings.point_bounds.of(category)
    reached = f"{shown(points)} poin, {category.label} mulai {shown(bound)}"
    steps += [Step(f"{name}: jumlah poin", formula, points), Step(f"{name}: nilai", reached, value)]
    return tuple(indicators), category, value, steps
