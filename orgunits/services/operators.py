"""What an operator does at the console before anybody can sign in."""

from datetime import datetime

from accounts import audit
from accounts.models import User
from accounts.names import login_name
from accounts.services.passwords import IssuedCode, activation_issue
from accounts.services.users import NewUser, users_create
from config.lib.dates import office_date
from config.lib.errors import DomainError
from orgunits.enums import OrgEvent, Role
from orgunits.models import RoleGrant
from orgunits.selectors.days import not_ended
from orgunits.services.common import writing


def bkpsdm_admin_create(*, username: str, name: str, now: datetime) -> IssuedCode | None:
    """Make ``username`` a BKPSDM admin from today: the account of an imported NIP, or a new plain name.

    Returns the activation code, or None when the account already has a password. Raises DomainError
    for a NIP that no import brought, a new account without ``name``, or an admin already.
    """
    login, today = login_name(username), office_date(now)
    with writing():
        user = User.objects.filter(username=login).first()
        if user is None:
            user = _new_account(login, name, now)
        grants = RoleGrant.objects.filter(not_ended(today), user=user, role=Role.BKPSDM_ADMIN)
        if grants.exists():
            raise DomainError(f"{user} sudah menjadi admin BKPSDM.")
        RoleGrant.objects.create(user=user, role=Role.BKPSDM_ADMIN, start=today, granted_at=now)
        audit.record_user(
            user,
            actor=None,
            now=now,
            kind=OrgEvent.ROLE_GRANTED,
            after={"role": Role.BKPSDM_ADMIN, "unit": None, "start": today, "until": None},
        )
        if user.has_usable_password():
            return None
        return activation_issue(actor=None, users=[user], now=now)[0]


def _new_account(login: str, name: str, now: datetime) -> User:
    if login.isdecimal():
        raise DomainError(f"NIP {login} belum dikenal. Jalankan impor data pegawai lebih dahulu.")
    if not name.strip():
        raise DomainError("Akun baru memerlukan nama orangnya (--name).")
    return users_create(actor=None, people=[NewUser(username=login, name=name.strip())], now=now)[0]
