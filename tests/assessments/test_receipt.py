"""The clock of a delivered result: deemed receipt, day 0, day 14 at 24.00, calendar and working days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.receipt import deemed_at, deemed_receipt, objection_closes_at, working_day_after
from config.lib.dates import format_day_end, office_date, start_of_day
from tests.skp.facts import moment

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 5 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
MONDAY_TO_FRIDAY = range(5)


def working_days_between(day: date, last: date) -> int:
    """How many working days lie after ``day`` up to and with ``last``."""
    span = (day + timedelta(days=step) for step in range(1, (last - day).days + 1))
    return sum(one.weekday() in MONDAY_TO_FRIDAY for one in span)


@pytest.mark.parametrize(
    ("delivered", "deemed"),
    [
        # Monday 11 January: Thursday ends.
        ("2027-01-11 09:00", "2027-01-15 00:00"),
        ("2027-01-11 00:00", "2027-01-15 00:00"),
        ("2027-01-11 23:59", "2027-01-15 00:00"),
        # Wednesday: over the weekend to Monday.
        ("2027-01-13 09:00", "2027-01-19 00:00"),
        # Friday, Saturday and Sunday: Wednesday.
        ("2027-01-15 16:00", "2027-01-21 00:00"),
        ("2027-01-16 16:00", "2027-01-21 00:00"),
        ("2027-01-17 23:59", "2027-01-21 00:00"),
    ],
)
def test_nobody_opened_it_for_three_working_days(delivered, deemed):
    assert deemed_at(moment(delivered), 3) == moment(deemed)


@pytest.mark.parametrize(
    ("received", "working", "closes", "said"),
    [
        ("2027-01-12 00:00", False, "2027-01-27 00:00", "26 Januari 2027 pukul 24.00 WIB"),
        ("2027-01-12 23:59", False, "2027-01-27 00:00", "26 Januari 2027 pukul 24.00 WIB"),
        ("2027-01-13 00:00", False, "2027-01-28 00:00", "27 Januari 2027 pukul 24.00 WIB"),
        # Over the end of February.
        ("2028-02-20 10:00", False, "2028-03-06 00:00", "5 Maret 2028 pukul 24.00 WIB"),
        # Tuesday with working days: two weeks and four days, Monday 1 February.
        ("2027-01-12 10:00", True, "2027-02-02 00:00", "1 Februari 2027 pukul 24.00 WIB"),
        # Saturday: Monday is working day 1, Thursday of the third week day 14.
        ("2027-01-16 10:00", True, "2027-02-05 00:00", "4 Februari 2027 pukul 24.00 WIB"),
    ],
)
def test_day_14_ends_at_24(received, working, closes, said):
    found = objection_closes_at(moment(received), in_working_days=working)
    assert found == moment(closes)
    assert format_day_end(found) == said


@given(day=DAYS, days=st.integers(0, 40))
def test_a_working_day_after_is_one_and_as_many_lie_between(day, days):
    found = working_day_after(day, days)
    assert working_days_between(day, found) == days
    assert days == 0 or found.weekday() in MONDAY_TO_FRIDAY


@given(delivered=MOMENTS, days=st.integers(1, 30))
def test_a_deemed_receipt_is_the_end_of_that_working_day(delivered, days):
    found = deemed_at(delivered, days)
    last = office_date(found) - timedelta(days=1)
    assert found == start_of_day(office_date(found)) > delivered
    assert working_days_between(office_date(delivered), last) == days
    assert last.weekday() in MONDAY_TO_FRIDAY
    # That working day, not the one after, is day 0 of the right to object.
    assert office_date(deemed_receipt(found)) == last


@given(received=MOMENTS)
def test_the_right_runs_14_whole_days_after_the_day_of_receipt(received):
    found = objection_closes_at(received, in_working_days=False)
    assert found == start_of_day(office_date(received) + timedelta(days=15))
    assert timedelta(days=14) < found - received <= timedelta(days=15)


@given(received=MOMENTS)
def test_working_days_never_shorten_the_right(received):
    calendar = objection_closes_at(received, in_working_days=False)
    working = objection_closes_at(received, in_working_days=True)
    last = office_date(working) - timedelta(days=1)
    assert working >= calendar
    assert working_days_between(office_date(received), last) == 14


@given(first=MOMENTS, second=MOMENTS, working=st.booleans())
def test_who_receives_later_may_object_later_or_as_long(first, second, working):
    early, late = sorted((first, second))
    ends = [objection_closes_at(one, in_working_days=working) for one in (early, late)]
    assert ends[0] <= ends[1]
