"""Definitive posts: start and end."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import F

from config.lib.dates import format_date, last_day_from_until
from config.lib.db import swap_version
from config.lib.errors import DomainError
from orgunits.enums import AssignmentKind, OrgEvent, PositionKind
from orgunits.models import Assignment, Employee
from orgunits.permissions import OrgAction
from orgunits.selectors.facts import facts_of_person, facts_of_post
from orgunits.services.common import (
    Effect,
    claim_employee,
    rebuilt,
    record,
    require,
    span_on,
    writing,
)
from orgunits.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Post:
    """A post as an appointment names it; ``echelon`` "21" to "42" or empty."""

    unit_id: int
    position_title: str
    position_kind: PositionKind
    echelon: str = ""
    functional_level: str = ""
    is_head: bool = False


def assignment_start(
    *,
    actor: Viewer,
    now: datetime,
    employee_id: int,
    version: int,
    post: Post,
    start: date,
    until: date | None = None,
    decree: str = "",
) -> Effect:
    """Put a person who has no definitive post then into one, from ``start``.

    Raises NotAllowed, Conflict for a stale ``version``, and DomainError when the unit does not exist
    on that day, the person already has a definitive post, or the unit already has a head.
    """
    with writing():
        employee = claim_employee(employee_id, version)
        require(
            actor,
            facts_of_person(actor, employee.pk, employee.user_id, post.unit_id),
            OrgAction.EDIT_POSTS,
        )
        span = span_on(post.unit_id, start)
        Assignment.objects.create(
            employee=employee,
            kind=AssignmentKind.DEFINITIVE,
            start=start,
            until=until,
            decree=decree,
            **asdict(post),
        )
        record(
            actor,
            now,
            OrgEvent.POST_STARTED,
            employee,
            str(employee),
            after={**asdict(post), "start": start, "until": until, "decree": decree},
        )
        note = f"{employee} menjabat {post.position_title} pada {span.name} mulai {format_date(start)}."
        return Effect(rebuilt(actor, [post.unit_id]), (note,))


def assignment_end(
    *, actor: Viewer, now: datetime, assignment_id: int, version: int, until: date, reason: str
) -> Effect:
    """End an assignment, definitive or acting, so that ``until`` is the first day without it.

    Raises NotAllowed, Conflict for a stale ``version`` of the assignment, and DomainError when the
    assignment would end before it began or has already ended before that day.
    """
    with writing():
        swap_version(Assignment.objects.filter(pk=assignment_id), version=version)
        row = Assignment.objects.select_related("employee").get(pk=assignment_id)
        employee = row.employee
        require(actor, facts_of_post(actor, row, employee.user_id), OrgAction.EDIT_POSTS)
        refuse_wrong_end(row, until)
        before = {"until": row.until}
        Assignment.objects.filter(pk=row.pk).update(until=until, end_reason=reason, review_note="")
        Employee.objects.filter(pk=employee.pk).update(version=F("version") + 1)
        acting = row.kind != AssignmentKind.DEFINITIVE
        record(
            actor,
            now,
            OrgEvent.ACTING_ENDED if acting else OrgEvent.POST_ENDED,
            employee,
            str(employee),
            before=before,
            after={"assignment": row.pk, "until": until, "reason": reason},
        )
        last_day = last_day_from_until(until) or until
        note = f"{row.shown_title}, {employee}, berakhir. Hari terakhir: {format_date(last_day)}."
        return Effect(rebuilt(actor, [row.unit_id]), (note, *_left_standing(row, until)))


def refuse_wrong_end(row: Assignment, until: date) -> None:
    """Raise DomainError unless ``until`` shortens the assignment or gives an open one its end."""
    if until <= row.start:
        raise DomainError(
            f"Penugasan ini mulai {format_date(row.start)}; hari terakhirnya tidak boleh sebelum itu."
        )
    last_day = last_day_from_until(row.until)
    if row.until is not None and last_day is not None and until > row.until:
        raise DomainError(
            f"Penugasan ini sudah berakhir {format_date(last_day)}. Untuk melanjutkan, mulai penugasan baru."
        )


def _left_standing(row: Assignment, until: date) -> tuple[str, ...]:
    """Acting posts that go on although the definitive one ends."""
    if row.kind != AssignmentKind.DEFINITIVE:
        return ()
    acting = Assignment.objects.filter(employee=row.employee_id).exclude(kind=AssignmentKind.DEFINITIVE)
    going_on = [post for post in acting if post.until is None or post.until > until]
    return tuple(f"{post.shown_title} tetap berjalan; akhiri tersendiri bila perlu." for post in going_on)
