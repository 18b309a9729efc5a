"""May this person do this with people, posts, units, roles: one pure answer (rules.md §15)."""

from collections.abc import Callable, Mapping
from enum import Enum, auto

from config.lib.decisions import ALLOWED, Decision, refused
from orgunits.enums import Role, UnitKind
from orgunits.facts import OrgFacts, PersonFacts
from orgunits.viewer import Viewer


class OrgAction(Enum):
    """What can be asked for; each has one rule below."""

    SEE_CONTACTS = auto()
    EDIT_CONTACTS = auto()
    ASK_CORRECTION = auto()
    ANSWER_CORRECTION = auto()
    EDIT_POSTS = auto()
    SET_APPRAISER = auto()
    EDIT_UNIT = auto()
    MARK_STANDALONE = auto()
    CREATE_STATE_OFFICIAL = auto()
    SEE_ROLES = auto()
    GRANT_ROLE = auto()
    REVOKE_ROLE = auto()
    ISSUE_SLIPS = auto()
    RESET_PASSWORD = auto()
    SEE_QUEUE = auto()
    SEE_VACANCIES = auto()
    SEE_GRANTS = auto()
    SEE_AUDIT = auto()
    RESEND_MESSAGES = auto()
    IMPORT = auto()


ONLY_OFFICERS = "Hanya pengelola kepegawaian OPD dan BKPSDM yang dapat melakukan ini."
ONLY_BKPSDM = "Hanya BKPSDM yang dapat melakukan ini."
OTHER_OPD = "Anda hanya dapat mengubah data OPD yang Anda kelola. Untuk OPD lain, hubungi BKPSDM."
WIDER_ROLES = "Pegawai ini memegang peran yang lebih luas daripada peran Anda. Hubungi BKPSDM."
YOURSELF = "Data Anda sendiri diubah oleh pengelola lain atau BKPSDM. Ajukan koreksi dari halaman Anda."
ROLE_ABOVE = "Anda hanya dapat memberi dan mencabut peran pengelola kepegawaian di OPD Anda sendiri."
OPD_ITSELF = "OPD sebagai satu kesatuan diubah oleh BKPSDM; Anda dapat mengubah unit kerja di dalamnya."
CONTACTS_CLOSED = "Kontak pegawai ini hanya terbuka bagi atasannya, pengelola kepegawaian, dan BKPSDM."
CORRECTION_OWN = "Koreksi diajukan oleh pegawai yang bersangkutan dari halamannya sendiri."
QUEUE_CLOSED = "Halaman ini untuk pengelola kepegawaian OPD, BKPSDM, dan Inspektorat."

Rule = Callable[[Viewer, OrgFacts], Decision]


def can_do(viewer: Viewer, facts: OrgFacts, action: OrgAction) -> Decision:
    """Whether ``viewer`` may do it today; a refusal carries the sentence shown to them."""
    return _RULES[action](viewer, facts)


def _is_own(viewer: Viewer, facts: OrgFacts) -> bool:
    if facts.person is None or viewer.employee_id is None:
        return False
    return facts.person.employee_id == viewer.employee_id


def _holds_wider_roles(viewer: Viewer, person: PersonFacts) -> bool:
    """Any role but that of managing an OPD which the viewer manages too."""
    return any(role != Role.OPD_ADMIN or opd not in viewer.admin_opd_ids for role, opd in person.grants)


def _administers(viewer: Viewer, facts: OrgFacts) -> Decision:
    """BKPSDM everywhere; an OPD admin inside the own OPD."""
    if viewer.is_bkpsdm:
        return ALLOWED
    if not viewer.admin_opd_ids:
        return refused(ONLY_OFFICERS)
    if not facts.opd_ids or not facts.opd_ids <= viewer.admin_opd_ids:
        return refused(OTHER_OPD)
    return ALLOWED


