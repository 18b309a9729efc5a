"""The year in words: names of intervals, schedules moved to another year, where a stage stands."""

from datetime import date, datetime, time, timedelta

import pytest

from config.lib.dates import due_from_last_minute, last_minute_of, office_clock, office_date, office_moment
from skp.deadlines import WindowFacts, default_windows
from skp.states import Audience, Stage
from skp.year import (
    CalendarEntry,
    Standing,
    in_calendar_order,
    moved_by_years,
    next_entry,
    open_entries,
    stage_name,
    standing,
)
from tests.skp.facts import moment


def test_a_stage_is_called_with_its_quarter_or_month():
    assert stage_name(Stage.PLANNING, 0, 4) == "Perencanaan"
    assert stage_name(Stage.MONITORING, 2, 4) == "Pemantauan triwulan 2"
    assert stage_name(Stage.MONITORING, 2, 12) == "Pemantauan Februari"


@pytest.mark.parametrize("intervals", [4, 12])
@pytest.mark.parametrize(("year", "years"), [(2026, 1), (2027, 1), (2026, -2)])
def test_the_default_schedule_moved_is_that_of_the_other_year(intervals, year, years):
    assert moved_by_years(default_windows(year, intervals), years) == default_windows(year + years, intervals)


def test_a_window_that_ends_with_the_last_of_february_does_so_in_any_year():
    leap = WindowFacts(
        Stage.PLANNING,
        Audience.ALL,
        0,
        office_moment(date(2028, 2, 29), time(8, 30)),
        office_moment(date(2028, 3, 1), time(0, 0)),
    )
    (moved,) = moved_by_years([leap], 1)
    assert (office_date(moved.opens_at), office_clock(moved.opens_at)) == (date(2029, 3, 1), time(8, 30))
    assert last_minute_of(moved.closes_at) == (date(2029, 2, 28), time(23, 59))


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2028, 2, 29), date(2026, 12, 31)])
@pytest.mark.parametrize("clock", [time(0, 0), time(12, 7), time(23, 59)])
def test_the_last_minute_typed_is_the_last_minute_shown(day, clock):
    due = due_from_last_minute(day, clock)
    assert due - office_moment(day, clock) == timedelta(minutes=1)
    assert last_minute_of(due) == (day, clock)


OPENS, DUE = moment("2026-01-01 00:00"), moment("2026-02-01 00:00")


@pytest.mark.parametrize(
    ("now", "known", "expected"),
    [
        ("2025-12-31 23:59", {}, Standing.NEXT),
        ("2026-01-01 00:00", {}, Standing.OPEN),
        ("2026-01-31 23:59", {}, Standing.OPEN),
        ("2026-02-01 00:00", {}, Standing.OVER),
        ("2026-02-01 00:00", {"obliged": True}, Standing.LATE),
        ("2026-01-15 00:00", {"obliged": True}, Standing.OPEN),
        ("2026-01-15 00:00", {"obliged": False}, Standing.EXEMPT),
        ("2026-02-01 00:00", {"obliged": True, "fulfilled": True}, Standing.DONE),
        ("2026-02-01 00:00", {"obliged": False, "fulfilled": True}, Standing.DONE),
    ],
)
def test_where_a_stage_stands(now, known, expected):
    assert standing(opens_at=OPENS, due_at=DUE, now=moment(now), **known) == expected


def test_every_standing_is_shown_with_a_word_a_tone_and_an_icon():
    assert all(value.label and value.tone and value.icon for value in Standing)


def entry(name: str, opens: str, due: str, where: Standing) -> CalendarEntry:
    until: datetime = moment(due)
    return CalendarEntry(name, Stage.PLANNING, 0, moment(opens), until, until, where)


def test_what_is_open_comes_by_deadline_and_what_is_next_by_opening():
    late = entry("lama", "2026-01-01 00:00", "2026-06-01 00:00", Standing.OPEN)
    soon = entry("dekat", "2026-02-01 00:00", "2026-03-01 00:00", Standing.OPEN)
    after = entry("sesudah", "2026-08-01 00:00", "2026-09-01 00:00", Standing.NEXT)
    then = entry("kemudian", "2026-07-01 00:00", "2026-12-01 00:00", Standing.NEXT)
    all_four = [after, late, then, soon]
    assert open_entries(all_four) == (soon, late)
    assert next_entry(all_four) == then
    assert next_entry([late]) is None
    assert in_calendar_order(all_four) == (late, soon, then, after)
