"""Imports by web: a file is staged and shown, then applied or discarded by an officer.

Reading and applying are jobs. Whoever is late meets a refusal: the state of the batch is swapped
first, and one batch at a time may be in ``applying``.
"""

import uuid
from collections import Counter
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts import audit
from accounts.models import User
from config.lib.dates import format_date, office_date
from config.lib.db import swap_state
from config.lib.errors import Conflict, DomainError
from config.lib.zipguard import WorkbookError
from documents.enums import JobState
from documents.services import job_start
from orgunits.enums import ImportKind, ImportState, OrgEvent, RowVerdict
from orgunits.facts import OrgFacts
from orgunits.imports.reading import SourceFile, UnknownWorkbook, read_workbook
from orgunits.imports.results import Report
from orgunits.imports.running import apply_sources, claim_imports, keep_rows, raw_row
from orgunits.models import ImportBatch, ImportRow
from orgunits.permissions import OrgAction, can_do
from orgunits.viewer import Viewer

STAGE_KIND = "orgunits.tasks.stage_import"
APPLY_KIND = "orgunits.tasks.apply_import"
FILE_NAME_LIMIT = 200
OTHER_IMPORT = "Impor lain sedang diterapkan. Tunggu sampai selesai, lalu coba lagi."
NOT_STAGED = "Impor ini sudah diterapkan, sedang diterapkan, atau sudah dibatalkan. Muat ulang halaman."
_JOB_ACTIVE = Q(job__state__in=[JobState.QUEUED, JobState.RUNNING])


def batch_upload(*, actor: Viewer, name: str, data: bytes, as_of: date, now: datetime) -> ImportBatch:
    """Take an upload: checked at once, staged by a job.

    Raises NotAllowed, WorkbookError when the file is no harmless workbook of a known kind, and
    DomainError when ``as_of`` lies in the future.
    """
    can_do(actor, OrgFacts(), OrgAction.IMPORT).enforce()
    if as_of > office_date(now):
        raise DomainError("Tanggal keadaan data tidak boleh sesudah hari ini.")
    source = read_workbook(name[-FILE_NAME_LIMIT:], data)
    if source is None:
        raise UnknownWorkbook(f"{name}: berkas rencana hasil kerja tidak diimpor di halaman ini.")
    stored_name = default_storage.save(f"imports/{uuid.uuid4().hex}", ContentFile(data))
    try:
        return _stage_later(actor, source, as_of, stored_name, now)
    except BaseException:
        default_storage.delete(stored_name)
        raise


@transaction.atomic
def _stage_later(
    actor: Viewer, source: SourceFile, as_of: date, stored_name: str, now: datetime
) -> ImportBatch:
    user = User.objects.get(pk=actor.user_id)
    batch = ImportBatch.objects.create(
        kind=source.kind,
        state=ImportState.READING,
        file_name=source.name,
        file_hash=source.digest,
        as_of=as_of,
        created_by=user,
        created_at=now,
        stored_name=stored_name,
    )
    label = ImportKind(batch.kind).label.lower()
    batch.job = job_start(
        actor=user,
        kind=STAGE_KIND,
        payload={"batch": batch.pk},
        title=f"Membaca {label}: {batch.file_name}"[:200],
        now=now,
    )
    batch.save(update_fields=["job"])
    _record(batch, user, now, OrgEvent.IMPORT_UPLOADED)
    return batch


def batch_read(batch: ImportBatch) -> SourceFile:
    """The workbook of a batch that is still to be staged; raises DomainError when it is gone."""
    try:
        with default_storage.open(batch.stored_name, "rb") as stored:
            source = read_workbook(batch.file_name, stored.read())
    except FileNotFoundError as error:
        raise DomainError("Berkas unggahan sudah tidak ada. Unggah lagi.") from error
    if source is None:
        raise WorkbookError("Berkas ini bukan untuk impor pegawai.")
    return source


def batch_stage(*, batch: ImportBatch, report: Report) -> Counter[RowVerdict]:
    """Keep the verdicts for the preview; the upload has served.

    Inside the caller's transaction. Raises Conflict when the batch was discarded meanwhile.
    """
    swap_state(batch, field="state", source=ImportState.READING, target=ImportState.STAGED, stored_name="")
    keep_rows(batch, batch.file_name, report, all_rows=True)
    transaction.on_commit(lambda: default_storage.delete(batch.stored_name))
    return Counter(outcome.verdict for outcome in report.outcomes)


@transaction.atomic
def batch_fail(*, batch: ImportBatch, message: str) -> None:
    """The workbook could not be staged; its upload is thrown away."""
    rows = ImportBatch.objects.filter(pk=batch.pk, state=ImportState.READING)
    if rows.update(state=ImportState.FAILED, message=message, stored_name=""):
        transaction.on_commit(lambda: default_storage.delete(batch.stored_name))


