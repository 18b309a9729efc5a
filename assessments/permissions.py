"""May this person report, score, deliver or accept now, and who may read a score (rules.md §4, §15)."""

from datetime import datetime, timedelta

from assessments.selectors.readable import reads_every_score
from assessments.states import AssessmentAction, AssessmentStatus
from assessments.workflow import MOVES, REFUSALS
from config.lib.decisions import ALLOWED, Decision, refused
from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.facts import PlanFacts
from skp.permissions import parties_of
from skp.states import Lifecycle, Party, Stage

_A = AssessmentAction
NOT_YOURS: dict[AssessmentAction, str] = {
    _A.REPORT: "Hanya pemilik SKP yang dapat melaporkannya.",
    _A.SCORE: "Hanya pejabat penilai yang berlaku yang dapat menilai SKP ini.",
    _A.DELIVER: "Hanya pejabat penilai yang berlaku yang dapat menyampaikan hasil penilaian.",
    _A.ACCEPT: "Hanya pemilik SKP yang dapat menerima hasil penilaiannya.",
    _A.OBJECT: "Hanya pemilik SKP yang dapat mengajukan keberatan.",
    _A.SETTLE: "Hasil dianggap diterima oleh sistem, pada waktunya.",
    _A.FINALISE: "Hasil ditetapkan final oleh sistem, pada waktunya.",
    _A.RENEW: "Hanya pejabat penilai yang berlaku yang dapat menyampaikan nilai baru.",
    _A.UNLOCK: "Kunci hasil penilaian hanya dapat dibuka oleh dua admin BKPSDM, bukan untuk SKP sendiri.",
}
# The state stands in the table; objecting itself is done on paper until the application offers it.
NOT_OFFERED: dict[AssessmentAction, str] = {
    _A.OBJECT: "Keberatan belum dapat diajukan lewat aplikasi. Sampaikan secara tertulis kepada atasan "
    "pejabat penilai sebelum batas waktunya.",
}


ONLY_THOSE = "Nilai hanya dapat dilihat oleh pemilik, atasannya, dan BKPSDM."


def can_do(
    viewer: Viewer,
    plan: PlanFacts,
    status: AssessmentStatus,
    action: AssessmentAction,
    *,
    in_force: bool,
    reopened_at: datetime | None = None,
) -> Decision:
    """Whether ``viewer`` may make the move now.

    ``in_force`` says whether the plan was agreed; ``reopened_at``: when a final score was unlocked, from
    where scoring and delivering are open for some days whatever the window says.
    """
    move = MOVES.get((status, action))
    if move is None:
        return refused(REFUSALS[action])
    if not (parties_of(viewer, plan) & move.by):
        return refused(NOT_YOURS[action])
    if plan.lifecycle == Lifecycle.CANCELLED:
        return refused("SKP ini dibatalkan.")
    if not in_force:
        return refused("Rencana SKP ini belum disepakati.")
    if action in NOT_OFFERED:
        return refused(NOT_OFFERED[action])
    if move.stage is None:
        return ALLOWED
    if move.stage == Stage.ASSESSMENT and _reopened(plan, reopened_at, viewer.now):
        return ALLOWED
    return plan.in_time(Stage(move.stage), viewer.now)


def _reopened(plan: PlanFacts, reopened_at: datetime | None, now: datetime) -> bool:
    return reopened_at is not None and now < reopened_at + timedelta(days=plan.settings.reopened_days)


def can_read_unlocks(viewer: Viewer) -> Decision:
    """Whether ``viewer`` reads the queue of unlock requests: BKPSDM and the inspectorate."""
    if reads_every_score(viewer):
        return ALLOWED
    return refused("Permintaan buka kunci hanya dapat dibaca oleh BKPSDM dan inspektorat.")


def can_manage_unlocks(viewer: Viewer) -> Decision:
    """Whether ``viewer`` may decide unlock requests at all."""
    return ALLOWED if viewer.is_bkpsdm else refused("Permintaan buka kunci diputus oleh admin BKPSDM.")


def can_confirm_unlock(viewer: Viewer, requested_by_id: int, owner_id: int) -> Decision:
    """Whether ``viewer`` may be the second admin of a request on the score of ``owner_id``."""
    if viewer.user_id == requested_by_id:
        return refused("Permintaan ini harus dikonfirmasi oleh admin BKPSDM lain, bukan yang memintanya.")
    if viewer.employee_id == owner_id:
        return refused(NOT_YOURS[_A.UNLOCK])
    return can_manage_unlocks(viewer)


