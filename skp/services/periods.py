"""Making a period with its windows."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import User
from config.lib.errors import Conflict, DomainError
from skp.deadlines import WindowFacts, default_windows
from skp.enums import SkpEvent
from skp.models import Period, Window
from skp.services.duties import duties_refresh
from skp.settings import PlanSettings


def period_create(
    *, actor: User | None, year: int, now: datetime, windows: Iterable[WindowFacts] | None = None
) -> Period:
    """A period with default settings and ``windows``, those of rules.md §2 when None.

    ``actor`` is None when the operator's command makes it. Raises Conflict when the year has one
    already and DomainError when the year lies outside 2000–2100.
    """
    if not 2000 <= year <= 2100:
        raise DomainError("Tahun periode harus antara 2000 dan 2100.")
    try:
        with transaction.atomic():
            period = Period.objects.create(
                year=year, settings_text=PlanSettings().to_text(), created_at=now, created_by=actor
            )
            Window.objects.bulk_create(
                Window(
                    period=period,
                    stage=window.stage,
                    audience=window.audience,
                    interval=window.interval,
                    opens_at=window.opens_at,
                    closes_at=window.closes_at,
                )
                for window in (default_windows(year) if windows is None else windows)
            )
            duties_refresh(period_id=period.pk, employee_ids=None, now=now)
            audit.record(actor=actor, now=now, kind=SkpEvent.PERIOD_CREATED, target=f"Periode {year}")
    except IntegrityError as error:
        raise Conflict(f"Periode {year} sudah ada.") from error
    return period
