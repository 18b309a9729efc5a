"""Messages on their way out: put once by key, sent at most once, by any number of senders."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.enums import AuditKind, Channel, OutboxState
from accounts.models import OutboxMessage, User
from config.lib.errors import Conflict

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 5
# Waiting time before attempt n + 1 is this times 2 to the power n - 1.
FIRST_PAUSE = timedelta(minutes=5)


@dataclass(slots=True)
class SendResult:
    """What one run did: messages sent, put back for later, given up."""

    sent: int = 0
    later: int = 0
    failed: int = 0


def outbox_put(
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    now: datetime,
    channel: Channel = Channel.EMAIL,
    due_at: datetime | None = None,
) -> bool:
    """Ask for a message; answers False when one with this key was asked for before.

    ``key`` names the occasion, at most 200 characters; ``due_at`` holds it back until then.
    """
    _, created = OutboxMessage.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "to": to,
            "subject": _one_line(subject),
            "body": body,
            "created_at": now,
            "due_at": due_at or now,
        },
    )
    return created


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to ask for: ``key`` names the occasion, at most 200 characters."""

    key: str
    to: str
    subject: str
    body: str


def outbox_put_many(*, letters: Iterable[Letter], now: datetime) -> None:
    """Ask for many e-mails at once; one whose key was asked for before stays as it is."""
    OutboxMessage.objects.bulk_create(
        (
            OutboxMessage(
                key=letter.key,
                channel=Channel.EMAIL,
                to=letter.to,
                subject=_one_line(letter.subject),
                body=letter.body,
                created_at=now,
                due_at=now,
            )
            for letter in letters
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


def _one_line(subject: str) -> str:
    # A line break in a subject would be a second header.
    return " ".join(subject.split())[:200]


def outbox_send(*, now: datetime, limit: int = 500) -> SendResult:
    """Send what is due, oldest first, at most ``limit``; one bad address does not stop the rest.

    When the mail server cannot be reached at all nothing is counted as an attempt. A message
    whose sender died in the act becomes uncertain and is not sent again.
    """
    OutboxMessage.objects.filter(state=OutboxState.SENDING, lease_until__lte=now).update(
        state=OutboxState.UNCERTAIN
    )
    result = SendResult()
    waiting = OutboxMessage.objects.filter(state=OutboxState.WAITING, due_at__lte=now)
    keys = list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:limit])
    if not keys:
        return result
    with _mail_connection() as connection:
        if connection is None:
            result.later = len(keys)
            return result
        for key in keys:
            message = _lease(key, now)
            if message is not None:
                _send_one(message, connection, now, result)
    return result


@transaction.atomic
def outbox_requeue(*, actor: User, message_id: int, now: datetime) -> OutboxMessage:
    """Let a message that failed or is uncertain be sent again, because a person decided so.

    An uncertain one may reach its reader twice; only a person can weigh that. Raises Conflict when
    the message waits, is being sent or was sent.
    """
    stuck = OutboxMessage.objects.filter(pk=message_id, state__in=[OutboxState.FAILED, OutboxState.UNCERTAIN])
    if not stuck.update(state=OutboxState.WAITING, attempts=0, due_at=now, lease_until=None, last_error=""):
        raise Conflict("Pesan ini sudah terkirim atau sudah menunggu giliran. Muat ulang halaman.")
    message = OutboxMessage.objects.get(pk=message_id)
    audit.record(
        actor=actor,
        now=now,
        kind=AuditKind.MESSAGE_REQUEUED,
        target=f"message:{message.pk}",
        target_label=f"{message.subject} ({message.to})"[:280],
    )
    return message


@contextmanager
def _mail_connection() -> Iterator[BaseEmailBackend | None]:
    """An open connection to the mail server, None when it cannot be reached."""
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        logger.warning("mail server out of reach: %s", error)
        yield None
        return
    try:
        yield connection
    finally:
        connection.close()


def _lease(key: int, now: datetime) -> OutboxMessage | None:
    """Take the message for this sender; None when another took it first."""
    taken = OutboxMessage.objects.filter(pk=key, state=OutboxState.WAITING).update(
        state=OutboxState.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return OutboxMessage.objects.get(pk=key) if taken == 1 else None


def _send_one(
    message: OutboxMessage, connection: BaseEmailBackend, now: datetime, result: SendResult
) -> None:
    mail = EmailMessage(message.subject, message.body, to=[message.to], connection=connection)
    mine = OutboxMessage.objects.filter(pk=message.pk, state=OutboxState.SENDING)
    try:
        mail.send()
    # SMTP's own errors are OSErrors; addresses and headers that cannot be written are ValueErrors.
    except (OSError, ValueError) as error:
        connection.close()
        last = message.attempts >= MAX_ATTEMPTS
        mine.update(
            state=OutboxState.FAILED if last else OutboxState.WAITING,
            lease_until=None,
            due_at=now + FIRST_PAUSE * 2 ** (message.attempts - 1),
            last_error=str(error)[:300],
        )
        if last:
            result.failed += 1
        else:
            result.later += 1
    else:
        mine.update(state=OutboxState.SENT, sent_at=now, lease_until=None, last_error="")
        result.sent += 1
