"""How much of a plan's year is proven."""

from collections.abc import Collection

from django.db.models import Count

from skp.models import Evidence


def evidence_counts(indicator_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """How many files and links prove each indicator in each interval, in one query; none is absent."""
    rows = (
        Evidence.objects.filter(indicator_id__in=indicator_ids)
        .order_by("indicator_id", "interval")
        .values_list("indicator_id", "interval")
        .annotate(number=Count("pk"))
    )
    found: dict[int, dict[int, int]] = {}
    for indicator_id, interval, number in rows:
        found.setdefault(indicator_id, {})[interval] = number
    return found
