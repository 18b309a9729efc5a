"""The recapitulations of a year as files."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.text import slugify

from assessments.models import YearResult
from compliance.services.recaps import recap_ensure
from config.lib.dates import office_date
from documents.services import document_bytes
from orgunits.selectors.units import opd_names
from skp.models import Period
from skp.services.plan_files import NAME_LENGTH


def recap_files(*, period: Period, opd_id: int | None, now: datetime) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of D10 of the OPD, for None of every OPD of today, and then D11.

    An OPD without anybody's year has none, a year without results no D11. Call it outside a transaction,
    since it renders. Raises FileNotFoundError when the storage has lost an issued document.
    """
    results = YearResult.objects.filter(period=period, obliged=True)
    with_results = set(results.order_by().values_list("opd", flat=True).distinct())
    for name, unit_id in opd_names(office_date(now)):
        if unit_id in with_results and opd_id in (None, unit_id):
            yield f"rekapitulasi_{_safe(name)}_{period.year}-{unit_id}_D10.pdf", _made(period, unit_id, now)
    if opd_id is None and with_results:
        yield f"rekapitulasi_kabupaten_{period.year}_D11.pdf", _made(period, None, now)


def _made(period: Period, opd_id: int | None, now: datetime) -> bytes:
    return document_bytes(recap_ensure(period_id=period.pk, opd_id=opd_id, actor_id=None, now=now))


def _safe(name: str) -> str:
    return slugify(name)[:NAME_LENGTH].strip("-_") or "opd"
