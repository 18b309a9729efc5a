"""The tables of moves on a plan (rules.md §4); services, buttons and tests read these rows.

The first revision is planned in the planning window; every further one is an addendum, bound by the
close of the self-report. A plan's own life, from running to closed, is a table of its own.
"""

from config.lib.machine import Move
from skp.states import Action, Lifecycle, Party, RevisionState, Stage

RevisionMove = Move[RevisionState, Party]
LifecycleMove = Move[Lifecycle, Party]
RevisionTable = dict[tuple[RevisionState, Action], RevisionMove]

OWNER = frozenset({Party.OWNER})
APPRAISER = frozenset({Party.APPRAISER})
OFFICER = frozenset({Party.OFFICER})

# Proposing opens the next revision; the one in force stays agreed until that one is agreed.
PROPOSAL: RevisionMove = Move(
    RevisionState.DRAFT, OWNER, Stage.SELF_REPORT, before_opening=True, note_required=True
)

MOVES: RevisionTable = {
    (RevisionState.DRAFT, Action.EDIT): Move(RevisionState.DRAFT, OWNER, Stage.PLANNING),
    (RevisionState.RETURNED, Action.EDIT): Move(RevisionState.RETURNED, OWNER, Stage.PLANNING),
    (RevisionState.DRAFT, Action.SUBMIT): Move(RevisionState.SUBMITTED, OWNER, Stage.PLANNING),
    (RevisionState.RETURNED, Action.SUBMIT): Move(RevisionState.SUBMITTED, OWNER, Stage.PLANNING),
    (RevisionState.SUBMITTED, Action.WITHDRAW): Move(RevisionState.DRAFT, OWNER),
    (RevisionState.SUBMITTED, Action.RETURN): Move(
        RevisionState.RETURNED, APPRAISER, Stage.PLANNING, days_after="decision_days", note_required=True
    ),
    (RevisionState.SUBMITTED, Action.AGREE): Move(
        RevisionState.AGREED, APPRAISER, Stage.PLANNING, days_after="decision_days"
    ),
    (RevisionState.AGREED, Action.PROPOSE): PROPOSAL,
}


def _owner_of_addendum(target: RevisionState) -> RevisionMove:
    return Move(target, OWNER, Stage.SELF_REPORT, before_opening=True)


def _appraiser_of_addendum(target: RevisionState, *, note_required: bool = False) -> RevisionMove:
    return Move(
        target,
        APPRAISER,
        Stage.SELF_REPORT,
        days_after="decision_days",
        before_opening=True,
        note_required=note_required,
    )


ADDENDUM_MOVES: RevisionTable = {
    (RevisionState.DRAFT, Action.EDIT): _owner_of_addendum(RevisionState.DRAFT),
    (RevisionState.RETURNED, Action.EDIT): _owner_of_addendum(RevisionState.RETURNED),
    (RevisionState.DRAFT, Action.SUBMIT): _owner_of_addendum(RevisionState.SUBMITTED),
    (RevisionState.RETURNED, Action.SUBMIT): _owner_of_addendum(RevisionState.SUBMITTED),
    (RevisionState.SUBMITTED, Action.WITHDRAW): Move(RevisionState.DRAFT, OWNER),
    (RevisionState.DRAFT, Action.DISCARD): _owner_of_addendum(RevisionState.DISCARDED),
    (RevisionState.RETURNED, Action.DISCARD): _owner_of_addendum(RevisionState.DISCARDED),
    (RevisionState.SUBMITTED, Action.RETURN): _appraiser_of_addendum(
        RevisionState.RETURNED, note_required=True
    ),
    (RevisionState.SUBMITTED, Action.AGREE): _appraiser_of_addendum(RevisionState.AGREED),
    (RevisionState.AGREED, Action.PROPOSE): PROPOSAL,
}

LIFECYCLE_MOVES: dict[tuple[Lifecycle, Action], LifecycleMove] = {
    (Lifecycle.ACTIVE, Action.CLOSE): Move(Lifecycle.CLOSED, OFFICER, note_required=True),
}

# A closed plan is brought to its end by the head at that end (rules.md §9), but not planned anew.
_TO_ITS_END = frozenset({Lifecycle.ACTIVE, Lifecycle.CLOSED})
LIVES: dict[Action, frozenset[Lifecycle]] = {
    Action.EDIT: _TO_ITS_END,
    Action.SUBMIT: _TO_ITS_END,
    Action.WITHDRAW: _TO_ITS_END,
    Action.RETURN: _TO_ITS_END,
    Action.AGREE: _TO_ITS_END,
    Action.DISCARD: _TO_ITS_END,
    Action.PROPOSE: frozenset({Lifecycle.ACTIVE}),
}


def revision_move(state: RevisionState | None, action: Action, *, addendum: bool) -> RevisionMove | None:
    """The row of a move on a revision, None where there is none; ``addendum``: its number is above 1."""
    if state is None:
        return None
    return (ADDENDUM_MOVES if addendum else MOVES).get((state, action))


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
