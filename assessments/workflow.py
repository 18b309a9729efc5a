"""The one table of moves on an assessment (rules.md §4, §12)."""

from assessments.states import AssessmentAction, AssessmentStatus
from config.lib.machine import Move
from skp.states import Party, Stage

AssessmentMoveRule = Move[AssessmentStatus, Party]

OWNER = frozenset({Party.OWNER})
APPRAISER = frozenset({Party.APPRAISER})
AGENCY = frozenset({Party.AGENCY})
TIMER = frozenset({Party.TIMER})

S = AssessmentStatus
A = AssessmentAction

MOVES: dict[tuple[AssessmentStatus, AssessmentAction], AssessmentMoveRule] = {
    (S.OPEN, A.REPORT): Move(S.REPORTED, OWNER, Stage.SELF_REPORT),
    (S.REPORTED, A.SCORE): Move(S.SCORED, APPRAISER, Stage.ASSESSMENT),
    # A score that has not been delivered may be given again, as a new version.
    (S.SCORED, A.SCORE): Move(S.SCORED, APPRAISER, Stage.ASSESSMENT),
    (S.SCORED, A.DELIVER): Move(S.DELIVERED, APPRAISER, Stage.ASSESSMENT),
    (S.DELIVERED, A.ACCEPT): Move(S.ACCEPTED, OWNER),
    (S.DELIVERED, A.OBJECT): Move(S.OBJECTED, OWNER, note_required=True),
    (S.DELIVERED, A.SETTLE): Move(S.ACCEPTED, TIMER),
    (S.ACCEPTED, A.FINALISE): Move(S.FINAL, TIMER),
    # A superior's later value that changes the printed score: delivered anew with a clock of its own.
    (S.DELIVERED, A.RENEW): Move(S.DELIVERED, APPRAISER),
    (S.ACCEPTED, A.RENEW): Move(S.DELIVERED, APPRAISER),
    (S.FINAL, A.RENEW): Move(S.DELIVERED, APPRAISER),
    # Asked for by one BKPSDM admin, confirmed by another.
    (S.FINAL, A.UNLOCK): Move(S.SCORED, AGENCY, note_required=True),
}

REFUSALS: dict[AssessmentAction, str] = {
    AssessmentAction.REPORT: "SKP ini sudah dilaporkan.",
    AssessmentAction.SCORE: "SKP ini belum dilaporkan, atau hasilnya sudah disampaikan.",
    AssessmentAction.DELIVER: "Hasil penilaian hanya dapat disampaikan setelah dinilai, satu kali.",
    AssessmentAction.ACCEPT: "Hasil penilaian belum disampaikan, atau sudah diterima.",
    AssessmentAction.OBJECT: "Keberatan hanya dapat diajukan atas hasil yang disampaikan dan belum diterima.",
    AssessmentAction.SETTLE: "Hanya hasil yang disampaikan dapat dianggap diterima.",
    AssessmentAction.FINALISE: "Hanya hasil yang diterima dapat ditetapkan final.",
    AssessmentAction.RENEW: "Nilai baru tidak dapat disampaikan sekarang: hasil belum disampaikan, "
    "atau keberatan masih berjalan.",
    AssessmentAction.UNLOCK: "Hanya hasil penilaian yang final dapat dibuka kuncinya.",
}
