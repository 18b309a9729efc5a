"""The table of rules.md §15 for people, posts, units and roles, written out again."""

from dataclasses import replace

import pytest

from orgunits.enums import Role, UnitKind
from orgunits.facts import OrgFacts, PersonFacts
from orgunits.permissions import OPD_ITSELF, OTHER_OPD, WIDER_ROLES, YOURSELF, OrgAction, can_do
from orgunits.viewer import Viewer
from tests.people import NOW, TODAY

HOME, ELSEWHERE = 1, 2
NOBODY = Viewer(user_id=9, employee_id=90, label="Pegawai", now=NOW, today=TODAY)
VIEWERS = {
    "pegawai": NOBODY,
    "own": replace(NOBODY, employee_id=10),
    "opd_admin": replace(NOBODY, roles=frozenset({Role.OPD_ADMIN}), admin_opd_ids=frozenset({HOME})),
    "other_admin": replace(NOBODY, roles=frozenset({Role.OPD_ADMIN}), admin_opd_ids=frozenset({ELSEWHERE})),
    "bkpsdm": replace(NOBODY, roles=frozenset({Role.BKPSDM_ADMIN})),
    "inspector": replace(NOBODY, roles=frozenset({Role.INSPECTOR})),
    "leader": replace(NOBODY, roles=frozenset({Role.LEADER})),
    "tpk": replace(NOBODY, roles=frozenset({Role.TPK}), tpk_opd_ids=frozenset({HOME})),
    "services_officer": replace(NOBODY, roles=frozenset({Role.SERVICES_OFFICER})),
}
PERSON = OrgFacts(
    opd_ids=frozenset({HOME}), person=PersonFacts(10), unit_kind=UnitKind.UNIT, role=Role.OPD_ADMIN
)
OFFICERS = {"opd_admin", "bkpsdm"}
READERS = {"opd_admin", "other_admin", "bkpsdm", "inspector"}

ALLOWED = {
    OrgAction.SEE_CONTACTS: OFFICERS | {"own"},
    OrgAction.EDIT_CONTACTS: OFFICERS | {"own"},
    OrgAction.ASK_CORRECTION: {"own"},
    OrgAction.ANSWER_CORRECTION: OFFICERS,
    OrgAction.EDIT_POSTS: OFFICERS,
    OrgAction.SET_APPRAISER: OFFICERS,
    OrgAction.EDIT_UNIT: OFFICERS,
    OrgAction.MARK_STANDALONE: {"bkpsdm"},
    OrgAction.CREATE_STATE_OFFICIAL: {"bkpsdm"},
    OrgAction.SEE_ROLES: OFFICERS | {"own", "inspector"},
    OrgAction.GRANT_ROLE: OFFICERS,
    OrgAction.REVOKE_ROLE: OFFICERS,
    OrgAction.ISSUE_SLIPS: OFFICERS,
    OrgAction.RESET_PASSWORD: OFFICERS,
    OrgAction.SEE_QUEUE: READERS,
    OrgAction.SEE_VACANCIES: READERS,
    OrgAction.SEE_GRANTS: READERS,
    OrgAction.SEE_AUDIT: READERS,
    OrgAction.RESEND_MESSAGES: {"bkpsdm"},
    OrgAction.IMPORT: {"bkpsdm"},
}


def test_the_table_names_every_action():
    assert set(ALLOWED) == set(OrgAction)


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize("action", OrgAction)
def test_action_by_viewer(action, who):
    decision = can_do(VIEWERS[who], PERSON, action)
    assert decision.allowed == (who in ALLOWED[action])
    assert decision.allowed or decision.reason.endswith(".")


@pytest.mark.parametrize(
    "action", [OrgAction.EDIT_POSTS, OrgAction.RESET_PASSWORD, OrgAction.GRANT_ROLE, OrgAction.REVOKE_ROLE]
)
@pytest.mark.parametrize(
    "grant",
    [
        (Role.BKPSDM_ADMIN, None),
        (Role.INSPECTOR, None),
        (Role.LEADER, None),
        (Role.SERVICES_OFFICER, None),
        (Role.TPK, HOME),
        (Role.OPD_ADMIN, ELSEWHERE),
    ],
)
def test_an_opd_admin_leaves_holders_of_wider_roles_alone(action, grant):
    facts = replace(PERSON, person=PersonFacts(10, grants=frozenset({grant})))
    assert can_do(VIEWERS["opd_admin"], facts, action).reason == WIDER_ROLES
    assert can_do(VIEWERS["bkpsdm"], facts, action)


def test_an_opd_admin_may_reset_a_colleague_with_the_same_role():
    facts = replace(PERSON, person=PersonFacts(10, grants=frozenset({(Role.OPD_ADMIN, HOME)})))
    assert can_do(VIEWERS["opd_admin"], facts, OrgAction.RESET_PASSWORD)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OPD_ADMIN])
def test_an_opd_admin_grants_no_role_above_the_own(role):
    facts = replace(PERSON, role=role)
    assert not can_do(VIEWERS["opd_admin"], facts, OrgAction.GRANT_ROLE)
    assert not can_do(VIEWERS["opd_admin"], facts, OrgAction.REVOKE_ROLE)
    assert can_do(VIEWERS["bkpsdm"], facts, OrgAction.GRANT_ROLE)


@pytest.mark.parametrize("action", [OrgAction.EDIT_POSTS, OrgAction.EDIT_UNIT, OrgAction.GRANT_ROLE])
def test_an_act_that_touches_another_opd_is_for_bkpsdm(action):
    for opds in ({HOME, ELSEWHERE}, {HOME, None}, set()):
        facts = replace(PERSON, opd_ids=frozenset(opds))
        assert can_do(VIEWERS["opd_admin"], facts, action).reason == OTHER_OPD
        assert can_do(VIEWERS["bkpsdm"], facts, action)


@pytest.mark.parametrize("kind", [UnitKind.OPD, UnitKind.REGENCY])
def test_an_opd_admin_does_not_restructure_the_opd_itself(kind):
    facts = replace(PERSON, unit_kind=kind)
    assert can_do(VIEWERS["opd_admin"], facts, OrgAction.EDIT_UNIT).reason == OPD_ITSELF


def test_an_opd_admin_does_not_edit_the_own_data():
    me = replace(VIEWERS["opd_admin"], employee_id=10)
    for action in (OrgAction.EDIT_POSTS, OrgAction.GRANT_ROLE, OrgAction.ANSWER_CORRECTION):
        assert can_do(me, PERSON, action).reason == YOURSELF
    assert can_do(me, PERSON, OrgAction.EDIT_CONTACTS)


def test_an_account_without_person_is_nobody():
    account = replace(NOBODY, employee_id=None)
    facts = replace(PERSON, person=PersonFacts(None))
    assert not can_do(account, facts, OrgAction.ASK_CORRECTION)
    assert not can_do(account, facts, OrgAction.EDIT_CONTACTS)


@pytest.mark.parametrize("way", ["is_appraisee", "in_subtree"])
def test_superiors_read_contacts_and_do_not_edit_them(way):
    facts = replace(PERSON, person=PersonFacts(10, **{way: True}))
    assert can_do(NOBODY, facts, OrgAction.SEE_CONTACTS)
    assert not can_do(NOBODY, facts, OrgAction.EDIT_CONTACTS)
