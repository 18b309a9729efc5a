"""One whole run on an office's workbook."""

from datetime import datetime
from pathlib import Path

from config.lib.dates import office_date
from config.lib.errors import DomainError
from config.lib.xlsx import WorkbookError
from config.lib.zipguard import MAX_FILE_BYTES, TOO_LARGE
from orgunits.viewer import Viewer
from skp.imports.comparing import compare_rows
from skp.imports.reading import RhkFile, read_rhk
from skp.imports.results import RhkReport
from skp.imports.writing import write_drafts
from skp.models import Period


def read_path(path: Path) -> RhkFile:
    """The workbook at ``path``; raises WorkbookError when it can't be read or is another."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise WorkbookError(f"{path.name}: {TOO_LARGE}")
        return read_rhk(path.name, path.read_bytes())
    except OSError as error:
        raise WorkbookError(f"{path.name}: berkas tidak dapat dibuka.") from error


def period_of(year: int) -> Period:
    """The period of the year; raises DomainError when there is none yet."""
    period = Period.objects.filter(year=year).first()
    if period is None:
        raise DomainError(f"Periode {year} belum dibuat.")
    return period


def preview_file(*, file: RhkFile, period: Period, now: datetime) -> RhkReport:
    """What importing the file would do; writes nothing."""
    today = office_date(now)
    return compare_rows(period, file.rows, today=today, file=file.name, faults=file.faults).report


def import_file(*, file: RhkFile, period: Period, actor: Viewer | None, now: datetime) -> RhkReport:
    """Write the file's rows into the drafts of their owners; raises Conflict as ``write_drafts``."""
    return write_drafts(
        period=period,
        opd_id=None,
        rows=file.rows,
        actor=actor,
        now=now,
        file=file.name,
        faults=file.faults,
    )
