"""Which move is legal from which state, by whom: every combination against tables written here."""

from itertools import product

import pytest

from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.permissions import NOT_YOURS, can_do, can_report, parties_of
from skp.states import Action, Lifecycle, Party, RevisionState
from skp.workflow import LIFECYCLE_MOVES, LIVES, REFUSALS
from tests.skp.facts import APPRAISER, OPD, OWNER, STRANGER, moment, officer, plan, viewer

IN_WINDOW = moment("2026-01-10 09:00")
WHO = {
    "owner": viewer(OWNER, IN_WINDOW),
    "appraiser": viewer(APPRAISER, IN_WINDOW),
    "opd admin": officer(STRANGER, IN_WINDOW, opd=OPD),
    "other opd's admin": officer(STRANGER, IN_WINDOW, opd=OPD + 1),
    "bkpsdm": officer(None, IN_WINDOW),
    "bkpsdm as owner": officer(OWNER, IN_WINDOW),
    "bkpsdm as appraiser": officer(APPRAISER, IN_WINDOW),
    "stranger": viewer(STRANGER, IN_WINDOW),
    "account without a person": viewer(None, IN_WINDOW),
}
OWNERS = {"owner", "bkpsdm as owner"}
APPRAISERS = {"appraiser", "bkpsdm as appraiser"}
OFFICERS = {"opd admin", "bkpsdm", "bkpsdm as appraiser"}

# (from, move): (who, to in a first revision or None, to in an addendum or None). What is not here is refused.
REVISION = {
    ("draft", "edit"): (OWNERS, "draft", "draft"),
    ("returned", "edit"): (OWNERS, "returned", "returned"),
    ("draft", "submit"): (OWNERS, "submitted", "submitted"),
    ("returned", "submit"): (OWNERS, "submitted", "submitted"),
    ("submitted", "withdraw"): (OWNERS, "draft", "draft"),
    ("submitted", "return"): (APPRAISERS, "returned", "returned"),
    ("submitted", "agree"): (APPRAISERS, "agreed", "agreed"),
    ("agreed", "propose"): (OWNERS, "draft", "draft"),
    ("draft", "discard"): (OWNERS, None, "discarded"),
    ("returned", "discard"): (OWNERS, None, "discarded"),
}
# Moves that a plan's life refuses, whatever the revision.
REFUSED_BY_LIFE = {"active": set(), "closed": {"propose"}, "cancelled": {action.value for action in Action}}


def expected(state: str, action: str, who: str, *, addendum: bool, life: str) -> bool:
    if action == "close":
        return life == "active" and who in OFFICERS
    if action in REFUSED_BY_LIFE[life]:
        return False
    people, first, further = REVISION.get((state, action), (set(), None, None))
    return who in people and (further if addendum else first) is not None


@pytest.mark.parametrize(
    ("state", "action", "life"),
    list(product(RevisionState, Action, Lifecycle)),
    ids=lambda value: str(value),
)
def test_every_combination_is_decided_as_the_table_says(state, action, life):
    for who, addendum in product(WHO, (False, True)):
        facts = plan(state=state, lifecycle=life, addendum=addendum)
        decision = can_do(WHO[who], facts, action)
        allowed = expected(state.value, action.value, who, addendum=addendum, life=life.value)
        assert decision.allowed is allowed, (who, addendum, decision.reason)
        assert decision.allowed or decision.reason.endswith(".")


@pytest.mark.parametrize("addendum", [False, True])
def test_every_move_leads_where_the_table_says(addendum):
    for state, action in product(RevisionState, Action):
        move = plan(state=state, addendum=addendum).move(action)
        _, first, further = REVISION.get((state.value, action.value), (set(), None, None))
        assert (move.target.value if move else None) == (further if addendum else first)


