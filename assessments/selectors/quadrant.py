"""What the ratings of regime ``quadrant`` rest on: the unit's achievement, or a suggested rating."""

from collections.abc import Mapping
from decimal import Decimal

from assessments.enums import OrgPerformance, Weighting
from assessments.inputs import Suggestion, plan_input
from assessments.judging import QuadrantBasis, suggested_by_results
from assessments.models import OrgAchievement
from assessments.schemes.settings import ScoringSettings
from assessments.selectors.inputs import part_of_year
from skp.content import PlanContent
from skp.enums import Approach
from skp.models import Skp


def performance_of(period_id: int, unit_id: int) -> OrgPerformance | None:
    """The achievement of the unit in the period, None while nobody has set it."""
    rows = OrgAchievement.objects.filter(period=period_id, unit=unit_id)
    found = rows.values_list("performance", flat=True).first()
    return OrgPerformance(found) if found else None


def quadrant_basis(
    skp: Skp, content: PlanContent, settings: ScoringSettings, realisations: Mapping[int, Decimal]
) -> QuadrantBasis:
    """What the plan's ratings rest on; nothing is suggested for a head or for the approach kualitatif.

    ``realisations`` by indicator, corrections included.
    """
    leads = skp.assignment.is_head
    measured = not leads and content.approach == Approach.QUANTITATIVE
    return QuadrantBasis(
        leads=leads,
        performance=performance_of(skp.period_id, skp.assignment.unit_id),
        suggestion=_suggestion(skp, content, settings, realisations) if measured else Suggestion(),
    )


def _suggestion(
    skp: Skp, content: PlanContent, settings: ScoringSettings, realisations: Mapping[int, Decimal]
) -> Suggestion:
    plan = plan_input(
        content,
        realisations,
        (),
        weighting=Weighting.SEVENTY_THIRTY,
        # Results have no value in this regime: non-direct ones count with the setting for an unknown one.
        superior_values={},
        new_idea=False,
        part=part_of_year(skp),
    )
    return suggested_by_results(plan, settings)