def batch_apply_start(*, actor: Viewer, batch: ImportBatch, now: datetime) -> ImportBatch:
    """Begin to apply a staged batch; the answer names the job.

    Raises NotAllowed, and Conflict when it is no longer staged or another import is being applied.
    """
    can_do(actor, OrgFacts(), OrgAction.IMPORT).enforce()
    try:
        with transaction.atomic():
            _release_stranded()
            user = User.objects.get(pk=actor.user_id)
            job = job_start(
                actor=user,
                kind=APPLY_KIND,
                payload={"batch": batch.pk, "user": user.pk},
                title=f"Menerapkan {batch.file_name}"[:200],
                now=now,
            )
            staged = ImportBatch.objects.filter(pk=batch.pk, state=ImportState.STAGED)
            if not staged.update(state=ImportState.APPLYING, job=job, message=""):
                raise Conflict(NOT_STAGED)
    except IntegrityError as error:
        raise Conflict(OTHER_IMPORT) from error
    return ImportBatch.objects.select_related("job").get(pk=batch.pk)


def _release_stranded() -> None:
    """A batch whose job ended without applying it waits for a decision again."""
    stranded = ImportBatch.objects.filter(state=ImportState.APPLYING).exclude(_JOB_ACTIVE)
    ids = list(stranded.values_list("pk", flat=True))
    ImportBatch.objects.filter(pk__in=ids, state=ImportState.APPLYING).update(state=ImportState.STAGED)


def batch_source(batch: ImportBatch) -> SourceFile:
    """The staged rows as a workbook again."""
    rows = ImportRow.objects.filter(batch=batch).order_by("row").values_list("row", "raw")
    raws = [raw_row(batch.file_name, number, text) for number, text in rows.iterator(chunk_size=2000)]
    return SourceFile(batch.file_name, ImportKind(batch.kind), batch.file_hash, raws)


def batch_apply(*, batch: ImportBatch, source: SourceFile, actor: User, now: datetime) -> Counter[RowVerdict]:
    """Apply the staged rows to the organisation as it is now, whatever the preview said.

    Inside the caller's transaction. Raises Conflict when the batch is not being applied or another
    import holds the register, DomainError when the database refuses.
    """
    claim_imports()
    swap_state(batch, field="state", source=ImportState.APPLYING, target=ImportState.APPLIED, applied_at=now)
    previewed = dict(ImportRow.objects.filter(batch=batch).values_list("row", "verdict"))
    report = apply_sources(
        actor=actor, sources=[source], batches={source.name: batch}, as_of=batch.as_of, now=now
    )
    ImportRow.objects.filter(batch=batch).delete()
    keep_rows(batch, source.name, report, all_rows=True)
    differing = sum(previewed.get(one.source.number) != one.verdict for one in report.outcomes)
    if differing:
        message = f"{differing} baris berbeda dari pratinjau, karena data berubah sesudah pratinjau dibuat."
        ImportBatch.objects.filter(pk=batch.pk).update(message=message)
    return Counter(outcome.verdict for outcome in report.outcomes)


def batch_put_back(*, batch: ImportBatch, message: str) -> None:
    """Applying failed as a whole and nothing was written: the batch waits for a decision again."""
    rows = ImportBatch.objects.filter(pk=batch.pk, state=ImportState.APPLYING)
    rows.update(state=ImportState.STAGED, message=message)


@transaction.atomic
def batch_discard(*, actor: Viewer, batch: ImportBatch, now: datetime) -> None:
    """Throw a staged batch away; its rows go, the fact stays.

    Raises NotAllowed, and Conflict when it was applied or is being worked on.
    """
    can_do(actor, OrgFacts(), OrgAction.IMPORT).enforce()
    _release_stranded()
    rows = ImportBatch.objects.filter(pk=batch.pk)
    discarded = rows.filter(state=ImportState.STAGED).update(state=ImportState.DISCARDED, message="")
    idle = list(rows.filter(state=ImportState.READING).exclude(_JOB_ACTIVE).values_list("pk", flat=True))
    if idle:
        discarded += rows.filter(state=ImportState.READING).update(
            state=ImportState.DISCARDED, stored_name=""
        )
    if not discarded:
        raise Conflict(NOT_STAGED)
    ImportRow.objects.filter(batch=batch).delete()
    _record(batch, User.objects.get(pk=actor.user_id), now, OrgEvent.IMPORT_DISCARDED)
    if batch.stored_name:
        transaction.on_commit(lambda: default_storage.delete(batch.stored_name))


def _record(batch: ImportBatch, user: User, now: datetime, kind: OrgEvent) -> None:
    audit.record(
        actor=user,
        now=now,
        kind=kind,
        target=f"import:{batch.public_id}",
        target_label=f"{batch.file_name}, keadaan per {format_date(batch.as_of)}",
    )
