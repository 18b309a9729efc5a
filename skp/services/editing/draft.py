"""What every write on a draft begins with: the plan locked, the permission asked, the draft at hand."""

from collections.abc import Callable

from config.lib.errors import Conflict
from orgunits.viewer import Viewer
from skp.facts import PlanFacts
from skp.models import PlannedResult, Revision, Skp
from skp.permissions import can_do
from skp.services.steps import lock_plan
from skp.states import Action


def begin_edit(actor: Viewer, skp_id: int, version: int) -> tuple[Skp, PlanFacts, Revision]:
    """Lock the plan by swapping its version and decide whether the actor may edit it now."""
    skp, facts = lock_plan(actor, skp_id, version)
    can_do(actor, facts, Action.EDIT).enforce()
    if skp.open_revision is None:
        raise Conflict()
    return skp, facts, skp.open_revision


def planned_of(revision: Revision, planned_id: int) -> PlannedResult:
    """A result of this draft; it may be gone on a stale page."""
    planned = PlannedResult.objects.filter(pk=planned_id, revision=revision).select_related("result").first()
    if planned is None:
        raise Conflict()
    return planned


def save_over(
    save: Callable[[int], None], read: Callable[[], tuple[int, str]], *, version: int, base: str, typed: str
) -> None:
    """Save a section of a page that may be stale, as long as nobody wrote into that section meanwhile.

    ``save`` takes the plan's version; ``read`` gives the present version and the section's mark, ``base``
    is the mark the form was opened with, ``typed`` that of what is sent. A section sent twice is saved once.
    Raises Conflict when the section itself was changed elsewhere.
    """
    try:
        save(version)
    except Conflict:
        present, stored = read()
        if stored == typed:
            return
        if stored != base:
            raise
        save(present)
