"""One run of a job, from the claim to its end."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from threading import Event, Thread

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import QuerySet

from config.lib.errors import DomainError
from config.lib.jobs import resolve_kind, stop
from documents.enums import JobAction
from documents.models import Job
from documents.services.context import CancelObeyed, JobContext, LeaseLost, WorkerStops
from documents.services.jobs import job_end, job_release, job_take

logger = logging.getLogger(__name__)

BROKEN = (
    "Pekerjaan gagal karena kesalahan pada sistem. Bagian yang sudah selesai tetap tersimpan. "
    "Sampaikan kode {code} kepada pengelola sistem."
)


def job_run(*, job_id: int, clock: Callable[[], datetime], pulse: bool = False) -> None:
    """Run the queued job ``job_id`` here and now; does nothing when it is not to be had.

    With ``pulse`` a thread of its own renews the lease and writes the progress, also while the
    work sits in a long transaction. Trouble with the database leaves through this function
    (OperationalError, InterfaceError): the lease passes, and the job is taken up again.
    """
    job = job_take(job_id=job_id, now=clock())
    if job is None:
        return
    context = JobContext(job, clock=clock, stopping=lambda: stop.requested)
    run = Job.objects.filter(pk=job.pk, lease_token=job.lease_token)
    beating: AbstractContextManager[None] = _pulse(context) if pulse else nullcontext()
    try:
        with beating:
            resolve_kind(job.kind)(context)
            context.beat()
    except LeaseLost:
        logger.warning("job %s was taken over by another worker", job.public_id)
    except CancelObeyed:
        job_end(
            run, JobAction.STOP, message="Dibatalkan. Bagian yang sudah selesai tetap tersimpan.", now=clock()
        )
    except WorkerStops:
        _give_back(run, job, clock())
    except DomainError as error:
        job_end(run, JobAction.FAIL, message=str(error), now=clock())
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("job %s of kind %s failed", job.public_id, job.kind)
        job_end(run, JobAction.FAIL, message=BROKEN.format(code=str(job.public_id)[:8]), now=clock())
    else:
        job_end(run, JobAction.FINISH, message=context.message, now=clock())


def _give_back(run: "QuerySet[Job]", job: Job, now: datetime) -> None:
    """An orderly stop is no failed attempt."""
    job_release(run, job_id=job.pk, now=now, attempts=job.attempts - 1)


@contextmanager
def _pulse(context: JobContext) -> Iterator[None]:
    """Show life three times per lease from a thread, until the work is over."""
    over = Event()

    def beat() -> None:
        try:
            while not over.wait(settings.JOB_LEASE_SECONDS / 3):
                try:
                    context.beat()
                except LeaseLost:
                    return
                except (OperationalError, InterfaceError) as error:
                    logger.warning("job %s: no sign of life possible now: %s", context.public_id, error)
                    connection.close()
        finally:
            connection.close()

    thread = Thread(target=beat, name="job-pulse", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
