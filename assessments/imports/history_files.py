"""Workbooks of earlier years on their way: kept privately, looked at without writing, applied or discarded.

The file waits under its day and a random name, which is its address too, for BKPSDM alone; what it would do
is compared anew each time it is looked at. One left behind goes with the first upload after the next day.
"""

import re
import uuid
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Min

from accounts import audit
from accounts.models import User
from assessments.enums import AssessmentEvent
from assessments.imports.history import HistoryReport, Known, PastResult, compare_history, read_history
from assessments.models import HistoryResult
from config.lib.canonical import text_hash
from config.lib.dates import office_date
from config.lib.errors import Conflict, DomainError
from orgunits.facts import OrgFacts
from orgunits.models import Employee, EmployeeNip
from orgunits.permissions import OrgAction, can_do
from orgunits.viewer import Viewer
from skp.models import Period

FOLDER = "history"
KEY = re.compile(r"\d{8}-[0-9a-f]{32}")
KEPT = timedelta(days=1)
GONE = "Berkas ini sudah diterapkan, dibatalkan, atau kedaluwarsa. Unggah lagi bila perlu."
CHANGED = "Data berubah sejak pratinjau ini dibuka. Periksa pratinjaunya sekali lagi."
BATCH = 1000


def history_upload(*, actor: Viewer, data: bytes, now: datetime) -> str:
    """Take a workbook and answer the key under which it waits.

    Raises NotAllowed unless the actor is BKPSDM, and WorkbookError when it is no such workbook.
    """
    can_do(actor, OrgFacts(), OrgAction.IMPORT).enforce()
    read_history(data)
    today = office_date(now)
    _sweep(today)
    key = f"{today:%Y%m%d}-{uuid.uuid4().hex}"
    default_storage.save(_path(key), ContentFile(data))
    return key


def _path(key: str) -> str:
    return f"{FOLDER}/{key}"


def _sweep(today: date) -> None:
    """Remove what nobody decided on by the day after its upload."""
    if not default_storage.exists(FOLDER):
        return
    oldest = f"{today - KEPT:%Y%m%d}"
    for name in default_storage.listdir(FOLDER)[1]:
        if KEY.fullmatch(name) and name[: len(oldest)] < oldest:
            default_storage.delete(_path(name))


def history_report(key: str, today: date) -> HistoryReport:
    """What the waiting workbook would do now; raises DomainError when it waits no longer."""
    if not KEY.fullmatch(key):
        raise DomainError(GONE)
    try:
        with default_storage.open(_path(key), "rb") as stored:
            data = stored.read()
    except FileNotFoundError as error:
        raise DomainError(GONE) from error
    return compare_history(read_history(data), _known(today))


def _known(today: date) -> Known:
    """In four queries; without a period no year of the application stands in the way but the present one."""
    people: dict[str, tuple[int, str]] = {}
    nip: str | None
    for nip, pk, name in EmployeeNip.objects.values_list("nip", "employee_id", "employee__name"):
        people[str(nip)] = (pk, name)
    for nip, pk, name in Employee.objects.exclude(nip=None).values_list("nip", "pk", "name"):
        people[str(nip)] = (pk, name)
    stored = {
        (row.employee_id, row.year): PastResult(row.score, row.predicate, row.appraiser_name)
        for row in HistoryResult.objects.all()
    }
    first = Period.objects.aggregate(first=Min("year"))["first"]
    return Known(people, stored, first or today.year)


def mark_of(report: HistoryReport) -> str:
    """What the report would write, in few letters, so that only what was shown is applied."""
    written = [f"{row.employee_id} {row.year} {row.result}" for row in report.changes]
    return text_hash("\n".join(written))


def history_apply(*, actor: Viewer, key: str, mark: str, now: datetime) -> HistoryReport:
    """Write the new and changed rows; the file has served.

    Raises NotAllowed, DomainError when the file waits no longer, and Conflict when it would do something
    else than what ``mark`` stands for.
    """
    can_do(actor, OrgFacts(), OrgAction.IMPORT).enforce()
    report = history_report(key, actor.today)
    if mark_of(report) != mark:
        raise Conflict(CHANGED)
    _write(report, key=key, user=User.objects.get(pk=actor.user_id), now=now)
    return report


@transaction.atomic
def _write(report: HistoryReport, *, key: str, user: User, now: datetime) -> None:
    rows = [
        HistoryResult(
            employee_id=row.employee_id,
            year=row.year,
            score=row.result.score,
            predicate=row.result.predicate,
            appraiser_name=row.result.appraiser,
            imported_at=now,
            imported_by=user,
        )
        for row in report.changes
        if row.employee_id is not None and row.year is not None and row.result is not None
    ]
    HistoryResult.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["employee", "year"],
        update_fields=["score", "predicate", "appraiser_name", "imported_at", "imported_by"],
    )
    counts = {verdict.value: count for verdict, count in report.counts.items()}
    audit.record(
        actor=user, now=now, kind=AssessmentEvent.HISTORY_IMPORTED, target=f"history:{key}", after=counts
    )
    transaction.on_commit(lambda: default_storage.delete(_path(key)))


def history_discard(*, actor: Viewer, key: str) -> None:
    """Throw a waiting workbook away; raises NotAllowed. One that is gone already is no fault."""
    can_do(actor, OrgFacts(), OrgAction.IMPORT).enforce()
    if KEY.fullmatch(key):
        default_storage.delete(_path(key))
