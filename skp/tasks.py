"""What the queue delivers about plans, and kinds of jobs named in ``settings.JOB_KINDS``.

A delivered task is an entry point, so it reads the clock; a job is given its time.
"""

from django_tasks import task

from accounts.models import User
from config.lib import clock
from config.lib.errors import DomainError
from documents.services import JobContext
from orgunits.selectors.viewers import viewer_for
from skp.imports.results import RhkReport
from skp.imports.running import import_file, preview_file
from skp.imports.uploads import upload_applied, upload_fail, upload_file, upload_stage
from skp.models import RhkUpload
from skp.services.closing import plans_close_ended
from skp.services.duties import duties_refresh_running
from skp.services.opd_documents import opd_documents_archive


@task()
def organisation_changed(employee_ids: list[int] | None = None) -> None:
    """People's posts have changed, of everybody when None: bring their plans in line; bears repetition."""
    moment = clock.now()
    plans_close_ended(now=moment, employee_ids=employee_ids)
    duties_refresh_running(employee_ids=employee_ids, now=moment)


def stage_rhk(job: JobContext) -> None:
    """Compare an uploaded workbook with the drafts, writing nothing; payload ``upload``."""
    upload = RhkUpload.objects.select_related("period").get(pk=job.payload["upload"])
    for key in job.items(["stage"]):
        try:
            report = preview_file(file=upload_file(upload), period=upload.period, now=job.now)
        except DomainError as error:
            upload_fail(upload=upload, message=str(error))
            raise
        job.check_cancelled()
        with job.item(key):
            upload_stage(upload=upload, report=report)
        job.summarise({}, message=f"Berkas selesai dibaca: {_told(report)}. Periksa pratinjaunya.")


def apply_rhk(job: JobContext) -> None:
    """Write a staged workbook into the drafts; payload ``upload`` and ``user``."""
    upload = RhkUpload.objects.select_related("period").get(pk=job.payload["upload"])
    actor = viewer_for(User.objects.get(pk=job.payload["user"]), job.now)
    for key in job.items(["apply"]):
        try:
            # In a transaction of its own; taken up again after a crash it finds nothing left to change.
            report = import_file(file=upload_file(upload), period=upload.period, actor=actor, now=job.now)
        except DomainError as error:
            upload_fail(upload=upload, message=str(error))
            raise
        with job.item(key):
            upload_applied(upload=upload, report=report, now=job.now)
        job.summarise({}, message=f"Impor diterapkan: {_told(report)}.")


def opd_documents(job: JobContext) -> None:
    """The archive of an OPD's documents; payload ``opd`` and ``period``."""
    opd_documents_archive(job)


def _told(report: RhkReport) -> str:
    return (
        f"{len(report.results)} hasil kerja milik {len(report.people)} pegawai, "
        f"{len(report.errors)} baris ditolak, {len(report.open_links)} tautan terbuka"
    )
