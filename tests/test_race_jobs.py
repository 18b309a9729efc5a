"""Competition for numbers and jobs; on PostgreSQL the threads really meet, on SQLite they queue."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, transaction

from accounts.models import User
from documents.enums import JobState
from documents.models import Counter, Job
from documents.services import counter_next, job_start, jobs_recover
from documents.services.jobs import RESEND_AFTER, job_take

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 1, 20, 3, 0, tzinfo=UTC)
WRITERS = 8
T = TypeVar("T")


def together(work: Callable[[int], T]) -> list[T]:
    """What ``work(i)`` gives in each of WRITERS threads that set off at the same moment."""
    barrier = Barrier(WRITERS)

    def one(number: int) -> T:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


def test_eight_writers_get_dense_and_unique_numbers():
    rounds = 10

    def take(number: int) -> list[int]:
        taken = []
        for turn in range(rounds):
            try:
                with transaction.atomic():
                    value = counter_next(kind="receipt", key="opd-1", year=2026)
                    if turn % 5 == number % 5:
                        raise ZeroDivisionError  # a move that fails after its number was taken
                taken.append(value)
            except ZeroDivisionError:
                continue
        return taken

    numbers = sorted(value for taken in together(take) for value in taken)
    assert numbers == list(range(1, WRITERS * rounds * 4 // 5 + 1))
    assert Counter.objects.get().last == len(numbers)


def started_job(settings) -> Job:
    settings.JOB_KINDS = ["tests.documents.kinds.count_parts"]
    owner = User.objects.create_user("198001012005011001")
    kind = settings.JOB_KINDS[0]
    return job_start(actor=owner, kind=kind, payload={"parts": 1}, title="Impor", now=NOW)


def test_one_of_eight_workers_gets_the_job(settings):
    job = started_job(settings)
    got = [taken for taken in together(lambda _: job_take(job_id=job.pk, now=NOW)) if taken]
    assert len(got) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease_token) == (JobState.RUNNING, 1, got[0].lease_token)


def test_lost_job_is_queued_again_by_one_of_eight(settings):
    job = started_job(settings)
    job_take(job_id=job.pk, now=NOW)
    later = NOW + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    assert sum(together(lambda _: jobs_recover(now=later))) == 1
    job.refresh_from_db()
    assert (job.state, job.lease_until) == (JobState.QUEUED, later + RESEND_AFTER)
