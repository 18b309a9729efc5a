"""What the function of a job gets: progress, parts, cancellation, the result."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from config.lib.canonical import canonical_text
from config.lib.errors import DomainError
from documents.enums import ItemState, JobState
from documents.models import Job, JobItem, private_name
from documents.services.jobs import lease_end

# Progress is written at most this often, so that counting costs nothing.
BEAT = timedelta(seconds=1)
BATCH = 500
# On SQLite, seconds of work after which others get a chance to write, and how long it lasts; a
# waiting writer asks about every 0.1 s.
WORK_SPAN = 0.1
PAUSE = 0.03


class Interruption(BaseException):
    """Ends a run from inside; no error, so a task's ``except Exception`` does not hold it up."""


class CancelObeyed(Interruption):
    """The owner asked for it."""


class WorkerStops(Interruption):
    """This process was asked to stop; the job goes back to the queue."""


class LeaseLost(Interruption):
    """Another worker has taken the job over; this run may write nothing more."""


class JobContext:
    """One run of a job.

    A kind is a function ``run(job: JobContext) -> None``. A DomainError that leaves it fails the
    job with its text. Effects belong inside ``with job.item(key)``: they and the mark that the
    part is done commit together, so a part is never done twice, whoever was killed when. What a
    run does outside must bear repetition.
    """

    def __init__(self, job: Job, *, clock: Callable[[], datetime], stopping: Callable[[], bool]) -> None:
        self.now = clock()
        self.owner = job.owner
        self.public_id = job.public_id
        self.payload: dict[str, Any] = json.loads(job.payload)
        self.message = ""
        self._job = job
        self._clock = clock
        self._stopping = stopping
        self._done = 0
        self._total = 0
        self._beaten_at: datetime | None = None
        self._cancelled = False
        self._gave_way = time.monotonic()

    def total(self, count: int) -> None:
        """Say how many steps there are; more may be added later, none taken away."""
        self._total = max(self._total, self._done, count)

    def advance(self, steps: int = 1) -> None:
        """Count steps as done; raises as ``check_cancelled`` does."""
        self._done += steps
        self.check_cancelled()

    def check_cancelled(self) -> None:
        """A safe point: leaves the run when the owner cancelled, the process stops or the lease is lost."""
        if not connection.in_atomic_block and self._beat_due():
            self.beat()
        if self._cancelled:
            raise CancelObeyed
        if self._stopping():
            raise WorkerStops

    def items(self, keys: Iterable[str]) -> Iterator[str]:
        """Each key not dealt with yet, once, with a safe point before it; wrap the work in ``item(key)``.

        The keys (≤ 120 characters, unique) must be the same at every attempt.
        """
        unique = list(dict.fromkeys(keys))
        rows = [JobItem(job=self._job, key=key) for key in unique]
        JobItem.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        open_rows = JobItem.objects.filter(job=self._job, state=ItemState.PENDING)
        still_open = set(open_rows.values_list("key", flat=True))
        pending = [key for key in unique if key in still_open]
        self._total = self._total or len(unique)
        self._done += len(unique) - len(pending)
        for key in pending:
            self.check_cancelled()
            yield key
            self._give_way()

    @contextmanager
    def item(self, key: str) -> Iterator[None]:
        """One part: effects and mark in one transaction; a DomainError rolls back and fails the part."""
        try:
            with transaction.atomic():
                self._mark(key, state=ItemState.DONE)
                yield
                self._done += 1
                self._hold()
        except DomainError as error:
            self.fail_item(key, str(error))

    def fail_item(self, key: str, message: str) -> None:
        """Record why a part could not be done, for the user; inside ``item`` raise a DomainError instead."""
        with transaction.atomic():
            self._mark(key, state=ItemState.FAILED, message=message)
            self._done += 1
            self._hold(failed=F("failed") + 1)

    def _mark(self, key: str, **changes: Any) -> None:
        """Swap the part's state; the loser of a race waits here and then writes nothing."""
        if not JobItem.objects.filter(job=self._job, key=key, state=ItemState.PENDING).update(**changes):
            raise LeaseLost

    def attach(self, filename: str, content: bytes) -> None:
        """Keep the result for the owner to download as ``filename``; replaces an earlier one."""
        storage = self._job.result_file.storage
        previous = self._job.result_file.name
        name = storage.save(private_name(self._job, filename), ContentFile(content))
        try:
            self._hold(result_file=name, result_name=filename)
        except BaseException:
            storage.delete(name)
            raise
        self._job.result_file.name = name
        if previous:
            transaction.on_commit(partial(storage.delete, previous))

    def summarise(self, outcome: Mapping[str, object], *, message: str) -> None:
        """Keep the outcome as canonical text, and a sentence about it for the user."""
        self.message = message
        self._hold(summary=canonical_text(outcome, schema_version=1))

    def beat(self) -> None:
        """Show life: renew the lease, write the progress, learn of a cancellation; raises LeaseLost."""
        self._hold()
        asked = Job.objects.filter(pk=self._job.pk).values_list("cancel_requested_at", flat=True).get()
        self._cancelled = asked is not None

    def _give_way(self) -> None:
        """SQLite gives its one write lock to whoever asks at the right moment, not to who waits longest:
        without a pause a row of parts keeps all other writers out."""
        if connection.vendor == "sqlite" and time.monotonic() - self._gave_way >= WORK_SPAN:
            time.sleep(PAUSE)
            self._gave_way = time.monotonic()

    def _beat_due(self) -> bool:
        return self._beaten_at is None or self._clock() - self._beaten_at >= BEAT

    def _hold(self, **changes: Any) -> None:
        """Write to the job's row as its holder; the last statement of a part, since it locks the row.

        Progress only grows: a sign of life that waited for a lock may carry older figures.
        """
        now = self._clock()
        held = Job.objects.filter(pk=self._job.pk, state=JobState.RUNNING, lease_token=self._job.lease_token)
        total = self._total
        done = min(self._done, total) if total else self._done
        if not held.update(
            lease_until=Greatest("lease_until", Value(lease_end(now))),
            done=Greatest("done", Value(done)),
            total=Greatest("total", Value(total)),
            **changes,
        ):
            raise LeaseLost
        self._beaten_at = now
