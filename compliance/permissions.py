"""Who may open the board (rules.md §15, row *board*)."""

from compliance.selectors.recap_documents import reads_recap
from config.lib.decisions import ALLOWED, Decision, refused
from orgunits.viewer import Viewer


def can_see_board(viewer: Viewer) -> Decision:
    """BKPSDM, inspectorate and leaders; OPD admins; heads of units; appraisers."""
    if viewer.sees_regency or viewer.admin_opd_ids or viewer.headed_unit_ids or viewer.has_appraisees:
        return ALLOWED
    return refused("Papan ini untuk pimpinan, pengelola kepegawaian, BKPSDM, dan Inspektorat.")


def can_see_summary(viewer: Viewer) -> Decision:
    """The one page of the whole regency: BKPSDM, the inspectorate and leaders."""
    return (
        ALLOWED if viewer.sees_regency else refused("Ringkasan ini untuk pimpinan, BKPSDM, dan Inspektorat.")
    )


def can_issue_recap(viewer: Viewer, opd_id: int | None) -> Decision:
    """The recapitulation of an OPD with its people's scores, or of the regency for None."""
    if reads_recap(viewer, opd_id):
        return ALLOWED
    return refused("Rekapitulasi ini untuk kepala OPD, pimpinan, BKPSDM, dan Inspektorat.")
