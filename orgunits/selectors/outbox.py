"""The mail, for those who look after it."""

from datetime import timedelta

from django.db.models import QuerySet

from accounts.enums import OutboxState
from accounts.models import OutboxMessage
from orgunits.viewer import Viewer

# What was to be said longer ago helps nobody any more.
SHOWN = timedelta(days=30)


def messages_visible_to(viewer: Viewer) -> QuerySet[OutboxMessage]:
    """All messages for BKPSDM, none for others; newest first."""
    rows = OutboxMessage.objects.order_by("-created_at", "-pk")
    return rows if viewer.is_bkpsdm else rows.none()


def messages_unsent(viewer: Viewer) -> QuerySet[OutboxMessage]:
    """The visible ones of the last 30 days that failed, or of which nobody knows whether they went out."""
    states = [OutboxState.FAILED, OutboxState.UNCERTAIN]
    return messages_visible_to(viewer).filter(state__in=states, created_at__gt=viewer.now - SHOWN)
