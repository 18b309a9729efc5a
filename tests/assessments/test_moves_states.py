"""Which move on an assessment is legal: every combination against a table written here."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from assessments.permissions import NOT_YOURS, can_confirm_unlock, can_do, can_read_score
from assessments.states import AssessmentAction, AssessmentStatus
from assessments.workflow import MOVES, REFUSALS
from config.lib.dates import office_date
from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.states import Lifecycle, RevisionState
from tests.skp.facts import APPRAISER, OPD, OWNER, STRANGER, moment, plan, viewer

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


AFTER_ALL = moment("2027-06-15 09:00")
# What no window binds: it may be made whenever its state is there.
UNBOUND = {"accept", "renew", "unlock"}
# When the final score was opened, as seen from AFTER_ALL with the default of 14 days.
OPENED = {
    "never": (None, False),
    "today": (AFTER_ALL, True),
    "13 days and 23:59 hours ago": (AFTER_ALL - timedelta(days=14) + timedelta(minutes=1), True),
    "14 days ago": (AFTER_ALL - timedelta(days=14), False),
}


@pytest.mark.parametrize("opened", OPENED)
@pytest.mark.parametrize(
    ("status", "action", "who"), list(product(AssessmentStatus, AssessmentAction, [*WHO, AGENCY])), ids=str
)
def test_after_all_windows_only_an_opened_score_is_judged_again(status, action, who, opened):
    reopened_at, runs = OPENED[opened]
    decision = can_do(
        replace(asking(who), now=AFTER_ALL),
        plan(state=RevisionState.AGREED),
        status,
        action,
        in_force=True,
        reopened_at=reopened_at,
    )
    bound = action.value not in UNBOUND
    judged_again = runs and action.value in ("score", "deliver")
    listed = (status.value, action.value, who) in ALLOWED
    assert decision.allowed is (listed and (not bound or judged_again))
    assert decision.allowed or decision.reason.endswith(".")


@pytest.mark.parametrize(
    ("status", "action", "who"), list(product(AssessmentStatus, AssessmentAction, [*WHO, AGENCY])), ids=str
)
def test_a_cancelled_plan_is_not_judged_by_anybody(status, action, who):
    facts = plan(state=RevisionState.AGREED, lifecycle=Lifecycle.CANCELLED)
    decision = can_do(asking(who), facts, status, action, in_force=True, reopened_at=BOTH_OPEN)
    assert not decision
    assert decision.reason.endswith(".")


@pytest.mark.parametrize(
    ("status", "action", "who", "now", "allowed"),
    [
        ("scored", "deliver", "appraiser", "2026-12-31 23:59", False),
        ("scored", "deliver", "appraiser", "2027-01-01 00:00", True),
        ("scored", "deliver", "appraiser", "2027-01-31 23:59", True),
        ("scored", "deliver", "appraiser", "2027-02-01 00:00", False),
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
    ("asking", "in_subtree", "reads"),
    [
        (viewer(OWNER, BOTH_OPEN), False, True),
        (viewer(APPRAISER, BOTH_OPEN), False, True),
        (viewer(STRANGER, BOTH_OPEN), False, False),
        (viewer(STRANGER, BOTH_OPEN), True, True),
        (viewer(None, BOTH_OPEN), False, False),
        (holder(Role.BKPSDM_ADMIN), False, True),
        (holder(Role.INSPECTOR), False, True),
        (holder(Role.LEADER), False, True),
        (holder(Role.OPD_ADMIN), False, False),
        (replace(holder(Role.TPK), tpk_opd_ids=frozenset({OPD})), False, True),
        (replace(holder(Role.TPK), tpk_opd_ids=frozenset({OPD + 1})), False, False),
    ],
)
def test_who_reads_a_score_from_delivery(asking, in_subtree, reads):
    decision = can_read_score(asking, plan(), delivered=True, in_subtree=in_subtree)
    assert decision.allowed is reads
    assert decision.allowed or decision.reason.endswith(".")


@pytest.mark.parametrize(
    ("asking", "requested_by", "owner", "allowed"),
    [
        (holder(Role.BKPSDM_ADMIN), 8, OWNER, True),
        (holder(Role.BKPSDM_ADMIN), 9, OWNER, False),
        (holder(Role.BKPSDM_ADMIN), 8, STRANGER, False),
        (holder(Role.INSPECTOR), 8, OWNER, False),
        (holder(Role.LEADER), 8, OWNER, False),
        (viewer(APPRAISER, BOTH_OPEN), 8, OWNER, False),
    ],
)
def test_who_is_the_second_admin(asking, requested_by, owner, allowed):
    decision = can_confirm_unlock(asking, requested_by, owner)
    assert decision.allowed is allowed
    assert decision.allowed or decision.reason.endswith(".")


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
        (replace(holder(Role.BKPSDM_ADMIN), employee_id=OWNER), False),
        (replace(holder(Role.INSPECTOR), employee_id=OWNER), False),
    ],
)
def test_who_reads_a_score_before_delivery(asking, reads):
    assert can_read_score(asking, plan()).allowed is reads
