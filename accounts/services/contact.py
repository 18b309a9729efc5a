"""The user's e-mail address: contact data, confirmed by a link sent to it."""

from collections.abc import Callable
from datetime import datetime

from django.core import signing
from django.db import transaction

from accounts import audit
from accounts.enums import AuditKind
from accounts.models import User
from accounts.services.emails import email_put
from config.lib.dates import office_date
from config.lib.errors import DomainError

SALT = "accounts.email-confirmation"
VALID_SECONDS = 3 * 24 * 60 * 60


def _digest(email: str) -> str:
    """Stands for the address in links, which end up in logs."""
    return signing.Signer(salt=SALT).signature(email)


@transaction.atomic
def email_change(
    *, actor: User, user: User, email: str, now: datetime, confirm_url: Callable[[str], str]
) -> bool:
    """Set the contact address of ``user``, unconfirmed, and send the link that confirms it.

    ``email`` is valid or empty; ``confirm_url`` makes the absolute address from the token. An address
    that stays gets a new link only when ``user`` asks, at most one a day. True when the address waits
    to be confirmed by a link sent for this change. Whether ``actor`` may is the caller's question.
    """
    before = user.email
    if email != before:
        User.objects.filter(pk=user.pk).update(email=email, email_confirmed_at=None)
        user.email, user.email_confirmed_at = email, None
        audit.record_user(
            user,
            actor=actor,
            now=now,
            kind=AuditKind.EMAIL_CHANGED,
            before={"email": before},
            after={"email": email},
        )
    if not email or user.email_confirmed_at is not None or (email == before and actor.pk != user.pk):
        return False
    token = signing.dumps({"user": user.pk, "email": _digest(email)}, salt=SALT)
    email_put(
        "email_confirm",
        key=f"email-confirm:{user.pk}:{office_date(now).isoformat()}:{_digest(email)}",
        to=email,
        context={"user": user, "url": confirm_url(token)},
        now=now,
    )
    return True


@transaction.atomic
def email_confirm(*, token: str, now: datetime) -> User:
    """Confirm the address for which ``token`` was sent; repeating it is harmless.

    Raises DomainError when the token is forged, older than three days, or the address has been
    changed since.
    """
    try:
        content = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature as error:
        raise DomainError(
            "Tautan konfirmasi tidak berlaku lagi. Simpan ulang alamat e-mail Anda di halaman Akun saya."
        ) from error
    user = User.objects.select_for_update().filter(pk=content["user"]).first()
    if user is None or _digest(user.email) != content["email"]:
        raise DomainError("Alamat e-mail ini sudah diganti, jadi tautan konfirmasinya tidak berlaku lagi.")
    if user.email_confirmed_at is None:
        User.objects.filter(pk=user.pk).update(email_confirmed_at=now)
        user.email_confirmed_at = now
        audit.record_user(
            user, actor=user, now=now, kind=AuditKind.EMAIL_CONFIRMED, after={"email": user.email}
        )
    return user
