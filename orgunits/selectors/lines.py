"""Who acts as appraiser: read from the stored lines, for one plan or as a condition on many.

The date is ``min(today, the plan's last day)`` (rules.md §9). A plan whose last day has passed is
acted on by the head at its end. If that person has left, or there was nobody, the head found today
from the line's unit acts instead. **Left** means: no definitive post in force today, or a legal
position that cannot head (CLTN, Pemberhentian Sementara, Tugas Belajar, Pensiun). Somebody who only
moved to another post has not left and still finishes what was theirs.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Least

from config.lib.dates import covers
from config.lib.prepared import Given, Prepared, many
from orgunits.appraisal import Organisation, Verdict
from orgunits.enums import CANNOT_HEAD, AssignmentKind
from orgunits.models import AppraisalLine, Assignment, LegalPositionSpan
from orgunits.selectors.days import on_day
from orgunits.selectors.organisation import load_organisation
from orgunits.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ActingLine:
    """Who acts on a plan today, and who decides objections; ids, None for nobody.

    The titles are as documents print them, "Plt. Kepala Dinas …"; empty for nobody.
    """

    appraiser_id: int | None
    appraiser_assignment_id: int | None
    appraiser_title: str
    acts_as: str
    superior_id: int | None
    superior_assignment_id: int | None
    superior_title: str
    none_reason: str


def appraiser_on(assignment_ids: Collection[int], day: date) -> dict[int, AppraisalLine]:
    """The line of each assignment on the day, with the people and posts it names, in one query."""
    lines = AppraisalLine.objects.filter(on_day(day), assignment__in=assignment_ids)
    related = ("appraiser", "superior", "appraiser_assignment", "superior_assignment")
    return {line.assignment_id: line for line in lines.select_related(*related)}


LINE = Prepared(
    lambda: (
        AppraisalLine.objects.filter(on_day(Given("day")), assignment=Given("assignment"))
        .select_related("appraiser_assignment", "superior_assignment")
        .order_by("pk")[:1]
    )
)


def acting_line_for(assignment_id: int, *, last_day: date, today: date) -> ActingLine | None:
    """Who acts today on a plan of the assignment that ends with ``last_day``; None without a line then."""
    line = LINE.first(assignment=assignment_id, day=min(today, last_day))
    if line is None:
        return None
    verdict = _verdict(line)
    if last_day < today:
        verdict = _after_the_end(verdict, line.employee_id, today)
    return _acting(verdict, [line.appraiser_assignment, line.superior_assignment])


def lines_acted_on_by(viewer: Viewer, last_day: date) -> "QuerySet[AppraisalLine]":
    """The lines in force on ``min(today, last_day)`` on which the viewer acts as appraiser today.

    Whoever has left since ``last_day`` is replaced by the head of today, as for an ended plan.
    """
    me, today = viewer.employee_id, viewer.today
    if me is None:
        return AppraisalLine.objects.none()
    if today <= last_day:
        return AppraisalLine.objects.filter(on_day(today), appraiser=me)
    return AppraisalLine.objects.filter(on_day(last_day), pk__in=_lines_finished_by(me, today))


def acting_appraisers(last_days: Mapping[int, date], today: date) -> dict[int, int]:
    """By assignment, the person who acts today as appraiser on a plan of it that ends with the given day.

    Agrees with ``acting_line_for`` for many at once; an assignment for which nobody is found is left out.
    """
    lines: dict[int, AppraisalLine] = {}
    keys = sorted(last_days)
    for first in range(0, len(keys), 1000):
        for line in AppraisalLine.objects.filter(assignment__in=keys[first : first + 1000]):
            if covers(line.start, line.until, min(today, last_days[line.assignment_id])):
                lines[line.assignment_id] = line
    ended = {line.appraiser_id for key, line in lines.items() if last_days[key] < today}
    present = set(_present(today).filter(employee__in=ended).values_list("employee_id", flat=True))
    organisation: Organisation | None = None
    found: dict[int, int] = {}
    for key, line in lines.items():
        appraiser = line.appraiser_id
        if last_days[key] < today and appraiser not in present and line.head_unit_id is not None:
            organisation = organisation or load_organisation()
            appraiser = organisation.verdict_from(line.head_unit_id, line.employee_id, today)[0].appraiser
        if appraiser is not None:
            found[key] = appraiser
    return found


def acting_lines_condition(viewer: Viewer, prefix: str = "") -> Q:
    """The plans on which the viewer acts as appraiser today, his own never.

    For a queryset of plans, or of rows that reach one by ``prefix`` ("skp__"); a plan has
    ``assignment`` and ``until``. Its last day is that of the plan or of the post, whichever comes
    first: after a transfer the old plan is acted on by the head at its end. Agrees with
    ``acting_line_for`` row by row.
    """
    if viewer.employee_id is None:
        return Q(pk__in=[])
    return acted_on_by(viewer.employee_id, viewer.today, prefix)


def acted_on_by(me: int | Given, today: date | Given, prefix: str = "") -> Q:
    """The same for an employee and a day, which a prepared query is given at each run."""
    lines_today = AppraisalLine.objects.filter(on_day(today), appraiser=me)
    running = Q(**{f"{prefix}until__gt": today, f"{prefix}assignment__in": lines_today.values("assignment")})
    finished = AppraisalLine.objects.filter(pk__in=_lines_finished_by(me, today))
    plan_ends, post_ends = OuterRef(f"{prefix}until"), OuterRef(f"{prefix}assignment__until")
    ends = Least(plan_ends, Coalesce(post_ends, plan_ends))
    on_the_last_day = finished.filter(
        Q(until__isnull=True) | Q(until__gte=ends),
        assignment=OuterRef(f"{prefix}assignment_id"),
        start__lt=ends,
    )
    # The plain list first: it is short, and the exact test then runs on few rows.
    ended = Q(**{f"{prefix}until__lte": today}) | Q(**{f"{prefix}assignment__until__lte": today})
    mine = Q(**{f"{prefix}assignment__in": finished.values("assignment")})
    return running | (ended & mine & Q(Exists(on_the_last_day)))


def _lines_finished_by(me: int | Given, today: date | Given) -> RawSQL:
    """The lines of whatever day whose ended plans ``me`` acts on today.

    In SQL, since compiling the same from nested querysets costs more than the query: 10 ms of a page.
    """
    day = today if isinstance(today, Given) else connection.ops.adapt_datefield_value(today)
    barred = sorted(position.value for position in CANNOT_HEAD)
    present = (day, day, AssignmentKind.DEFINITIVE.value, day, day, *barred)
    return RawSQL(_FINISHED_BY, (me, *present, me, me, day, day, me, *present))  # noqa: S611 constant text


_BARRED = ", ".join(["%s"] * len(CANNOT_HEAD))
_PRESENT = f"""EXISTS (
    SELECT 1 FROM orgunits_assignment AS post
    WHERE post.employee_id = line.appraiser_id
      AND post.start <= %s AND (post.until IS NULL OR post.until > %s) AND post.kind = %s
      AND NOT EXISTS (
        SELECT 1 FROM orgunits_legalpositionspan AS legal
        WHERE legal.employee_id = post.employee_id
          AND legal.start <= %s AND (legal.until IS NULL OR legal.until > %s)
          AND legal.position IN ({_BARRED})))"""  # noqa: S608 constants only

_FINISHED_BY = f"""
    SELECT line.id FROM orgunits_appraisalline AS line
    WHERE line.appraiser_id = %s AND {_PRESENT}
    UNION ALL
    SELECT line.id FROM orgunits_unitheadline AS heads
    JOIN orgunits_appraisalline AS line ON line.head_unit_id = heads.unit_id
    WHERE (heads.first_id = %s OR (heads.second_id = %s AND heads.first_id = line.employee_id))
      AND heads.start <= %s AND (heads.until IS NULL OR heads.until > %s)
      AND line.employee_id <> %s AND (line.appraiser_id IS NULL OR NOT {_PRESENT})"""  # noqa: S608 constants only


def _present(today: date | Given) -> "QuerySet[Assignment]":
    """Definitive posts in force today of people who have not left."""
    barred = LegalPositionSpan.objects.filter(
        on_day(today), employee=OuterRef("employee_id"), position__in=CANNOT_HEAD
    )
    return Assignment.objects.filter(~Exists(barred), on_day(today), kind=AssignmentKind.DEFINITIVE)


PRESENT = Prepared(
    lambda: (
        _present(Given("today"))
        .filter(employee__pk__in=many("people", 2))
        .values_list("employee_id", flat=True)
    )
)


def _after_the_end(verdict: Verdict, owner: int, today: date) -> Verdict:
    """The verdict of a plan's last day, with those who have left since replaced by today's heads."""
    named = {person for person in (verdict.appraiser, verdict.superior) if person is not None}
    present = set(PRESENT.rows(today=today, people=sorted(named))) if named else set()
    if verdict.appraiser not in present:
        if verdict.head_unit is None:
            return verdict
        return load_organisation().verdict_from(verdict.head_unit, owner, today)[0]
    if verdict.superior in present or verdict.superior_unit is None:
        return verdict
    return _with_superior_of_today(load_organisation(), verdict, owner, today)


def _with_superior_of_today(organisation: Organisation, verdict: Verdict, owner: int, today: date) -> Verdict:
    appraiser = verdict.appraiser
    assert appraiser is not None
    above = organisation.walk(verdict.superior_unit, today, without=(owner, appraiser))
    return replace(
        verdict,
        superior_post=above.post_id,
        superior=above.employee,
        superior_acts_as=above.post.kind if above.post else "",
    )


def _verdict(line: AppraisalLine) -> Verdict:
    return Verdict(
        appraiser_post=line.appraiser_assignment_id,
        appraiser=line.appraiser_id,
        head_unit=line.head_unit_id,
        acts_as=line.acts_as,
        superior_post=line.superior_assignment_id,
        superior=line.superior_id,
        superior_unit=line.superior_unit_id,
        superior_acts_as=line.superior_acts_as,
        none_reason=line.none_reason,
    )


def _acting(verdict: Verdict, known: Iterable[Assignment | None]) -> ActingLine:
    """With the titles of the posts; those of the line itself were read with it."""
    named = {post.pk: post for post in known if post is not None}
    others = {verdict.appraiser_post, verdict.superior_post} - named.keys() - {None}
    named |= Assignment.objects.in_bulk(others) if others else {}
    appraiser, superior = named.get(verdict.appraiser_post or 0), named.get(verdict.superior_post or 0)
    return ActingLine(
        appraiser_id=verdict.appraiser,
        appraiser_assignment_id=verdict.appraiser_post,
        appraiser_title=appraiser.shown_title if appraiser else "",
        acts_as=verdict.acts_as,
        superior_id=verdict.superior,
        superior_assignment_id=verdict.superior_post,
        superior_title=superior.shown_title if superior else "",
        none_reason=verdict.none_reason,
    )
