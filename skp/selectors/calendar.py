"""The year's stages as they bind the person who asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from orgunits.enums import AssignmentKind
from orgunits.models import Assignment
from orgunits.selectors.days import on_day
from orgunits.viewer import Viewer
from skp.deadlines import WindowFacts, due_at, window_for
from skp.enums import Scheme
from skp.models import Duty, Period, Skp
from skp.selectors.mine import own_plans
from skp.selectors.plans import window_facts
from skp.selectors.schemes import scheme_of_post
from skp.states import Lifecycle, Stage
from skp.year import CalendarEntry, in_calendar_order, stage_name, standing


@dataclass(frozen=True, slots=True)
class OwnYear:
    """The stages of a period for one person; ``scheme`` is None for somebody without plan and post."""

    entries: tuple[CalendarEntry, ...]
    scheme: Scheme | None

    @property
    def is_leader(self) -> bool:
        """Whether the windows of the high leaders hold."""
        return self.scheme == Scheme.JPT


def own_year(viewer: Viewer, period: Period) -> OwnYear:
    """The viewer's own calendar; somebody without plan and post sees the schedule for all.

    Deadlines are those of the stored duties, which know extensions; without one the plan's or the
    window's own.
    """
    plan = own_plans(viewer).filter(period=period, lifecycle=Lifecycle.ACTIVE).first()
    scheme = Scheme(plan.scheme) if plan else _scheme_of_viewer(viewer, period)
    windows = window_facts(period)
    duties = _duties(viewer, period)
    places = dict.fromkeys((window.stage, window.interval) for window in windows)
    entries = []
    for stage, interval in places:
        window = window_for(windows, stage, scheme or Scheme.JA_JF, interval)
        if window is not None:
            entries.append(_entry(viewer, period, window, plan, duties.get((stage, interval))))
    return OwnYear(in_calendar_order(entries), scheme)


def _entry(
    viewer: Viewer, period: Period, window: WindowFacts, plan: Skp | None, duty: Duty | None
) -> CalendarEntry:
    start = plan.start if plan else date(period.year, 1, 1)
    due = duty.due_at if duty else due_at(window, skp_start=start, settings=period.settings)
    return CalendarEntry(
        name=stage_name(window.stage, window.interval, period.settings.monitoring_intervals),
        stage=window.stage,
        interval=window.interval,
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        due_at=due,
        standing=standing(
            opens_at=window.opens_at,
            due_at=due,
            now=viewer.now,
            obliged=duty.obliged if duty else None,
            fulfilled=duty is not None and duty.fulfilled_at is not None,
        ),
        fulfilled_at=duty.fulfilled_at if duty else None,
        exempt_reason=duty.exempt_reason if duty else "",
    )


def _duties(viewer: Viewer, period: Period) -> Mapping[tuple[Stage, int], Duty]:
    if viewer.employee_id is None:
        return {}
    rows = Duty.objects.filter(period=period, employee=viewer.employee_id)
    return {(Stage(row.stage), row.interval): row for row in rows}


def _scheme_of_viewer(viewer: Viewer, period: Period) -> Scheme | None:
    """That of the definitive post held in the period, on the day nearest to today."""
    if viewer.employee_id is None:
        return None
    day = min(max(viewer.today, date(period.year, 1, 1)), date(period.year, 12, 31))
    posts = Assignment.objects.filter(
        on_day(day), employee=viewer.employee_id, kind=AssignmentKind.DEFINITIVE
    )
    post = posts.select_related("unit").first()
    return scheme_of_post(post, day) if post else None
