"""The achievements of units as their leaders set them and others read them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from assessments.enums import OrgPerformance
from assessments.models import Assessment, DistributionReason, OrgAchievement
from assessments.states import DELIVERED_STATES
from config.lib.dates import office_date
from orgunits.enums import AssignmentKind
from orgunits.models import Assignment, OrgUnitSpan
from orgunits.selectors.days import on_day
from orgunits.selectors.leading import LedUnit, units_led_by
from orgunits.selectors.units import units_of_opds
from orgunits.viewer import Viewer
from skp.models import Period
from skp.states import Lifecycle, Stage

LOCKED = (
    "Capaian organisasi ini tidak dapat diubah lagi: hasil penilaian pimpinan unitnya sudah disampaikan. "
    "Bila harus diubah, BKPSDM membuka dahulu kunci hasil itu."
)


def period_judged(now: datetime) -> Period | None:
    """The newest period whose assessment has opened, before the first one the newest of all."""
    opened = Period.objects.filter(windows__stage=Stage.ASSESSMENT, windows__opens_at__lte=now)
    newest = opened.order_by("-year").first()
    return newest or Period.objects.filter(year__lte=office_date(now).year).order_by("-year").first()


def last_day_of(period: Period) -> date:
    """The day as of which the year's units and heads are asked for."""
    return date(period.year, 12, 31)


def heads_assessments(period_id: int, unit_ids: Collection[int]) -> "QuerySet[Assessment]":
    """The assessments of those who head these units, or headed them in a part of the period."""
    return Assessment.objects.filter(
        skp__period=period_id, skp__assignment__unit__in=unit_ids, skp__assignment__is_head=True
    ).exclude(skp__lifecycle=Lifecycle.CANCELLED)


def achievements_visible_to(viewer: Viewer, led: Collection[int]) -> "QuerySet[OrgAchievement]":
    """The achievements the viewer may read; ``led``: the units led from one level up.

    All for BKPSDM, the inspectorate and the regency's leaders; those of units headed and below, of which a
    head sees the own one as soon as it is set; those of the OPD for its admin.
    """
    rows = OrgAchievement.objects.all()
    if viewer.sees_regency:
        return rows
    seen = Q(unit__in={*led, *viewer.subtree_unit_ids})
    if viewer.admin_opd_ids:
        seen |= Q(unit__in=units_of_opds(viewer.admin_opd_ids, viewer.today).values("unit"))
    return rows.filter(seen)


@dataclass(frozen=True, slots=True)
class LedRow:
    """A unit whose achievement the viewer sets; ``locked`` says why it can't be changed, else empty."""

    unit: LedUnit
    achievement: OrgAchievement | None
    locked: str

    @property
    def performance(self) -> OrgPerformance | None:
        return OrgPerformance(self.achievement.performance) if self.achievement else None

    @property
    def version(self) -> int:
        """That of the row shown, 0 while there is none."""
        return self.achievement.version if self.achievement else 0


def led_rows(viewer: Viewer, period: Period) -> list[LedRow]:
    """The units that the viewer leads from one level up, with what was set."""
    led = units_led_by(viewer, last_day_of(period))
    units = [unit.unit_id for unit in led]
    if not units:
        return []
    known = {row.unit_id: row for row in OrgAchievement.objects.filter(period=period, unit__in=units)}
    delivered = set(
        heads_assessments(period.pk, units)
        .filter(status__in=DELIVERED_STATES)
        .values_list("skp__assignment__unit", flat=True)
    )
    return [
        LedRow(unit, known.get(unit.unit_id), LOCKED if unit.unit_id in delivered else "") for unit in led
    ]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """An achievement as it is read: the unit's name and definitive head on the year's last day.

    ``reason``: the newest that the unit's head gave for another pattern of predicates.
    """

    achievement: OrgAchievement
    unit_name: str
    head: Assignment | None
    reason: DistributionReason | None

    @property
    def performance(self) -> OrgPerformance:
        return OrgPerformance(self.achievement.performance)


def read_rows(achievements: Collection[OrgAchievement], day: date) -> list[ReadRow]:
    """Names, heads and reasons for a page of achievements of one period, in three queries."""
    units = {row.unit_id: row.period_id for row in achievements}
    names = dict(OrgUnitSpan.objects.filter(on_day(day), unit__in=units).values_list("unit_id", "name"))
    posts = Assignment.objects.filter(
        on_day(day), unit__in=units, is_head=True, kind=AssignmentKind.DEFINITIVE
    )
    heads = {head.unit_id: head for head in posts.select_related("employee")}
    reasons = reasons_of(next(iter(units.values()), 0), units)
    return [
        ReadRow(
            achievement=row,
            unit_name=names.get(row.unit_id, "Unit yang sudah tidak ada"),
            head=heads.get(row.unit_id),
            reason=reasons.get(row.unit_id),
        )
        for row in achievements
    ]


def reasons_of(period_id: int, unit_ids: Iterable[int]) -> dict[int, DistributionReason]:
    """The newest reason of each of the units that has one."""
    rows = DistributionReason.objects.filter(period=period_id, unit__in=list(unit_ids))
    return {row.unit_id: row for row in rows.order_by("given_at", "pk")}
