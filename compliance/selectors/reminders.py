"""Who is to be reminded of what now: from the duties, the reports to be scored, and who appraises whom."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assessments.models import Assessment
from assessments.states import AssessmentStatus
from compliance.enums import ReminderKind
from compliance.models import Reminder, ReminderDigest
from compliance.reminding import Occasion, ReminderKey, reminder_days, reminder_due, stage_words
from config.lib.dates import last_minute_of, office_date, start_of_day
from orgunits.enums import AssignmentKind
from orgunits.models import Assignment
from orgunits.selectors.days import on_day
from orgunits.selectors.lines import acting_appraisers
from skp.models import Duty, Period, Skp
from skp.states import Stage

OWN_STAGES = (Stage.PLANNING, Stage.MONITORING, Stage.SELF_REPORT)
TO_BE_SCORED = (AssessmentStatus.REPORTED, AssessmentStatus.SCORED)
BATCH = 1000


@dataclass(frozen=True, slots=True)
class _Open:
    """Something of a person that is not done: the assignment says who stands above, None when unknown."""

    stage: Stage
    interval: int
    employee_id: int
    name: str
    due_at: datetime
    days_before: int
    assignment_id: int | None
    last_day: date


def occasions_at(period: Period, now: datetime) -> dict[int, list[Occasion]]:
    """By person to be told, what stands at ``now``, sent already or not; a handful of queries."""
    today = office_date(now)
    duties, reports = _open_duties(period, now), _open_reports(period, now)
    last_days = {
        one.assignment_id: one.last_day for one in (*duties, *reports) if one.assignment_id is not None
    }
    appraisers = acting_appraisers(last_days, today)
    told: dict[ReminderKey, list[_Open]] = defaultdict(list)
    for one in duties:
        told[_key(period, ReminderKind.OWN, one, one.employee_id)].append(one)
    for kind, waiting in ((ReminderKind.TEAM, duties), (ReminderKind.SCORING, reports)):
        for one in waiting:
            above = appraisers.get(one.assignment_id or 0)
            if above is not None:
                told[_key(period, kind, one, above)].append(one)
    found: dict[int, list[Occasion]] = defaultdict(list)
    for key, waiting_for in told.items():
        found[key.employee_id].append(_occasion(period, key, waiting_for))
    return found


def unsent(occasions: dict[int, list[Occasion]], today: date) -> dict[int, list[Occasion]]:
    """Those of the occasions that were not sent yet, of people who had no digest today."""
    people = sorted(occasions)
    done: set[ReminderKey] = set()
    for first in range(0, len(people), BATCH):
        some = people[first : first + BATCH]
        had = ReminderDigest.objects.filter(for_day=today, employee__in=some)
        for person in had.values_list("employee_id", flat=True):
            done.update(one.key for one in occasions[person])
        sent = Reminder.objects.filter(employee__in=some, due_day__gte=today)
        done.update(map(ReminderKey._make, sent.values_list(*ReminderKey._fields)))
    left = {person: [one for one in own if one.key not in done] for person, own in occasions.items()}
    return {person: own for person, own in left.items() if own}


def _key(period: Period, kind: ReminderKind, one: _Open, person: int) -> ReminderKey:
    last_day = last_minute_of(one.due_at)[0]
    return ReminderKey(
        person, kind.value, period.pk, one.stage.value, one.interval, last_day, one.days_before
    )


def _occasion(period: Period, key: ReminderKey, waiting: Iterable[_Open]) -> Occasion:
    kind, listed = ReminderKind(key.kind), sorted(waiting, key=lambda one: one.name)
    intervals = period.settings.monitoring_intervals
    return Occasion(
        key=key,
        subject=stage_words(kind, Stage(key.stage), key.interval, period.year, intervals),
        due_at=min(one.due_at for one in listed),
        names=() if kind == ReminderKind.OWN else tuple(one.name for one in listed),
    )


def _soon(period: Period, now: datetime) -> datetime:
    """The instant after the last day of which people may be reminded now."""
    return start_of_day(office_date(now) + timedelta(days=max(reminder_days(period.settings)) + 1))


def _open_duties(period: Period, now: datetime) -> list[_Open]:
    duties = list(
        Duty.objects.filter(
            period=period,
            stage__in=OWN_STAGES,
            obliged=True,
            fulfilled_at__isnull=True,
            due_at__gt=now,
            due_at__lte=_soon(period, now),
        ).select_related("employee", "skp__assignment")
    )
    end = date(period.year, 12, 31)
    without_plan = {duty.employee_id for duty in duties if duty.skp is None}
    posts = _posts_on(without_plan, min(office_date(now), end))
    found = []
    for duty in duties:
        days = reminder_due(duty.due_at, now, period.settings)
        if days is not None:
            found.append(
                _Open(
                    stage=Stage(duty.stage),
                    interval=duty.interval,
                    employee_id=duty.employee_id,
                    name=duty.employee.full_name,
                    due_at=duty.due_at,
                    days_before=days,
                    assignment_id=duty.skp.assignment_id if duty.skp else posts.get(duty.employee_id),
                    last_day=_last_day(duty.skp) if duty.skp else end,
                )
            )
    return found


def _last_day(plan: Skp) -> date:
    """The last day of the plan or of its post, whichever comes first."""
    return min(plan.until, plan.assignment.until or plan.until) - timedelta(days=1)


def _posts_on(people: Collection[int], day: date) -> dict[int, int]:
    """The definitive assignment of each of these people on the day."""
    ids = sorted(people)
    found: dict[int, int] = {}
    for first in range(0, len(ids), BATCH):
        rows = Assignment.objects.filter(
            on_day(day), employee__in=ids[first : first + BATCH], kind=AssignmentKind.DEFINITIVE
        )
        found.update(rows.values_list("employee_id", "pk"))
    return found


def _open_reports(period: Period, now: datetime) -> list[_Open]:
    """Reports that were not scored and delivered yet; their deadline is that of the owner's duty."""
    due = dict(
        Duty.objects.filter(
            period=period, stage=Stage.ASSESSMENT, due_at__gt=now, due_at__lte=_soon(period, now)
        ).values_list("employee_id", "due_at")
    )
    if not due:
        return []
    reports = Assessment.objects.filter(skp__period=period, status__in=TO_BE_SCORED)
    found = []
    for report in reports.select_related("skp__owner", "skp__assignment"):
        plan = report.skp
        due_at = due.get(plan.owner_id)
        days = reminder_due(due_at, now, period.settings) if due_at else None
        if due_at and days is not None:
            found.append(
                _Open(
                    stage=Stage.ASSESSMENT,
                    interval=0,
                    employee_id=plan.owner_id,
                    name=plan.owner.full_name,
                    due_at=due_at,
                    days_before=days,
                    assignment_id=plan.assignment_id,
                    last_day=_last_day(plan),
                )
            )
    return found
