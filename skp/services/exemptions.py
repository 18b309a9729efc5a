"""Who is not obliged by a document: granted and revoked by BKPSDM, dated and audited (rules.md §8, §15)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from config.lib.dates import format_date, last_day_from_until, overlap
from config.lib.errors import Conflict, DomainError
from config.lib.privatefiles import private_delete, private_save
from config.lib.uploads import CheckedUpload
from orgunits.enums import EmploymentKind
from orgunits.models import Employee
from orgunits.viewer import Viewer
from skp.deadline_permissions import acting_as, can_grant
from skp.enums import ExemptionKind, SkpEvent
from skp.exemption_rules import ExemptionFacts, long_enough
from skp.models import Exemption, ExemptionProposal, Period
from skp.services.duties import duties_refresh
from skp.settings import PlanSettings


@dataclass(frozen=True, slots=True)
class ExemptionInput:
    """A person, the ground, the days ``[start, until)`` and the document's number."""

    employee_id: int
    kind: ExemptionKind
    start: date
    until: date
    document: str


def exemption_grant(
    *,
    actor: Viewer,
    data: ExemptionInput,
    now: datetime,
    file: CheckedUpload | None = None,
    proposal_id: int | None = None,
) -> Exemption:
    """Exempt the person from the stages whose reference day lies in the span.

    ``file``: the document; ``proposal_id``: the proposal that this answers, whose file it takes over when
    none is given. Raises NotAllowed, Conflict when the proposal has been answered, and DomainError for a
    span too short to exempt, one that overlaps another, or a person who has no duties.
    """
    can_grant(actor).enforce()
    stored_name = private_save("exemptions", file.data) if file else ""
    try:
        with transaction.atomic():
            exemption_checked(data)
            exemption = Exemption.objects.create(
                employee_id=data.employee_id,
                kind=data.kind,
                start=data.start,
                until=data.until,
                document=data.document.strip(),
                stored_name=stored_name,
                file_name=file.name if file else "",
                granted_at=now,
                granted_by_id=actor.user_id,
            )
            if proposal_id is not None:
                _answer(proposal_id, exemption, actor, now)
            _refresh(exemption, now)
            _record(actor, now, SkpEvent.EXEMPTION_GRANTED, exemption)
    except BaseException:
        if stored_name:
            private_delete(stored_name)
        raise
    return exemption


def exemption_revoke(*, actor: Viewer, exemption_id: int, reason: str, now: datetime) -> Exemption:
    """Take the exemption back: the person is obliged again where its days covered a reference day.

    Raises NotAllowed, DomainError without a reason, Conflict when it was revoked already.
    """
    can_grant(actor).enforce()
    if not reason.strip():
        raise DomainError("Tulis alasan pencabutan.")
    with transaction.atomic():
        valid = Exemption.objects.filter(pk=exemption_id, revoked_at__isnull=True)
        changed = valid.update(revoked_at=now, revoked_by_id=actor.user_id, revoke_reason=reason.strip())
        if not changed:
            raise Conflict("Pengecualian ini sudah dicabut. Muat ulang halaman.")
        exemption = Exemption.objects.get(pk=exemption_id)
        _refresh(exemption, now)
        _record(actor, now, SkpEvent.EXEMPTION_REVOKED, exemption)
    return exemption


def exemption_checked(data: ExemptionInput) -> Employee:
    """The person, locked against a second exemption meanwhile; raises DomainError for what exempts nobody."""
    employee = Employee.objects.select_for_update(no_key=True).filter(pk=data.employee_id).first()
    if employee is None or employee.employment_kind == EmploymentKind.STATE_OFFICIAL:
        raise DomainError("Pegawai ini tidak memiliki kewajiban SKP.")
    if data.until <= data.start:
        raise DomainError("Hari terakhir tidak boleh sebelum hari pertama.")
    if not data.document.strip():
        raise DomainError("Isi nomor dokumen yang menjadi dasar.")
    decision = long_enough(ExemptionFacts(data.kind, data.start, data.until), _settings(data.start))
    if not decision:
        raise DomainError(decision.reason)
    for other in Exemption.objects.filter(employee=employee, revoked_at__isnull=True):
        if overlap(data.start, data.until, other.start, other.until):
            raise DomainError(
                f"Sudah ada pengecualian {other.get_kind_display().lower()} sampai"
                f" {format_date(last_day_from_until(other.until) or other.until)}. Cabut dahulu bila keliru."
            )
    return employee


def _settings(day: date) -> PlanSettings:
    """Those of the period in which the span begins, else of the next one, else the defaults."""
    period = Period.objects.filter(year__gte=day.year).order_by("year").first()
    return period.settings if period else PlanSettings()


def _refresh(exemption: Exemption, now: datetime) -> None:
    years = (exemption.start.year, exemption.until.year)
    for pk in Period.objects.filter(year__range=years).values_list("pk", flat=True):
        duties_refresh(period_id=pk, employee_ids=[exemption.employee_id], now=now)


def _answer(proposal_id: int, exemption: Exemption, actor: Viewer, now: datetime) -> None:
    waiting = ExemptionProposal.objects.filter(
        pk=proposal_id, employee=exemption.employee_id, answered_at__isnull=True
    )
    if not waiting.update(answered_at=now, answered_by_id=actor.user_id, granted=exemption):
        raise Conflict("Usul ini sudah dijawab. Muat ulang halaman.")
    proposal = ExemptionProposal.objects.get(pk=proposal_id)
    if not exemption.stored_name and proposal.stored_name:
        exemption.stored_name, exemption.file_name = proposal.stored_name, proposal.file_name
        exemption.save(update_fields=["stored_name", "file_name"])


def _record(actor: Viewer, now: datetime, kind: SkpEvent, exemption: Exemption) -> None:
    audit.record(
        actor=User.objects.get(pk=actor.user_id),
        now=now,
        kind=kind,
        target=f"employee:{exemption.employee_id}",
        target_label=exemption.employee.full_name,
        after={
            "exemption": exemption.pk,
            "kind": exemption.kind,
            "start": exemption.start,
            "until": exemption.until,
            "document": exemption.document,
            "reason": exemption.revoke_reason,
        },
        acting_as=acting_as(actor),
    )
