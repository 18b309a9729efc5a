"""Which move on an assessment is legal: every combination against a table written here."""

from itertools import product

import pytest

from assessments.permissions import NOT_YOURS, can_do, can_read_score
from assessments.states import AssessmentAction, AssessmentStatus
from assessments.workflow import MOVES, REFUSALS
from config.lib.dates import office_date
from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.states import Lifecycle, RevisionState
from tests.skp.facts import APPRAISER, OWNER, STRANGER, moment, plan, viewer

WHO = {"owner": OWNER, "appraiser": APPRAISER, "stranger": STRANGER, "account without a person": None}
AGENCY = "BKPSDM"
BOTH_OPEN = moment("2027-01-05 09:00")

# (from, action, who): to. Whatever is not here is refused.
ALLOWED = {
    ("open", "report", "owner"): "reported",
    ("reported", "score", "appraiser"): "scored",
    ("scored", "score", "appraiser"): "scored",
    ("scored", "deliver", "appraiser"): "delivered",
    ("delivered", "accept", "owner"): "accepted",
    ("delivered", "renew", "appraiser"): "delivered",
    ("accepted", "renew", "appraiser"): "delivered",
    ("final", "renew", "appraiser"): "delivered",
    ("final", "unlock", AGENCY): "scored",
}
# In the table, but made by the timer alone or not offered yet.
NOBODY = {
    ("delivered", "settle"): "accepted",
    ("accepted", "finalise"): "final",
    ("delivered", "object"): "objected",
}


def asking(who: str) -> Viewer:
    if who == AGENCY:
        return holder(Role.BKPSDM_ADMIN)
    return viewer(WHO[who], BOTH_OPEN)


@pytest.mark.parametrize(
    ("status", "action", "who"), list(product(AssessmentStatus, AssessmentAction, [*WHO, AGENCY])), ids=str
)
def test_every_combination_is_decided_as_the_table_says(status, action, who):
    facts = plan(state=RevisionState.AGREED)
    decision = can_do(asking(who), facts, status, action, in_force=True)
    target = ALLOWED.get((status.value, action.value, who))
    assert decision.allowed is (target is not None)
    if target is None:
        assert decision.reason.endswith(".")
    else:
        assert MOVES[(status, action)].target == target


@pytest.mark.parametrize(
    ("status", "action", "who", "now", "allowed"),
    [
        ("open", "report", "owner", "2026-11-30 23:59", False),
        ("open", "report", "owner", "2026-12-01 00:00", True),
        ("open", "report", "owner", "2027-01-10 23:59", True),
        ("open", "report", "owner", "2027-01-11 00:00", False),
        ("reported", "score", "appraiser", "2026-12-31 23:59", False),
        ("reported", "score", "appraiser", "2027-01-01 00:00", True),
        ("scored", "score", "appraiser", "2027-01-31 23:59", True),
        ("scored", "score", "appraiser", "2027-02-01 00:00", False),
    ],
)
def test_the_windows_bind_to_the_minute(status, action, who, now, allowed):
    decision = can_do(
        viewer(WHO[who], moment(now)),
        plan(state=RevisionState.AGREED),
        AssessmentStatus(status),
        AssessmentAction(action),
        in_force=True,
    )
    assert decision.allowed is allowed


@pytest.mark.parametrize(
    ("values", "in_force", "said"),
    [
        ({}, False, "belum disepakati"),
        ({"lifecycle": Lifecycle.CANCELLED}, True, "dibatalkan"),
    ],
)
def test_a_plan_that_cannot_be_judged_says_why(values, in_force, said):
    decision = can_do(
        viewer(OWNER, BOTH_OPEN),
        plan(**values),
        AssessmentStatus.OPEN,
        AssessmentAction.REPORT,
        in_force=in_force,
    )
    assert said in decision.reason


def test_a_closed_plan_is_still_judged():
    facts = plan(lifecycle=Lifecycle.CLOSED)
    assert can_do(
        viewer(APPRAISER, BOTH_OPEN), facts, AssessmentStatus.REPORTED, AssessmentAction.SCORE, in_force=True
    )


def test_the_table_has_no_other_rows():
    assert {(status.value, action.value): move.target.value for (status, action), move in MOVES.items()} == {
        (status, action): target for (status, action, _), target in ALLOWED.items()
    } | NOBODY


def test_an_objection_is_told_how_it_is_made():
    decision = can_do(
        viewer(OWNER, BOTH_OPEN),
        plan(),
        AssessmentStatus.DELIVERED,
        AssessmentAction.OBJECT,
        in_force=True,
    )
    assert "secara tertulis kepada atasan pejabat penilai" in decision.reason


def test_every_action_has_its_refusals():
    assert set(REFUSALS) == set(NOT_YOURS) == set(AssessmentAction)


def holder(*roles: Role) -> Viewer:
    return Viewer(
        user_id=9,
        employee_id=STRANGER,
        label="Seseorang",
        now=BOTH_OPEN,
        today=office_date(BOTH_OPEN),
        roles=frozenset(roles),
    )


@pytest.mark.parametrize(
    ("asking", "reads"),
    [
        (viewer(OWNER, BOTH_OPEN), False),
        (viewer(APPRAISER, BOTH_OPEN), True),
        (viewer(STRANGER, BOTH_OPEN), False),
        (holder(Role.BKPSDM_ADMIN), True),
        (holder(Role.INSPECTOR), True),
        (holder(Role.LEADER), False),
        (holder(Role.OPD_ADMIN), False),
        (holder(Role.TPK), False),
    ],
)
def test_who_reads_a_score_before_delivery(asking, reads):
    assert can_read_score(asking, plan()).allowed is reads
