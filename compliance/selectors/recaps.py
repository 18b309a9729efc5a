"""Recapitulations: an OPD's people (D10) and the regency's OPD (D11), from the rows of the results board."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from assessments.models import Assessment, AssessmentVersion, YearResult
from assessments.selectors.achievements import last_day_of
from assessments.states import DELIVERED_STATES, AssessmentStatus
from compliance.selectors.scored_people import Choice, ScoredPerson, scored_people, scored_person_rows
from compliance.selectors.scores import ResultRow, board_results, score_rows
from orgunits.enums import AssignmentKind
from orgunits.models import Assignment
from orgunits.selectors.days import on_day
from orgunits.viewer import Viewer
from skp.models import Duty, Period, Skp
from skp.states import Lifecycle, Stage

NO_PLAN = "Belum ada SKP"
NOT_AGREED = "Belum disepakati"
NOT_REPORTED = "Disepakati, belum dilaporkan"


@dataclass(frozen=True, slots=True)
class RecapPerson:
    """A line of D10; what is not readable or not there is empty.

    ``status``: how far the last plan has come; ``skp_value`` and ``behaviour``: 0–120, of a year in one part.
    """

    person: ScoredPerson
    title: str
    status: str
    skp_value: Decimal | None
    behaviour: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class RecapOpd:
    """A line of D11: the OPD's row of the board, and how many of the obliged have fulfilled the planning."""

    row: ResultRow
    planned: int


def opd_recap(viewer: Viewer, period: Period, opd_id: int) -> list[RecapPerson]:
    """The obliged of an OPD by name, in five queries; 0 for those outside of any."""
    results = scored_people(viewer, period, Choice(opd_id=opd_id))
    listed = list(results)
    people: QuerySet[Any] = results.order_by().values("employee")
    titles, statuses = titles_at_the_end(people, period), plan_statuses(people, period)
    versions = delivered_versions(people, period)
    return [
        _line(
            row,
            titles.get(row.employee.pk, ""),
            statuses.get(row.employee.pk, NO_PLAN),
            versions.get(row.employee.pk, ()) if row.readable else (),
        )
        for row in scored_person_rows(viewer, listed)
    ]


def _line(row: ScoredPerson, title: str, status: str, versions: Collection[AssessmentVersion]) -> RecapPerson:
    only = only_part(versions)
    return RecapPerson(
        person=row,
        title=title,
        status=status,
        skp_value=only.skp_value if only else None,
        behaviour=only.behaviour_value if only else None,
        note=recap_note(row.why, len(versions)),
    )


def only_part(versions: Collection[AssessmentVersion]) -> AssessmentVersion | None:
    """The version of a year in one part; of several there is no SKP value that is the year's."""
    return next(iter(versions)) if len(versions) == 1 else None


def recap_note(why: str, parts: int) -> str:
    """The remark of a line: why there is no performance, and that several plans make the year."""
    joined = [f"Gabungan {parts} SKP"] if parts > 1 else []
    return "; ".join([why, *joined] if why else joined)


def plan_statuses(people: "QuerySet[Any]", period: Period) -> dict[int, str]:
    """How far the last plan of each of these people has come."""
    plans = Skp.objects.filter(period=period, owner__in=people).exclude(lifecycle=Lifecycle.CANCELLED)
    rows = plans.order_by("start", "pk").values_list("owner", "in_force", "assessment__status")
    return {owner: _status(in_force, status) for owner, in_force, status in rows}


def _status(in_force: int | None, status: str | None) -> str:
    if status and status != AssessmentStatus.OPEN:
        return str(AssessmentStatus(status).label)
    return NOT_REPORTED if in_force else NOT_AGREED


def titles_at_the_end(people: "QuerySet[Any]", period: Period) -> dict[int, str]:
    """The definitive posts of these people on the year's last day."""
    posts = Assignment.objects.filter(
        on_day(last_day_of(period)), employee__in=people, kind=AssignmentKind.DEFINITIVE
    )
    return {post.employee_id: post.shown_title for post in posts}


def delivered_versions(people: "QuerySet[Any]", period: Period) -> Mapping[int, list[AssessmentVersion]]:
    """The delivered versions of these people's plans."""
    rows = Assessment.objects.filter(
        skp__period=period, skp__owner__in=people, status__in=sorted(DELIVERED_STATES)
    )
    found: dict[int, list[AssessmentVersion]] = {}
    for row in rows.exclude(skp__lifecycle=Lifecycle.CANCELLED).select_related("skp", "delivered"):
        assert row.delivered is not None
        found.setdefault(row.skp.owner_id, []).append(row.delivered)
    return found


def regency_recap(viewer: Viewer, period: Period) -> list[RecapOpd]:
    """Every OPD with its numbers, in one query more than the board."""
    planned = planned_by_opd(board_results(viewer, period).filter(obliged=True), period)
    return [RecapOpd(row, planned.get(row.key, 0)) for row in score_rows(viewer, period)]


def planned_by_opd(obliged: "QuerySet[YearResult]", period: Period) -> dict[int | str | None, int]:
    """How many of these people have fulfilled the planning, by OPD."""
    sent = Duty.objects.filter(
        period=period, stage=Stage.PLANNING, employee=OuterRef("employee"), fulfilled_at__isnull=False
    )
    rows = obliged.filter(Exists(sent)).order_by()
    return dict(rows.values_list("opd_id").annotate(people=Count("*")))
