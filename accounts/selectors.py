"""What a user may see of identity: the own account and nothing else (rules.md section 15)."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Count, Q, QuerySet

from accounts.audit import user_target
from accounts.models import AuditEvent, Notification, User
from config.lib.prepared import Given, Prepared


def notifications_visible_to(user: User) -> QuerySet[Notification]:
    """The user's notices, newest first."""
    return Notification.objects.filter(user=user).order_by("-at", "-pk")


UNREAD = Prepared(
    lambda: (
        Notification.objects.filter(user=Given("user"), read_at=None)
        .values("user")
        .values_list(Count("pk"), flat=True)
    )
)


def unread_count(user: User) -> int:
    """How many notices the user has not read."""
    return UNREAD.first(user=user.pk) or 0


def events_visible_to(user: User) -> QuerySet[AuditEvent]:
    """What the user did, and what was done to the user's account, newest first."""
    return AuditEvent.objects.filter(Q(actor=user) | Q(target=user_target(user))).order_by("-at", "-pk")


def sessions_visible_to(user: User, now: datetime) -> QuerySet[UserSession]:
    """The user's sessions that are still open, newest first."""
    open_keys = Session.objects.filter(expire_date__gt=now).values("session_key")
    sessions: QuerySet[UserSession] = UserSession.objects.filter(user=user, session_key__in=open_keys)
    return sessions.order_by("-created_at", "-pk")
