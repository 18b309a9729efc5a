"""Freezing the board: at each deadline with everybody's row, and once a day the counts.

Safe for any number of timers at once: the database takes one snapshot of a stage, kind and day.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef

from compliance.enums import SnapshotKind
from compliance.models import Snapshot, SnapshotPerson, SnapshotRow
from compliance.rules import Counts, opd_predicate
from compliance.selectors.snapshots import NO_OPD
from compliance.selectors.stages import BoardStage, stages_of
from compliance.selectors.within import counted
from config.lib.dates import office_date
from orgunits.enums import AssignmentKind
from orgunits.models import Assignment
from orgunits.selectors.days import on_day
from orgunits.selectors.people import unit_names
from skp.deadlines import reference_days
from skp.models import Duty, Period
from skp.states import Stage

# So long after the window's close the daily counts go on: extensions and late starters move them.
DAILY_AFTER = timedelta(days=60)
BATCH = 1000
COLUMNS = (
    "employee_id",
    "opd_id",
    "unit_id",
    "obliged",
    "exempt_reason",
    "fulfilled_at",
    "agreed_at",
    "due_at",
)


class _Person(NamedTuple):
    """A duty as it stood when the window closed."""

    employee_id: int
    opd_id: int | None
    unit_id: int | None
    obliged: bool
    exempt_reason: str
    fulfilled_at: datetime | None
    agreed_at: datetime | None
    late: bool


def snapshots_take(*, now: datetime) -> int:
    """Take every snapshot that is due at ``now`` and not there yet; how many were taken.

    Looks at this year's period and the one before, whose last windows close in this year.
    """
    today = office_date(now)
    periods = Period.objects.filter(year__in=(today.year - 1, today.year)).prefetch_related("windows")
    return sum(_take_of(period, today, now) for period in periods)


def _take_of(period: Period, today: date, now: datetime) -> int:
    there = set(Snapshot.objects.filter(period=period).values_list("stage", "interval", "kind", "for_day"))
    taken = 0
    for stage in stages_of(period):
        window = stage.window
        closed_on = office_date(window.closes_at - timedelta(microseconds=1))
        place = (window.stage.value, window.interval)
        if now >= frozen_from(stage) and (*place, SnapshotKind.DEADLINE.value, closed_on) not in there:
            taken += snapshot_freeze(stage=stage, now=now)
        running = window.opens_at <= now < window.closes_at + DAILY_AFTER
        if running and (*place, SnapshotKind.DAILY.value, today) not in there:
            taken += snapshot_daily(stage=stage, now=now)
    return taken


def frozen_from(stage: BoardStage) -> datetime:
    """The instant that a deadline's snapshot shows: the window's close with the hidden grace."""
    return stage.window.closes_at + timedelta(minutes=stage.settings.grace_minutes)


def snapshot_freeze(*, stage: BoardStage, now: datetime) -> bool:
    """Freeze the stage as it stood at its window's close; False when somebody did, or nobody has a duty.

    What was fulfilled or agreed later, before a belated timer, does not count; nor do people who came
    after the reference day (rules.md §8).
    """
    closed_at = frozen_from(stage)
    closed_on = office_date(stage.window.closes_at - timedelta(microseconds=1))
    people = _people_at(stage, closed_at)
    counts: dict[int | None, Counts] = defaultdict(Counts)
    for person in people:
        counts[person.opd_id] += _counts_of(person)
    return _store(stage, SnapshotKind.DEADLINE, closed_on, counts, people, now)


def snapshot_daily(*, stage: BoardStage, now: datetime) -> bool:
    """Keep today's live counts; False when they are there already, or nobody has a duty."""
    counts = counted(Duty.objects.filter(**stage.rows), now, "opd")
    return _store(stage, SnapshotKind.DAILY, office_date(now), counts, (), now)


def _people_at(stage: BoardStage, closed_at: datetime) -> list[_Person]:
    duties = Duty.objects.filter(**stage.rows)
    if stage.window.stage == Stage.PLANNING:
        # Only planning has rows of people who come after its reference day.
        day = reference_days(stage.period.year, (stage.window,))[Stage.PLANNING, 0]
        there = Assignment.objects.filter(
            on_day(day), employee=OuterRef("employee"), kind=AssignmentKind.DEFINITIVE
        )
        duties = duties.filter(Exists(there))
    # A snapshot's people are written, and so numbered, in the order in which lists show them.
    rows = duties.order_by("employee__name", "employee").only(*COLUMNS)
    found = []
    for duty in rows.iterator(chunk_size=BATCH):
        done = _by(duty.fulfilled_at, closed_at)
        found.append(
            _Person(
                employee_id=duty.employee_id,
                opd_id=duty.opd_id,
                unit_id=duty.unit_id,
                obliged=duty.obliged,
                exempt_reason=duty.exempt_reason,
                fulfilled_at=done,
                agreed_at=_by(duty.agreed_at, closed_at),
                late=duty.obliged and done is None and duty.due_at <= closed_at,
            )
        )
    return found


def _by(moment: datetime | None, closed_at: datetime) -> datetime | None:
    """The moment when it lies before the close, else None."""
    return moment if moment is not None and moment < closed_at else None


def _counts_of(person: _Person) -> Counts:
    if not person.obliged:
        return Counts()
    return Counts(
        1, int(person.fulfilled_at is not None), int(person.agreed_at is not None), int(person.late)
    )


def _store(
    stage: BoardStage,
    kind: SnapshotKind,
    day: date,
    counts: dict[int | None, Counts],
    people: Iterable[_Person],
    now: datetime,
) -> bool:
    """Write the snapshot in one short transaction; everything has been read and counted before."""
    if not counts:
        return False
    names = unit_names((opd_id for opd_id in counts if opd_id is not None), day)
    with transaction.atomic():
        snapshot, made = Snapshot.objects.get_or_create(
            **stage.rows, kind=kind, for_day=day, defaults={"taken_at": now}
        )
        if not made:
            return False
        SnapshotRow.objects.bulk_create(
            _row(stage, snapshot, opd_id, names.get(opd_id or 0, NO_OPD), own)
            for opd_id, own in counts.items()
        )
        SnapshotPerson.objects.bulk_create(
            (SnapshotPerson(snapshot=snapshot, **person._asdict()) for person in people), batch_size=BATCH
        )
    return True


def _row(stage: BoardStage, snapshot: Snapshot, opd_id: int | None, name: str, counts: Counts) -> SnapshotRow:
    word = opd_predicate(counts, stage.settings) if opd_id is not None else None
    return SnapshotRow(
        snapshot=snapshot,
        opd_id=opd_id,
        name=name,
        obliged=counts.obliged,
        fulfilled=counts.fulfilled,
        agreed=counts.agreed,
        late=counts.late,
        predicate=word.value if word else "",
    )
