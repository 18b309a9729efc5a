"""Who may open the board (rules.md §15, row *board*)."""

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
