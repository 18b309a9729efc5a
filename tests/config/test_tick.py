"""What ``manage.py tick`` clears away, by the time it is given."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from accounts.services.outbox import outbox_put
from assessments.models import NoPerformance, YearResult
from config.lib import clock
from skp.models import Period
from tests.people import People
from tests.skp.drafts import period_2026
from tests.skp.facts import moment

NOW = datetime(2026, 1, 20, 3, 0, tzinfo=UTC)
KEPT = timedelta(days=14)

pytestmark = pytest.mark.django_db


def task(status: str, finished_at: datetime | None) -> DBTaskResult:
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="tests.nowhere",
        backend_name="default",
        queue_name="default",
        run_after=NOW,
        status=status,
        finished_at=finished_at,
    )


def left() -> set[object]:
    return set(DBTaskResult.objects.values_list("pk", flat=True))


def tick(now: datetime = NOW) -> None:
    call_command("tick", "--now", now.isoformat())


def test_tasks_that_ended_two_weeks_ago_are_forgotten():
    task("SUCCESSFUL", NOW - KEPT)
    task("FAILED", NOW - KEPT - timedelta(days=1))
    young = task("SUCCESSFUL", NOW - KEPT + timedelta(seconds=1))
    failed = task("FAILED", NOW - timedelta(days=1))
    tick()
    assert left() == {young.pk, failed.pk}
    tick()
    assert left() == {young.pk, failed.pk}
    tick(NOW + KEPT)
    assert left() == set()


def test_tasks_that_wait_or_run_stay_however_old():
    waiting, running = task("READY", None), task("RUNNING", None)
    tick(NOW + timedelta(days=400))
    assert left() == {waiting.pk, running.pk}


def session(expires_in: timedelta) -> str:
    store = SessionStore()
    store.create()
    assert store.session_key
    Session.objects.filter(session_key=store.session_key).update(expire_date=clock.now() + expires_in)
    return store.session_key


def test_sessions_that_ran_out_are_forgotten_and_open_ones_stay():
    session(timedelta(seconds=-1))
    open_key = session(timedelta(hours=1))
    for _ in range(2):
        tick()
        assert list(Session.objects.values_list("session_key", flat=True)) == [open_key]


def test_a_part_that_fails_is_named_and_the_others_are_done(mailoutbox, capsys):
    # Settings that nobody can read stand for whatever goes wrong.
    Period.objects.create(year=2026, settings_text="?", created_at=NOW)
    outbox_put(key="a", to="x@example.go.id", subject="Satu", body="Isi", now=NOW)
    expired = session(timedelta(seconds=-1))
    with pytest.raises(CommandError, match=r"Catatan tanpa kinerja berubah, .*Pengingat dikirim"):
        tick()
    assert [mail.subject for mail in mailoutbox] == ["Satu"]
    assert not Session.objects.filter(session_key=expired).exists()
    told = capsys.readouterr()
    assert "Pengingat dikirim: gagal." in told.err
    assert "E-mail: 1 terkirim" in told.out


def test_what_failed_is_done_by_the_next_run(people: People):
    period = period_2026()
    Period.objects.filter(pk=period.pk).update(settings_text="?")
    late = moment("2026-02-01 08:00")
    with pytest.raises(CommandError):
        tick(late)
    assert not NoPerformance.objects.exists()
    Period.objects.filter(pk=period.pk).update(settings_text="")
    tick(late)
    assert NoPerformance.objects.filter(employee=people.owner.employee, lifted_at=None).exists()
    assert YearResult.objects.filter(employee=people.owner.employee).exists()
