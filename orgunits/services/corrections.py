"""Requests to correct data: asked by the person, answered from the OPD admin's queue."""

from datetime import datetime

from django.db import transaction

from accounts.services.notifications import notifications_add
from config.lib.errors import Conflict, DomainError
from orgunits.enums import CorrectionState, CorrectionSubject, OrgEvent
from orgunits.models import CorrectionRequest, Employee
from orgunits.permissions import OrgAction
from orgunits.selectors.facts import facts_of_person
from orgunits.services.common import record, require
from orgunits.viewer import Viewer


def correction_request(
    *, actor: Viewer, now: datetime, employee_id: int, subject: CorrectionSubject, text: str
) -> CorrectionRequest:
    """Ask for the own data to be corrected.

    Raises NotAllowed for somebody else's data, DomainError while one on the same subject waits.
    """
    with transaction.atomic():
        employee = Employee.objects.select_for_update().get(pk=employee_id)
        require(actor, facts_of_person(actor, employee.pk, employee.user_id), OrgAction.ASK_CORRECTION)
        waiting = CorrectionRequest.objects.filter(
            employee=employee, subject=subject, state=CorrectionState.OPEN
        )
        if waiting.exists():
            raise DomainError(
                f"Permintaan koreksi Anda tentang {subject.label.lower()} masih menunggu jawaban. "
                "Tunggu jawabannya sebelum mengajukan lagi."
            )
        row = CorrectionRequest.objects.create(employee=employee, subject=subject, text=text, created_at=now)
        record(
            actor,
            now,
            OrgEvent.CORRECTION_ASKED,
            employee,
            str(employee),
            after={"request": row.pk, "subject": subject, "text": text},
        )
        return row


def correction_resolve(*, actor: Viewer, now: datetime, correction_id: int, answer: str) -> CorrectionRequest:
    """Close a request after the data were mended, and tell the person."""
    return _answered(actor, now, correction_id, CorrectionState.RESOLVED, answer)


def correction_refuse(*, actor: Viewer, now: datetime, correction_id: int, answer: str) -> CorrectionRequest:
    """Close a request without change, with the reason, and tell the person."""
    return _answered(actor, now, correction_id, CorrectionState.REFUSED, answer)


def _answered(
    actor: Viewer, now: datetime, correction_id: int, state: CorrectionState, answer: str
) -> CorrectionRequest:
    """Raises NotAllowed, Conflict when the request was answered meanwhile, DomainError without an answer."""
    if not answer.strip():
        raise DomainError("Tulis jawaban agar pegawai tahu apa yang dilakukan.")
    with transaction.atomic():
        row = CorrectionRequest.objects.select_related("employee__user").get(pk=correction_id)
        employee = row.employee
        require(actor, facts_of_person(actor, employee.pk, employee.user_id), OrgAction.ANSWER_CORRECTION)
        waiting = CorrectionRequest.objects.filter(pk=row.pk, state=CorrectionState.OPEN)
        if not waiting.update(state=state, answer=answer, resolved_at=now, resolved_by=actor.user_id):
            raise Conflict("Permintaan koreksi ini sudah dijawab.")
        resolved = state == CorrectionState.RESOLVED
        record(
            actor,
            now,
            OrgEvent.CORRECTION_RESOLVED if resolved else OrgEvent.CORRECTION_REFUSED,
            employee,
            str(employee),
            after={"request": row.pk, "answer": answer},
        )
        if employee.user is not None:
            subject = CorrectionSubject(row.subject).label.lower()
            text = f"Permintaan koreksi Anda tentang {subject} {state.label.lower()}: {answer}"
            notifications_add(users=[employee.user], text=text[:400], now=now)
        row.refresh_from_db()
        return row
