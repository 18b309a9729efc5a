"""What changes of a period share: asking, claiming its row, telling what the change does to people."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from config.lib.db import swap_version
from orgunits.enums import Role
from orgunits.services.common import Effect
from orgunits.viewer import Viewer
from skp.deadlines import WindowFacts
from skp.enums import SkpEvent
from skp.models import Period, Window
from skp.permissions import can_manage_periods
from skp.selectors.stages import OpenStage, open_stages
from skp.services.duties import DutyChanges, duties_refresh


@dataclass(frozen=True, slots=True)
class PeriodEffect(Effect):
    """What a change of a period does, counted in the database.

    ``moved``: obliged people at least one of whose deadlines moves; ``opened`` and ``closed``: plans for
    which a stage opens or closes at this instant.
    """

    moved: int = 0
    opened: int = 0
    closed: int = 0


@dataclass(slots=True)
class Change:
    """A change under way: the period's row is ours; ``told`` collects what was changed, as sentences."""

    period: Period
    told: list[str] = field(default_factory=list)
    effect: PeriodEffect = field(default_factory=PeriodEffect)


@contextmanager
def changing(*, actor: Viewer, period_id: int, version: int, now: datetime) -> Iterator[Change]:
    """One transaction on the period's row; on leaving, ``effect`` says what it did.

    Raises NotAllowed, and Conflict when the page was stale.
    """
    can_manage_periods(actor).enforce()
    with transaction.atomic():
        swap_version(Period.objects.filter(pk=period_id), version=version)
        change = Change(Period.objects.get(pk=period_id))
        before = open_stages(change.period, now)
        yield change
        change.period.refresh_from_db()
        duties = duties_refresh(period_id=period_id, employee_ids=None, now=now)
        change.effect = _effect(change.told, duties, before, open_stages(change.period, now))


def _effect(
    told: list[str], duties: DutyChanges, before: frozenset[OpenStage], after: frozenset[OpenStage]
) -> PeriodEffect:
    moved = {
        change.row.employee_id for change in duties.changes if change.moves_deadline and change.row.obliged
    }
    opened = {stage.skp_id for stage in after - before}
    closed = {stage.skp_id for stage in before - after}
    notes = [
        *told,
        f"Tenggat {len(moved)} pegawai berubah." if moved else "Tenggat pegawai tidak berubah.",
    ]
    if opened:
        notes.append(f"{len(opened)} SKP menjadi terbuka.")
    if closed:
        notes.append(f"{len(closed)} SKP menjadi tertutup; isinya tetap tersimpan.")
    return PeriodEffect(notes=tuple(notes), moved=len(moved), opened=len(opened), closed=len(closed))


def record(
    actor: Viewer,
    now: datetime,
    kind: SkpEvent,
    period: Period,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write the audit event; ``before`` and ``after`` are keyed by the words that people read."""
    audit.record(
        actor=User.objects.get(pk=actor.user_id),
        now=now,
        kind=kind,
        target=target_of(period),
        target_label=str(period),
        before=before,
        after=after,
        acting_as=str(Role.BKPSDM_ADMIN.label),
    )


def target_of(period: Period) -> str:
    """The audit trail's name of a period."""
    return f"period:{period.pk}"


def windows_write(period: Period, windows: Iterable[WindowFacts]) -> None:
    """Store further windows of the period."""
    Window.objects.bulk_create(
        Window(
            period=period,
            stage=window.stage,
            audience=window.audience,
            interval=window.interval,
            opens_at=window.opens_at,
            closes_at=window.closes_at,
        )
        for window in windows
    )
