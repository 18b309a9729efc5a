"""The clock of a delivered result: when it counts as received, and when the right to object ends. Pure."""

from datetime import date, datetime, timedelta

from config.lib.dates import office_date, start_of_day

# PP 30/2019 art. 59.
OBJECTION_DAYS = 14
SATURDAY = 5


def working_day_after(day: date, days: int) -> date:
    """The ``days``-th working day after ``day``, Monday to Friday; holidays are not known here."""
    found = day
    while days:
        found += timedelta(days=1)
        days -= found.weekday() < SATURDAY
    return found


def deemed_at(delivered_at: datetime, working_days: int) -> datetime:
    """The instant at which a result counts as received though nobody opened it: that working day is over."""
    return start_of_day(working_day_after(office_date(delivered_at), working_days) + timedelta(days=1))


def deemed_receipt(deemed: datetime) -> datetime:
    """When a result that nobody opened until ``deemed`` counts as received: in that day's last minute."""
    return deemed - timedelta(minutes=1)


def objection_closes_at(received_at: datetime, *, in_working_days: bool) -> datetime:
    """The instant after day 14, 24.00 office time, the day of receipt being day 0 (PP 30/2019 art. 59)."""
    day = office_date(received_at)
    calendar = day + timedelta(days=OBJECTION_DAYS)
    last = working_day_after(day, OBJECTION_DAYS) if in_working_days else calendar
    return start_of_day(last + timedelta(days=1))
