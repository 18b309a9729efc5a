"""Accounts of people: activation slips for a unit, a new code after a lost password."""

from dataclasses import dataclass, replace
from datetime import datetime

from accounts.models import User
from accounts.services.passwords import IssuedCode, activation_issue, password_reset_by_officer
from config.lib.errors import DomainError
from orgunits.facts import PersonFacts
from orgunits.models import Employee
from orgunits.permissions import OrgAction, can_do
from orgunits.selectors.accounts import people_without_password
from orgunits.selectors.facts import facts_of_person, facts_of_units, grants_by_user
from orgunits.services.common import require, writing
from orgunits.services.roles import employee_account
from orgunits.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Slips:
    """The codes of one run, shown this once; ``left_out`` are people whom the actor may not reach."""

    codes: tuple[IssuedCode, ...]
    left_out: tuple[str, ...] = ()


def activation_slips_issue(*, actor: Viewer, now: datetime, unit_id: int, with_units_below: bool) -> Slips:
    """Fresh activation codes for everyone in the unit today who has no password yet.

    Earlier codes of these people stop working. An OPD admin's run leaves out holders of wider roles.
    Raises NotAllowed, and DomainError when nobody in the unit waits for a code.
    """
    unit = facts_of_units(actor, unit_id)
    require(actor, unit, OrgAction.ISSUE_SLIPS)
    people = list(people_without_password(unit_id, actor.today, with_units_below=with_units_below))
    grants = grants_by_user([person.user_id for person in people if person.user_id], actor.today)
    reached: list[Employee] = []
    left_out: list[str] = []
    for person in people:
        facts = PersonFacts(person.pk, grants=grants.get(person.user_id, frozenset()))
        if can_do(actor, replace(unit, person=facts), OrgAction.RESET_PASSWORD):
            reached.append(person)
        else:
            left_out.append(str(person))
    if not reached:
        raise DomainError("Tidak ada pegawai di unit ini yang menunggu kode aktivasi dari Anda.")
    with writing():
        users = [employee_account(actor=actor, employee=person, now=now) for person in reached]
        codes = activation_issue(actor=User.objects.get(pk=actor.user_id), users=users, now=now)
    return Slips(tuple(codes), tuple(left_out))


def password_reset(*, actor: Viewer, now: datetime, employee_id: int) -> IssuedCode:
    """Take the person's password away, end the sessions and issue a new code, shown this once.

    Raises NotAllowed outside of the actor's scope, DomainError for a person without an account.
    """
    employee = Employee.objects.select_related("user").get(pk=employee_id)
    require(actor, facts_of_person(actor, employee.pk, employee.user_id), OrgAction.RESET_PASSWORD)
    if employee.user is None:
        raise DomainError(f"{employee} belum mempunyai akun. Terbitkan slip aktivasi untuk unitnya.")
    return password_reset_by_officer(actor=User.objects.get(pk=actor.user_id), user=employee.user, now=now)
