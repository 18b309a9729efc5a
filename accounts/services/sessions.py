"""Sessions of a user, as listed on the account page and ended from there."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts import audit
from accounts.enums import AuditKind
from accounts.models import User


@transaction.atomic
def sessions_end(
    *, actor: User | None, user: User, now: datetime, keep: str | None = None, only: int | None = None
) -> int:
    """End the user's sessions but the one whose key is ``keep``, or the single one with id ``only``.

    Answers how many ended. A session that is not the user's own is never touched.
    """
    rows = UserSession.objects.filter(user=user)
    if keep is not None:
        rows = rows.exclude(session_key=keep)
    if only is not None:
        rows = rows.filter(pk=only)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    if keys:
        audit.record_user(
            user, actor=actor, now=now, kind=AuditKind.SESSIONS_ENDED, after={"count": len(keys)}
        )
    return len(keys)


def sessions_prune(*, now: datetime) -> int:
    """Forget sessions that have run out; answers how many."""
    Session.objects.filter(expire_date__lte=now).delete()
    orphans = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    count: int = orphans.delete()[0]
    return count
