"""The one table of moves on a revision (rules.md §4); services, buttons and tests read it."""

from config.lib.machine import Move
from skp.states import Action, Party, RevisionState, Stage

RevisionMove = Move[RevisionState, Party]

OWNER = frozenset({Party.OWNER})
APPRAISER = frozenset({Party.APPRAISER})

MOVES: dict[tuple[RevisionState, Action], RevisionMove] = {
    (RevisionState.DRAFT, Action.EDIT): Move(RevisionState.DRAFT, OWNER, Stage.PLANNING),
    (RevisionState.DRAFT, Action.SUBMIT): Move(RevisionState.SUBMITTED, OWNER, Stage.PLANNING),
    (RevisionState.SUBMITTED, Action.WITHDRAW): Move(RevisionState.DRAFT, OWNER),
    (RevisionState.SUBMITTED, Action.AGREE): Move(
        RevisionState.AGREED, APPRAISER, Stage.PLANNING, days_after="decision_days"
    ),
}

REFUSALS: dict[Action, str] = {
    Action.EDIT: "Rencana hanya dapat diubah selama draf. Tarik kembali dahulu bila sudah dikirim.",
    Action.SUBMIT: "Rencana ini sudah dikirim atau sudah disepakati.",
    Action.WITHDRAW: "Rencana hanya dapat ditarik kembali selama menunggu persetujuan.",
    Action.RETURN: "Rencana ini tidak sedang menunggu persetujuan.",
    Action.AGREE: "Rencana ini tidak sedang menunggu persetujuan.",
    Action.PROPOSE: "Adendum hanya dapat diajukan atas rencana yang sudah disepakati.",
    Action.DISCARD: "Tidak ada adendum yang dapat dibatalkan.",
    Action.CLOSE: "SKP ini sudah ditutup.",
}
