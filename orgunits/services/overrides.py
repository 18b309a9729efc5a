"""Another appraiser than the walk finds, for one person, by a dated decision with its reason."""

from datetime import date, datetime

from config.lib.dates import format_date, last_day_from_until
from config.lib.errors import DomainError
from orgunits.enums import OrgEvent
from orgunits.models import AppraiserOverride, Employee
from orgunits.permissions import OrgAction
from orgunits.selectors.facts import facts_of_person
from orgunits.services.common import Effect, claim_employee, post_on, rebuilt, record, require, writing
from orgunits.viewer import Viewer


def override_set(
    *,
    actor: Viewer,
    now: datetime,
    employee_id: int,
    version: int,
    appraiser_id: int,
    reason: str,
    start: date,
    until: date | None = None,
) -> Effect:
    """Let ``appraiser_id`` appraise the person from ``start``.

    Raises NotAllowed, Conflict for a stale ``version``, and DomainError when one of the two has no
    definitive post then, both are the same person, or another decision already covers those days.
    """
    if appraiser_id == employee_id:
        raise DomainError("Pegawai tidak dapat menjadi penilai bagi dirinya sendiri.")
    with writing():
        employee = claim_employee(employee_id, version)
        require(actor, facts_of_person(actor, employee.pk, employee.user_id), OrgAction.SET_APPRAISER)
        appraiser = Employee.objects.get(pk=appraiser_id)
        post = post_on(employee, start)
        for person, found in ((employee, post), (appraiser, post_on(appraiser, start))):
            if found is None:
                raise DomainError(f"{person} tidak mempunyai jabatan definitif pada {format_date(start)}.")
        AppraiserOverride.objects.create(
            employee=employee,
            appraiser=appraiser,
            reason=reason,
            start=start,
            until=until,
            created_by_id=actor.user_id,
            created_at=now,
        )
        record(
            actor,
            now,
            OrgEvent.APPRAISER_SET,
            employee,
            str(employee),
            after={"appraiser": appraiser.pk, "reason": reason, "start": start, "until": until},
        )
        note = f"{employee} dinilai oleh {appraiser} mulai {format_date(start)}."
        return Effect(rebuilt(actor, employee_ids=[employee.pk]), (note,))


def override_end(*, actor: Viewer, now: datetime, override_id: int, version: int, until: date) -> Effect:
    """End the decision so that ``until`` is the first day without it; ``version`` is the person's.

    Raises NotAllowed, Conflict for a stale ``version``, DomainError when it would end before it
    began or later than decided.
    """
    with writing():
        row = AppraiserOverride.objects.get(pk=override_id)
        employee = claim_employee(row.employee_id, version)
        require(actor, facts_of_person(actor, employee.pk, employee.user_id), OrgAction.SET_APPRAISER)
        if until <= row.start or (row.until is not None and until > row.until):
            raise DomainError(
                f"Penetapan ini berlaku mulai {format_date(row.start)}"
                f"{_to_last_day(row.until)}; hari terakhirnya harus di antaranya."
            )
        AppraiserOverride.objects.filter(pk=row.pk).update(until=until)
        record(
            actor,
            now,
            OrgEvent.APPRAISER_ENDED,
            employee,
            str(employee),
            before={"until": row.until},
            after={"override": row.pk, "until": until},
        )
        note = f"Mulai {format_date(until)} penilai {employee} kembali mengikuti susunan unit."
        return Effect(rebuilt(actor, employee_ids=[employee.pk]), (note,))


def _to_last_day(until: date | None) -> str:
    last_day = last_day_from_until(until)
    return f" sampai {format_date(last_day)}" if last_day else ""
