"""Several timers at once: reminders, records and year results once each; on SQLite they queue."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from accounts.models import Notification, OutboxMessage
from assessments.models import NoPerformance, YearResult
from compliance.models import Reminder, ReminderDigest, Snapshot
from orgunits.models import Employee
from skp.models import Duty
from tests.people import make_people
from tests.skp.drafts import period_2026
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db(transaction=True)
TIMERS = 4
# Seven days before planning ends, and after it has ended.
SEVEN = moment("2026-01-24 08:00")
PASSED = moment("2026-02-01 08:00")


def tick_together(now: datetime) -> None:
    """``TIMERS`` runs of the timer that set off at the same moment; all must end well."""
    barrier = Barrier(TIMERS)

    def one(_: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            call_command("tick", "--now", now.isoformat())
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMERS) as pool:
        list(pool.map(one, range(TIMERS)))


@pytest.fixture
def _regency():
    cache.clear()
    make_people()
    for person in Employee.objects.all():
        person.email = f"{person.pk}@example.go.id"
        person.save(update_fields=["email"])
    period_2026()


@pytest.mark.usefixtures("_regency")
def test_four_timers_send_every_reminder_once(mailoutbox):
    tick_together(SEVEN)
    waiting = Duty.objects.filter(stage="planning", due_at__gt=SEVEN).count()
    assert Reminder.objects.filter(kind="own").count() == waiting > 5
    digests = ReminderDigest.objects.count()
    assert Notification.objects.filter(text__startswith="Pengingat").count() == digests
    assert OutboxMessage.objects.filter(key__startswith="reminder:").count() == digests
    addressed = Counter(mail.to[0] for mail in mailoutbox)
    assert len(addressed) == digests
    assert set(addressed.values()) == {1}


@pytest.mark.usefixtures("_regency")
def test_four_timers_record_and_tell_once():
    tick_together(PASSED)
    late = Duty.objects.filter(stage="planning", obliged=True).count()
    assert NoPerformance.objects.filter(lifted_at=None).count() == late
    assert Notification.objects.filter(text__contains="Sangat Buruk").count() == late
    assert YearResult.objects.filter(no_performance="never_sent").count() == late
    assert YearResult.objects.count() == Duty.objects.filter(stage="assessment").count()
    assert Snapshot.objects.filter(kind="deadline", stage="planning").count() == 1
