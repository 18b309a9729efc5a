"""Windows for tests that act by the real clock: every stage of a plan's moves is open now."""

from dataclasses import replace
from datetime import datetime, timedelta

from config.lib.dates import office_date, start_of_day
from skp.deadlines import WindowFacts, default_windows
from skp.states import Stage

# Days from today to the end of each stage.
STAGES = {Stage.PLANNING: 9, Stage.SELF_REPORT: 23, Stage.ASSESSMENT: 44}
BEFORE = timedelta(days=40)


def open_windows(year: int, now: datetime) -> list[WindowFacts]:
    """The default windows of the year, those of planning, reporting and scoring open at ``now``."""
    today = office_date(now)
    opens = start_of_day(today - BEFORE)
    return [
        replace(
            window,
            opens_at=min(window.opens_at, opens),
            closes_at=start_of_day(today + timedelta(days=STAGES[window.stage] + 1)),
        )
        if window.stage in STAGES
        else window
        for window in default_windows(year)
    ]
