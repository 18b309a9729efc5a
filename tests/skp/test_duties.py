"""Who is obliged, until when, and who has done it: plain values in, rows out (rules.md §7, §8)."""

from dataclasses import replace
from datetime import date

import pytest

from orgunits.enums import EmploymentKind, LegalPosition
from skp.deadlines import default_windows
from skp.duties import (
    LegalSpan,
    PersonFacts,
    PlanDone,
    PostFacts,
    YearFacts,
    duties_of,
)
from skp.enums import ExemptionKind, Scheme
from skp.exemption_rules import ExemptionFacts, long_enough, months_later
from skp.extension_rules import UnitPlace, UnitTree
from skp.intervals import IndicatorSince, complete_at
from skp.settings import PlanSettings
from tests.skp.facts import moment

LONG_AGO = date(2020, 1, 1)
OPD, UNIT, OTHER_OPD = 1, 2, 3
TREE = UnitTree(
    [
        UnitPlace(OPD, None, OPD, LONG_AGO, None),
        UnitPlace(UNIT, OPD, OPD, LONG_AGO, None),
        UnitPlace(OTHER_OPD, None, OTHER_OPD, LONG_AGO, None),
    ]
)
YEAR = YearFacts(2026, default_windows(2026), PlanSettings(), (), TREE)
POST = PostFacts(10, UNIT, "", False, LONG_AGO, None)
SENT, AGREED = moment("2026-01-10 10:00"), moment("2026-01-20 10:00")
PLAN = PlanDone(50, 10, Scheme.JA_JF, date(2026, 1, 1), date(2027, 1, 1))


def person(*posts: PostFacts, **values: object) -> PersonFacts:
    given = {"employee_id": 7, "kind": EmploymentKind.PNS, "posts": posts or (POST,)}
    return PersonFacts(**(given | values))  # type: ignore[arg-type]


def duty(who: PersonFacts, stage: str = "planning", interval: int = 0, year: YearFacts = YEAR):
    rows = [row for row in duties_of(who, year) if (row.stage, row.interval) == (stage, interval)]
    assert len(rows) <= 1
    return rows[0] if rows else None


def test_a_year_has_seven_duties():
    rows = duties_of(person(), YEAR)
    assert [(row.stage, row.interval, row.due_at) for row in rows] == [
        ("planning", 0, moment("2026-02-01 00:00")),
        ("monitoring", 1, moment("2026-04-15 00:00")),
        ("monitoring", 2, moment("2026-07-15 00:00")),
        ("monitoring", 3, moment("2026-10-15 00:00")),
        ("monitoring", 4, moment("2027-01-15 00:00")),
        ("self_report", 0, moment("2027-01-11 00:00")),
        ("assessment", 0, moment("2027-02-01 00:00")),
    ]
    assert {(row.opd_id, row.unit_id, row.obliged, row.exempt_reason) for row in rows} == {
        (OPD, UNIT, True, "")
    }


def test_the_bupati_never():
    assert duties_of(person(kind=EmploymentKind.STATE_OFFICIAL), YEAR) == []


def test_leaders_have_their_own_window():
    head = replace(POST, unit_id=OPD, is_head=True)
    assert duty(person(head)).due_at == moment("2026-01-15 00:00")
    assert duty(person(replace(POST, echelon="22"))).due_at == moment("2026-01-15 00:00")
    assert duty(person(replace(POST, is_head=True))).due_at == moment("2026-02-01 00:00")
    marked = replace(YEAR, standalone=frozenset({UNIT}))
    assert duty(person(replace(POST, is_head=True)), year=marked).due_at == moment("2026-01-15 00:00")


@pytest.mark.parametrize(
    ("kind", "rules", "obliged"),
    [
        (EmploymentKind.CPNS, {}, True),
        (EmploymentKind.PPPK, {}, True),
        (EmploymentKind.PPPK_PART, {}, True),
        (EmploymentKind.PPPK_PART, {"part_time_obliged": False}, False),
    ],
)
def test_the_kind_of_employment(kind, rules, obliged):
    year = replace(YEAR, settings=PlanSettings(**rules))
    row = duty(person(kind=kind), year=year)
    assert (row.obliged, bool(row.exempt_reason)) == (obliged, not obliged)