def _administers_person(viewer: Viewer, facts: OrgFacts) -> Decision:
    """As above, but an OPD admin neither touches the own data nor those of holders of wider roles."""
    decision = _administers(viewer, facts)
    if not decision or viewer.is_bkpsdm or facts.person is None:
        return decision
    if _is_own(viewer, facts):
        return refused(YOURSELF)
    if _holds_wider_roles(viewer, facts.person):
        return refused(WIDER_ROLES)
    return ALLOWED


def _edits_unit(viewer: Viewer, facts: OrgFacts) -> Decision:
    decision = _administers(viewer, facts)
    if decision and not viewer.is_bkpsdm and facts.unit_kind in (UnitKind.OPD, UnitKind.REGENCY):
        return refused(OPD_ITSELF)
    return decision


def _handles_role(viewer: Viewer, facts: OrgFacts) -> Decision:
    """An OPD admin hands on the own role, in the own OPD, and nothing else (no role above own)."""
    decision = _administers_person(viewer, facts)
    if decision and not viewer.is_bkpsdm and facts.role != Role.OPD_ADMIN:
        return refused(ROLE_ABOVE)
    return decision


def _sees_contacts(viewer: Viewer, facts: OrgFacts) -> Decision:
    person = facts.person
    as_superior = person is not None and (person.is_appraisee or person.in_subtree)
    if _is_own(viewer, facts) or as_superior or _administers(viewer, facts):
        return ALLOWED
    return refused(CONTACTS_CLOSED)


def _edits_contacts(viewer: Viewer, facts: OrgFacts) -> Decision:
    return ALLOWED if _is_own(viewer, facts) else _administers_person(viewer, facts)


def _sees_roles(viewer: Viewer, facts: OrgFacts) -> Decision:
    if _is_own(viewer, facts) or viewer.has(Role.INSPECTOR):
        return ALLOWED
    return _administers(viewer, facts)


def _asks_correction(viewer: Viewer, facts: OrgFacts) -> Decision:
    return ALLOWED if _is_own(viewer, facts) else refused(CORRECTION_OWN)


def _sees_officers_pages(viewer: Viewer, facts: OrgFacts) -> Decision:
    if viewer.is_bkpsdm or viewer.has(Role.INSPECTOR) or viewer.admin_opd_ids:
        return ALLOWED
    return refused(QUEUE_CLOSED)


def _only_bkpsdm(viewer: Viewer, facts: OrgFacts) -> Decision:
    return ALLOWED if viewer.is_bkpsdm else refused(ONLY_BKPSDM)


_RULES: Mapping[OrgAction, Rule] = {
    OrgAction.SEE_CONTACTS: _sees_contacts,
    OrgAction.EDIT_CONTACTS: _edits_contacts,
    OrgAction.ASK_CORRECTION: _asks_correction,
    OrgAction.ANSWER_CORRECTION: _administers_person,
    OrgAction.EDIT_POSTS: _administers_person,
    OrgAction.SET_APPRAISER: _administers_person,
    OrgAction.EDIT_UNIT: _edits_unit,
    OrgAction.MARK_STANDALONE: _only_bkpsdm,
    OrgAction.CREATE_STATE_OFFICIAL: _only_bkpsdm,
    OrgAction.SEE_ROLES: _sees_roles,
    OrgAction.GRANT_ROLE: _handles_role,
    OrgAction.REVOKE_ROLE: _handles_role,
    OrgAction.ISSUE_SLIPS: _administers,
    OrgAction.RESET_PASSWORD: _administers_person,
    OrgAction.SEE_QUEUE: _sees_officers_pages,
    OrgAction.SEE_VACANCIES: _sees_officers_pages,
    OrgAction.SEE_GRANTS: _sees_officers_pages,
    OrgAction.SEE_AUDIT: _sees_officers_pages,
    OrgAction.RESEND_MESSAGES: _only_bkpsdm,
    OrgAction.IMPORT: _only_bkpsdm,
}
