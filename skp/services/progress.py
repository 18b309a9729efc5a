"""What the owner reached in a quarter or month, several indicators at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from config.lib.errors import Conflict, DomainError
from orgunits.viewer import Viewer
from skp.facts import PlanFacts
from skp.models import PlannedIndicator, Progress, Revision, Skp
from skp.progress_rules import can_record
from skp.selectors.progress import asked_of
from skp.services.duties import duties_refresh
from skp.services.steps import lock_plan

MAX_NOTE = 2000
NOT_IN_FORCE = "Indikator ini tidak ada pada rencana yang disepakati. Muat ulang halaman."


@dataclass(frozen=True, slots=True)
class ProgressInput:
    """What the owner typed of an indicator: a number in its own unit or None, and a note."""

    realisation: Decimal | None
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing; a number of 0 says something."""
        return self.realisation is None and not self.note.strip()


def progress_save(
    *,
    actor: Viewer,
    skp_id: int,
    version: int,
    interval: int,
    values: Mapping[int, ProgressInput],
    now: datetime,
) -> None:
    """Write the interval's realisations and notes of indicators in force, keyed by the indicator's id.

    An empty value takes the entry back: it is missing again, never 0. An indicator that is not named
    keeps what it has. Raises Conflict on a stale page, NotAllowed outside the interval's time or for
    somebody else, DomainError for a negative number, a note over 2,000 characters or an indicator
    that is not in force.
    """
    for value in values.values():
        if value.realisation is not None and value.realisation < 0:
            raise DomainError("Realisasi tidak boleh negatif.")
        if len(value.note) > MAX_NOTE:
            raise DomainError(f"Catatan paling banyak {MAX_NOTE} huruf.")
    with transaction.atomic():
        skp, _facts, revision = begin_recording(actor, skp_id, version, interval)
        check_in_force(revision, values)
        emptied = [key for key, value in values.items() if value.is_empty]
        Progress.objects.filter(indicator_id__in=emptied, interval=interval).delete()
        _write(interval, {key: value for key, value in values.items() if not value.is_empty}, actor, now)
        # Last: it locks the person's duties, which other writers of theirs wait for.
        duties_refresh(period_id=skp.period_id, employee_ids=[skp.owner_id], now=now)


def begin_recording(
    actor: Viewer, skp_id: int, version: int, interval: int
) -> tuple[Skp, PlanFacts, Revision]:
    """Lock the plan by swapping its version, and decide whether the actor may record in the interval now."""
    skp, facts = lock_plan(actor, skp_id, version)
    asked = next((item for item in asked_of(skp, facts) if item.number == interval), None)
    can_record(actor, facts, asked, in_force=skp.in_force_id is not None).enforce()
    if skp.in_force is None:
        raise Conflict()
    return skp, facts, skp.in_force


def check_in_force(revision: Revision, indicator_ids: Mapping[int, object] | set[int]) -> None:
    """Raise DomainError unless every indicator stands in the revision in force."""
    wanted = set(indicator_ids)
    known = PlannedIndicator.objects.filter(planned_result__revision=revision, indicator_id__in=wanted)
    if known.count() != len(wanted):
        raise DomainError(NOT_IN_FORCE)


def _write(interval: int, values: Mapping[int, ProgressInput], actor: Viewer, now: datetime) -> None:
    rows = Progress.objects.filter(indicator__in=values, interval=interval)
    stored = {row.indicator_id: (row.realisation, row.note) for row in rows}
    typed = {key: (value.realisation, value.note.strip()) for key, value in values.items()}
    # Saving the page again does not say that everything was entered anew.
    changed = {key: pair for key, pair in typed.items() if stored.get(key) != pair}
    Progress.objects.bulk_create(
        (
            Progress(
                indicator_id=key,
                interval=interval,
                realisation=realisation,
                note=note,
                entered_at=now,
                entered_by_id=actor.user_id,
            )
            for key, (realisation, note) in changed.items()
        ),
        update_conflicts=True,
        unique_fields=["indicator", "interval"],
        update_fields=["realisation", "note", "entered_at", "entered_by"],
    )
