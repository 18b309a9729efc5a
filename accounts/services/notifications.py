"""Notices inside the application."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import Notification, User


def notifications_add(*, users: Iterable[User], text: str, now: datetime, link: str = "") -> int:
    """The same line for each user; ``link`` is a path of this application. Answers how many."""
    rows = [Notification(user=user, at=now, text=text, link=link) for user in users]
    Notification.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def notifications_mark_read(*, actor: User, now: datetime, only: int | None = None) -> int:
    """Mark all of the actor's unread notices, or the one with id ``only``; answers how many."""
    rows = Notification.objects.filter(user=actor, read_at=None)
    if only is not None:
        rows = rows.filter(pk=only)
    return rows.update(read_at=now)