def test_moves_that_must_say_why_say_so():
    asked = {
        (state.value, action.value, addendum)
        for state, action, addendum in product(RevisionState, Action, (False, True))
        if (move := plan(state=state, addendum=addendum).move(action)) and move.note_required
    }
    assert asked == {
        ("submitted", "return", False),
        ("submitted", "return", True),
        ("agreed", "propose", False),
        ("agreed", "propose", True),
    }
    assert [move.note_required for move in LIFECYCLE_MOVES.values()] == [True]
    assert [move.target for move in LIFECYCLE_MOVES.values()] == [Lifecycle.CLOSED]


def test_a_plan_without_a_revision_allows_no_move_on_one():
    allowed = {
        action for who, action in product(WHO.values(), Action) if can_do(who, plan(state=None), action)
    }
    assert allowed == {Action.CLOSE}


def test_nobody_appraises_or_administers_the_own_plan():
    facts = plan(state=RevisionState.SUBMITTED, appraiser_id=OWNER)
    own = officer(OWNER, IN_WINDOW, opd=OPD)
    assert parties_of(own, facts) == {Party.OWNER}
    assert can_do(own, facts, Action.AGREE).reason == NOT_YOURS[Action.AGREE]
    assert can_do(own, facts, Action.CLOSE).reason == NOT_YOURS[Action.CLOSE]


def test_a_vacant_line_makes_nobody_the_appraiser():
    facts = plan(state=RevisionState.SUBMITTED, appraiser_id=None)
    assert not can_do(viewer(None, IN_WINDOW), facts, Action.AGREE)


def test_a_plan_of_no_known_opd_is_closed_by_bkpsdm_only():
    facts = plan(opd_id=None)
    assert not can_do(officer(STRANGER, IN_WINDOW, opd=OPD), facts, Action.CLOSE)
    assert can_do(officer(STRANGER, IN_WINDOW), facts, Action.CLOSE)


def test_a_reader_s_role_is_no_officer_s():
    reader = Viewer(
        user_id=9,
        employee_id=STRANGER,
        label="Inspektur",
        now=IN_WINDOW,
        today=IN_WINDOW.date(),
        roles=frozenset({Role.INSPECTOR, Role.LEADER, Role.TPK}),
    )
    assert parties_of(reader, plan()) == frozenset()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"lifecycle": Lifecycle.CANCELLED}, "dibatalkan"),
        ({"locked": True}, "sedang dinilai"),
    ],
)
def test_a_plan_that_stands_still_is_not_changed(values, said):
    decision = can_do(viewer(OWNER, IN_WINDOW), plan(**values), Action.SUBMIT)
    assert not decision
    assert said in decision.reason


def test_no_addendum_is_proposed_to_a_closed_plan():
    facts = plan(state=RevisionState.AGREED, lifecycle=Lifecycle.CLOSED)
    assert "ditutup" in can_do(viewer(OWNER, IN_WINDOW), facts, Action.PROPOSE).reason


def test_every_action_has_its_refusals():
    assert set(REFUSALS) == set(NOT_YOURS) == set(Action) == set(LIVES) | {Action.CLOSE}


REPORTING = moment("2026-12-10 09:00")


@pytest.mark.parametrize(
    ("who", "values", "in_force", "said"),
    [
        (APPRAISER, {}, True, "pemilik"),
        (STRANGER, {}, True, "pemilik"),
        (OWNER, {}, False, "disepakati"),
        (OWNER, {"locked": True}, True, "sudah dilaporkan"),
    ],
)
def test_who_may_not_enter_realisations_is_told_why(who, values, in_force, said):
    facts = plan(state=RevisionState.AGREED, **values)
    decision = can_report(viewer(who, REPORTING), facts, in_force=in_force)
    assert not decision
    assert said in decision.reason


def test_the_owner_of_a_plan_in_force_enters_realisations():
    facts = plan(state=RevisionState.AGREED)
    assert can_report(viewer(OWNER, REPORTING), facts, in_force=True)
    assert not can_report(viewer(OWNER, moment("2026-11-30 23:59")), facts, in_force=True)
