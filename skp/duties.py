"""Who is obliged to what until when, and who has done it: pure answers (rules.md §7, §8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from config.lib.dates import covers
from orgunits.enums import EmploymentKind, LegalPosition
from skp.deadlines import WindowFacts, due_at, interval_span, intervals_of, reference_days, window_for
from skp.enums import Scheme
from skp.exemption_rules import ExemptionFacts, exempts
from skp.extension_rules import ExtensionFacts, PlanPlace, UnitTree, reaches
from skp.scheme import plan_span, scheme_of
from skp.settings import PlanSettings
from skp.states import Stage

# Not obliged by the import's own record, without a document (rules.md §8).
EXEMPT_POSITIONS = frozenset({LegalPosition.UNPAID_LEAVE, LegalPosition.SUSPENDED, LegalPosition.RETIRED})
DUTY_STAGES = (Stage.PLANNING, Stage.MONITORING, Stage.SELF_REPORT, Stage.ASSESSMENT)


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A definitive post during ``[start, until)``."""

    assignment_id: int
    unit_id: int
    echelon: str
    is_head: bool
    start: date
    until: date | None


@dataclass(frozen=True, slots=True)
class LegalSpan:
    """A legal position during ``[start, until)``."""

    position: LegalPosition
    start: date
    until: date | None


@dataclass(frozen=True, slots=True)
class PlanDone:
    """A plan's days ``[start, until)`` and when its owner did what; None for not done.

    ``until``: the end of the plan or of its post, whichever comes first. ``sent_at``: the sending that
    stands, not returned or withdrawn since; once a revision was agreed, that of the first agreed one.
    ``noted_at``: by interval, when every indicator in force had its realisation or note.
    """

    skp_id: int
    assignment_id: int
    scheme: Scheme
    start: date
    until: date
    closed: bool = False
    sent_at: datetime | None = None
    agreed_at: datetime | None = None
    reported_at: datetime | None = None
    delivered_at: datetime | None = None
    noted_at: Mapping[int, datetime | None] | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person's year: definitive posts by their start, legal positions, exemptions, plans."""

    employee_id: int
    kind: EmploymentKind
    posts: tuple[PostFacts, ...]
    legal: tuple[LegalSpan, ...] = ()
    exemptions: tuple[ExemptionFacts, ...] = ()
    plans: tuple[PlanDone, ...] = ()


@dataclass(frozen=True, slots=True)
class YearFacts:
    """What holds for everybody; ``extensions``: the valid ones; ``standalone``: units marked *mandiri*."""

    year: int
    windows: tuple[WindowFacts, ...]
    settings: PlanSettings
    extensions: tuple[ExtensionFacts, ...]
    units: UnitTree
    standalone: frozenset[int] = frozenset()


class DutyRow(NamedTuple):
    """A row of ``Duty`` without its period, in the order of its columns."""

    stage: str
    interval: int
    employee_id: int
    skp_id: int | None
    opd_id: int | None
    unit_id: int | None
    obliged: bool
    exempt_reason: str
    due_at: datetime
    fulfilled_at: datetime | None
    agreed_at: datetime | None


def duties_of(person: PersonFacts, year: YearFacts) -> list[DutyRow]:
    """The person's duties of the year, exempted ones with their reason.

    A row for each stage on whose reference day the person holds a definitive post; for planning also for
    who comes later in the year. The Bupati has none.
    """
    if person.kind == EmploymentKind.STATE_OFFICIAL:
        return []
    rows = []
    for (stage, interval), reference in reference_days(year.year, year.windows).items():
        post = counting_post(person.posts, stage, reference, year.year)
        if stage in DUTY_STAGES and post is not None:
            rows.append(_duty(person, year, post, stage, interval, reference))
    return rows


def counting_post(posts: Iterable[PostFacts], stage: Stage, reference: date, year: int) -> PostFacts | None:
    """The post of the reference day; for planning else the next one of the year (rules.md §8)."""
    known = sorted(posts, key=lambda post: post.start)
    for post in known:
        if covers(post.start, post.until, reference):
            return post
    later = (post for post in known if reference < post.start <= date(year, 12, 31))
    return next(later, None) if stage == Stage.PLANNING else None


