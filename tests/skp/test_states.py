"""Which move is legal from which state, by whom: every combination against a table written here."""

from itertools import product

import pytest

from skp.permissions import NOT_YOURS, can_do, can_report
from skp.states import Action, Lifecycle, RevisionState
from skp.workflow import MOVES, REFUSALS
from tests.skp.facts import APPRAISER, OWNER, STRANGER, moment, plan, viewer

IN_WINDOW = moment("2026-01-10 09:00")
WHO = {"owner": OWNER, "appraiser": APPRAISER, "stranger": STRANGER, "account without a person": None}

# (from, action, who): to. Whatever is not here is refused.
ALLOWED = {
    ("draft", "edit", "owner"): "draft",
    ("draft", "submit", "owner"): "submitted",
    ("submitted", "withdraw", "owner"): "draft",
    ("submitted", "agree", "appraiser"): "agreed",
}


@pytest.mark.parametrize(
    ("state", "action", "who"), list(product(RevisionState, Action, WHO)), ids=lambda value: str(value)
)
def test_every_combination_is_decided_as_the_table_says(state, action, who):
    decision = can_do(viewer(WHO[who], IN_WINDOW), plan(state=state), action)
    target = ALLOWED.get((state.value, action.value, who))
    assert decision.allowed is (target is not None)
    if target is None:
        assert decision.reason.endswith(".")
    else:
        assert MOVES[(state, action)].target == target


def test_a_plan_without_a_revision_allows_nothing():
    assert not any(can_do(viewer(OWNER, IN_WINDOW), plan(state=None), action) for action in Action)


def test_nobody_appraises_the_own_plan():
    facts = plan(state=RevisionState.SUBMITTED, appraiser_id=OWNER)
    decision = can_do(viewer(OWNER, IN_WINDOW), facts, Action.AGREE)
    assert decision.reason == NOT_YOURS[Action.AGREE]


def test_a_vacant_line_makes_nobody_the_appraiser():
    facts = plan(state=RevisionState.SUBMITTED, appraiser_id=None)
    assert not can_do(viewer(None, IN_WINDOW), facts, Action.AGREE)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"lifecycle": Lifecycle.CLOSED}, "ditutup"),
        ({"lifecycle": Lifecycle.CANCELLED}, "ditutup"),
        ({"locked": True}, "sedang dinilai"),
    ],
)
def test_a_plan_that_stands_still_is_not_changed(values, said):
    decision = can_do(viewer(OWNER, IN_WINDOW), plan(**values), Action.SUBMIT)
    assert not decision
    assert said in decision.reason


def test_every_action_has_its_refusals():
    assert set(REFUSALS) == set(NOT_YOURS) == set(Action)


REPORTING = moment("2026-12-10 09:00")


@pytest.mark.parametrize(
    ("who", "values", "in_force", "said"),
    [
        ("appraiser", {}, True, "pemilik"),
        ("stranger", {}, True, "pemilik"),
        ("owner", {}, False, "disepakati"),
        ("owner", {"locked": True}, True, "sudah dilaporkan"),
    ],
)
def test_who_may_not_enter_realisations_is_told_why(who, values, in_force, said):
    facts = plan(state=RevisionState.AGREED, **values)
    decision = can_report(viewer(WHO[who], REPORTING), facts, in_force=in_force)
    assert not decision
    assert said in decision.reason


def test_the_owner_of_a_plan_in_force_enters_realisations():
    facts = plan(state=RevisionState.AGREED)
    assert can_report(viewer(OWNER, REPORTING), facts, in_force=True)
    assert not can_report(viewer(OWNER, moment("2026-11-30 23:59")), facts, in_force=True)
