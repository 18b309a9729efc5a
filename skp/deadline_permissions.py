"""May this person grant, propose or read extensions and exemptions (rules.md §15)."""

from config.lib.decisions import ALLOWED, Decision, refused
from orgunits.enums import Role
from orgunits.viewer import Viewer

ONLY_BKPSDM = "Perpanjangan dan pengecualian hanya diberikan dan dicabut oleh BKPSDM."
ONLY_OFFICERS = "Usul diajukan oleh pengelola kepegawaian OPD kepada BKPSDM."
OTHER_OPD = "Anda hanya dapat mengusulkan untuk OPD yang Anda kelola."


def can_grant(viewer: Viewer) -> Decision:
    """Grant, revoke and answer proposals: BKPSDM."""
    return ALLOWED if viewer.is_bkpsdm else refused(ONLY_BKPSDM)


def can_propose(viewer: Viewer, opd_ids: frozenset[int | None] | None = None) -> Decision:
    """Propose: an OPD admin, for units and people of the own OPD; ``opd_ids``: those it would concern."""
    if not viewer.admin_opd_ids:
        return refused(ONLY_OFFICERS)
    if opd_ids is not None and not (opd_ids and opd_ids <= viewer.admin_opd_ids):
        return refused(OTHER_OPD)
    return ALLOWED


def acting_as(viewer: Viewer) -> str:
    """In what capacity an officer acts, as the audit trail says it."""
    role = Role.BKPSDM_ADMIN if viewer.is_bkpsdm else Role.OPD_ADMIN if viewer.admin_opd_ids else None
    return str(role.label) if role else ""
