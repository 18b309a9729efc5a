"""Keep the stored duties equal to what rules.md §7, §8 and §10 make of posts, plans and deadlines.

Whoever changes one of these calls ``duties_refresh`` in the same transaction, after the writes. Only the
difference is written, and it is returned, so that a preview can make a change, read whom it reaches, and
roll back.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from config.lib.dates import office_date
from orgunits.models import Employee
from skp.duties import DutyRow, YearFacts, duties_of
from skp.models import Duty, Period
from skp.selectors.duty_facts import people_facts, with_units, year_facts
from skp.selectors.duty_queries import STORED, People
from skp.selectors.plans import read_period

Key = tuple[str, int, int]

FIELDS = DutyRow._fields
KEY_FIELDS = ("stage", "interval", "employee_id")
# People looked at with one set of queries.
BATCH = 1000


@dataclass(frozen=True, slots=True)
class DutyChange:
    """One person's row of a stage before and after; None where there was or is none."""

    before: DutyRow | None
    after: DutyRow | None

    @property
    def row(self) -> DutyRow:
        """The row as it is now, as it was where it is gone."""
        row = self.after or self.before
        assert row is not None
        return row

    @property
    def moves_deadline(self) -> bool:
        """Whether a duty that stays has another deadline."""
        return self.before is not None and self.after is not None and self.before.due_at != self.after.due_at


@dataclass(frozen=True, slots=True)
class DutyChanges:
    """The difference between stored and computed duties; empty when they are equal."""

    changes: tuple[DutyChange, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    @property
    def created(self) -> int:
        """Rows that were missing."""
        return sum(change.before is None for change in self.changes)

    @property
    def deleted(self) -> int:
        """Rows that were too many."""
        return sum(change.after is None for change in self.changes)

    @property
    def changed(self) -> int:
        """Rows that said something else."""
        return len(self.changes) - self.created - self.deleted


def duties_refresh(*, period_id: int, employee_ids: Collection[int] | None, now: datetime) -> DutyChanges:
    """Bring the stored duties of these people, of everybody when None, up to date; what changed.

    Duties do not depend on the day: ``now`` is the moment of the change that asks for it. Writers that
    meet on one person go one after the other, each seeing what came before. Raises Period.DoesNotExist.
    """
    changes: list[DutyChange] = []
    with transaction.atomic():
        period = read_period(period_id)
        for people in people_batches(employee_ids):
            people_lock(people)
            found = _difference(period, year_facts(period), people)
            _write(period, found)
            changes += found
    return DutyChanges(tuple(changes))


def duties_recompute_all(*, period_id: int) -> DutyChanges:
    """What a refresh of everybody would change, without writing; empty when stored equals computed."""
    period = Period.objects.prefetch_related("windows").get(pk=period_id)
    year = year_facts(period)
    found = (change for people in people_batches(None) for change in _difference(period, year, people))
    return DutyChanges(tuple(found))


def people_batches(employee_ids: Collection[int] | None) -> Iterator[People]:
    """These people, everybody when None, in the order of their keys, as many as one set of queries reads."""
    everybody = employee_ids is None
    ids = sorted(Employee.objects.values_list("pk", flat=True) if employee_ids is None else set(employee_ids))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        yield People(batch, batch[0], batch[-1]) if everybody else People(batch)


def people_lock(people: People) -> None:
    """Let the caller's transaction be the only one that writes what is computed of these people.

    In the order of their keys, so that two writers never wait for each other in a circle.
    """
    rows = Employee.objects.select_for_update(no_key=True).filter(people.of("pk"))
    list(rows.order_by("pk").values_list("pk", flat=True))


def _difference(period: Period, year: YearFacts, people: People) -> list[DutyChange]:
    persons = people_facts(period, year.windows, people)
    placed = with_units(year, persons)
    wanted = {_key(row): row for person in persons for row in duties_of(person, placed)}
    known = {_key(row): row for row in map(DutyRow._make, STORED.rows(people, period=period.pk))}
    return [
        DutyChange(known.get(key), wanted.get(key))
        for key in sorted(known.keys() | wanted.keys())
        if known.get(key) != wanted.get(key)
    ]


def _key(row: DutyRow) -> Key:
    return row.stage, row.interval, row.employee_id


def _write(period: Period, changes: list[DutyChange]) -> None:
    kept = [change.after for change in changes if change.after is not None]
    Duty.objects.bulk_create(
        (Duty(period=period, **row._asdict()) for row in kept),
        update_conflicts=True,
        unique_fields=["period", "stage", "interval", "employee"],
        update_fields=[field.removesuffix("_id") for field in FIELDS if field not in KEY_FIELDS],
    )
    gone: dict[tuple[str, int], list[int]] = {}
    for change in changes:
        if change.after is None and change.before is not None:
            gone.setdefault((change.before.stage, change.before.interval), []).append(change.row.employee_id)
    for (stage, interval), people in gone.items():
        Duty.objects.filter(period=period, stage=stage, interval=interval, employee__in=people).delete()


def duties_refresh_running(*, employee_ids: Collection[int] | None, now: datetime) -> int:
    """Refresh in every period that a change made today may still reach; answers how many rows changed.

    That are the periods from last year on: a year before is closed, and its frozen counts stand.
    """
    periods = Period.objects.filter(year__gte=office_date(now).year - 1).values_list("pk", flat=True)
    found = [duties_refresh(period_id=pk, employee_ids=employee_ids, now=now) for pk in periods]
    return sum(len(changes.changes) for changes in found)


def duties_refresh_daily(*, now: datetime) -> int:
    """Once a day look at everybody, in case a change was made beside the services; how many rows changed."""
    first = cache.add(f"duties-refreshed-{office_date(now)}", True, timeout=2 * 24 * 3600)
    return duties_refresh_running(employee_ids=None, now=now) if first else 0
