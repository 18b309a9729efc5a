"""What the queue delivers: run this job. The worker is an entry point, so it reads the clock."""

from django_tasks import task

from config.lib.clock import now
from documents.services import job_run


@task()
def run_job(job_id: int) -> None:
    """Run the job; delivered twice, the second delivery finds nothing to take."""
    job_run(job_id=job_id, clock=now, pulse=True)
