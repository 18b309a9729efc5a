"""Notices inside the application."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from accounts.models import Notification, User


def notifications_add(*, users: Iterable[User], text: str, now: datetime, link: str = "") -> int:
    """The same line for each user; ``link`` is a path of this application. Answers how many."""
    rows = [Notification(user=user, at=now, text=text, link=link) for user in users]
    Notification.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def notifications_add_each(*, texts: Mapping[int, str], now: datetime, link: str = "") -> None:
    """A line of their own for each user, by the user's key; a longer one is cut at the field's end."""
    rows = [Notification(user_id=user, at=now, text=_cut(text), link=link) for user, text in texts.items()]
    Notification.objects.bulk_create(rows, batch_size=500)


def _cut(text: str) -> str:
    longest = Notification._meta.get_field("text").max_length or len(text)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def notifications_mark_read(*, actor: User, now: datetime, only: int | None = None) -> int:
    """Mark all of the actor's unread notices, or the one with id ``only``; answers how many."""
    rows = Notification.objects.filter(user=actor, read_at=None)
    if only is not None:
        rows = rows.filter(pk=only)
    return rows.update(read_at=now)
