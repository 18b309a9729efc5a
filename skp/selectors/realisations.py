"""The year's realisations as they were entered."""

from collections.abc import Collection
from decimal import Decimal

from skp.models import AnnualRealisation


def realisations_entered(indicator_ids: Collection[int]) -> dict[int, Decimal]:
    """The owner's own values by indicator; an indicator without one is absent, never 0."""
    rows = AnnualRealisation.objects.filter(indicator_id__in=indicator_ids)
    return dict(rows.values_list("indicator_id", "value"))
