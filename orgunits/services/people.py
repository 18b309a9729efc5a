"""People themselves: the Bupati, who is in no file, and everybody's contacts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.services.contact import email_change
from accounts.services.users import NewUser, users_create
from config.lib.dates import format_date
from config.lib.errors import DomainError
from orgunits.enums import AssignmentKind, EmploymentKind, LegalPosition, OrgEvent, PositionKind, UnitKind
from orgunits.models import Assignment, Employee, LegalPositionSpan
from orgunits.permissions import OrgAction
from orgunits.selectors.facts import facts_of_person, facts_of_units
from orgunits.services.common import (
    Effect,
    claim_employee,
    claim_unit,
    rebuilt,
    record,
    require,
    span_on,
    writing,
)
from orgunits.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Official:
    """A state official as entered by hand; ``username`` is a plain login name, empty for no account."""

    name: str
    title_before: str = ""
    title_after: str = ""
    position_title: str = "Bupati"
    username: str = ""


def state_official_create(
    *, actor: Viewer, now: datetime, unit_id: int, version: int, official: Official, start: date
) -> Effect:
    """Enter the Bupati as the head of the root from ``start``; no import brings one (rules.md §1).

    Raises NotAllowed, Conflict for a stale ``version``, and DomainError when the unit is not the root,
    it has a head then, or the login name is taken.
    """
    with writing():
        claim_unit(unit_id, version)
        require(actor, facts_of_units(actor, unit_id), OrgAction.CREATE_STATE_OFFICIAL)
        span = span_on(unit_id, start)
        if span.kind != UnitKind.REGENCY:
            raise DomainError("Pejabat negara dicatat sebagai pimpinan pemerintah daerah, bukan unit lain.")
        employee = Employee.objects.create(
            name=official.name,
            title_before=official.title_before,
            title_after=official.title_after,
            employment_kind=EmploymentKind.STATE_OFFICIAL,
            user=_account(actor, official, now),
        )
        LegalPositionSpan.objects.create(employee=employee, position=LegalPosition.ACTIVE, start=start)
        Assignment.objects.create(
            employee=employee,
            unit_id=unit_id,
            kind=AssignmentKind.DEFINITIVE,
            position_title=official.position_title,
            position_kind=PositionKind.POLITICAL,
            is_head=True,
            start=start,
        )
        record(
            actor,
            now,
            OrgEvent.EMPLOYEE_CREATED,
            employee,
            str(employee),
            after={"unit": unit_id, "position_title": official.position_title, "start": start},
        )
        note = (
            f"{employee} memimpin {span.name} sebagai {official.position_title} mulai {format_date(start)}."
        )
        return Effect(rebuilt(actor, [unit_id]), (note,))


def _account(actor: Viewer, official: Official, now: datetime) -> User | None:
    if not official.username:
        return None
    person = NewUser(username=official.username, name=official.name)
    return users_create(actor=User.objects.get(pk=actor.user_id), people=[person], now=now)[0]


def contact_change(
    *,
    actor: Viewer,
    now: datetime,
    employee_id: int,
    version: int,
    phone: str,
    email: str,
    confirm_url: Callable[[str], str],
) -> Effect:
    """Set phone and e-mail of the person, the address also of the account, where it awaits confirmation.

    ``confirm_url`` makes the absolute address that confirms an e-mail from its token. Raises NotAllowed
    and Conflict for a stale ``version``.
    """
    with transaction.atomic():
        employee = claim_employee(employee_id, version)
        require(actor, facts_of_person(actor, employee.pk, employee.user_id), OrgAction.EDIT_CONTACTS)
        before = {"phone": employee.phone, "email": employee.email}
        Employee.objects.filter(pk=employee.pk).update(phone=phone, email=email)
        record(
            actor,
            now,
            OrgEvent.CONTACT_CHANGED,
            employee,
            str(employee),
            before=before,
            after={"phone": phone, "email": email},
        )
        notes = (f"Kontak {employee} disimpan.",)
        return Effect(notes=(*notes, *_addressed(actor, employee.user, email, now, confirm_url)))


def account_contact_change(
    *, actor: Viewer, now: datetime, email: str, confirm_url: Callable[[str], str]
) -> Effect:
    """Set the actor's own address where the account belongs to no employee; the last change stands.

    Raises DomainError for an employee, whose contacts are the person's.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=actor.user_id)
        if actor.employee_id is not None:
            raise DomainError("Kontak pegawai diubah pada halaman pegawainya.")
        return Effect(notes=("Kontak disimpan.", *_addressed(actor, user, email, now, confirm_url)))


def _addressed(
    actor: Viewer, user: User | None, email: str, now: datetime, confirm_url: Callable[[str], str]
) -> tuple[str, ...]:
    """Give the account the address; what its owner has to do next."""
    if user is None:
        return ()
    officer = User.objects.get(pk=actor.user_id)
    if not email_change(actor=officer, user=user, email=email, now=now, confirm_url=confirm_url):
        return ()
    return (f"Tautan konfirmasi dikirim ke {email} dan berlaku tiga hari.",)
