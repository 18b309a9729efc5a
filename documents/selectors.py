"""Which jobs a person sees; every list, page and download starts here."""

from django.db.models import QuerySet

from accounts.models import User
from documents.enums import ItemState
from documents.models import Job, JobItem


def jobs_visible_to(user: User) -> QuerySet[Job]:
    """The person's own jobs, newest first."""
    return Job.objects.filter(owner=user)


def failures_of(job: Job, *, limit: int) -> list[JobItem]:
    """The first ``limit`` parts of the job that failed, in the order of the work."""
    return list(job.items.filter(state=ItemState.FAILED)[:limit])
