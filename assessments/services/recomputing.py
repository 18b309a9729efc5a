"""Everybody's year results anew, asked for from a page and done by a job."""

from datetime import datetime

from django.db.models import Max

from accounts.models import User
from assessments.permissions import can_recompute
from assessments.services.years import year_results_refresh
from documents.enums import JobState
from documents.models import Job
from documents.services import JobContext, job_start
from orgunits.models import Employee
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer
from skp.models import Period
from skp.services.duties import BATCH

KIND = "assessments.tasks.recompute_results"


def year_results_recompute_start(*, actor: Viewer, period_id: int, now: datetime) -> Job:
    """Queue the work; the same one still under way is answered instead. Raises NotAllowed."""
    can_recompute(actor).enforce()
    title = f"Hitung ulang hasil tahunan {Period.objects.get(pk=period_id).year}"
    owner = User.objects.get(pk=actor.user_id)
    active = [state for state in JobState if state.active]
    running = Job.objects.filter(owner=owner, kind=KIND, title=title, state__in=active).first()
    return running or job_start(actor=owner, kind=KIND, payload={"period": period_id}, title=title, now=now)


def year_results_recompute(job: JobContext) -> None:
    """Do the job: a stretch of a thousand keys of people is one part, so that deliveries never wait long."""
    can_recompute(viewer_for(job.owner, job.now)).enforce()
    period_id = int(job.payload["period"])
    last = Employee.objects.aggregate(last=Max("pk"))["last"] or 0
    changed = 0
    for key in job.items(str(first) for first in range(0, last + 1, BATCH)):
        people = Employee.objects.filter(pk__gte=int(key), pk__lt=int(key) + BATCH)
        ids = list(people.values_list("pk", flat=True))
        with job.item(key):
            changes = year_results_refresh(period_id=period_id, employee_ids=ids, now=job.now)
        changed += len(changes)
    told = f"{changed} hasil tahunan berubah." if changed else "Semua hasil tahunan sudah sesuai."
    job.summarise({"changed": changed}, message=told)
