"""Recapitulations: an OPD's people (D10) and the regency's OPD (D11), from the rows of the results board."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from assessments.models import Assessment, AssessmentVersion
from assessments.states import DELIVERED_STATES
from compliance.selectors.scored_people import Choice, ScoredPerson, scored_people, scored_person_rows
from compliance.selectors.scores import ResultRow, board_results, score_rows
from orgunits.enums import AssignmentKind
from orgunits.models import Assignment
from orgunits.selectors.days import on_day
from orgunits.viewer import Viewer
from skp.models import Duty, Period
from skp.states import Lifecycle, Stage


@dataclass(frozen=True, slots=True)
class RecapPerson:
    """A line of D10; what is not readable or not there is empty.

    ``skp_value`` and ``behaviour``: 0–120, of a year in one part; ``parts``: how many were delivered.
    """

    person: ScoredPerson
    title: str
    skp_value: Decimal | None
    behaviour: Decimal | None
    parts: int


@dataclass(frozen=True, slots=True)
class RecapOpd:
    """A line of D11: the OPD's row of the board, and how many of the obliged have fulfilled the planning."""

    row: ResultRow
    planned: int


def opd_recap(viewer: Viewer, period: Period, opd_id: int) -> list[RecapPerson]:
    """The obliged of an OPD by name, in four queries; 0 for those outside of any."""
    results = scored_people(viewer, period, Choice(opd_id=opd_id))
    listed = list(results)
    people: QuerySet[Any] = results.order_by().values("employee")
    titles = titles_at_the_end(people, period)
    versions = delivered_versions(people, period)
    rows = scored_person_rows(viewer, listed)
    return [
        _line(row, titles.get(row.employee.pk, ""), versions.get(row.employee.pk, ()) if row.readable else ())
        for row in rows
    ]


def _line(row: ScoredPerson, title: str, versions: Collection[AssessmentVersion]) -> RecapPerson:
    only = next(iter(versions)) if len(versions) == 1 else None
    return RecapPerson(
        person=row,
        title=title,
        skp_value=only.skp_value if only else None,
        behaviour=only.behaviour_value if only else None,
        parts=len(versions),
    )


def titles_at_the_end(people: "QuerySet[Any]", period: Period) -> dict[int, str]:
    """The definitive posts of these people on the year's last day."""
    last_day = date(period.year, 12, 31)
    posts = Assignment.objects.filter(on_day(last_day), employee__in=people, kind=AssignmentKind.DEFINITIVE)
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
    planned = _planned(viewer, period)
    return [RecapOpd(row, planned.get(row.key, 0)) for row in score_rows(viewer, period)]


def _planned(viewer: Viewer, period: Period) -> dict[int | str | None, int]:
    sent = Duty.objects.filter(
        period=period, stage=Stage.PLANNING, employee=OuterRef("employee"), fulfilled_at__isnull=False
    )
    rows = board_results(viewer, period).filter(Exists(sent), obliged=True).order_by()
    return dict(rows.values_list("opd_id").annotate(people=Count("*")))
