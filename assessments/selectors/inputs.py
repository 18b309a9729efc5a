"""What a score is computed from: the period's numbers, the superiors' values, the part of the year."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from assessments.models import ResultScore, ScoringVersion
from assessments.schemes.prorating import PartOfYear
from assessments.schemes.settings import DEFAULTS, ScoringSettings
from config.lib.numbers import trimmed
from config.lib.prepared import Given, Prepared
from skp.models import Skp
from skp.states import Lifecycle

NEWEST = Prepared(
    lambda: (
        ScoringVersion.objects.filter(period=Given("period"))
        .order_by("-number")
        .values_list("text", flat=True)[:1]
    )
)


def scoring_settings(period_id: int) -> ScoringSettings:
    """The numbers by which the period is scored: its newest version, the defaults without one."""
    text = NEWEST.first(period=period_id)
    return ScoringSettings.from_text(text) if text else DEFAULTS


def superior_values(result_ids: Iterable[int]) -> dict[int, Decimal]:
    """The value (0–120) of each of these results whose assessment was delivered (rules.md §5.3)."""
    rows = ResultScore.objects.filter(
        result__in=list(result_ids), version__delivered_of__isnull=False, value__isnull=False
    )
    return {row.result_id: trimmed(row.value) for row in rows if row.value is not None}


def part_of_year(skp: Skp) -> PartOfYear | None:
    """Which part of its year a plan ran that closed early; None for one that was not cut short."""
    if skp.lifecycle != Lifecycle.CLOSED:
        return None
    part = PartOfYear((skp.until - skp.start).days, (date(skp.period.year + 1, 1, 1) - skp.start).days)
    return None if part.whole else part
