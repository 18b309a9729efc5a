"""Sign-in: one guard for each login name, so that one attacked account is closed and no other.

An attempt is counted before the password is looked at and forgiven when it was right: guesses
sent in parallel then get no more tries than guesses sent one by one.
"""

from datetime import datetime, timedelta

from django.db import transaction

from accounts import audit
from accounts.codes import name_digest
from accounts.enums import AuditKind
from accounts.lockout import FORGET_AFTER, failures_so_far, lock_length
from accounts.models import LoginGuard, User
from accounts.names import login_name
from config.lib.dates import format_moment
from config.lib.errors import DomainError


class SignInLocked(DomainError):
    """Too many failures for this login name, known or not (429)."""

    status = 429

    def __init__(self, until: datetime) -> None:
        # Said in whole minutes, rounded up, so that the time named is never too early.
        said = (until + timedelta(seconds=59)).replace(second=0, microsecond=0)
        super().__init__(
            "Terlalu banyak percobaan masuk yang gagal dengan NIP atau nama pengguna ini. "
            f"Coba lagi setelah {format_moment(said)}, atau minta kode aktivasi baru kepada "
            "pengelola kepegawaian OPD Anda."
        )
        self.until = until


@transaction.atomic
def sign_in_attempt(*, name: str, now: datetime) -> None:
    """Count an attempt to sign in as ``name``; raises SignInLocked while the name is locked."""
    guard, _ = LoginGuard.objects.select_for_update().get_or_create(
        key=name_digest(login_name(name)), defaults={"last_attempt_at": now}
    )
    if guard.locked_until is not None and now < guard.locked_until:
        raise SignInLocked(guard.locked_until)
    guard.failures = failures_so_far(guard.failures, guard.last_attempt_at, now) + 1
    length = lock_length(guard.failures)
    guard.locked_until = now + length if length else None
    guard.last_attempt_at = now
    guard.save(update_fields=["failures", "locked_until", "last_attempt_at"])


@transaction.atomic
def sign_in_failed(*, name: str, now: datetime, address: str) -> None:
    """Note that the counted attempt failed; raises nothing, also for names without an account.

    The typed name is recorded only when it is an account's: it may be a password typed into the
    wrong field.
    """
    username = login_name(name)
    user = User.objects.filter(username=username).first()
    guard = LoginGuard.objects.filter(key=name_digest(username)).first()
    until = guard.locked_until if guard else None
    kind = AuditKind.SIGN_IN_LOCKED if until is not None and now < until else AuditKind.SIGN_IN_FAILED
    after: dict[str, object] = {"address": address}
    if kind is AuditKind.SIGN_IN_LOCKED:
        after["locked_until"] = until
    if user is None:
        audit.record(actor=None, now=now, kind=kind, target="user:unknown", after=after, nobody=audit.NOBODY)
    else:
        audit.record_user(user, actor=None, now=now, kind=kind, after=after, nobody=audit.NOBODY)


def locked_until(*, name: str, now: datetime) -> datetime | None:
    """Until when sign-in as ``name`` is closed; None when it is open."""
    return (
        LoginGuard.objects.filter(key=name_digest(login_name(name)), locked_until__gt=now)
        .values_list("locked_until", flat=True)
        .first()
    )


def sign_in_forgive(*, user: User) -> None:
    """Forget the failures counted against the user's login name."""
    LoginGuard.objects.filter(key=name_digest(user.username)).update(failures=0, locked_until=None)


def sign_in_record(*, user: User, now: datetime, address: str) -> None:
    """Note that the user signed in."""
    audit.record_user(user, actor=user, now=now, kind=AuditKind.SIGNED_IN, after={"address": address})


def sign_out_record(*, user: User, now: datetime) -> None:
    """Note that the user signed out."""
    audit.record_user(user, actor=user, now=now, kind=AuditKind.SIGNED_OUT)


def login_guards_prune(*, now: datetime) -> int:
    """Drop guards whose failures no longer count; answers how many."""
    count, _ = LoginGuard.objects.filter(last_attempt_at__lt=now - FORGET_AFTER).delete()
    return count
