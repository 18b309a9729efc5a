"""May this person report or score now, and who may read a score (rules.md §4, §15)."""

from assessments.states import AssessmentAction, AssessmentStatus
from assessments.workflow import MOVES, REFUSALS
from config.lib.decisions import Decision, refused
from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.facts import PlanFacts
from skp.permissions import parties_of
from skp.states import Lifecycle, Party, Stage

NOT_YOURS: dict[AssessmentAction, str] = {
    AssessmentAction.REPORT: "Hanya pemilik SKP yang dapat melaporkannya.",
    AssessmentAction.SCORE: "Hanya pejabat penilai yang berlaku yang dapat menilai SKP ini.",
}


def can_do(
    viewer: Viewer, plan: PlanFacts, status: AssessmentStatus, action: AssessmentAction, *, in_force: bool
) -> Decision:
    """Whether ``viewer`` may make the move now; ``in_force`` says whether the plan was agreed."""
    move = MOVES.get((status, action))
    if move is None:
        return refused(REFUSALS[action])
    if not (parties_of(viewer, plan) & move.by):
        return refused(NOT_YOURS[action])
    if plan.lifecycle == Lifecycle.CANCELLED:
        return refused("SKP ini dibatalkan.")
    if not in_force:
        return refused("Rencana SKP ini belum disepakati.")
    if move.stage is None:
        return Decision(True)
    return plan.in_time(Stage(move.stage), viewer.now)


def reads_every_score(viewer: Viewer) -> bool:
    """Whether the viewer reads every score before it is delivered: BKPSDM and the inspectorate."""
    return viewer.is_bkpsdm or viewer.has(Role.INSPECTOR)


def can_read_score(viewer: Viewer, plan: PlanFacts) -> Decision:
    """Before delivery a score is read by the appraiser, BKPSDM and the inspectorate only."""
    if reads_every_score(viewer) or Party.APPRAISER in parties_of(viewer, plan):
        return Decision(True)
    return refused("Nilai dapat dilihat setelah disampaikan oleh pejabat penilai.")
