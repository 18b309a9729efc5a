"""The year's realisations as they were entered."""

from collections.abc import Collection
from decimal import Decimal

from config.lib.numbers import trimmed
from skp.models import AnnualRealisation


def realisations_entered(indicator_ids: Collection[int]) -> dict[int, Decimal]:
    """The owner's own values by indicator; an indicator without one is absent, never 0."""
    rows = AnnualRealisation.objects.filter(indicator_id__in=indicator_ids)
    return {indicator_id: trimmed(value) for indicator_id, value in rows.values_list("indicator_id", "value")}