@pytest.mark.parametrize(
    ("position", "start", "until", "obliged"),
    [
        (LegalPosition.UNPAID_LEAVE, date(2025, 6, 1), None, False),
        (LegalPosition.SUSPENDED, date(2026, 1, 31), None, False),
        (LegalPosition.SUSPENDED, date(2026, 2, 1), None, True),
        (LegalPosition.RETIRED, date(2026, 1, 1), date(2026, 2, 1), False),
        (LegalPosition.RETIRED, date(2025, 1, 1), date(2026, 1, 31), True),
        (LegalPosition.PRE_RETIREMENT, date(2025, 1, 1), None, True),
        (LegalPosition.STUDY, date(2025, 1, 1), None, True),
    ],
)
def test_legal_positions_on_the_reference_day(position, start, until, obliged):
    row = duty(person(legal=(LegalSpan(position, start, until),)))
    assert row.obliged is obliged
    assert row.exempt_reason == ("" if obliged else position.label)


@pytest.mark.parametrize(
    ("kind", "start", "until", "obliged"),
    [
        (ExemptionKind.STUDY, date(2025, 9, 1), date(2026, 3, 1), False),
        (ExemptionKind.STUDY, date(2025, 9, 2), date(2026, 3, 1), True),
        (ExemptionKind.MATERNITY, date(2026, 1, 1), date(2026, 4, 2), False),
        (ExemptionKind.MATERNITY, date(2026, 1, 1), date(2026, 4, 1), True),
        (ExemptionKind.SICKNESS, date(2026, 2, 1), date(2026, 8, 1), True),
        (ExemptionKind.NEW_IN_POST, date(2026, 1, 15), date(2026, 2, 15), False),
        (ExemptionKind.NEW_IN_POST, date(2026, 1, 15), date(2026, 2, 16), True),
    ],
)
def test_documents_exempt_when_they_last_long_enough(kind, start, until, obliged):
    assert duty(person(exemptions=(ExemptionFacts(kind, start, until),))).obliged is obliged


def test_an_exemption_counts_only_where_it_covers_the_reference_day():
    leave = ExemptionFacts(ExemptionKind.MATERNITY, date(2026, 1, 1), date(2026, 5, 1))
    rows = duties_of(person(exemptions=(leave,)), YEAR)
    assert [row.obliged for row in rows] == [False, False, True, True, True, True, True]


def test_months_end_with_the_month():
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 1, 15), 12) == date(2027, 1, 15)
    assert (
        "6 bulan"
        in long_enough(
            ExemptionFacts(ExemptionKind.STUDY, date(2026, 1, 1), date(2026, 2, 1)), PlanSettings()
        ).reason
    )


def test_a_person_counts_where_they_sit_on_the_reference_day():
    first = replace(POST, until=date(2026, 3, 15))
    second = PostFacts(11, OTHER_OPD, "", False, date(2026, 3, 15), None)
    rows = duties_of(person(first, second), YEAR)
    assert [(row.stage, row.opd_id) for row in rows[:2]] == [("planning", OPD), ("monitoring", OTHER_OPD)]


def test_who_comes_later_plans_thirty_days_and_has_no_earlier_quarters():
    rows = duties_of(person(replace(POST, start=date(2026, 5, 10))), YEAR)
    assert [(row.stage, row.interval) for row in rows] == [
        ("planning", 0),
        ("monitoring", 2),
        ("monitoring", 3),
        ("monitoring", 4),
        ("self_report", 0),
        ("assessment", 0),
    ]
    assert rows[0].due_at == moment("2026-06-10 00:00")
    assert duties_of(person(replace(POST, start=date(2027, 1, 1))), YEAR) == []


def test_who_left_before_has_none_of_what_follows():
    rows = duties_of(person(replace(POST, until=date(2026, 4, 1))), YEAR)
    assert [(row.stage, row.interval) for row in rows] == [("planning", 0), ("monitoring", 1)]
    assert duties_of(person(replace(POST, until=date(2026, 1, 31))), YEAR) == []


