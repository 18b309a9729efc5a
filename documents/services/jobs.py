"""The life of a job: started, taken by a worker, cancelled, given back, ended."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from config.lib.canonical import canonical_text
from config.lib.errors import Conflict
from config.lib.jobs import check_kind, enqueue
from documents.enums import JobAction, JobState
from documents.models import Job
from documents.permissions import JobFacts, can_cancel
from documents.workflow import JOB_MOVES

MAX_ATTEMPTS = 3
# Queued work is announced to the queue again after this long, should its message have been lost.
RESEND_AFTER = timedelta(minutes=5)
RUN_TASK = "documents.tasks.run_job"
GAVE_UP = (
    "Pekerjaan terhenti di tengah jalan sebanyak tiga kali dan tidak dicoba lagi. "
    "Bagian yang sudah selesai tetap tersimpan. Mulai lagi, atau hubungi pengelola sistem bila terulang."
)


def lease_end(now: datetime) -> datetime:
    """Until when a worker that shows life at ``now`` holds its job."""
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def swap(rows: "QuerySet[Job]", action: JobAction, **changes: Any) -> bool:
    """Make the move on the selected job from whichever state the table allows; False when none does."""
    sources = [(state, move.target) for (state, act), move in JOB_MOVES.items() if act is action]
    return any(rows.filter(state=source).update(state=target, **changes) for source, target in sources)


@transaction.atomic
def job_start(*, actor: User, kind: str, payload: Mapping[str, object], title: str, now: datetime) -> Job:
    """Queue long work of ``kind`` (a name in JOB_KINDS) for ``actor``; it begins after the commit.

    ``payload`` holds plain values, ``title`` says what it is to the user. Raises LookupError for
    an unlisted kind and TypeError for a payload without canonical form.
    """
    check_kind(kind)
    job = Job.objects.create(
        owner=actor,
        kind=kind,
        title=title,
        payload=canonical_text(payload, schema_version=1),
        created_at=now,
        lease_until=now + RESEND_AFTER,
    )
    enqueue(RUN_TASK, job.pk)
    return job


@transaction.atomic
def job_cancel(*, job: Job, actor: User, now: datetime) -> None:
    """Cancel queued work at once; ask running work to stop at its next safe point.

    Raises NotAllowed when the actor may not, Conflict when it ended or was taken meanwhile.
    """
    can_cancel(facts_for(job, actor)).enforce()
    changes: dict[str, Any] = {"cancel_requested_at": now, "cancel_requested_by": actor}
    rows = Job.objects.filter(pk=job.pk, cancel_requested_at=None)
    if job.status is JobState.QUEUED:
        changes |= {"finished_at": now, "lease_until": None, "message": "Dibatalkan sebelum dimulai."}
    move = JOB_MOVES[(job.status, JobAction.CANCEL)]
    if not rows.filter(state=job.state).update(state=move.target, **changes):
        raise Conflict("Keadaan pekerjaan baru saja berubah. Muat ulang halaman.")


def facts_for(job: Job, user: User) -> JobFacts:
    """The facts of a decision about ``job`` for ``user``."""
    return JobFacts(job.owner_id == user.pk, job.status, job.cancel_requested_at is not None)


def job_take(*, job_id: int, now: datetime) -> Job | None:
    """Claim queued work for one run, which holds it by a fresh token; None when it is not to be had."""
    taken = swap(
        Job.objects.filter(pk=job_id),
        JobAction.TAKE,
        attempts=F("attempts") + 1,
        lease_token=uuid.uuid4().hex,
        lease_until=lease_end(now),
        started_at=Coalesce("started_at", now),
        done=0,
        total=0,
    )
    return Job.objects.get(pk=job_id) if taken else None


def job_end(rows: "QuerySet[Job]", action: JobAction, *, message: str, now: datetime) -> bool:
    """Finish, fail or stop the selected run for good; False when it no longer runs."""
    return swap(rows, action, message=message, finished_at=now, lease_until=None, lease_token="")


def job_release(rows: "QuerySet[Job]", *, job_id: int, now: datetime, **changes: Any) -> bool:
    """Give the selected run back to the queue; False when it no longer runs."""
    with transaction.atomic():
        released = swap(rows, JobAction.RELEASE, lease_token="", lease_until=now + RESEND_AFTER, **changes)
        if released:
            enqueue(RUN_TASK, job_id)
    return released


def jobs_recover(*, now: datetime) -> int:
    """Take care of jobs whose lease has passed: queue them again, or end them; returns how many.

    A run lost for the third time fails; one that was asked to stop ends as cancelled; queued work
    whose message may have been lost is announced again, which is harmless when it was not.
    """
    overdue = list(Job.objects.filter(lease_until__lte=now).order_by("pk"))
    return sum(_recover(job, now=now) for job in overdue)


def _recover(job: Job, *, now: datetime) -> bool:
    rows = Job.objects.filter(pk=job.pk, lease_token=job.lease_token, lease_until__lte=now)
    if job.status is JobState.QUEUED:
        with transaction.atomic():
            resent = rows.filter(state=JobState.QUEUED).update(lease_until=now + RESEND_AFTER)
            if resent:
                enqueue(RUN_TASK, job.pk)
        return bool(resent)
    if job.cancel_requested_at is not None:
        return job_end(rows, JobAction.STOP, message="Dibatalkan.", now=now)
    if job.attempts >= MAX_ATTEMPTS:
        return job_end(rows, JobAction.FAIL, message=GAVE_UP, now=now)
    return job_release(rows, job_id=job.pk, now=now)
