"""May this person make this move now: one pure answer for services, pages and tests (rules.md §4, §15)."""

from config.lib.decisions import ALLOWED, Decision, refused
from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.facts import PlanFacts
from skp.states import Action, Lifecycle, Party, Stage
from skp.workflow import LIFECYCLE_MOVES, LIVES, REFUSALS


def parties_of(viewer: Viewer, facts: PlanFacts) -> frozenset[Party]:
    """Which parties the viewer is; nobody is the appraiser or the officer of their own plan."""
    if viewer.employee_id == facts.owner_id:
        return frozenset({Party.OWNER})
    found = set()
    if viewer.employee_id is not None and viewer.employee_id == facts.appraiser_id:
        found.add(Party.APPRAISER)
    if viewer.is_bkpsdm or facts.opd_id in viewer.admin_opd_ids:
        found.add(Party.OFFICER)
    if viewer.is_bkpsdm:
        found.add(Party.AGENCY)
    return frozenset(found)


def can_do(viewer: Viewer, facts: PlanFacts, action: Action) -> Decision:
    """Whether ``viewer`` may make the move now; a refusal carries the sentence shown to them."""
    if action == Action.CLOSE:
        return _can_close(viewer, facts)
    move = facts.move(action)
    if move is None:
        return refused(REFUSALS[action])
    if not (parties_of(viewer, facts) & move.by):
        return refused(NOT_YOURS[action])
    if facts.lifecycle not in LIVES[action]:
        return refused(STANDS_STILL[facts.lifecycle])
    if facts.locked:
        return refused("SKP ini sedang dinilai dan tidak dapat diubah.")
    return facts.move_in_time(move, viewer.now)


def _can_close(viewer: Viewer, facts: PlanFacts) -> Decision:
    """Closing is a move of the plan's life, whatever its revision and the day."""
    move = LIFECYCLE_MOVES.get((facts.lifecycle, Action.CLOSE))
    if move is None:
        return refused(STANDS_STILL.get(facts.lifecycle, REFUSALS[Action.CLOSE]))
    if not (parties_of(viewer, facts) & move.by):
        return refused(NOT_YOURS[Action.CLOSE])
    return ALLOWED


def can_report(viewer: Viewer, facts: PlanFacts, *, in_force: bool) -> Decision:
    """Whether ``viewer`` may enter the year's realisation now (rules.md §4, move *report*)."""
    if Party.OWNER not in parties_of(viewer, facts):
        return refused("Realisasi hanya dapat diisi oleh pemilik SKP.")
    if not in_force:
        return refused("Realisasi baru dapat diisi setelah rencana disepakati.")
    if facts.locked:
        return refused("SKP ini sudah dilaporkan dan tidak dapat diubah.")
    return facts.in_time(Stage.SELF_REPORT, viewer.now)


def can_issue_matrix(viewer: Viewer, facts: PlanFacts, *, in_force: bool) -> Decision:
    """Whether ``viewer`` may issue the matrix of roles and results, which its leader signs."""
    if Party.OWNER not in parties_of(viewer, facts):
        return refused("Matriks hanya dapat dibuat oleh pimpinan pemilik rencana.")
    return ALLOWED if in_force else refused("Matriks dapat dibuat setelah rencana Anda disepakati.")


def can_take_documents(viewer: Viewer, opd_id: int) -> Decision:
    """Whether ``viewer`` may take the documents of all plans of the OPD at once."""
    if viewer.is_bkpsdm or opd_id in viewer.admin_opd_ids:
        return ALLOWED
    return refused("Dokumen satu OPD diunduh oleh pengelola kepegawaian OPD itu atau admin BKPSDM.")


def can_manage_periods(viewer: Viewer) -> Decision:
    """Whether ``viewer`` may make periods and change their schedule and settings."""
    return ALLOWED if viewer.is_bkpsdm else refused("Periode dikelola oleh admin BKPSDM.")


def can_read_periods(viewer: Viewer) -> Decision:
    """Whether ``viewer`` may read schedules, settings and their history: BKPSDM and the inspectorate."""
    if viewer.has(Role.INSPECTOR):
        return ALLOWED
    return can_manage_periods(viewer)


STANDS_STILL: dict[Lifecycle, str] = {
    Lifecycle.CLOSED: "SKP ini sudah ditutup.",
    Lifecycle.CANCELLED: "SKP ini sudah dibatalkan.",
}
NOT_YOURS: dict[Action, str] = {
    Action.EDIT: "Rencana hanya dapat diubah oleh pemiliknya.",
    Action.SUBMIT: "Rencana hanya dapat dikirim oleh pemiliknya.",
    Action.WITHDRAW: "Rencana hanya dapat ditarik kembali oleh pemiliknya.",
    Action.RETURN: "Rencana hanya dapat dikembalikan oleh pejabat penilai yang berlaku hari ini.",
    Action.AGREE: "Rencana hanya dapat disetujui oleh pejabat penilai yang berlaku hari ini.",
    Action.PROPOSE: "Adendum hanya dapat diajukan oleh pemilik SKP.",
    Action.DISCARD: "Adendum hanya dapat dibatalkan oleh pemilik SKP.",
    Action.CLOSE: "SKP hanya dapat ditutup oleh pengelola kepegawaian OPD atau BKPSDM.",
}
