"""Making a period with its windows and settings."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import User
from config.lib.errors import Conflict, DomainError
from orgunits.viewer import Viewer
from skp.deadlines import WindowFacts, default_windows
from skp.enums import Regime, SkpEvent
from skp.models import Period
from skp.permissions import can_manage_periods
from skp.selectors.plans import window_facts
from skp.services.duties import duties_refresh
from skp.services.period_changes import target_of, windows_write
from skp.services.period_settings import first_version
from skp.settings import PlanSettings
from skp.year import moved_by_years

DEFAULT_SCHEDULE = "Jadwal dan pengaturan baku"


def period_create(
    *,
    actor: User | None,
    year: int,
    now: datetime,
    windows: Iterable[WindowFacts] | None = None,
    settings: PlanSettings | None = None,
    regime: Regime = Regime.NUMERIC,
    made_from: str = DEFAULT_SCHEDULE,
) -> Period:
    """A period with ``settings`` (the defaults when None) and ``windows``, those of rules.md §2 when None.

    ``actor`` is None when the operator's command makes it; ``made_from`` says in the audit trail where
    schedule and settings come from. Raises Conflict when the year has one already and DomainError when
    the year lies outside 2000–2100 or the regime is history.
    """
    if not 2000 <= year <= 2100:
        raise DomainError("Tahun periode harus antara 2000 dan 2100.")
    if regime == Regime.PP46:
        raise DomainError("PP 46/2011 hanya untuk riwayat dan tidak dapat dipakai periode baru.")
    chosen = settings or PlanSettings()
    planned = default_windows(year, chosen.monitoring_intervals) if windows is None else windows
    try:
        with transaction.atomic():
            period = Period.objects.create(
                year=year, regime=regime, settings_text=chosen.to_text(), created_at=now, created_by=actor
            )
            first_version(period, actor=actor, now=now)
            windows_write(period, planned)
            duties_refresh(period_id=period.pk, employee_ids=None, now=now)
            audit.record(
                actor=actor,
                now=now,
                kind=SkpEvent.PERIOD_CREATED,
                target=target_of(period),
                target_label=str(period),
                after={"Rezim": regime.label, "Dibuat dari": made_from},
            )
    except IntegrityError as error:
        raise Conflict(f"Periode {year} sudah ada.") from error
    return period


def period_open(*, actor: Viewer, year: int, regime: Regime, source_id: int | None, now: datetime) -> Period:
    """A period made by BKPSDM: with the defaults, or as a copy of ``source_id`` moved to ``year``.

    The copy takes over windows and settings, not the regime. Raises as ``period_create``, NotAllowed, and
    DomainError when the period to copy is gone.
    """
    can_manage_periods(actor).enforce()
    user = User.objects.get(pk=actor.user_id)
    if source_id is None:
        return period_create(actor=user, year=year, now=now, regime=regime)
    source = Period.objects.prefetch_related("windows").filter(pk=source_id).first()
    if source is None:
        raise DomainError("Periode yang disalin tidak ditemukan.")
    return period_create(
        actor=user,
        year=year,
        now=now,
        windows=moved_by_years(window_facts(source), year - source.year),
        settings=source.settings,
        regime=regime,
        made_from=f"Salinan {source}",
    )
