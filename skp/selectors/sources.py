"""Earlier plans that a draft may begin from, and how far their targets were reached."""

from collections.abc import Collection
from decimal import Decimal

from django.db.models import Q

from skp.content import ResultContent
from skp.enums import Rollup
from skp.models import AnnualRealisation, Progress, Skp
from skp.rules import target_missed
from skp.states import Lifecycle


def copy_sources(skp: Skp) -> list[Skp]:
    """The owner's own plans whose results the draft may take over, the nearest first.

    Those of this period that a transfer has closed, and those of the year before; only with a revision in
    force. The plan's ``period`` is read.
    """
    before_transfer = Q(period_id=skp.period_id, lifecycle=Lifecycle.CLOSED)
    last_year = Q(period__year=skp.period.year - 1) & ~Q(lifecycle=Lifecycle.CANCELLED)
    return list(
        Skp.objects.filter(before_transfer | last_year, owner_id=skp.owner_id, in_force__isnull=False)
        .exclude(pk=skp.pk)
        .select_related("period", "in_force", "assignment")
        .order_by("-period__year", "-start")
    )


def reached_by_indicator(results: Collection[ResultContent]) -> dict[int, Decimal]:
    """What was reached of each indicator: the year's realisation, else the intervals' by its rollup.

    An indicator without either is absent, never 0.
    """
    items = {item.indicator_id: item for result in results for item in result.indicators}
    annual = {
        row.indicator_id: row.scored_value for row in AnnualRealisation.objects.filter(indicator__in=items)
    }
    parts: dict[int, list[Decimal]] = {}
    progress = Progress.objects.filter(indicator__in=items, realisation__isnull=False).order_by("interval")
    for indicator_id, value in progress.values_list("indicator_id", "realisation"):
        if value is not None:
            parts.setdefault(indicator_id, []).append(value)
    return {key: _rolled_up(items[key].rollup, values) for key, values in parts.items()} | annual


def _rolled_up(rollup: Rollup, values: list[Decimal]) -> Decimal:
    if rollup == Rollup.LAST:
        return values[-1]
    total = sum(values, Decimal(0))
    return total if rollup == Rollup.SUM else total / len(values)


def unmet_results(results: Collection[ResultContent]) -> frozenset[int]:
    """The results of which an indicator is known to have missed its target."""
    reached = reached_by_indicator(results)
    return frozenset(
        result.result_id
        for result in results
        for item in result.indicators
        if item.indicator_id in reached and target_missed(item, reached[item.indicator_id])
    )
