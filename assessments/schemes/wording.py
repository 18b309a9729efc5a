"""Worked steps that the schemes share: those of an indicator and the closing ones, from parts to words."""

from collections.abc import Sequence
from decimal import Decimal

from assessments.enums import Category, Rating, Weighting
from assessments.schemes.arithmetic import ONE, plain, share, shown, whole_percent
from assessments.schemes.types import Exact, Outcome, PlanInput, Step, Worked


def indicator_steps(label: str, achievement: Worked, outcome: Step) -> list[Step]:
    """The two steps of an indicator: its achievement, and what that is worth."""
    return [
        Step(f"{label}: capaian (%)", achievement.formula, achievement.value),
        Step(f"{label}: {outcome.label}", outcome.formula, outcome.value),
    ]


def category_text(achievement: Decimal, category: Category, *, maximum: bool) -> str:
    """How the category was read from the achievement."""
    if maximum:
        return f"target maksimal tercapai: {category.label}"
    return f"dibulatkan {plain(whole_percent(achievement))} %: {category.label}"


def sum_text(values: Sequence[Decimal]) -> str:
    """The addition, in brackets when there is more than one term."""
    terms = " + ".join(shown(value) for value in values)
    return terms if len(values) == 1 else f"({terms})"


def mean_text(values: Sequence[Decimal]) -> str:
    """The formula of a mean."""
    return sum_text(values) if len(values) == 1 else f"{sum_text(values)} ÷ {len(values)}"


def closing_steps(
    plan: PlanInput, exact: Exact, aspects: Sequence[Decimal], outcome: Outcome
) -> tuple[Step, ...]:
    """SKP value, behaviour, final score and every word, in the order in which they follow."""
    return (
        Step("Nilai SKP", _skp_formula(exact), _two(outcome.skp)),
        Step("Nilai perilaku kerja", mean_text(aspects), _two(outcome.behaviour)),
        Step("Nilai akhir", _final_formula(exact, plan.weighting), _two(outcome.final)),
        Step("Kategori nilai", _category_formula(plan, outcome), outcome.category.label),
        Step("Usul rating hasil kerja", f"nilai SKP {_two_text(outcome.skp)}", outcome.results_rating.label),
        Step(
            "Usul rating perilaku kerja",
            f"nilai perilaku kerja {_two_text(outcome.behaviour)}",
            outcome.behaviour_rating.label,
        ),
        Step(
            "Predikat kinerja menurut usul rating",
            ratings_text(outcome.results_rating, outcome.behaviour_rating),
            outcome.national.label,
        ),
        Step(
            "Predikat empat kata",
            f"kategori {outcome.category.label}, nilai akhir {_two_text(outcome.final)}",
            outcome.four.label,
        ),
    )


def ratings_text(results: Rating, behaviour: Rating) -> str:
    """The two ratings as they stand in a worked step."""
    return f"hasil kerja {Rating(results).label.lower()}, perilaku kerja {Rating(behaviour).label.lower()}"


def _two(value: Decimal) -> str:
    return format(value, ".2f")


def _two_text(value: Decimal) -> str:
    return _two(value).replace(".", ",")


def _skp_formula(exact: Exact) -> str:
    limit = f", paling tinggi {shown(exact.skp)}" if exact.main + exact.additional > exact.skp else ""
    return f"{shown(exact.main)} + {shown(exact.additional)}{limit}"


def _final_formula(exact: Exact, weighting: Weighting) -> str:
    skp_share = Weighting(weighting).skp_share
    return f"{share(skp_share)} × {shown(exact.skp)} + {share(ONE - skp_share)} × {shown(exact.behaviour)}"


def _category_formula(plan: PlanInput, outcome: Outcome) -> str:
    idea = "ada ide baru yang terbukti" if plan.new_idea else "tanpa ide baru yang terbukti"
    return f"nilai akhir {_two_text(outcome.final)}, {idea}"
