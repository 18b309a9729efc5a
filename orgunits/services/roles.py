"""Grants of roles: for an OPD or the regency, from a day to a day (rules.md §15)."""

from datetime import date, datetime

from accounts.models import User
from accounts.services.notifications import notifications_add
from accounts.services.users import NewUser, users_create
from config.lib.dates import format_date, overlap
from config.lib.errors import Conflict, DomainError
from orgunits.enums import OrgEvent, Role, UnitKind
from orgunits.models import Employee, RoleGrant
from orgunits.permissions import OrgAction
from orgunits.selectors.days import not_ended
from orgunits.selectors.facts import facts_of_person
from orgunits.services.common import Effect, record, require, span_on, writing
from orgunits.viewer import Viewer

ROLES_OF_AN_OPD = frozenset({Role.OPD_ADMIN, Role.TPK})


def role_grant(
    *,
    actor: Viewer,
    now: datetime,
    employee_id: int,
    role: Role,
    unit_id: int | None,
    start: date,
    until: date | None = None,
) -> RoleGrant:
    """Give a person a role from ``start``; makes the account when there is none yet.

    Raises NotAllowed, and DomainError when the role needs an OPD or must not have one, the unit is no
    OPD, or the person already holds the role on one of those days.
    """
    with writing():
        employee = Employee.objects.select_for_update().get(pk=employee_id)
        units = () if unit_id is None else (unit_id,)
        facts = facts_of_person(actor, employee.pk, employee.user_id, *units, role=role)
        require(actor, facts, OrgAction.GRANT_ROLE)
        _refuse_wrong_unit(role, unit_id, start)
        user = employee_account(actor=actor, employee=employee, now=now)
        _refuse_second(user, role, unit_id, start, until)
        grant = RoleGrant.objects.create(
            user=user,
            role=role,
            unit_id=unit_id,
            start=start,
            until=until,
            granted_by_id=actor.user_id,
            granted_at=now,
        )
        record(
            actor,
            now,
            OrgEvent.ROLE_GRANTED,
            employee,
            str(employee),
            after={"role": role, "unit": unit_id, "start": start, "until": until},
        )
        text = f"Anda mendapat peran {role.label} mulai {format_date(start)}."
        notifications_add(users=[user], text=text, now=now)
        return grant


def _refuse_wrong_unit(role: Role, unit_id: int | None, start: date) -> None:
    if role in ROLES_OF_AN_OPD and unit_id is None:
        raise DomainError(f"Peran {role.label} berlaku untuk satu OPD. Pilih OPD-nya.")
    if role not in ROLES_OF_AN_OPD and unit_id is not None:
        raise DomainError(f"Peran {role.label} berlaku untuk seluruh daerah. Kosongkan pilihan OPD.")
    if unit_id is not None and span_on(unit_id, start).kind != UnitKind.OPD:
        raise DomainError("Peran ini hanya dapat diberikan untuk OPD, bukan unit di bawahnya.")


def _refuse_second(user: User, role: Role, unit_id: int | None, start: date, until: date | None) -> None:
    held = RoleGrant.objects.filter(user=user, role=role, unit=unit_id)
    if any(overlap(grant.start, grant.until, start, until) for grant in held):
        raise DomainError(f"{user} sudah memegang peran {role.label} pada tanggal tersebut.")


def employee_account(*, actor: Viewer, employee: Employee, now: datetime) -> User:
    """The person's account; a person whose account no import made gets one named by the NIP.

    Raises DomainError for a person without NIP, whose login name must be entered by hand.
    """
    if employee.user is not None:
        return employee.user
    if employee.nip is None:
        raise DomainError(f"{employee} belum mempunyai akun dan tidak mempunyai NIP sebagai nama pengguna.")
    person = NewUser(username=employee.nip, name=employee.full_name)
    user = users_create(actor=User.objects.get(pk=actor.user_id), people=[person], now=now)[0]
    Employee.objects.filter(pk=employee.pk).update(user=user)
    return user


def role_revoke(*, actor: Viewer, now: datetime, grant_id: int) -> Effect:
    """End a grant at once; one that began today or later is taken back, the audit trail keeps it.

    Raises NotAllowed, Conflict when it has ended already, DomainError for the last BKPSDM admin.
    """
    with writing():
        grant = RoleGrant.objects.select_related("user").filter(pk=grant_id).first()
        if grant is None or (grant.until is not None and grant.until <= actor.today):
            raise Conflict("Peran ini sudah dicabut atau berakhir.")
        role = Role(grant.role)
        holder = Employee.objects.filter(user=grant.user_id).first()
        units = () if grant.unit_id is None else (grant.unit_id,)
        facts = facts_of_person(actor, holder.pk if holder else None, grant.user_id, *units, role=role)
        require(actor, facts, OrgAction.REVOKE_ROLE)
        _refuse_last_admin(grant, actor.today)
        rows = RoleGrant.objects.filter(not_ended(actor.today), pk=grant.pk)
        begun = grant.start < actor.today
        changed = rows.update(until=actor.today) if begun else rows.delete()[0]
        if changed != 1:
            raise Conflict("Peran ini sudah dicabut atau berakhir.")
        record(
            actor,
            now,
            OrgEvent.ROLE_REVOKED,
            holder or grant.user,
            str(holder or grant.user),
            before={"role": role, "unit": grant.unit_id, "start": grant.start, "until": grant.until},
        )
        text = f"Peran {role.label} Anda berakhir {format_date(actor.today)}."
        notifications_add(users=[grant.user], text=text, now=now)
        return Effect(notes=(f"Peran {role.label} {grant.user} dicabut.",))


def _refuse_last_admin(grant: RoleGrant, today: date) -> None:
    """The regency must not lock itself out."""
    if grant.role != Role.BKPSDM_ADMIN:
        return
    able = RoleGrant.objects.filter(role=Role.BKPSDM_ADMIN, user__is_active=True)
    others = able.filter(start__lte=today, until=None)
    if not others.exclude(user=grant.user).exists():
        raise DomainError(
            "Ini admin BKPSDM terakhir tanpa batas waktu. Beri peran itu kepada orang lain lebih dahulu."
        )
