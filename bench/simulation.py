"""What other numbers of scoring would do to 8,000 scores: thresholds alone, and every score judged again.

    .venv/bin/python bench/simulation.py

Each score rests on six results with three indicators each. Prints seconds and queries; no budget.
"""

import random
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import regency
from django.db import connection
from year import make_scores, timed

from assessments.enums import Rating, Weighting
from assessments.inputs import Ratings, ScoredInput, input_text
from assessments.judging import judged
from assessments.models import AssessmentVersion
from assessments.schemes.settings import DEFAULTS
from assessments.schemes.types import IndicatorInput, PlanInput, ResultInput
from assessments.selectors.scoring_settings import scoring_state
from assessments.selectors.simulation import simulate
from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.enums import Aspect, CascadeMethod, Regime, ResultKind, Scheme
from skp.models import Period
from skp.services.periods import period_create

KINDS = 200
NOW = datetime(2027, 1, 20, 3, 0, tzinfo=UTC)


def some_input(chance: random.Random) -> ScoredInput:
    """A plan of six main results."""
    results = tuple(
        ResultInput(
            ResultKind.MAIN,
            tuple(
                IndicatorInput(aspect, Decimal(12), Decimal(12), Decimal(chance.randint(8, 14)))
                for aspect in (Aspect.QUANTITY, Aspect.QUALITY, Aspect.TIME)
            ),
            cascade=CascadeMethod.NON_DIRECT,
            superior_value=Decimal(100),
        )
        for _ in range(6)
    )
    behaviour = tuple(Decimal(chance.randint(80, 115)) for _ in range(7))
    plan = PlanInput(Scheme.JA_JF, Weighting.SEVENTY_THIRTY, False, results, behaviour)
    ratings = Ratings(Rating.AS_EXPECTED, Rating.AS_EXPECTED)
    return ScoredInput(Regime.NUMERIC, "", DEFAULTS, ratings, plan)


def write_inputs() -> None:
    """Every stored version as one of some different inputs."""
    chance = random.Random(3)
    inputs = [some_input(chance) for _ in range(KINDS)]
    made = [(input_text(one), judged(one)) for one in inputs]
    versions = list(AssessmentVersion.objects.order_by("pk"))
    for number, version in enumerate(versions):
        text, outcome = made[number % KINDS]
        version.inputs_text, version.final, version.four = text, outcome.final, outcome.four
    AssessmentVersion.objects.bulk_update(versions, ["inputs_text", "final", "four"], batch_size=200)


def main() -> None:
    with regency.bench_database():
        regency.make_regency(random.Random(1))
        period_create(actor=None, year=2026, now=datetime(2025, 12, 20, 3, 0, tzinfo=UTC))
        period = Period.objects.get()
        make_scores(period)
        write_inputs()
        viewer = Viewer(
            user_id=1,
            employee_id=None,
            label="BKPSDM",
            now=NOW,
            today=NOW.date(),
            roles=frozenset({Role.BKPSDM_ADMIN}),
        )
        state = scoring_state(period)
        strict = replace(DEFAULTS, four_good_from=Decimal(95))
        timed("thresholds alone", lambda: simulate(viewer, period, state, strict))
        poorer = replace(strict, own_share=Decimal("0.75"))
        timed("every score again", lambda: simulate(viewer, period, state, poorer))
        same = simulate(viewer, period, state, replace(DEFAULTS, superior_value_unknown=Decimal(99)))
        if same.counted != AssessmentVersion.objects.count() or same.final_changed:
            raise SystemExit(f"{connection.vendor}: judging again gives other scores than were stored")


if __name__ == "__main__":
    main()
