"""Until when, at the minute: a table of plans, moments and answers (rules.md §2, §4, §10)."""

from dataclasses import replace
from datetime import date

import pytest

from skp.deadlines import WindowFacts, default_windows, in_time, intervals_of, window_for
from skp.enums import Scheme
from skp.permissions import can_do
from skp.settings import PlanSettings
from skp.states import Action, Audience, RevisionState, Stage
from tests.skp.facts import APPRAISER, OWNER, moment, plan, viewer

LATE = {"start": date(2026, 3, 10)}
JPT = {"scheme": Scheme.JPT}
GRACE = {"settings": PlanSettings(grace_minutes=15)}


@pytest.mark.parametrize(
    ("values", "now", "allowed"),
    [
        ({}, "2025-12-31 23:59", False),
        ({}, "2026-01-01 00:00", True),
        ({}, "2026-01-31 23:59", True),
        ({}, "2026-02-01 00:00", False),
        (JPT, "2026-01-14 23:59", True),
        (JPT, "2026-01-15 00:00", False),
        # 10 March + 30 days is 9 April, that day included.
        (LATE, "2026-03-10 08:00", True),
        (LATE, "2026-04-09 23:59", True),
        (LATE, "2026-04-10 00:00", False),
        (LATE | JPT, "2026-04-09 23:59", True),
        # A plan that starts on 2 January has until 1 February, one day more than the window.
        ({"start": date(2026, 1, 2)}, "2026-02-01 23:59", True),
        ({"start": date(2026, 1, 2)}, "2026-02-02 00:00", False),
        (GRACE, "2026-02-01 00:14", True),
        (GRACE, "2026-02-01 00:15", False),
    ],
)
def test_a_draft_is_sent_in_time_or_not_at_all(values, now, allowed):
    assert can_do(viewer(OWNER, moment(now)), plan(**values), Action.SUBMIT).allowed is allowed


@pytest.mark.parametrize(
    ("values", "now", "allowed"),
    [
        ({}, "2026-02-14 23:59", True),
        ({}, "2026-02-15 00:00", False),
        (JPT, "2026-01-28 23:59", True),
        (JPT, "2026-01-29 00:00", False),
        (LATE, "2026-04-23 23:59", True),
        (LATE, "2026-04-24 00:00", False),
        ({"settings": PlanSettings(decision_days=0)}, "2026-02-01 00:00", False),
    ],
)
def test_the_appraiser_has_fourteen_days_more(values, now, allowed):
    facts = plan(state=RevisionState.SUBMITTED, **values)
    assert can_do(viewer(APPRAISER, moment(now)), facts, Action.AGREE).allowed is allowed


def test_a_submitted_plan_is_withdrawn_whatever_the_day():
    facts = plan(state=RevisionState.SUBMITTED)
    assert can_do(viewer(OWNER, moment("2026-08-01 12:00")), facts, Action.WITHDRAW)


def test_refusals_name_the_moment():
    early = can_do(viewer(OWNER, moment("2025-12-31 12:00")), plan(), Action.SUBMIT)
    late = can_do(viewer(OWNER, moment("2026-03-01 12:00")), plan(), Action.SUBMIT)
    assert early.reason == "Tahap perencanaan baru dibuka 1 Januari 2026 pukul 00.00 WIB."
    assert late.reason == (
        "Tenggat perencanaan sudah lewat (31 Januari 2026 pukul 23.59 WIB)."
        " Perpanjangan hanya dapat diberikan oleh BKPSDM."
    )


def test_the_grace_is_never_told():
    late = can_do(viewer(OWNER, moment("2026-03-01 12:00")), plan(**GRACE), Action.SUBMIT)
    assert "31 Januari 2026 pukul 23.59 WIB" in late.reason


def test_a_stage_without_a_window_is_not_open():
    decision = can_do(viewer(OWNER, moment("2026-01-05 12:00")), plan(windows=()), Action.SUBMIT)
    assert decision.reason == "Tahap ini belum dibuka pada periode ini. Hubungi BKPSDM."


def test_a_window_closes_at_its_close_unless_days_are_given():
    window = window_for(default_windows(2026), Stage.ASSESSMENT, Scheme.JA_JF)
    given = {"skp_start": date(2026, 1, 1), "settings": PlanSettings()}
    assert in_time(window, now=moment("2027-01-31 23:59"), **given)
    assert not in_time(window, now=moment("2027-02-01 00:00"), **given)
    assert in_time(window, now=moment("2027-02-01 23:59"), days_after=1, **given)
    assert not in_time(window, now=moment("2027-02-02 00:00"), days_after=1, **given)


DEFAULTS = [
    ("planning", "all", 0, "2026-01-01 00:00", "2026-02-01 00:00"),
    ("planning", "jpt", 0, "2026-01-01 00:00", "2026-01-15 00:00"),
    ("monitoring", "all", 1, "2026-01-01 00:00", "2026-04-15 00:00"),
    ("monitoring", "all", 2, "2026-04-01 00:00", "2026-07-15 00:00"),
    ("monitoring", "all", 3, "2026-07-01 00:00", "2026-10-15 00:00"),
    ("monitoring", "all", 4, "2026-10-01 00:00", "2027-01-15 00:00"),
    ("self_report", "all", 0, "2026-12-01 00:00", "2027-01-11 00:00"),
    ("assessment", "all", 0, "2027-01-01 00:00", "2027-02-01 00:00"),
]


def test_default_windows_are_those_of_the_rules():
    made = [
        (window.stage.value, window.audience.value, window.interval, window.opens_at, window.closes_at)
        for window in default_windows(2026)
    ]
    assert made == [
        (stage, audience, number, moment(opens), moment(closes))
        for stage, audience, number, opens, closes in DEFAULTS
    ]


def test_months_instead_of_quarters():
    monthly = [window for window in default_windows(2026, 12) if window.stage == Stage.MONITORING]
    assert len(monthly) == 12
    assert (intervals_of(monthly[:4]), intervals_of(monthly[:5]), intervals_of(())) == (4, 12, 4)
    assert (monthly[1].opens_at, monthly[1].closes_at) == (
        moment("2026-02-01 00:00"),
        moment("2026-03-15 00:00"),
    )
    with pytest.raises(ValueError, match="4 or 12"):
        default_windows(2026, 3)


def test_an_audience_of_its_own_wins_only_for_that_audience():
    everybody = WindowFacts(
        Stage.PLANNING, Audience.ALL, 0, moment("2026-01-01 00:00"), moment("2026-02-01 00:00")
    )
    leaders = replace(everybody, audience=Audience.JPT)
    assert window_for([everybody, leaders], Stage.PLANNING, Scheme.JPT) is leaders
    assert window_for([everybody, leaders], Stage.PLANNING, Scheme.JA_JF) is everybody
    assert window_for([everybody], Stage.PLANNING, Scheme.JPT) is everybody
    assert window_for([leaders], Stage.PLANNING, Scheme.JA_JF) is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "2026-02-01 00:00"),
        ({"state": RevisionState.SUBMITTED}, "2026-02-15 00:00"),
        ({"state": RevisionState.AGREED}, "2027-01-11 00:00"),
        ({"state": RevisionState.AGREED, "locked": True}, None),
        ({"windows": ()}, None),
    ],
)
def test_the_next_deadline_follows_the_state(values, expected):
    assert plan(**values).next_due_at == (moment(expected) if expected else None)
