"""What every move on a plan shares: locking it, deciding, entering the new state, the history row."""

from datetime import datetime

from config.lib.db import swap_version
from config.lib.errors import Conflict, DomainError
from orgunits.viewer import Viewer
from skp.facts import PlanFacts
from skp.models import Move, Revision, Skp
from skp.permissions import can_do
from skp.selectors.plans import visible_plan
from skp.services.duties import duties_refresh
from skp.states import Action, Party, RevisionState
from skp.workflow import RevisionMove

# Who a step without a person is told to be by.
SYSTEM = "Sistem"
MAX_NOTE = 2000


def lock_plan(actor: Viewer, skp_id: int, version: int) -> tuple[Skp, PlanFacts]:
    """Take the plan by swapping its version; raises Conflict for a stale page or a plan out of sight."""
    swap_version(Skp.objects.filter(pk=skp_id), version=version)
    found = visible_plan(actor, skp_id)
    if found is None:
        raise Conflict()
    return found


def begin(actor: Viewer, skp_id: int, version: int, action: Action) -> tuple[Skp, PlanFacts, RevisionMove]:
    """Lock the plan and decide whether the actor may make the move; the row says where it leads."""
    skp, facts = lock_plan(actor, skp_id, version)
    can_do(actor, facts, action).enforce()
    move = facts.move(action)
    if move is None:
        raise Conflict()
    return skp, facts, move


def open_revision(skp: Skp) -> Revision:
    """The revision under negotiation; raises Conflict when there is none any more."""
    if skp.open_revision is None:
        raise Conflict()
    return skp.open_revision


def enter(revision: Revision, state: RevisionState) -> None:
    """Move the revision to ``state``; raises Conflict when it has left the state that was read."""
    if not Revision.objects.filter(pk=revision.pk, state=revision.state).update(state=state):
        raise Conflict()
    revision.state = state


def required_note(text: str, *, asked: str, longest: int = MAX_NOTE) -> str:
    """The note of a move that must say why; raises DomainError with ``asked`` when it is empty."""
    note = text.strip()
    if not note:
        raise DomainError(asked)
    if len(note) > longest:
        raise DomainError(f"Catatan paling panjang {longest} huruf.")
    return note


def record(
    skp: Skp,
    revision: Revision,
    action: Action,
    facts: PlanFacts,
    actor: Viewer,
    now: datetime,
    *,
    note: str = "",
) -> Move:
    """Write the history row and the duties of a move that ``revision`` has made since ``facts`` were read."""
    move = facts.move(action)
    as_appraiser = move is not None and Party.APPRAISER in move.by
    made = Move.objects.create(
        skp=skp,
        revision=revision,
        action=action,
        from_state=facts.state or "",
        to_state=revision.state,
        actor_id=actor.user_id,
        actor_label=actor.label,
        acting_as=facts.appraiser_title if as_appraiser else "",
        note=note,
        at=now,
    )
    duties_refresh(period_id=skp.period_id, employee_ids=[skp.owner_id], now=now)
    return made
