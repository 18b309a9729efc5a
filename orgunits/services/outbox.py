"""Sending again what did not go out."""

from datetime import datetime

from accounts.models import OutboxMessage, User
from accounts.services.outbox import outbox_requeue
from orgunits.facts import OrgFacts
from orgunits.permissions import OrgAction
from orgunits.services.common import require
from orgunits.viewer import Viewer


def message_resend(*, actor: Viewer, now: datetime, message_id: int) -> OutboxMessage:
    """Put a failed or uncertain message back into the outbox; the next run of the timer sends it.

    Raises NotAllowed, and Conflict when it waits or was sent meanwhile.
    """
    require(actor, OrgFacts(), OrgAction.RESEND_MESSAGES)
    return outbox_requeue(actor=User.objects.get(pk=actor.user_id), message_id=message_id, now=now)
