"""Long work on imports: kinds of jobs, named in ``settings.JOB_KINDS``."""

from collections import Counter

from accounts.models import User
from config.lib.errors import DomainError
from documents.services import JobContext
from orgunits.enums import RowVerdict
from orgunits.guards import readable_guards
from orgunits.imports.batches import (
    batch_apply,
    batch_fail,
    batch_put_back,
    batch_read,
    batch_source,
    batch_stage,
)
from orgunits.imports.running import compare_sources
from orgunits.models import ImportBatch


def stage_import(job: JobContext) -> None:
    """Read an uploaded workbook and keep the verdict on each row; payload ``batch``."""
    batch = ImportBatch.objects.get(pk=job.payload["batch"])
    for key in job.items(["stage"]):
        failure = ""
        try:
            source = batch_read(batch)
        except DomainError as error:
            batch_fail(batch=batch, message=str(error))
            raise
        report = compare_sources([source], batch.as_of).report
        job.check_cancelled()
        with job.item(key):
            try:
                counts = batch_stage(batch=batch, report=report)
            except DomainError as error:
                failure = str(error)
                raise
        if failure:
            batch_fail(batch=batch, message=failure)
            raise DomainError(failure)
        job.summarise(
            _by_name(counts), message=f"Berkas selesai dibaca: {_told(counts)}. Periksa pratinjaunya."
        )


def apply_import(job: JobContext) -> None:
    """Apply a staged batch in one transaction; payload ``batch`` and ``user``."""
    batch = ImportBatch.objects.get(pk=job.payload["batch"])
    actor = User.objects.get(pk=job.payload["user"])
    for key in job.items(["apply"]):
        failure = ""
        source = batch_source(batch)
        job.check_cancelled()
        with job.item(key):
            try:
                with readable_guards():
                    counts = batch_apply(batch=batch, source=source, actor=actor, now=job.now)
            except DomainError as error:
                failure = str(error)
                raise
        if failure:
            batch_put_back(batch=batch, message=failure)
            raise DomainError(failure)
        job.summarise(_by_name(counts), message=f"Impor diterapkan: {_told(counts)}.")


def _by_name(counts: Counter[RowVerdict]) -> dict[str, object]:
    return {verdict.value: counts[verdict] for verdict in RowVerdict}


def _told(counts: Counter[RowVerdict]) -> str:
    return ", ".join(f"{counts[verdict]} {verdict.label.lower()}" for verdict in RowVerdict)
