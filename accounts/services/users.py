"""Accounts come from the import and from officers; nobody signs up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import audit
from accounts.enums import AuditKind
from accounts.models import User
from accounts.names import login_name
from config.lib.errors import DomainError

# A name with all its titles can be longer; here it is only shown.
NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class NewUser:
    """An account to make: NIP or plain name, display name, contact address (may be empty)."""

    username: str
    name: str
    email: str = ""


@transaction.atomic
def users_create(*, actor: User | None, people: Iterable[NewUser], now: datetime) -> list[User]:
    """Accounts without a usable password, in the order given.

    Raises DomainError, with nothing written, when a login name is empty or already taken.
    """
    users = [
        User(username=login_name(person.username), name=person.name[:NAME_LENGTH], email=person.email)
        for person in people
    ]
    for user in users:
        user.password = make_password(None)
    names = [user.username for user in users]
    _refuse_taken(names)
    # One key from bulk_create on both databases; the audit rows need it.
    created = User.objects.bulk_create(users, batch_size=500)
    audit.record_many(
        audit.user_event(
            user, actor=actor, now=now, kind=AuditKind.USER_CREATED, after={"username": user.username}
        )
        for user in created
    )
    return created


def _refuse_taken(names: Sequence[str]) -> None:
    if not all(names):
        raise DomainError("Nama pengguna tidak boleh kosong.")
    taken = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()
    for start in range(0, len(names), 500):
        batch = names[start : start + 500]
        taken.update(User.objects.filter(username__in=batch).values_list("username", flat=True))
    if taken:
        raise DomainError(f"Nama pengguna sudah dipakai: {', '.join(sorted(taken)[:10])}.")


@transaction.atomic
def user_update(
    *,
    actor: User | None,
    user: User,
    now: datetime,
    username: str | None = None,
    name: str | None = None,
    is_active: bool | None = None,
) -> None:
    """Change what is given: a corrected NIP, a name, whether the person may sign in.

    Switching an account off ends its sessions at the next request. Raises DomainError when the
    login name is taken.
    """
    asked = {
        "username": None if username is None else login_name(username),
        "name": None if name is None else name[:NAME_LENGTH],
        "is_active": is_active,
    }
    locked = User.objects.select_for_update().get(pk=user.pk)
    changes = {
        field: value
        for field, value in asked.items()
        if value is not None and value != getattr(locked, field)
    }
    if not changes:
        return
    if "username" in changes:
        _refuse_taken([str(changes["username"])])
    before = {field: getattr(locked, field) for field in changes}
    User.objects.filter(pk=user.pk).update(**changes)
    for field, value in changes.items():
        setattr(user, field, value)
    audit.record_user(user, actor=actor, now=now, kind=AuditKind.USER_UPDATED, before=before, after=changes)
