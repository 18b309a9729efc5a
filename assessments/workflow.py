"""The one table of moves on an assessment (rules.md §4)."""

from assessments.states import AssessmentAction, AssessmentStatus
from config.lib.machine import Move
from skp.states import Party, Stage

AssessmentMoveRule = Move[AssessmentStatus, Party]

OWNER = frozenset({Party.OWNER})
APPRAISER = frozenset({Party.APPRAISER})

MOVES: dict[tuple[AssessmentStatus, AssessmentAction], AssessmentMoveRule] = {
    (AssessmentStatus.OPEN, AssessmentAction.REPORT): Move(
        AssessmentStatus.REPORTED, OWNER, Stage.SELF_REPORT
    ),
    (AssessmentStatus.REPORTED, AssessmentAction.SCORE): Move(
        AssessmentStatus.SCORED, APPRAISER, Stage.ASSESSMENT
    ),
    # A score that has not been delivered may be given again, as a new version.
    (AssessmentStatus.SCORED, AssessmentAction.SCORE): Move(
        AssessmentStatus.SCORED, APPRAISER, Stage.ASSESSMENT
    ),
}

REFUSALS: dict[AssessmentAction, str] = {
    AssessmentAction.REPORT: "SKP ini sudah dilaporkan.",
    AssessmentAction.SCORE: "SKP ini belum dilaporkan oleh pemiliknya.",
}
