"""Until when each move may be made: the planning window, the close of the self-report, days after both."""

import pytest

from skp.deadlines import DeadlineKind
from skp.permissions import can_do, can_report
from skp.states import Action, RevisionState, Stage
from tests.skp.facts import APPRAISER, OWNER, moment, plan, viewer

DRAFT, SUBMITTED, RETURNED, AGREED = (
    RevisionState.DRAFT,
    RevisionState.SUBMITTED,
    RevisionState.RETURNED,
    RevisionState.AGREED,
)


def allowed(who: int, at: str, action: Action, **values: object) -> bool:
    return can_do(viewer(who, moment(at)), plan(**values), action).allowed


@pytest.mark.parametrize(
    ("who", "action", "state", "last", "too_late"),
    [
        (OWNER, Action.SUBMIT, DRAFT, "2026-01-31 23:59", "2026-02-01 00:00"),
        (OWNER, Action.EDIT, RETURNED, "2026-01-31 23:59", "2026-02-01 00:00"),
        (APPRAISER, Action.RETURN, SUBMITTED, "2026-02-14 23:59", "2026-02-15 00:00"),
        (APPRAISER, Action.AGREE, SUBMITTED, "2026-02-14 23:59", "2026-02-15 00:00"),
        (OWNER, Action.PROPOSE, AGREED, "2027-01-10 23:59", "2027-01-11 00:00"),
    ],
)
def test_moves_on_the_first_revision(who, action, state, last, too_late):
    assert allowed(who, last, action, state=state)
    assert not allowed(who, too_late, action, state=state)


@pytest.mark.parametrize(
    ("who", "action", "state", "last", "too_late"),
    [
        (OWNER, Action.EDIT, DRAFT, "2027-01-10 23:59", "2027-01-11 00:00"),
        (OWNER, Action.SUBMIT, RETURNED, "2027-01-10 23:59", "2027-01-11 00:00"),
        (OWNER, Action.DISCARD, DRAFT, "2027-01-10 23:59", "2027-01-11 00:00"),
        (APPRAISER, Action.RETURN, SUBMITTED, "2027-01-24 23:59", "2027-01-25 00:00"),
        (APPRAISER, Action.AGREE, SUBMITTED, "2027-01-24 23:59", "2027-01-25 00:00"),
    ],
)
def test_moves_on_an_addendum_may_be_made_all_year(who, action, state, last, too_late):
    for at in ("2026-06-15 09:00", last):
        assert allowed(who, at, action, state=state, addendum=True)
    assert not allowed(who, too_late, action, state=state, addendum=True)


@pytest.mark.parametrize("addendum", [False, True])
def test_withdrawing_is_bound_by_no_window(addendum):
    assert allowed(OWNER, "2027-06-01 09:00", Action.WITHDRAW, state=SUBMITTED, addendum=addendum)


def test_a_return_after_the_deadline_gives_seven_days():
    late = {"state": RETURNED, "returned_at": moment("2026-02-10 15:00")}
    for action in (Action.EDIT, Action.SUBMIT):
        assert allowed(OWNER, "2026-02-17 23:59", action, **late)
        assert not allowed(OWNER, "2026-02-18 00:00", action, **late)
    # Also when it was taken back since, and then the appraiser has time to decide again.
    assert allowed(OWNER, "2026-02-17 23:59", Action.SUBMIT, **(late | {"state": DRAFT}))
    for action in (Action.AGREE, Action.RETURN):
        assert allowed(APPRAISER, "2026-03-03 23:59", action, **(late | {"state": SUBMITTED}))
        assert not allowed(APPRAISER, "2026-03-04 00:00", action, **(late | {"state": SUBMITTED}))


def test_a_return_in_time_moves_no_deadline():
    early = {"state": RETURNED, "returned_at": moment("2026-01-31 23:58")}
    assert not allowed(OWNER, "2026-02-01 00:00", Action.SUBMIT, **early)


def test_a_return_at_the_very_deadline_is_a_late_one():
    facts = plan(state=RETURNED, returned_at=moment("2026-02-01 00:00"))
    found = facts.binding
    assert (found.stage, found.kind, found.due_at) == (
        Stage.PLANNING,
        DeadlineKind.RETURN,
        moment("2026-02-09 00:00"),
    )
    assert found.reason == "Dikembalikan setelah tenggat: 7 hari untuk mengirim lagi."


def test_a_late_return_of_an_addendum_gives_no_time_to_report():
    facts = plan(state=RETURNED, addendum=True, returned_at=moment("2027-01-12 09:00"))
    at = moment("2027-01-13 09:00")
    assert can_do(viewer(OWNER, at), facts, Action.SUBMIT)
    assert not can_report(viewer(OWNER, at), facts, in_force=True)


@pytest.mark.parametrize(
    ("values", "due"),
    [
        ({"state": DRAFT}, "2026-02-01 00:00"),
        ({"state": SUBMITTED}, "2026-02-15 00:00"),
        ({"state": AGREED}, "2027-01-11 00:00"),
        ({"state": DRAFT, "addendum": True}, "2027-01-11 00:00"),
        ({"state": SUBMITTED, "addendum": True}, "2027-01-25 00:00"),
        ({"state": RETURNED, "returned_at": moment("2026-02-10 15:00")}, "2026-02-18 00:00"),
    ],
)
def test_the_deadline_shown_is_that_of_the_next_move(values, due):
    assert plan(**values).next_due_at == moment(due)
    assert plan(**values, locked=True).next_due_at is None
