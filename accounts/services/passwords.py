"""Activation, password change, reset by an officer. Hashes are computed outside transactions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.codes import code_digest, format_code, new_code, read_code
from accounts.enums import AuditKind
from accounts.models import ActivationCode, User
from accounts.names import login_name
from accounts.services.emails import email_put
from accounts.services.sessions import sessions_end
from accounts.services.signin import sign_in_forgive
from config.lib.dates import format_moment
from config.lib.errors import Conflict, DomainError, Incomplete


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A fresh code, shown this once; ``code`` is formatted for print."""

    user: User
    code: str
    expires_at: datetime


class ActivationRefused(DomainError):
    """The code does not open this account now."""


NO_MATCH = (
    "NIP dan kode aktivasi tidak cocok. Periksa kembali slip aktivasi Anda, atau minta kode baru kepada "
    "pengelola kepegawaian OPD Anda."
)


def activation_issue(
    *,
    actor: User | None,
    users: Sequence[User],
    now: datetime,
    valid_for: timedelta | None = None,
) -> list[IssuedCode]:
    """Fresh codes for accounts without a password; earlier codes stop working.

    ``valid_for`` defaults to ``settings.ACTIVATION_DAYS`` days. Raises Incomplete, with nothing
    written, naming the accounts that are switched off or already have a password.
    """
    active = [str(user) for user in users if user.has_usable_password() or not user.is_active]
    if active:
        raise Incomplete(
            "Kode aktivasi hanya untuk akun aktif yang belum memiliki kata sandi. "
            "Untuk akun yang sudah memilikinya, gunakan reset kata sandi.",
            problems=tuple(active),
        )
    expires_at = now + (valid_for or timedelta(days=settings.ACTIVATION_DAYS))
    issued = [IssuedCode(user, format_code(new_code()), expires_at) for user in users]
    with transaction.atomic():
        _revoke_open_codes(users, now)
        ActivationCode.objects.bulk_create(
            (
                ActivationCode(
                    user=row.user,
                    digest=code_digest(read_code(row.code)),
                    issued_at=now,
                    issued_by=actor,
                    expires_at=expires_at,
                )
                for row in issued
            ),
            batch_size=500,
        )
        audit.record_many(
            audit.user_event(
                row.user,
                actor=actor,
                now=now,
                kind=AuditKind.ACTIVATION_ISSUED,
                after={"expires_at": expires_at},
            )
            for row in issued
        )
    return issued


def _revoke_open_codes(users: Iterable[User], now: datetime) -> None:
    keys = sorted(user.pk for user in users)
    for start in range(0, len(keys), 500):
        # Locking the accounts in one order keeps two officers who issue at once from deadlock.
        batch = list(User.objects.select_for_update().filter(pk__in=keys[start : start + 500]).order_by("pk"))
        ActivationCode.objects.filter(user__in=batch, used_at=None, revoked_at=None).update(revoked_at=now)


def activation_redeem(*, nip: str, code: str, new_password: str, now: datetime) -> User:
    """Set the first password of the account with that NIP; the code is used up.

    Raises ActivationRefused when NIP and code do not open an account now (the same sentence
    whether the NIP is unknown or the code wrong), Incomplete when the password is too weak, and
    Conflict when the code was used by somebody else in the same moment.
    """
    row = (
        ActivationCode.objects.select_related("user")
        .filter(digest=code_digest(read_code(code)), user__username=login_name(nip))
        .first()
    )
    if row is None or not row.user.is_active:
        raise ActivationRefused(NO_MATCH)
    _refuse_spent(row, now)
    password_check(new_password, user=row.user)
    encoded = make_password(new_password)
    with transaction.atomic():
        used = ActivationCode.objects.filter(pk=row.pk, used_at=None, revoked_at=None, expires_at__gt=now)
        if used.update(used_at=now) != 1:
            raise Conflict("Kode aktivasi ini baru saja dipakai. Silakan masuk dengan kata sandi Anda.")
        User.objects.filter(pk=row.user.pk).update(password=encoded, must_change_password=False)
        sign_in_forgive(user=row.user)
        audit.record_user(row.user, actor=row.user, now=now, kind=AuditKind.ACTIVATED)
    row.user.refresh_from_db()
    return row.user


def _refuse_spent(row: ActivationCode, now: datetime) -> None:
    """Who holds the very code may know what became of it."""
    if row.used_at is not None:
        raise ActivationRefused(
            f"Kode aktivasi ini sudah dipakai pada {format_moment(row.used_at)}. "
            "Silakan masuk dengan kata sandi Anda."
        )
    if row.revoked_at is not None:
        raise ActivationRefused(
            "Kode aktivasi ini sudah diganti dengan kode yang lebih baru. "
            "Gunakan slip aktivasi yang terakhir."
        )
    if now >= row.expires_at:
        raise ActivationRefused(
            f"Kode aktivasi ini berlaku sampai {format_moment(row.expires_at)}. "
            "Minta kode baru kepada pengelola kepegawaian OPD Anda."
        )


def password_check(password: str, *, user: User) -> None:
    """Raise Incomplete, with one problem for each rule the password breaks."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Incomplete("Kata sandi belum memenuhi syarat.", problems=tuple(error.messages)) from error


def password_change(*, user: User, new_password: str, now: datetime) -> None:
    """Set the user's own new password; lifts a forced change. The caller keeps or ends sessions.

    The rules for passwords are asked by the caller's form through ``password_check`` or Django's
    validators before.
    """
    encoded = make_password(new_password)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(password=encoded, must_change_password=False)
        audit.record_user(user, actor=user, now=now, kind=AuditKind.PASSWORD_CHANGED)
        _tell_by_email(user, "password_changed", now)
    user.password = encoded
    user.must_change_password = False


def password_reset_by_officer(
    *, actor: User | None, user: User, now: datetime, valid_for: timedelta | None = None
) -> IssuedCode:
    """Take the password away, end all sessions and issue a new activation code.

    Whether ``actor`` may do this to ``user`` is asked by the caller, who knows units and roles.
    Raises Incomplete when the account is switched off.
    """
    encoded = make_password(None)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(password=encoded, must_change_password=False)
        user.password = encoded
        user.must_change_password = False
        sessions_end(actor=actor, user=user, now=now)
        sign_in_forgive(user=user)
        audit.record_user(user, actor=actor, now=now, kind=AuditKind.PASSWORD_RESET)
        _tell_by_email(user, "password_reset", now)
        return activation_issue(actor=actor, users=[user], now=now, valid_for=valid_for)[0]


def _tell_by_email(user: User, template: str, now: datetime) -> None:
    """A notice to the confirmed address: an unconfirmed one may belong to somebody else."""
    if user.email and user.email_confirmed_at:
        email_put(
            template,
            key=f"{template}:{user.pk}:{now.isoformat()}",
            to=user.email,
            context={"user": user, "at": now},
            now=now,
        )
