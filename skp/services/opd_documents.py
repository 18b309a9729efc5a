"""All documents of an OPD's plans in one archive: started from a page, made by a job."""

from datetime import datetime
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils.text import slugify

from accounts.models import User
from config.lib.dates import office_zone
from config.lib.errors import DomainError
from documents.enums import JobState
from documents.models import Job
from documents.services import JobContext, job_start
from orgunits.selectors.units import last_span
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer
from skp.models import Period
from skp.permissions import can_take_documents
from skp.selectors.documents import plans_with_documents
from skp.selectors.plans import skps_visible_to
from skp.services.plan_files import plan_files

KIND = "skp.tasks.opd_documents"
NOTHING = "Belum ada SKP {year} pada OPD ini, sehingga tidak ada dokumen untuk diunduh."
LOST = "Dokumen {name} tidak ditemukan di penyimpanan. Hubungi BKPSDM."
ALL_LOST = "Tidak satu pun dokumen ditemukan di penyimpanan. Hubungi BKPSDM."


def opd_documents_start(*, actor: Viewer, opd_id: int, period_id: int, now: datetime) -> Job:
    """Queue the archive of the OPD's documents; the same one still under way is answered instead.

    Raises NotAllowed for anybody but the OPD's admins and BKPSDM.
    """
    can_take_documents(actor, opd_id).enforce()
    period, span = Period.objects.get(pk=period_id), last_span(opd_id, actor.today)
    title = f"Dokumen SKP {period.year} {span.name if span else opd_id}"[:200]
    owner = User.objects.get(pk=actor.user_id)
    active = [state for state in JobState if state.active]
    running = Job.objects.filter(owner=owner, kind=KIND, title=title, state__in=active).first()
    payload = {"opd": opd_id, "period": period_id}
    return running or job_start(actor=owner, kind=KIND, payload=payload, title=title, now=now)


def opd_documents_archive(job: JobContext) -> None:
    """Do the job: the plans that its owner may see when it runs, each document a file of the archive.

    Nothing is marked as done before the archive is kept: a job taken up again makes it anew.
    """
    viewer = viewer_for(job.owner, job.now)
    opd_id, period = int(job.payload["opd"]), Period.objects.get(pk=job.payload["period"])
    can_take_documents(viewer, opd_id).enforce()
    plans = plans_with_documents(
        skps_visible_to(viewer), period_id=period.pk, opd_id=opd_id, day=viewer.today
    )
    names = {f"SKP {pk}": (pk, name) for pk, name in plans.values_list("pk", "owner__name")}
    if not names:
        raise DomainError(NOTHING.format(year=period.year))
    with TemporaryFile() as target:
        drafts, issued = _fill(job, viewer, names, target)
        if not drafts + issued:
            raise DomainError(ALL_LOST)
        target.seek(0)
        span = last_span(opd_id, viewer.today)
        name = slugify(span.name if span else str(opd_id))[:80]
        job.attach(f"dokumen-skp-{period.year}-{name}.zip", target.read())
    job.summarise(
        {"plans": len(names), "issued": issued, "drafts": drafts},
        message=f"{issued} dokumen terbit dan {drafts} draf dari {len(names)} SKP siap diunduh.",
    )


def _fill(
    job: JobContext, viewer: Viewer, names: dict[str, tuple[int, str]], target: IO[bytes]
) -> tuple[int, int]:
    """Write every plan's files into the archive; answers how many drafts and how many issued ones."""
    counts = [0, 0]
    moment = job.now.astimezone(office_zone()).timetuple()[:6]
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for key in job.items(names):
            skp_id, name = names[key]
            try:
                files = list(plan_files(skp_id=skp_id, actor_id=viewer.user_id, now=job.now))
            except FileNotFoundError:
                job.fail_item(key, LOST.format(name=name))
                continue
            for file in files:
                archive.writestr(ZipInfo(file.name, moment), file.data)
                counts[not file.draft] += 1
            job.advance()
    return counts[0], counts[1]
