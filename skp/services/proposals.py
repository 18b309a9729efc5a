"""What an OPD admin asks BKPSDM for, and BKPSDM's refusal; granting answers it too (rules.md §15)."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts import audit
from accounts.models import User
from accounts.services.notifications import notifications_add
from config.lib.dates import office_date
from config.lib.errors import Conflict, DomainError
from config.lib.privatefiles import private_delete, private_save
from config.lib.uploads import CheckedUpload
from orgunits.enums import Role
from orgunits.models import Employee, RoleGrant
from orgunits.selectors.days import on_day
from orgunits.selectors.facts import opds_of_people, opds_of_units
from orgunits.viewer import Viewer
from skp.deadline_permissions import acting_as, can_grant, can_propose
from skp.enums import ExtensionScope, SkpEvent
from skp.models import ExemptionProposal, ExtensionProposal
from skp.services.exemptions import ExemptionInput, exemption_checked
from skp.services.extensions import ExtensionInput, extension_checked


def extension_propose(*, actor: Viewer, data: ExtensionInput, now: datetime) -> ExtensionProposal:
    """Ask for a later deadline of the own OPD, a unit or people of it; the decree is BKPSDM's.

    Raises NotAllowed when it reaches beyond the OPD managed, DomainError for what makes no extension.
    """
    can_propose(actor).enforce()
    with transaction.atomic():
        people = extension_checked(data, now, with_decree=False)
        if data.scope == ExtensionScope.PERIOD:
            raise DomainError("Perpanjangan seluruh periode diberikan oleh BKPSDM tanpa usul OPD.")
        opds = opds_of_people(people, actor.today) if people else {}
        units = opds_of_units([data.unit_id], actor.today) if data.unit_id is not None else {}
        concerned = frozenset([*opds.values(), *units.values()])
        can_propose(actor, concerned).enforce()
        proposal = ExtensionProposal.objects.create(
            period_id=data.period_id,
            opd_id=min(opd for opd in concerned if opd is not None),
            stage=data.stage,
            interval=data.interval,
            scope=data.scope,
            unit_id=data.unit_id,
            nips="\n".join(sorted(person.nip or "" for person in Employee.objects.filter(pk__in=people))),
            due_at=data.due_at,
            reason=data.reason.strip(),
            proposed_at=now,
            proposed_by_id=actor.user_id,
        )
        _tell_bkpsdm(f"Usul perpanjangan dari OPD: {proposal.reason}", reverse("skp:extensions"), now)
        _record(actor, now, SkpEvent.EXTENSION_PROPOSED, proposal)
    return proposal


def exemption_propose(
    *, actor: Viewer, data: ExemptionInput, now: datetime, file: CheckedUpload | None = None
) -> ExemptionProposal:
    """Ask for the exemption of one of the own OPD's people, with the document; raises like the grant."""
    opds = frozenset(opds_of_people([data.employee_id], actor.today).values())
    can_propose(actor, opds).enforce()
    stored_name = private_save("exemptions", file.data) if file else ""
    try:
        with transaction.atomic():
            employee = exemption_checked(data)
            proposal = ExemptionProposal.objects.create(
                opd_id=next(opd for opd in opds if opd is not None),
                employee=employee,
                kind=data.kind,
                start=data.start,
                until=data.until,
                document=data.document.strip(),
                stored_name=stored_name,
                file_name=file.name if file else "",
                proposed_at=now,
                proposed_by_id=actor.user_id,
            )
            _tell_bkpsdm(f"Usul pengecualian untuk {employee.full_name}", reverse("skp:exemptions"), now)
            _record(actor, now, SkpEvent.EXEMPTION_PROPOSED, proposal)
    except BaseException:
        if stored_name:
            private_delete(stored_name)
        raise
    return proposal


def extension_refuse(*, actor: Viewer, proposal_id: int, answer: str, now: datetime) -> None:
    """Refuse a waiting proposal with the reason; raises NotAllowed, DomainError, Conflict."""
    rows = ExtensionProposal.objects.filter(pk=proposal_id)
    _refuse(actor, rows, answer, now, SkpEvent.EXTENSION_REFUSED, reverse("skp:extensions"))


def exemption_refuse(*, actor: Viewer, proposal_id: int, answer: str, now: datetime) -> None:
    """As ``extension_refuse`` for an exemption."""
    rows = ExemptionProposal.objects.filter(pk=proposal_id)
    _refuse(actor, rows, answer, now, SkpEvent.EXEMPTION_REFUSED, reverse("skp:exemptions"))


def _refuse(
    actor: Viewer,
    rows: "QuerySet[ExtensionProposal] | QuerySet[ExemptionProposal]",
    answer: str,
    now: datetime,
    kind: SkpEvent,
    link: str,
) -> None:
    can_grant(actor).enforce()
    if not answer.strip():
        raise DomainError("Tulis alasan penolakan.")
    with transaction.atomic():
        waiting = rows.filter(answered_at__isnull=True)
        if not waiting.update(answered_at=now, answered_by_id=actor.user_id, answer=answer.strip()):
            raise Conflict("Usul ini sudah dijawab. Muat ulang halaman.")
        proposal = rows.select_related("proposed_by").get()
        text = f"Usul Anda kepada BKPSDM ditolak: {proposal.answer}"[:400]
        notifications_add(users=[proposal.proposed_by], text=text, now=now, link=link)
        _record(actor, now, kind, proposal)


def _tell_bkpsdm(text: str, link: str, now: datetime) -> None:
    grants = RoleGrant.objects.filter(on_day(office_date(now)), role=Role.BKPSDM_ADMIN)
    users = User.objects.filter(pk__in=grants.values("user"), is_active=True)
    notifications_add(users=users, text=text[:400], now=now, link=link)


def _record(
    actor: Viewer, now: datetime, kind: SkpEvent, proposal: ExtensionProposal | ExemptionProposal
) -> None:
    audit.record(
        actor=User.objects.get(pk=actor.user_id),
        now=now,
        kind=kind,
        target=f"{proposal._meta.model_name}:{proposal.pk}",
        target_label=str(kind.label),
        after={"opd": proposal.opd_id, "answer": proposal.answer},
        acting_as=acting_as(actor),
    )
