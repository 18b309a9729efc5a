"""Regime ``numeric``: SKP value, behaviour, final score and its words (PP 30/2019, PermenPANRB 8/2021)."""

from decimal import Decimal, localcontext

from assessments.enums import Category, Weighting
from assessments.schemes import ja_jf, jpt
from assessments.schemes.arithmetic import ONE, WIDE, printed
from assessments.schemes.behaviour import behaviour_value
from assessments.schemes.four import four_predicate_numeric
from assessments.schemes.quadrant import (
    national_predicate,
    suggested_behaviour_rating,
    suggested_results_rating,
)
from assessments.schemes.settings import DEFAULTS, ScoringSettings
from assessments.schemes.types import Exact, NumericScore, Outcome, Part, PlanInput, ResultInput, ScoredResult
from assessments.schemes.wording import closing_steps
from config.lib.errors import Incomplete
from skp.enums import ResultKind, Scheme

SKP_CAP = Decimal(120)
# PP 30/2019 art. 41; the bound between the two lowest is a setting.
VERY_GOOD_FROM, GOOD_FROM, FAIR_FROM = Decimal(110), Decimal(90), Decimal(70)


def missing_parts(plan: PlanInput) -> tuple[str, ...]:
    """Names, for the user, of everything without which the plan can't be scored."""
    missing = [*missing_of_results(plan)]
    missing += [
        f"nilai perilaku kerja {n}" for n, value in enumerate(plan.behaviour, start=1) if value is None
    ]
    if not plan.behaviour:
        missing.append("nilai perilaku kerja")
    return tuple(missing)


def missing_of_results(plan: PlanInput) -> tuple[str, ...]:
    """Names of everything without which the SKP value can't be computed; behaviour is not asked."""
    missing: list[str] = []
    for name, result in _named(plan):
        if not result.indicators:
            missing.append(f"indikator {name}")
        if result.kind == ResultKind.MAIN and plan.scheme == Scheme.JPT and result.source is None:
            missing.append(f"sumber {name}")
        if result.kind == ResultKind.MAIN and plan.scheme == Scheme.JA_JF and result.cascade is None:
            missing.append(f"metode cascading {name}")
        missing += [
            f"realisasi {name} indikator {number}"
            for number, indicator in enumerate(result.indicators, start=1)
            if indicator.realisation is None
        ]
    if not any(result.kind == ResultKind.MAIN for result in plan.results):
        missing.append("hasil kerja utama")
    return tuple(missing)


def skp_value(plan: PlanInput, settings: ScoringSettings = DEFAULTS) -> Decimal:
    """The SKP value (0–120) as it is printed, of complete results; behaviour does not count.

    What the suggestion of regime ``quadrant`` rests on (rules.md §5.6). Raises Incomplete, naming every
    missing part, and DomainError on a number no plan may hold.
    """
    missing = missing_of_results(plan)
    if missing:
        raise Incomplete(f"Nilai SKP belum dapat dihitung. Belum ada: {'; '.join(missing)}.", missing)
    with localcontext(WIDE):
        main, additional = _parts(plan, settings)
        return printed(_skp(main, additional))


def numeric_score(plan: PlanInput, settings: ScoringSettings = DEFAULTS) -> NumericScore:
    """The score of a complete plan with its worked steps.

    Raises Incomplete, naming every missing part, and DomainError on a number no plan may hold.
    """
    missing = missing_parts(plan)
    if missing:
        raise Incomplete(f"Nilai belum dapat dihitung. Belum ada: {'; '.join(missing)}.", missing)
    with localcontext(WIDE):
        return _score(plan, settings)


def final_score(skp: Decimal, behaviour: Decimal, weighting: Weighting) -> Decimal:
    """Final score (0–120), unrounded, from the unrounded SKP value and behaviour."""
    skp_share = Weighting(weighting).skp_share
    return skp_share * skp + (ONE - skp_share) * behaviour


def final_category(final: Decimal, *, new_idea: bool, settings: ScoringSettings = DEFAULTS) -> Category:
    """Category of the printed final score; the highest also needs a verified new idea."""
    if final >= VERY_GOOD_FROM and new_idea:
        return Category.VERY_GOOD
    if final >= GOOD_FROM:
        return Category.GOOD
    if final >= FAIR_FROM:
        return Category.FAIR
    return Category.POOR if final >= settings.poor_from else Category.VERY_POOR


def _named(plan: PlanInput) -> list[tuple[str, ResultInput]]:
    """Results with the names they have in messages and steps: Utama 1, Utama 2, Tambahan 1."""
    counts = dict.fromkeys(ResultKind, 0)
    named: list[tuple[str, ResultInput]] = []
    for result in plan.results:
        kind = ResultKind(result.kind)
        counts[kind] += 1
        named.append((f"{kind.label} {counts[kind]}", result))
    return named


def _parts(plan: PlanInput, settings: ScoringSettings) -> tuple[Part, Part]:
    """Main and additional results."""
    named = _named(plan)
    mains = [item for item in named if item[1].kind == ResultKind.MAIN]
    others = [item for item in named if item[1].kind == ResultKind.ADDITIONAL]
    main = (jpt if plan.scheme == Scheme.JPT else ja_jf).main_part(mains, settings)
    return main, ja_jf.additional_part(others, settings)


def _skp(main: Part, additional: Part) -> Decimal:
    return min(SKP_CAP, main.value + additional.value)


def _score(plan: PlanInput, settings: ScoringSettings) -> NumericScore:
    main, additional = _parts(plan, settings)
    aspects = tuple(value for value in plan.behaviour if value is not None)
    exact = Exact(main.value, additional.value, _skp(main, additional), behaviour_value(aspects))
    outcome = _outcome(plan, exact, settings)
    return NumericScore(
        outcome=outcome,
        exact=exact,
        results=_in_order(plan, main, additional),
        steps=(*main.steps, *additional.steps, *closing_steps(plan, exact, aspects, outcome)),
    )


def _outcome(plan: PlanInput, exact: Exact, settings: ScoringSettings) -> Outcome:
    final = printed(final_score(exact.skp, exact.behaviour, plan.weighting))
    skp, behaviour = printed(exact.skp), printed(exact.behaviour)
    category = final_category(final, new_idea=plan.new_idea, settings=settings)
    results_rating = suggested_results_rating(skp, plan.scheme, settings)
    behaviour_rating = suggested_behaviour_rating(behaviour, settings)
    return Outcome(
        skp=skp,
        behaviour=behaviour,
        final=final,
        category=category,
        results_rating=results_rating,
        behaviour_rating=behaviour_rating,
        national=national_predicate(results_rating, behaviour_rating),
        four=four_predicate_numeric(category, final, settings),
    )


def _in_order(plan: PlanInput, main: Part, additional: Part) -> tuple[ScoredResult, ...]:
    parts = {ResultKind.MAIN: iter(main.results), ResultKind.ADDITIONAL: iter(additional.results)}
    return tuple(next(parts[ResultKind(result.kind)]) for result in plan.results)
