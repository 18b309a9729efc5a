"""Who may do what with long work; pure, asked by service, page and tests."""

from dataclasses import dataclass

from config.lib.decisions import ALLOWED, Decision, refused
from documents.enums import JobAction, JobState, Party
from documents.workflow import JOB_MOVES


@dataclass(frozen=True, slots=True)
class JobFacts:
    """What a decision about a job depends on."""

    is_owner: bool
    state: JobState
    cancel_requested: bool


def can_cancel(facts: JobFacts) -> Decision:
    """Whether the asking person may cancel the job now."""
    if not facts.is_owner:
        return refused("Hanya pemilik pekerjaan yang dapat membatalkannya.")
    move = JOB_MOVES.get((facts.state, JobAction.CANCEL))
    if move is None or Party.OWNER not in move.by:
        return refused(
            f"Pekerjaan sudah berakhir ({facts.state.label.lower()}), jadi tidak dapat dibatalkan."
        )
    if facts.cancel_requested:
        return refused("Pembatalan sudah diminta; pekerjaan berhenti setelah bagian yang sedang dikerjakan.")
    return ALLOWED
