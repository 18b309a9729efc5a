"""Workbooks of planned results by web: uploaded, looked at without writing, then applied or discarded.

Reading and applying are jobs. The state is swapped first, so that a second click has no second effect.
"""

import json
import uuid
from datetime import datetime
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from config.lib.canonical import canonical_text
from config.lib.db import swap_state
from config.lib.errors import Conflict, DomainError
from documents.enums import JobState
from documents.services import job_start
from orgunits.enums import ImportState
from orgunits.facts import OrgFacts
from orgunits.imports.results import Finding
from orgunits.permissions import OrgAction, can_do
from orgunits.viewer import Viewer
from skp.imports.reading import RhkFile, read_rhk
from skp.imports.results import RhkReport
from skp.models import Period, RhkUpload

STAGE_KIND = "skp.tasks.stage_rhk"
APPLY_KIND = "skp.tasks.apply_rhk"
NAME_LIMIT = 200
NOT_STAGED = "Impor ini sudah diterapkan, sedang diterapkan, atau sudah dibatalkan. Muat ulang halaman."
GONE = "Berkas unggahan sudah tidak ada. Unggah lagi."
_JOB_ACTIVE = Q(job__state__in=[JobState.QUEUED, JobState.RUNNING])


def uploads_visible_to(viewer: Viewer) -> "QuerySet[RhkUpload]":
    """Every upload for BKPSDM, newest first; none for others."""
    rows = RhkUpload.objects.select_related("created_by", "job", "period").order_by("-created_at", "-pk")
    return rows if viewer.is_bkpsdm else rows.none()


def rhk_upload(*, actor: Viewer, period: Period, name: str, data: bytes, now: datetime) -> RhkUpload:
    """Take a workbook: looked through at once, compared by a job.

    Raises NotAllowed unless the actor is BKPSDM, and WorkbookError when it is no such workbook.
    """
    can_do(actor, OrgFacts(), OrgAction.IMPORT).enforce()
    file = read_rhk(PurePath(name).name[-NAME_LIMIT:], data)
    stored_name = default_storage.save(f"rhk/{uuid.uuid4().hex}", ContentFile(data))
    try:
        with transaction.atomic():
            user = User.objects.get(pk=actor.user_id)
            upload = RhkUpload.objects.create(
                period=period,
                file_name=file.name,
                file_hash=file.digest,
                stored_name=stored_name,
                created_by=user,
                created_at=now,
            )
            upload.job = job_start(
                actor=user,
                kind=STAGE_KIND,
                payload={"upload": upload.pk},
                title=f"Membaca rencana hasil kerja: {file.name}"[:200],
                now=now,
            )
            upload.save(update_fields=["job"])
    except BaseException:
        default_storage.delete(stored_name)
        raise
    return upload


def upload_file(upload: RhkUpload) -> RhkFile:
    """The stored workbook; raises DomainError when it is gone."""
    try:
        with default_storage.open(upload.stored_name, "rb") as stored:
            return read_rhk(upload.file_name, stored.read())
    except (FileNotFoundError, OSError) as error:
        raise DomainError(GONE) from error


def upload_stage(*, upload: RhkUpload, report: RhkReport) -> None:
    """Keep the preview; inside the caller's transaction. Raises Conflict when it was discarded meanwhile."""
    swap_state(
        upload,
        field="state",
        source=ImportState.READING,
        target=ImportState.STAGED,
        summary=_summary(report),
    )


@transaction.atomic
def upload_fail(*, upload: RhkUpload, message: str) -> None:
    """The job ended without effect: an unread workbook has failed, a staged one waits again."""
    rows = RhkUpload.objects.filter(pk=upload.pk)
    rows.filter(state=ImportState.READING).update(state=ImportState.FAILED, message=message)
    rows.filter(state=ImportState.APPLYING).update(state=ImportState.STAGED, message=message)


@transaction.atomic
def upload_apply_start(*, actor: Viewer, upload: RhkUpload, now: datetime) -> None:
    """Begin to apply; raises NotAllowed, and Conflict when it no longer waits."""
    can_do(actor, OrgFacts(), OrgAction.IMPORT).enforce()
    _release_stranded(upload, ImportState.APPLYING)
    user = User.objects.get(pk=actor.user_id)
    job = job_start(
        actor=user,
        kind=APPLY_KIND,
        payload={"upload": upload.pk, "user": user.pk},
        title=f"Menerapkan {upload.file_name}"[:200],
        now=now,
    )
    staged = RhkUpload.objects.filter(pk=upload.pk, state=ImportState.STAGED)
    if not staged.update(state=ImportState.APPLYING, job=job, message=""):
        raise Conflict(NOT_STAGED)


def upload_applied(*, upload: RhkUpload, report: RhkReport, now: datetime) -> None:
    """What was done, in place of the preview; the file has served. Inside the caller's transaction."""
    swap_state(
        upload,
        field="state",
        source=ImportState.APPLYING,
        target=ImportState.APPLIED,
        summary=_summary(report),
        applied_at=now,
        stored_name="",
    )
    transaction.on_commit(lambda: default_storage.delete(upload.stored_name))


@transaction.atomic
def upload_discard(*, actor: Viewer, upload: RhkUpload) -> None:
    """Throw a waiting workbook away; raises NotAllowed, and Conflict when it is being worked on."""
    can_do(actor, OrgFacts(), OrgAction.IMPORT).enforce()
    _release_stranded(upload, ImportState.READING, ImportState.APPLYING)
    rows = RhkUpload.objects.filter(pk=upload.pk, state=ImportState.STAGED)
    if not rows.update(state=ImportState.DISCARDED, stored_name="", summary="", message=""):
        raise Conflict(NOT_STAGED)
    transaction.on_commit(lambda: default_storage.delete(upload.stored_name))


def _release_stranded(upload: RhkUpload, *states: ImportState) -> None:
    """A workbook whose job ended without a word waits for a decision again."""
    idle = RhkUpload.objects.filter(pk=upload.pk, state__in=states).exclude(_JOB_ACTIVE)
    for pk in list(idle.values_list("pk", flat=True)):
        RhkUpload.objects.filter(pk=pk, state__in=states).update(state=ImportState.STAGED)


def _summary(report: RhkReport) -> str:
    return canonical_text(report.as_json(), schema_version=1)


def summary_of(upload: RhkUpload) -> dict[str, object]:
    """The counts of the preview or of the run; empty before."""
    return json.loads(upload.summary) if upload.summary else {}


def findings_of(upload: RhkUpload) -> list[Finding]:
    """The refused rows, in their order."""
    errors = summary_of(upload).get("errors", [])
    assert isinstance(errors, list)
    return [Finding(**error) for error in errors]
