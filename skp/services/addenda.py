"""An addendum: the next revision while the agreed one stays in force (rules.md §3)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from config.lib.errors import Conflict
from orgunits.viewer import Viewer
from skp.models import Revision, Skp
from skp.services.copying import revision_copy
from skp.services.retiring import retire_what_left
from skp.services.steps import begin, enter, open_revision, record, required_note
from skp.states import Action

MAX_REASON = Revision._meta.get_field("reason").max_length or 300


def addendum_propose(*, actor: Viewer, skp_id: int, version: int, reason: str, now: datetime) -> Revision:
    """Open the next revision as a copy of the one in force, which stays in force until it is agreed.

    ``reason`` is required, at most 300 characters. Raises Conflict on a stale page, NotAllowed when the
    plan is not the actor's, closed, reported or out of time, DomainError without a reason.
    """
    with transaction.atomic():
        skp, facts, _move = begin(actor, skp_id, version, Action.PROPOSE)
        if skp.in_force is None or skp.open_revision_id is not None:
            raise Conflict()
        text = required_note(reason, asked="Tulis alasan adendum.", longest=MAX_REASON)
        last = Revision.objects.filter(skp=skp).aggregate(last=Max("number"))["last"]
        addendum = revision_copy(skp.in_force, number=last + 1, reason=text)
        Skp.objects.filter(pk=skp.pk).update(open_revision=addendum)
        record(skp, addendum, Action.PROPOSE, facts, actor, now, note=text)
        return addendum


def addendum_discard(*, actor: Viewer, skp_id: int, version: int, now: datetime) -> None:
    """Give up the open addendum; its text is kept as discarded and the plan in force goes on."""
    with transaction.atomic():
        skp, facts, move = begin(actor, skp_id, version, Action.DISCARD)
        revision = open_revision(skp)
        enter(revision, move.target)
        Skp.objects.filter(pk=skp.pk).update(open_revision=None)
        record(skp, revision, Action.DISCARD, facts, actor, now)
        skp.open_revision = None
        # What only the addendum had; others may have linked to it already.
        retire_what_left(skp, old=revision, new=skp.in_force, now=now)