def _duty(
    person: PersonFacts, year: YearFacts, post: PostFacts, stage: Stage, interval: int, reference: date
) -> DutyRow:
    plan = next((one for one in person.plans if one.assignment_id == post.assignment_id), None)
    span = plan_span(year.year, post.start, post.until) or (reference, reference)
    start = plan.start if plan else span[0]
    place = PlanPlace(person.employee_id, post.unit_id, start, plan.until if plan else span[1])
    day = place.day(reference)
    reason = exempt_reason(person, day, year.settings)
    due_plans = plans_due(person.plans, year, stage, interval, day) if plan else []
    done = [_done_at(one, stage, interval, year.settings) for one in due_plans]
    return DutyRow(
        stage=stage.value,
        interval=interval,
        employee_id=person.employee_id,
        skp_id=plan.skp_id if plan else None,
        opd_id=year.units.opd(post.unit_id, day),
        unit_id=post.unit_id,
        obliged=not reason,
        exempt_reason=reason,
        due_at=_due(
            year, plan.scheme if plan else _scheme(year, post, start), stage, interval, place, reference
        ),
        fulfilled_at=_latest(done),
        agreed_at=_latest([one.agreed_at for one in due_plans]),
    )


def exempt_reason(person: PersonFacts, day: date, settings: PlanSettings) -> str:
    """Why the person is not obliged on ``day``; empty for the obliged, as in Masa Persiapan Pensiun."""
    if person.kind == EmploymentKind.PPPK_PART and not settings.part_time_obliged:
        return str(EmploymentKind.PPPK_PART.label)
    for span in person.legal:
        if span.position in EXEMPT_POSITIONS and covers(span.start, span.until, day):
            return str(span.position.label)
    for exemption in person.exemptions:
        if exempts(exemption, day, settings):
            return str(exemption.kind.label)
    return ""


def plans_due(
    plans: Iterable[PlanDone], year: YearFacts, stage: Stage, interval: int, day: date
) -> list[PlanDone]:
    """The plans that have to be done in the stage; ``day``: the reference day of the person's post.

    Planning: those begun by then, but for one that closed before it without ever being sent: nobody can
    send it any more. Monitoring: those that run in the interval. Else: all of the year.
    """
    if stage == Stage.PLANNING:
        begun = [plan for plan in plans if plan.start <= day]
        return [plan for plan in begun if plan.sent_at or not (plan.closed and plan.until <= day)]
    if stage == Stage.MONITORING:
        first, end = interval_span(year.year, interval, intervals_of(year.windows))
        return [plan for plan in plans if plan.start < end and plan.until > first]
    return list(plans)


def _done_at(plan: PlanDone, stage: Stage, interval: int, settings: PlanSettings) -> datetime | None:
    """When the plan fulfilled the stage (rules.md §7)."""
    match stage:
        case Stage.PLANNING:
            return plan.agreed_at if settings.planning_needs_agreement else plan.sent_at
        case Stage.MONITORING:
            return (plan.noted_at or {}).get(interval)
        case Stage.SELF_REPORT:
            return plan.reported_at
        case _:
            return plan.delivered_at


def _latest(moments: list[datetime | None]) -> datetime | None:
    """The last of the moments; None without any, or while one is missing."""
    made = [moment for moment in moments if moment is not None]
    return max(made) if made and len(made) == len(moments) else None


def _scheme(year: YearFacts, post: PostFacts, day: date) -> Scheme:
    """The scheme in which a plan of the post will be written."""
    return scheme_of(
        echelon=post.echelon,
        is_head=post.is_head,
        unit_is_opd=year.units.opd(post.unit_id, day) == post.unit_id,
        unit_is_standalone=post.unit_id in year.standalone,
    )


def _due(
    year: YearFacts, scheme: Scheme, stage: Stage, interval: int, place: PlanPlace, reference: date
) -> datetime:
    window = window_for(year.windows, stage, scheme, interval)
    assert window is not None, "a reference day comes from a window for all"
    reaching = [
        one
        for one in year.extensions
        if (one.stage, one.interval) == (stage, interval) and reaches(one, place, year.units, reference)
    ]
    return due_at(window, skp_start=place.start, settings=year.settings, extensions=reaching)
