"""Recording who has no performance once the last deadline has passed, and lifting it again (rules.md §7)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.services.notifications import notifications_add
from assessments.models import NoPerformance
from assessments.selectors.no_performance import open_records, without_performance
from assessments.services.years import year_results_refresh
from assessments.states import NoPerformanceKind
from config.lib.dates import office_date
from skp.models import Period
from skp.selectors.duty_queries import People
from skp.services.duties import people_batches, people_lock

SET = {
    NoPerformanceKind.NEVER_SENT: (
        "Predikat SKP {year} Anda Sangat Buruk: rencana SKP tidak pernah dikirim sampai tenggatnya lewat. "
        "Perpanjangan tenggat atau pengecualian oleh BKPSDM mencabut catatan ini."
    ),
    NoPerformanceKind.NO_EVIDENCE: (
        "Predikat SKP {year} Anda Sangat Buruk: sampai tenggat terakhir tidak ada bukti dukung pada satu "
        "indikator pun. Nilai yang sudah diberikan tetap tercatat. Perpanjangan tenggat atau pengecualian "
        "oleh BKPSDM mencabut catatan ini."
    ),
}
LIFTED = "Catatan tanpa kinerja pada SKP {year} Anda dicabut. Predikat mengikuti hasil penilaian."


@dataclass(slots=True)
class NoPerformanceChanges:
    """The people recorded, by kind, and those lifted, of one run."""

    recorded: dict[int, NoPerformanceKind] = field(default_factory=dict)
    lifted: set[int] = field(default_factory=set)

    @property
    def people(self) -> set[int]:
        """Everybody for whom something changed."""
        return self.recorded.keys() | self.lifted


def no_performance_update(*, now: datetime) -> int:
    """Record and lift what holds at ``now`` in this year's period and the one before; how many people.

    An earlier year is closed and stays. Running it again changes nothing, and of several at once one does
    the work: the people looked at are locked and looked at anew. Each changed person is told.
    """
    periods = Period.objects.filter(year__gte=office_date(now).year - 1).order_by("year")
    return sum(_update_period(period, now) for period in periods)


def _update_period(period: Period, now: datetime) -> int:
    suspects = _difference(without_performance(period, now), open_records(period.pk)).people
    count = 0
    for people in people_batches(suspects):
        with transaction.atomic():
            people_lock(people)
            count += _write(period, people, now)
    return count


def _difference(
    holds: dict[int, NoPerformanceKind], recorded: dict[int, NoPerformanceKind]
) -> NoPerformanceChanges:
    return NoPerformanceChanges(
        recorded={person: kind for person, kind in holds.items() if recorded.get(person) != kind},
        lifted={person for person, kind in recorded.items() if holds.get(person) != kind},
    )


def _write(period: Period, people: People, now: datetime) -> int:
    who = people.of("employee")
    changes = _difference(without_performance(period, now, who), open_records(period.pk, who))
    NoPerformance.objects.filter(period=period, employee__in=changes.lifted, lifted_at__isnull=True).update(
        lifted_at=now
    )
    NoPerformance.objects.bulk_create(
        NoPerformance(period=period, employee_id=person, kind=kind, set_at=now)
        for person, kind in sorted(changes.recorded.items())
    )
    if changes.people:
        year_results_refresh(period_id=period.pk, employee_ids=changes.people, now=now)
    for kind in NoPerformanceKind:
        told = [person for person, of_kind in changes.recorded.items() if of_kind == kind]
        _tell(told, SET[kind].format(year=period.year), now)
    _tell(changes.lifted - changes.recorded.keys(), LIFTED.format(year=period.year), now)
    return len(changes.people)


def _tell(employee_ids: Collection[int], text: str, now: datetime) -> None:
    users = User.objects.filter(employee__in=employee_ids) if employee_ids else ()
    notifications_add(users=users, text=text, now=now, link=reverse("skp:mine"))
