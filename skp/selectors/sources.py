"""Earlier plans that a draft may begin from, and how far their targets were reached."""

from collections.abc import Collection
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from skp.content import ResultContent
from skp.enums import Rollup
from skp.models import Indicator, Skp
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
    """What was reached of each indicator: the year's scored value, else the intervals' by its rollup.

    An indicator without either is absent, never 0.
    """
    items = {item.indicator_id: item for result in results for item in result.indicators}
    rows = (
        Indicator.objects.filter(pk__in=items)
        .annotate(
            annual=Coalesce("annual_realisation__corrected_value", "annual_realisation__value"),
            part=F("progress__realisation"),
        )
        .order_by("pk", "progress__interval")
        .values_list("pk", "annual", "part")
    )
    found: dict[int, Decimal] = {}
    for key, group in groupby(rows, key=itemgetter(0)):
        members = list(group)
        annual, parts = members[0][1], [part for _key, _annual, part in members if part is not None]
        if annual is not None:
            found[key] = annual
        elif parts:
            found[key] = _rolled_up(items[key].rollup, parts)
    return found


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
