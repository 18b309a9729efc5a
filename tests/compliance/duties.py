"""Duties written straight as rows: the board's own tests need numbers, not a year of moves."""

from datetime import datetime

from orgunits.models import OrgUnitSpan
from skp.models import Duty, Period
from tests.people import Person
from tests.skp.drafts import period_2026
from tests.skp.facts import moment

CLOSE = moment("2026-02-01 00:00")
SENT = moment("2026-01-20 10:00")


def bare_period() -> Period:
    """The period of 2026 in which nobody has a duty yet."""
    period = period_2026()
    Duty.objects.filter(period=period).delete()
    return period


def duty(
    person: Person,
    period: Period,
    *,
    stage: str = "planning",
    interval: int = 0,
    fulfilled: datetime | None = None,
    agreed: datetime | None = None,
    due: datetime = CLOSE,
    exempt: str = "",
    skp_id: int | None = None,
) -> Duty:
    """The person's duty by the post's unit and its OPD."""
    unit = person.post.unit
    return Duty.objects.create(
        period=period,
        stage=stage,
        interval=interval,
        employee=person.employee,
        skp_id=skp_id,
        opd_id=OrgUnitSpan.objects.get(unit=unit, until=None).opd_id,
        unit=unit,
        obliged=not exempt,
        exempt_reason=exempt,
        due_at=due,
        fulfilled_at=fulfilled,
        agreed_at=agreed,
    )
