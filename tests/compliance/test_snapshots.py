"""Frozen and daily snapshots: what is in them, once only, whoever asks; and that they stay as they are."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from assessments.enums import FourPredicate
from compliance.models import Snapshot, SnapshotPerson, SnapshotRow
from compliance.rules import Counts
from compliance.selectors.board import board_of
from compliance.selectors.snapshots import frozen_rows, latest_deadline, snapshots_visible_to
from compliance.selectors.stages import chosen_stage, stages_of
from compliance.services.snapshots import snapshot_freeze, snapshots_take
from orgunits.models import Assignment
from skp.models import Duty, Window
from skp.settings import PlanSettings
from tests.compliance.duties import CLOSE, SENT, bare_period, duty
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import NOW, People, Person
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db
LATER = CLOSE + timedelta(minutes=5)


@pytest.fixture
def period(people: People):
    return bare_period()


@pytest.fixture
def stage(period):
    return chosen_stage(stages_of(period), "planning", NOW)


@pytest.fixture
def duties(people: People, period):
    """Four obliged in Dinas Pertama: two in time, one a minute too late, one extended; one exempt."""
    duty(people.superior, period, fulfilled=SENT, agreed=SENT)
    duty(people.appraiser, period, fulfilled=CLOSE - timedelta(microseconds=1))
    duty(people.owner, period, fulfilled=CLOSE, agreed=CLOSE)
    duty(people.section_head, period, due=CLOSE + timedelta(days=7))
    duty(people.section_member, period, exempt="CLTN")
    return period


def frozen() -> list[tuple[object, ...]]:
    rows = SnapshotRow.objects.filter(snapshot__kind="deadline").order_by("name")
    return list(rows.values_list("name", "obliged", "fulfilled", "agreed", "late", "predicate"))


def test_the_deadline_freezes_what_stood_when_the_window_closed(people: People, duties, stage):
    assert snapshot_freeze(stage=stage, now=LATER)
    assert frozen() == [("Dinas Pertama", 4, 2, 1, 1, "bad")]
    taken = Snapshot.objects.get(kind="deadline")
    assert (taken.for_day, taken.taken_at) == (date(2026, 1, 31), LATER)
    people_rows = {row.employee_id: row for row in taken.people.all()}
    assert len(people_rows) == 5
    owner = people_rows[people.owner.employee.pk]
    assert (owner.fulfilled_at, owner.agreed_at, owner.late) == (None, None, True)
    extended = people_rows[people.section_head.employee.pk]
    assert (extended.late, extended.unit_id) == (False, people.section.pk)
    exempt = people_rows[people.section_member.employee.pk]
    assert (exempt.obliged, exempt.exempt_reason, exempt.late) == (False, "CLTN", False)


def test_what_comes_later_moves_the_live_figure_and_not_the_frozen_one(people: People, duties, stage):
    snapshots_take(now=LATER)
    Duty.objects.filter(employee=people.section_head.employee).update(fulfilled_at=LATER, agreed_at=LATER)
    newcomer = Person(
        AssignmentFactory(employee=EmployeeFactory(), unit=people.division, start=date(2026, 2, 10))
    )
    duty(newcomer, duties, fulfilled=LATER)
    snapshots_take(now=LATER + timedelta(days=1))
    [row] = board_of(people.opd_admin.viewer(), stage).rows
    assert row.counts == Counts(5, 5, 3, 0)
    assert row.frozen.counts == Counts(4, 2, 1, 1)
    assert row.frozen.predicate == FourPredicate.BAD


def test_a_late_timer_leaves_out_who_came_after_the_close(people: People, duties, stage):
    newcomer = AssignmentFactory(employee=EmployeeFactory(), unit=people.division, start=date(2026, 2, 1))
    duty(Person(newcomer), duties)
    starter = AssignmentFactory(employee=EmployeeFactory(), unit=people.division, start=date(2026, 1, 31))
    duty(Person(starter), duties, due=CLOSE + timedelta(days=30))
    assert snapshots_take(now=NOW)
    assert frozen() == [("Dinas Pertama", 5, 2, 1, 1, "very_bad")]
    assert not SnapshotPerson.objects.filter(employee=newcomer.employee).exists()


def test_who_left_after_the_close_was_there(people: People, duties, stage):
    Assignment.objects.filter(pk=people.owner.post.pk).update(until=date(2026, 2, 1))
    snapshots_take(now=NOW)
    assert SnapshotPerson.objects.filter(employee=people.owner.employee).exists()


def test_nothing_is_frozen_before_the_close_nor_within_the_grace(people: People, duties, stage):
    snapshots_take(now=CLOSE - timedelta(minutes=1))
    assert frozen() == []
    duties.settings_text = PlanSettings(grace_minutes=10).to_text()
    duties.save(update_fields=["settings_text"])
    snapshots_take(now=CLOSE + timedelta(minutes=9))
    assert frozen() == []
    snapshots_take(now=CLOSE + timedelta(minutes=10))
    # Sent within the grace counts as in time.
    assert frozen() == [("Dinas Pertama", 4, 3, 2, 0, "good")]


def test_the_audience_of_leaders_freezes_nothing(people: People, duties, stage):
    snapshots_take(now=moment("2026-01-16 00:00"))
    assert frozen() == []


def test_a_second_timer_takes_nothing_twice(people: People, duties, stage):
    first = snapshots_take(now=LATER)
    # Planning frozen and counted for the day.
    assert first == 2
    assert snapshots_take(now=LATER) == 0
    # A timer that looked before the first one wrote meets the constraint, not a second snapshot.
    assert not snapshot_freeze(stage=stage, now=LATER)
    assert frozen() == [("Dinas Pertama", 4, 2, 1, 1, "bad")]
    taken = Snapshot.objects.get(kind="deadline")
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(
            period=duties, stage="planning", kind="deadline", for_day=taken.for_day, taken_at=NOW
        )


def test_a_window_that_closes_later_after_all_gets_a_snapshot_of_its_own(people: People, duties, stage):
    snapshots_take(now=LATER)
    Window.objects.filter(period=duties, stage="planning", audience="all").update(
        closes_at=moment("2026-02-08 00:00")
    )
    snapshots_take(now=NOW)
    days = Snapshot.objects.filter(kind="deadline").order_by("for_day").values_list("for_day", flat=True)
    assert list(days) == [date(2026, 1, 31), date(2026, 2, 7)]
    assert latest_deadline(stage).get().for_day == date(2026, 2, 7)


def test_the_daily_counts_are_those_of_the_moment(people: People, duties, stage):
    duty(people.stranger, duties)
    snapshots_take(now=LATER)
    snapshots_take(now=LATER + timedelta(hours=20))
    snapshots_take(now=LATER + timedelta(days=1))
    daily = Snapshot.objects.filter(kind="daily", stage="planning").order_by("for_day")
    assert [taken.for_day for taken in daily] == [date(2026, 2, 1), date(2026, 2, 2)]
    rows = daily[0].rows.order_by("name").values_list("name", "obliged", "fulfilled", "late", "predicate")
    assert list(rows) == [("Dinas Kedua", 1, 0, 1, "very_bad"), ("Dinas Pertama", 4, 3, 0, "good")]
    assert not daily[0].people.exists()


def test_daily_counts_end_two_months_after_the_close(people: People, duties, stage):
    snapshots_take(now=CLOSE + timedelta(days=60))
    assert not Snapshot.objects.filter(kind="daily", stage="planning").exists()
    assert Snapshot.objects.filter(kind="deadline", stage="planning").exists()


def test_nothing_is_taken_while_nobody_has_a_duty(people: People, period):
    assert snapshots_take(now=LATER) == 0


def test_each_interval_is_frozen_by_itself(people: People, period):
    duty(people.owner, period, stage="monitoring", interval=1, fulfilled=SENT)
    duty(people.owner, period, stage="monitoring", interval=2)
    snapshots_take(now=moment("2026-04-15 00:00"))
    [taken] = Snapshot.objects.filter(kind="deadline")
    assert (taken.stage, taken.interval, taken.for_day) == ("monitoring", 1, date(2026, 4, 14))


def test_the_tick_takes_them_and_says_so(people: People, duties, capsys):
    # It computes everybody's duties first: planning is frozen, planning and the first quarter counted.
    call_command("tick", "--now", "2026-02-01T00:05")
    assert "Potret papan: 3 diambil." in capsys.readouterr().out
    call_command("tick", "--now", "2026-02-01T00:10")
    assert "Potret papan: 0 diambil." in capsys.readouterr().out


def test_each_reads_the_part_of_the_snapshot_that_is_theirs(people: People, duties, stage):
    duty(people.stranger, duties)
    snapshots_take(now=LATER)
    taken = latest_deadline(stage)

    def rows(person) -> dict[str, tuple[object, ...]]:
        found = frozen_rows(person.viewer(), taken)
        return {row.name: (row.counts, row.predicate) for row in found}

    first = (Counts(4, 2, 1, 1), FourPredicate.BAD)
    other = (Counts(1, 0, 0, 1), FourPredicate.VERY_BAD)
    assert rows(people.leader) == {"Dinas Kedua": other, "Dinas Pertama": first}
    assert rows(people.opd_admin) == {"Dinas Pertama": first}
    assert rows(people.superior) == {"Dinas Pertama": first}
    assert rows(people.appraiser) == {"Dinas Pertama": (Counts(3, 1, 0, 1), None)}
    assert rows(people.other_admin) == {"Dinas Kedua": other}
    assert rows(people.acting_head) == {}
    assert snapshots_visible_to(people.appraiser.viewer()).exists()
    assert not snapshots_visible_to(people.acting_head.viewer()).exists()
