"""What waits for an appraiser: plans to decide, and people who have not begun (rules.md §11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from config.lib.dates import office_date
from config.lib.prepared import Given, Prepared, many
from orgunits.viewer import Viewer
from skp.deadlines import after_return
from skp.enums import CascadeMethod
from skp.models import Duty, PlannedResult, Revision, Skp
from skp.selectors.cascade import provisional_condition
from skp.selectors.content import latest_texts
from skp.selectors.duties import of_appraisees
from skp.selectors.periods import latest_period
from skp.selectors.plans import (
    plans_of_appraiser,
    plans_waiting_for,
    submitted,
    waiting_first,
    with_facts,
    with_returned_at,
)
from skp.states import RevisionState, Stage

INBOX_PAGE = 25


@dataclass(frozen=True, slots=True)
class WaitingPlan:
    """A submitted plan as its row shows it: whose it is, as what, and since how many ``days`` it waits.

    ``name`` has the titles, ``nip`` may be empty; a ``revision`` above 1 is an addendum.
    """

    skp_id: int
    name: str
    nip: str
    position: str
    year: int
    revision: int
    provisional: bool
    sent_at: datetime
    days: int


@dataclass(frozen=True, slots=True)
class IdlePerson:
    """Somebody obliged to plan who has not sent one; ``state`` is None without any plan."""

    duty: Duty
    state: RevisionState | None


# Whether it serves a plan that is not agreed yet.
PROVISIONAL = ExpressionWrapper(provisional_condition(), output_field=BooleanField())


def waiting_plans(viewer: Viewer) -> "QuerySet[Skp]":
    """The plans that the viewer has to decide, oldest first, with the facts of deciding."""
    return with_facts(plans_waiting_for(viewer)).annotate(provisional=PROVISIONAL).prefetch_related(None)


WAITING = Prepared(
    lambda: waiting_first(plans_of_appraiser(Given("me"), Given("day"))).values_list("pk", flat=True)
)


def waiting_ids(viewer: Viewer) -> list[int]:
    """The keys of ``waiting_plans``, for a list that is shown by pages."""
    return [] if viewer.employee_id is None else WAITING.rows(me=viewer.employee_id, day=viewer.today)


def _rows() -> "QuerySet[Any]":
    plans = with_returned_at(submitted(Skp.objects.filter(pk__in=many("plans", INBOX_PAGE))))
    return plans.annotate(provisional=PROVISIONAL).select_related(
        "period", "open_revision", "owner", "assignment"
    )


ROWS = Prepared(_rows)


def waiting_rows(plan_ids: Sequence[int], today: date) -> list[tuple[WaitingPlan, datetime | None]]:
    """The rows of at most a page of ``waiting_ids``, in its order, in two queries.

    With each until when it may be decided, None when unknown.
    """
    found = {skp.pk: skp for skp in ROWS.rows(plans=plan_ids)}
    rows = [found[pk] for pk in plan_ids if pk in found]
    due = _due(rows)
    return [(_row(skp, today), due.get(skp.pk)) for skp in rows]


def _row(skp: Any, today: date) -> WaitingPlan:
    return WaitingPlan(
        skp_id=skp.pk,
        name=skp.owner.full_name,
        nip=skp.owner.nip or "",
        position=skp.assignment.shown_title,
        year=skp.period.year,
        revision=skp.open_revision.number,
        provisional=skp.provisional,
        sent_at=skp.submitted_at,
        days=(today - office_date(skp.submitted_at)).days,
    )


DEADLINES = Prepared(
    lambda: Duty.objects.filter(
        employee__pk__in=many("people", INBOX_PAGE), stage__in=[Stage.PLANNING, Stage.SELF_REPORT]
    ).values_list("employee_id", "period_id", "stage", "due_at")
)


def _due(plans: Sequence[Skp]) -> dict[int, datetime]:
    """Until when each may be decided: the duty's deadline, a late return, and the days to decide."""
    people = list({skp.owner_id for skp in plans})
    duties = {(person, period, stage): due for person, period, stage, due in DEADLINES.rows(people=people)}
    found = {}
    for skp in plans:
        base = duties.get((skp.owner_id, skp.period_id, _stage(skp.open_revision)))
        if base is not None:
            settings = skp.period.settings
            base = after_return(base, skp.returned_at, settings)  # type: ignore[attr-defined]
            found[skp.pk] = base + timedelta(days=settings.decision_days)
    return found


def _stage(revision: Revision | None) -> Stage:
    return Stage.SELF_REPORT if revision is not None and revision.number > 1 else Stage.PLANNING


IDLE = Prepared(
    lambda: (
        Duty.objects.filter(of_appraisees(Given("me"), Given("day")), period=Given("period"))
        .filter(stage=Stage.PLANNING, obliged=True, fulfilled_at__isnull=True)
        .select_related("employee", "skp__open_revision")
        .order_by("employee__name", "pk")
    )
)


def idle_people(viewer: Viewer) -> list[IdlePerson]:
    """People appraised by the viewer today who are obliged to plan and have sent nothing, by name."""
    period = latest_period(viewer.today)
    if period is None or viewer.employee_id is None or not viewer.has_appraisees:
        return []
    duties = IDLE.rows(me=viewer.employee_id, day=viewer.today, period=period.pk)
    return [IdlePerson(duty, _state(duty.skp)) for duty in duties]


def _state(skp: Skp | None) -> RevisionState | None:
    revision = skp.open_revision if skp else None
    return RevisionState(revision.state) if revision else None


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A main result as the list of many plans shows it."""

    text: str
    parent_text: str
    method: str
    is_main: bool


def shown_results(revision_ids: Iterable[int]) -> dict[int, list[ShownResult]]:
    """The results of many revisions with their links and methods, in two queries."""
    rows = list(
        PlannedResult.objects.filter(revision__in=list(revision_ids))
        .order_by("revision", "-kind", "order", "pk")
        .values_list("revision_id", "text", "parent_id", "cascade_method", "kind")
    )
    texts = latest_texts({parent for _, _, parent, _, _ in rows if parent})
    found: dict[int, list[ShownResult]] = {}
    for revision_id, text, parent, method, kind in rows:
        label = str(CascadeMethod(method).label) if method else ""
        found.setdefault(revision_id, []).append(
            ShownResult(text, texts.get(parent or 0, ""), label, kind == "main")
        )
    return found
