"""The year's realisation as the owner enters it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from config.lib.db import swap_version
from config.lib.errors import Conflict, DomainError
from orgunits.viewer import Viewer
from skp.enums import Scheme
from skp.models import AnnualRealisation, Skp
from skp.permissions import can_report
from skp.selectors.content import read_content
from skp.selectors.plans import plan_facts, read_plan, skps_visible_to
from skp.services.duties import duties_refresh


def realisations_save(
    *, actor: Viewer, skp_id: int, version: int, values: Mapping[int, Decimal | None], now: datetime
) -> None:
    """Write the annual realisation of indicators of the plan in force, keyed by the indicator's id.

    Values are in the indicator's own unit, not negative. None takes the entry back: the realisation
    is missing again, never 0. An indicator that is not named keeps what it has. Raises Conflict on a
    stale page, NotAllowed, or DomainError for an indicator that is not in force or a negative value.
    """
    with transaction.atomic():
        visible = skps_visible_to(actor).filter(pk=skp_id).values("pk")
        swap_version(Skp.objects.filter(pk__in=visible), version=version)
        skp = read_plan(skp_id)
        facts = plan_facts(skp, today=actor.today)
        can_report(actor, facts, in_force=skp.in_force is not None).enforce()
        if skp.in_force is None:
            raise Conflict()
        planned = read_content(skp.in_force, Scheme(skp.scheme)).indicator_ids
        if not values.keys() <= planned:
            raise DomainError("Indikator ini tidak ada pada rencana yang disepakati.")
        entered = {key: value for key, value in values.items() if value is not None}
        if any(value < 0 for value in entered.values()):
            raise DomainError("Realisasi tidak boleh negatif.")
        AnnualRealisation.objects.filter(indicator_id__in=values.keys() - entered.keys()).delete()
        for indicator_id, value in entered.items():
            AnnualRealisation.objects.update_or_create(
                indicator_id=indicator_id,
                defaults={"value": value, "entered_at": now, "entered_by_id": actor.user_id},
            )


def plan_lock(*, skp_id: int, version: int, now: datetime) -> None:
    """Hold the plan still while it is judged; called inside the move that reports it at ``now``.

    Raises Conflict when the plan has changed since ``version`` was read.
    """
    rows = Skp.objects.filter(pk=skp_id, locked_for_scoring=False)
    swap_version(rows, version=version, locked_for_scoring=True, reported_at=now)
    skp = Skp.objects.get(pk=skp_id)
    duties_refresh(period_id=skp.period_id, employee_ids=[skp.owner_id], now=now)
