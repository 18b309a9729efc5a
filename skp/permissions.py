"""May this person make this move now: one pure answer for services, pages and tests (rules.md §4, §15)."""

from config.lib.decisions import ALLOWED, Decision, refused
from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.facts import PlanFacts
from skp.states import Action, Lifecycle, Party, Stage
from skp.workflow import MOVES, REFUSALS


def parties_of(viewer: Viewer, facts: PlanFacts) -> frozenset[Party]:
    """Which parties the viewer is; nobody is the appraiser of their own plan."""
    if viewer.employee_id is None:
        return frozenset()
    if viewer.employee_id == facts.owner_id:
        return frozenset({Party.OWNER})
    if viewer.employee_id == facts.appraiser_id:
        return frozenset({Party.APPRAISER})
    return frozenset()


def can_do(viewer: Viewer, facts: PlanFacts, action: Action) -> Decision:
    """Whether ``viewer`` may make the move now; a refusal carries the sentence shown to them."""
    move = MOVES.get((facts.state, action)) if facts.state else None
    if move is None:
        return refused(REFUSALS[action])
    if not (parties_of(viewer, facts) & move.by):
        return refused(NOT_YOURS[action])
    if facts.lifecycle != Lifecycle.ACTIVE:
        return refused("SKP ini sudah ditutup.")
    if facts.locked:
        return refused("SKP ini sedang dinilai dan tidak dapat diubah.")
    if move.stage is None:
        return ALLOWED
    days_after = getattr(facts.settings, move.days_after) if move.days_after else 0
    return facts.in_time(Stage(move.stage), viewer.now, days_after=days_after)


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


def can_manage_periods(viewer: Viewer) -> Decision:
    """Whether ``viewer`` may make periods and change their schedule and settings."""
    return ALLOWED if viewer.is_bkpsdm else refused("Periode dikelola oleh admin BKPSDM.")


def can_read_periods(viewer: Viewer) -> Decision:
    """Whether ``viewer`` may read schedules, settings and their history: BKPSDM and the inspectorate."""
    if viewer.has(Role.INSPECTOR):
        return ALLOWED
    return can_manage_periods(viewer)


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
