"""May this person record, prove, read or comment progress now: pure answers (rules.md §4, §15)."""

from enum import Enum, auto

from config.lib.decisions import ALLOWED, Decision, refused
from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.facts import EvidenceFacts, PlanFacts
from skp.intervals import Interval
from skp.permissions import parties_of
from skp.states import Party, Stage

# Evidence of one indicator and interval [ours]: enough for a quarter, too few to fill the storage.
MAX_EVIDENCE = 10


class EvidenceAccess(Enum):
    """How somebody may open evidence."""

    FREE = auto()
    # Each opening is recorded.
    LOGGED = auto()
    # Recorded with the reason that they give.
    WITH_REASON = auto()
    NONE = auto()


def can_record(viewer: Viewer, facts: PlanFacts, interval: Interval | None, *, in_force: bool) -> Decision:
    """Whether ``viewer`` may write realisations, notes and evidence of the interval now.

    ``interval`` is None for one that the plan is not asked for. A closed plan stays open to its owner
    for the intervals that share a day with it.
    """
    if Party.OWNER not in parties_of(viewer, facts):
        return refused("Kemajuan hanya dapat diisi oleh pemilik SKP.")
    if not in_force:
        return refused("Kemajuan dapat diisi setelah rencana disepakati.")
    if interval is None:
        return refused("SKP ini tidak berjalan pada jangka waktu tersebut.")
    if facts.locked:
        return refused("SKP ini sudah dilaporkan. Realisasi dan bukti dukungnya tidak dapat diubah lagi.")
    return facts.in_time(Stage.MONITORING, viewer.now, interval=interval.number)


def can_give_feedback(viewer: Viewer, facts: PlanFacts, *, in_force: bool) -> Decision:
    """Whether ``viewer`` may comment: the appraiser of today's line, at any time while a plan is in force."""
    if Party.APPRAISER not in parties_of(viewer, facts):
        return refused("Umpan balik hanya dapat diberikan oleh pejabat penilai yang berlaku hari ini.")
    if not in_force:
        return refused("Umpan balik dapat diberikan setelah rencana disepakati.")
    return ALLOWED


def evidence_access(viewer: Viewer, facts: EvidenceFacts) -> EvidenceAccess:
    """How ``viewer`` may open the evidence of the plan, by the widest right they have."""
    # Officers are a party of the plan too, but not of its evidence.
    if parties_of(viewer, facts.plan) & {Party.OWNER, Party.APPRAISER} or facts.in_subtree:
        return EvidenceAccess.FREE
    if viewer.has(Role.INSPECTOR):
        return EvidenceAccess.LOGGED
    return EvidenceAccess.WITH_REASON if viewer.is_bkpsdm else EvidenceAccess.NONE


def can_open_evidence(viewer: Viewer, facts: EvidenceFacts) -> Decision:
    """Whether ``viewer`` may open the evidence at all; a reason may still be asked for."""
    if evidence_access(viewer, facts) is EvidenceAccess.NONE:
        return refused(
            "Bukti dukung hanya dapat dibuka oleh pemilik SKP, pejabat penilai, atasan di atasnya,"
            " Inspektorat, serta BKPSDM dengan alasan."
        )
    return ALLOWED
