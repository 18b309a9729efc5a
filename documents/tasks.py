"""What the queue delivers: run this job, render this document. Entry points, so they read the clock."""

from django_tasks import task

from config.lib import clock
from documents.models import IssuedDocument
from documents.services import document_bytes, job_run

# After everything that somebody waits for: a page or a download makes its document itself.
BEHIND = -10


@task()
def run_job(job_id: int) -> None:
    """Run the job; delivered twice, the second delivery finds nothing to take."""
    job_run(job_id=job_id, clock=clock.now, pulse=True)


@task(priority=BEHIND)
def render_document(issued_id: int) -> None:
    """Make the bytes of an issued document; delivered twice, the second delivery finds them made."""
    document_bytes(IssuedDocument.objects.get(pk=issued_id))
