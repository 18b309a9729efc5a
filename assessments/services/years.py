"""Keep the stored year results equal to what the delivered parts come to (rules.md §7, §9).

Whoever delivers a result, or takes one back, calls ``year_results_refresh`` in the same transaction, after
the writes. Only the difference is written.
"""

from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass, field
from datetime import datetime
from decimal import Decimal

from django.core.cache import cache
from django.db import transaction

from assessments.models import YearResult
from assessments.schemes.settings import ScoringSettings
from assessments.selectors.inputs import scoring_settings
from assessments.selectors.years import COMPUTED, STORED_YEARS, PersonYear, people_years, stale_people
from assessments.yearly import parts_text, year_outcome
from config.lib.dates import office_date
from skp.enums import Regime
from skp.models import Period
from skp.selectors.duty_queries import People
from skp.services.duties import people_batches, people_lock


@dataclass(frozen=True, slots=True)
class YearRow:
    """The computed columns of a ``YearResult``, in the order of ``COMPUTED``."""

    employee_id: int
    opd_id: int | None
    unit_id: int | None
    obliged: bool
    parts_text: str
    scored: bool
    counts: bool
    final: Decimal | None
    category: str
    national: str
    four: str
    no_performance: str


@dataclass(slots=True)
class YearChanges:
    """The difference between stored and computed rows; false when they are equal."""

    created: list[YearRow] = field(default_factory=list)
    # By the row's key.
    changed: dict[int, YearRow] = field(default_factory=dict)
    deleted: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.created) + len(self.changed) + len(self.deleted)

    def add(self, other: "YearChanges") -> None:
        """Take in what was found in another set of people."""
        self.created += other.created
        self.changed |= other.changed
        self.deleted += other.deleted


def year_results_refresh(
    *, period_id: int, employee_ids: Collection[int] | None, now: datetime
) -> YearChanges:
    """Bring the year results of these people, of everybody when None, up to date; what changed.

    A row for everybody with a duty of the stage *assessment*. A thousand people are one transaction, unless
    the caller has opened one; writers that meet on one person go one after the other. Raises
    Period.DoesNotExist.
    """
    period = Period.objects.get(pk=period_id)
    settings = scoring_settings(period.pk)
    changes = YearChanges()
    for people in people_batches(employee_ids):
        with transaction.atomic():
            people_lock(people)
            found = _difference(period, settings, people)
            _write(period, found, now)
        changes.add(found)
    return changes


def year_results_compare(*, period_id: int) -> YearChanges:
    """What a refresh of everybody would change, without writing; empty when stored equals computed."""
    period = Period.objects.get(pk=period_id)
    settings = scoring_settings(period.pk)
    changes = YearChanges()
    for people in people_batches(None):
        changes.add(_difference(period, settings, people))
    return changes


def _difference(period: Period, settings: ScoringSettings, people: People) -> YearChanges:
    wanted = {row.employee_id: row for row in _rows(period, settings, people_years(period, people))}
    found = YearChanges()
    for pk, *stored in STORED_YEARS.rows(people, period=period.pk):
        row = wanted.pop(stored[0], None)
        if row is None:
            found.deleted.append(pk)
        elif astuple(row) != tuple(stored):
            found.changed[pk] = row
    found.created += wanted.values()
    return found


def _rows(period: Period, settings: ScoringSettings, years: Iterable[PersonYear]) -> Iterable[YearRow]:
    regime = Regime(period.regime)
    for year in years:
        outcome = year_outcome(year.parts, regime, settings, year.no_performance)
        yield YearRow(
            employee_id=year.employee_id,
            opd_id=year.opd_id,
            unit_id=year.unit_id,
            obliged=year.obliged,
            parts_text=parts_text(year.parts, outcome),
            scored=outcome.scored,
            counts=outcome.counts,
            final=outcome.final,
            category=outcome.category or "",
            national=outcome.national or "",
            four=outcome.four or "",
            no_performance=outcome.no_performance or "",
        )


def _write(period: Period, changes: YearChanges, now: datetime) -> None:
    YearResult.objects.bulk_create(
        (
            YearResult(period=period, computed_at=now, **dict(zip(COMPUTED, astuple(row), strict=True)))
            for row in [*changes.created, *changes.changed.values()]
        ),
        update_conflicts=True,
        unique_fields=["period", "employee"],
        update_fields=[*(name.removesuffix("_id") for name in COMPUTED[1:]), "computed_at"],
        batch_size=500,
    )
    if changes.deleted:
        YearResult.objects.filter(pk__in=changes.deleted).delete()


def year_results_catch_up(*, now: datetime) -> int:
    """Refresh whose place or obligation has changed since, and once a day everybody; how many rows changed.

    Duties are written below this app, which learns of them here. Looks at this year's period and the one
    before.
    """
    today = office_date(now)
    daily = f"years-refreshed-{today}"
    everybody = cache.get(daily) is None
    count = 0
    for period in Period.objects.filter(year__gte=today.year - 1).order_by("year"):
        stale = None if everybody else stale_people(period.pk)
        count += len(year_results_refresh(period_id=period.pk, employee_ids=stale, now=now))
    # At the end: a run that is stopped half-way is done again by the next one.
    cache.set(daily, True, timeout=2 * 24 * 3600)
    return count