@pytest.mark.parametrize(
    ("plan", "rules", "fulfilled", "agreed"),
    [
        (None, {}, None, None),
        (PLAN, {}, None, None),
        (replace(PLAN, sent_at=SENT), {}, SENT, None),
        (replace(PLAN, sent_at=SENT, agreed_at=AGREED), {}, SENT, AGREED),
        (replace(PLAN, sent_at=SENT), {"planning_needs_agreement": True}, None, None),
        (replace(PLAN, sent_at=SENT, agreed_at=AGREED), {"planning_needs_agreement": True}, AGREED, AGREED),
    ],
)
def test_planning_is_fulfilled_by_sending_or_agreement(plan, rules, fulfilled, agreed):
    year = replace(YEAR, settings=PlanSettings(**rules))
    row = duty(person(plans=(plan,) if plan else ()), year=year)
    assert (row.fulfilled_at, row.agreed_at) == (fulfilled, agreed)
    assert row.skp_id == (50 if plan else None)


MOVE = date(2026, 3, 15)
TWO = (replace(POST, until=MOVE), PostFacts(11, OTHER_OPD, "", False, MOVE, None))
OLD = replace(PLAN, until=MOVE, closed=True, sent_at=SENT, agreed_at=AGREED)
NEW = PlanDone(51, 11, Scheme.JA_JF, MOVE, date(2027, 1, 1))


def test_all_plans_due_must_be_done():
    report = moment("2026-12-20 10:00")
    who = person(*TWO, plans=(OLD, replace(NEW, reported_at=report)))
    row = duty(who, "self_report")
    assert (row.skp_id, row.fulfilled_at) == (51, None)
    both = person(*TWO, plans=(replace(OLD, reported_at=SENT), replace(NEW, reported_at=report)))
    assert duty(both, "self_report").fulfilled_at == report


def test_planning_asks_for_what_had_begun_by_its_reference_day():
    row = duty(person(*TWO, plans=(OLD, NEW)))
    assert (row.skp_id, row.fulfilled_at) == (50, SENT)


def test_a_post_without_a_plan_is_not_fulfilled_by_another_post_s_plan():
    row = duty(person(*TWO, plans=(replace(OLD, delivered_at=SENT),)), "assessment")
    assert (row.skp_id, row.fulfilled_at) == (None, None)


def test_a_plan_closed_before_the_deadline_without_being_sent_does_not_hold_planning_up():
    early = date(2026, 1, 15)
    posts = (replace(POST, until=early), PostFacts(11, OTHER_OPD, "", False, early, None))
    closed = replace(PLAN, until=early, closed=True)
    second = replace(NEW, start=early, sent_at=SENT)
    assert duty(person(*posts, plans=(closed, second))).fulfilled_at == SENT
    assert duty(person(*posts, plans=(replace(closed, closed=False), second))).fulfilled_at is None
    sent_later = replace(closed, sent_at=AGREED)
    assert duty(person(*posts, plans=(sent_later, second))).fulfilled_at == AGREED


def test_monitoring_asks_for_the_plans_of_its_interval():
    noted = {1: SENT, 2: None}
    who = person(*TWO, plans=(replace(OLD, noted_at={1: SENT}), replace(NEW, noted_at={1: None, 2: AGREED})))
    assert duty(who, "monitoring", 1).fulfilled_at is None
    assert duty(who, "monitoring", 2).fulfilled_at == AGREED
    assert duty(person(plans=(replace(PLAN, noted_at=noted),)), "monitoring", 1).fulfilled_at == SENT
    assert duty(person(plans=(replace(PLAN, noted_at=noted),)), "monitoring", 2).fulfilled_at is None
    assert duty(person(plans=(PLAN,)), "monitoring", 1).fulfilled_at is None


END = moment("2026-04-01 00:00")


@pytest.mark.parametrize(
    ("indicators", "noted", "expected"),
    [
        ([IndicatorSince(1, None), IndicatorSince(2, None)], {1: SENT, 2: AGREED}, AGREED),
        ([IndicatorSince(1, None), IndicatorSince(2, None)], {1: SENT}, None),
        ([], {}, None),
        # An addendum within the quarter is asked for in it, a later one is not.
        ([IndicatorSince(1, None), IndicatorSince(2, moment("2026-03-31 23:59"))], {1: SENT}, None),
        ([IndicatorSince(1, None), IndicatorSince(2, END)], {1: SENT}, SENT),
    ],
)
def test_every_indicator_of_the_interval_needs_its_entry(indicators, noted, expected):
    assert complete_at(indicators, noted, END) == expected
