"""The real worker process: killed, stopped, troubled by its database."""

import signal
import sqlite3
import time
from datetime import timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from config.lib import clock
from config.management.commands.worker import MESSAGE_LOST, return_lost_messages
from documents.enums import ItemState, JobState
from documents.models import Counter, Job, JobItem
from documents.services import job_cancel, jobs_recover

pytestmark = pytest.mark.django_db(transaction=True)


def state_of(job: Job) -> str:
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)


def parts_done(job: Job) -> int:
    return JobItem.objects.filter(job=job, state=ItemState.DONE).count()


def times_done() -> list[int]:
    return sorted(Counter.objects.filter(kind="test").values_list("last", flat=True))


def test_worker_does_a_job_and_keeps_its_result(worker, start, until, tmp_path):
    job = start("count_parts", parts=3, now=clock.now())
    worker()
    until(lambda: state_of(job) == JobState.DONE, "job not done")
    job.refresh_from_db()
    assert (job.done, job.total, job.attempts, job.message) == (3, 3, 1, "Semua bagian sudah diperiksa.")
    stored = tmp_path / "private" / job.result_file.name
    assert stored.read_bytes() == b"a;b\n1;2\n"
    assert "hasil" not in job.result_file.name


def test_killed_worker_is_succeeded_by_another_and_nothing_is_done_twice(worker, start, until):
    job = start("count_parts", parts=30, pause_ms=60, now=clock.now())
    first = worker()
    until(lambda: parts_done(job) >= 5, "first worker does not get on")
    first.send_signal(signal.SIGKILL)
    first.wait()
    left_over = parts_done(job)
    assert 5 <= left_over < 30
    assert state_of(job) == JobState.RUNNING
    worker()
    worker()
    until(lambda: state_of(job) == JobState.DONE, "job not taken up")
    job.refresh_from_db()
    assert (job.attempts, job.done, job.total) == (2, 30, 30)
    assert times_done() == [1] * 30


def test_long_transaction_keeps_its_lease(worker, start, until):
    job = start("one_long_step", pause_ms=5000, now=clock.now())
    worker()
    until(lambda: state_of(job) == JobState.RUNNING, "job not taken")
    while state_of(job) == JobState.RUNNING:
        assert jobs_recover(now=clock.now()) == 0
        time.sleep(0.2)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 1)
    assert times_done() == [1]


def test_running_job_is_cancelled_between_two_parts(worker, start, until, owner):
    job = start("count_parts", parts=200, pause_ms=50, now=clock.now())
    worker()
    until(lambda: parts_done(job) >= 3, "worker does not get on")
    job.refresh_from_db()
    job_cancel(job=job, actor=owner, now=clock.now())
    until(lambda: state_of(job) == JobState.CANCELLED, "job not cancelled")
    done = parts_done(job)
    assert 3 <= done < 200
    assert times_done() == [1] * done
    job.refresh_from_db()
    assert job.message == "Dibatalkan. Bagian yang sudah selesai tetap tersimpan."
    assert not job.result_file


def test_terminated_worker_gives_the_rest_back_without_counting_an_attempt(worker, start, until):
    job = start("count_parts", parts=60, pause_ms=50, now=clock.now())
    first = worker()
    until(lambda: parts_done(job) >= 3, "worker does not get on")
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=20) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    worker()
    until(lambda: state_of(job) == JobState.DONE, "job not taken up")
    assert times_done() == [1] * 60


def lock_sqlite(seconds: float) -> None:
    """Hold a foreign lock for longer than the worker's patience."""
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=20, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    time.sleep(seconds)
    other.execute("ROLLBACK")
    other.close()


def restart_postgres(seconds: float) -> None:
    """What a restart looks like from outside: every connection cut, new ones refused for a while."""
    allow = "update pg_database set datallowconn = %s where datname = current_database()"
    with connection.cursor() as cursor:
        cursor.execute(allow, [False])
        try:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
            time.sleep(seconds)
        finally:
            cursor.execute(allow, [True])


def trouble_the_database(seconds: float) -> None:
    if connection.vendor == "sqlite":
        lock_sqlite(seconds)
    else:
        restart_postgres(seconds)


def test_idle_worker_survives_a_troubled_database(worker, start, until):
    process = worker()
    first = start("steps_without_items", parts=2, now=clock.now())
    until(lambda: state_of(first) == JobState.DONE, "worker not up")
    trouble_the_database(3)
    second = start("steps_without_items", parts=2, now=clock.now())
    until(lambda: state_of(second) == JobState.DONE, "worker did not recover")
    assert process.poll() is None


def test_busy_worker_survives_a_troubled_database(worker, start, until):
    process = worker()
    job = start("count_parts", parts=40, pause_ms=50, now=clock.now())
    until(lambda: parts_done(job) >= 3, "worker does not get on")
    trouble_the_database(7)
    until(lambda: state_of(job) == JobState.DONE, "job not finished after the trouble")
    assert times_done() == [1] * 40
    assert process.poll() is None


def test_message_of_a_dead_worker_is_delivered_three_times_at_most(start):
    start("steps_without_items", parts=1)
    now = clock.now()
    old = now - MESSAGE_LOST
    expected = [(["a"], "READY"), (["a", "b"], "READY"), (["a", "b", "c"], "FAILED")]
    for workers, status in expected:
        DBTaskResult.objects.update(status="RUNNING", worker_ids=workers, started_at=old)
        return_lost_messages(now)
        assert DBTaskResult.objects.get().status == status
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["a"], started_at=old + timedelta(seconds=1))
    return_lost_messages(now)
    assert DBTaskResult.objects.get().status == "RUNNING"