def can_withdraw_unlock(viewer: Viewer, owner_id: int) -> Decision:
    """Whether ``viewer`` may take back a request on the score of ``owner_id``: an admin, never its owner."""
    if viewer.employee_id == owner_id:
        return refused(NOT_YOURS[_A.UNLOCK])
    return can_manage_unlocks(viewer)


def can_dismiss_proposal(viewer: Viewer, plan: PlanFacts) -> Decision:
    """Whether ``viewer`` may leave a superior's later value aside: the appraiser of today."""
    if Party.APPRAISER in parties_of(viewer, plan):
        return ALLOWED
    return refused("Hanya pejabat penilai yang berlaku yang dapat memutus usul nilai baru.")


def can_read_score(
    viewer: Viewer, plan: PlanFacts, *, delivered: bool = False, in_subtree: bool = False
) -> Decision:
    """Before delivery a score is read by the appraiser, BKPSDM and the inspectorate only, never by its owner.

    From ``delivered`` on also by its owner, the regency's leaders, the OPD's Tim Penilai Kinerja, and
    heads above: ``in_subtree`` says that the plan's unit lies below one that the viewer heads. An OPD
    admin reads the status only (rules.md §15).
    """
    parties = parties_of(viewer, plan)
    # Whatever the role, the own score waits for its delivery as everybody's does.
    if Party.OWNER not in parties and (reads_every_score(viewer) or Party.APPRAISER in parties):
        return ALLOWED
    if not delivered:
        return refused("Nilai dapat dilihat setelah disampaikan oleh pejabat penilai.")
    is_tpk = plan.opd_id is not None and plan.opd_id in viewer.tpk_opd_ids
    if Party.OWNER in parties or in_subtree or viewer.has(Role.LEADER) or is_tpk:
        return ALLOWED
    return refused(ONLY_THOSE)


def can_read_achievements(viewer: Viewer) -> Decision:
    """Whether ``viewer`` sets or reads the achievement of any unit (rules.md §5.6)."""
    leads = viewer.has_appraisees or viewer.headed_unit_ids or viewer.admin_opd_ids
    if leads or viewer.sees_regency:
        return ALLOWED
    return refused("Capaian organisasi dibaca oleh pimpinan unit kerja, pengelola kepegawaian, dan BKPSDM.")


def can_see_distribution(viewer: Viewer) -> Decision:
    """Whether ``viewer`` scores anybody, whose predicates make a pattern (rules.md §5.6)."""
    if viewer.has_appraisees:
        return ALLOWED
    return refused("Pola distribusi ditampilkan bagi pejabat penilai, dari pegawai yang dinilainya.")


def can_recompute(viewer: Viewer) -> Decision:
    """Whether ``viewer`` may have everybody's year results computed anew."""
    return ALLOWED if viewer.is_bkpsdm else refused("Hasil tahunan dihitung ulang oleh admin BKPSDM.")


def can_read_documents(*, readable: bool) -> Decision:
    """Whose score may be read, of that the documents too; ``readable``: it is among the readable scores."""
    if readable:
        return ALLOWED
    return refused("Dokumen penilaian dapat dibuka oleh pemilik, para atasannya, BKPSDM, dan Inspektorat.")


def can_preview(viewer: Viewer, plan: PlanFacts, status: AssessmentStatus) -> Decision:
    """Whether the appraiser may look at the documents of a score that is not delivered yet."""
    if Party.APPRAISER not in parties_of(viewer, plan):
        return refused("Pratinjau hanya untuk pejabat penilai sebelum hasil disampaikan.")
    if status != AssessmentStatus.SCORED:
        return refused("Tidak ada nilai yang menunggu disampaikan.")
    return ALLOWED


def can_open_years(*, reads: bool) -> Decision:
    """Whether a person's years are shown; ``reads``: whether their results may be read."""
    return ALLOWED if reads else refused(ONLY_THOSE)


def can_simulate(viewer: Viewer) -> Decision:
    """Whether ``viewer`` may see what other numbers would do to everybody's scores."""
    if reads_every_score(viewer):
        return ALLOWED
    return refused("Simulasi ketentuan penilaian untuk admin BKPSDM dan Inspektorat.")
