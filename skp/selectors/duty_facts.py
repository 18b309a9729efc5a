"""What duties are computed from, read for many people at once: a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from config.lib.dates import FAR_FUTURE
from orgunits.enums import EmploymentKind, LegalPosition
from skp.deadlines import WindowFacts
from skp.duties import (
    LegalSpan,
    PersonFacts,
    PlanDone,
    PostFacts,
    YearFacts,
)
from skp.enums import ExemptionKind, Scheme
from skp.exemption_rules import ExemptionFacts
from skp.extension_rules import NO_UNITS
from skp.intervals import IndicatorSince, complete_at, interval_ends
from skp.models import Period
from skp.selectors.deadlines import unit_tree, valid_extensions
from skp.selectors.duty_queries import (
    AGREED,
    AGREED_INDICATORS,
    ENTERED,
    EXEMPTIONS,
    LEGAL,
    PLANS,
    POSTS,
    SENT,
    STANDALONE,
    People,
)
from skp.selectors.plans import window_facts
from skp.states import Lifecycle, RevisionState


def year_facts(period: Period) -> YearFacts:
    """What holds for everybody, without the units: those are read with the people."""
    return YearFacts(
        year=period.year,
        windows=window_facts(period),
        settings=period.settings,
        extensions=valid_extensions(period.pk),
        units=NO_UNITS,
        standalone=frozenset(STANDALONE.rows()),
    )


def people_facts(period: Period, windows: Iterable[WindowFacts], people: People) -> list[PersonFacts]:
    """Those of the people who hold a definitive post in the year, with what their duties hang on."""
    year = {"first": date(period.year, 1, 1), "end": date(period.year + 1, 1, 1)}
    posts: dict[int, list[PostFacts]] = defaultdict(list)
    kinds: dict[int, EmploymentKind] = {}
    for employee, kind, pk, unit, echelon, is_head, start, until in POSTS.rows(people, **year):
        posts[employee].append(PostFacts(pk, unit, echelon, is_head, start, until))
        kinds[employee] = EmploymentKind(kind)
    legal = _legal(people, year)
    exemptions = _exemptions(people, year)
    plans = _plans(period, interval_ends(period.year, windows), people)
    return [
        PersonFacts(
            employee_id=employee,
            kind=kinds[employee],
            posts=tuple(own),
            legal=tuple(legal.get(employee, ())),
            exemptions=tuple(exemptions.get(employee, ())),
            plans=tuple(plans.get(employee, ())),
        )
        for employee, own in posts.items()
    ]


def units_of_people(people: Iterable[PersonFacts]) -> set[int]:
    """The units of their posts."""
    return {post.unit_id for person in people for post in person.posts}


def with_units(year: YearFacts, people: Iterable[PersonFacts]) -> YearFacts:
    """The year with the places of these people's units."""
    return YearFacts(
        year.year,
        year.windows,
        year.settings,
        year.extensions,
        unit_tree(units_of_people(people)),
        year.standalone,
    )


def _legal(people: People, year: Mapping[str, date]) -> dict[int, list[LegalSpan]]:
    found: dict[int, list[LegalSpan]] = defaultdict(list)
    for employee, position, start, until in LEGAL.rows(people, **year):
        found[employee].append(LegalSpan(LegalPosition(position), start, until))
    return found


def _exemptions(people: People, year: Mapping[str, date]) -> dict[int, list[ExemptionFacts]]:
    found: dict[int, list[ExemptionFacts]] = defaultdict(list)
    for employee, kind, start, until in EXEMPTIONS.rows(people, **year):
        found[employee].append(ExemptionFacts(ExemptionKind(kind), start, until))
    return found


def _plans(period: Period, ends: Mapping[int, datetime], people: People) -> dict[int, list[PlanDone]]:
    plans = list(PLANS.rows(people, period=period.pk))
    if not plans:
        return {}
    # By revision, when it was sent last.
    sent: dict[int | None, datetime | None] = dict(SENT.rows(people, period=period.pk))
    first_agreed, noted = _first_agreed(people, period), _noted(people, period, ends)
    found: dict[int, list[PlanDone]] = defaultdict(list)
    for plan in plans:
        revision, agreed_at = first_agreed.get(plan.pk, (None, None))
        if revision is None and plan.open_revision and plan.open_revision.state == RevisionState.SUBMITTED:
            revision = plan.open_revision_id
        found[plan.owner_id].append(
            PlanDone(
                skp_id=plan.pk,
                assignment_id=plan.assignment_id,
                scheme=Scheme(plan.scheme),
                start=plan.start,
                until=min(plan.until, plan.assignment.until or FAR_FUTURE),
                closed=plan.lifecycle == Lifecycle.CLOSED,
                sent_at=sent.get(revision, agreed_at),
                agreed_at=agreed_at,
                reported_at=plan.reported_at,
                delivered_at=plan.delivered_at,
                noted_at=noted.get(plan.pk),
            )
        )
    return found


def _first_agreed(people: People, period: Period) -> dict[int, tuple[int, datetime]]:
    """By plan, its first agreed revision and when that was."""
    return {skp: (pk, at) for skp, pk, at in AGREED.rows(people, period=period.pk) if at}


def _noted(
    people: People, period: Period, ends: Mapping[int, datetime]
) -> dict[int, dict[int, datetime | None]]:
    """By plan in force and interval, when its indicators were complete."""
    entered: dict[int, dict[int, datetime]] = defaultdict(dict)
    for interval, indicator, at in ENTERED.rows(people, period=period.pk):
        entered[interval][indicator] = at
    return {
        skp: {interval: complete_at(indicators, entered[interval], end) for interval, end in ends.items()}
        for skp, indicators in _indicators_in_force(people, period).items()
    }


def _indicators_in_force(people: People, period: Period) -> dict[int, list[IndicatorSince]]:
    """By plan, the indicators of its revision in force, each with what brought it."""
    since: dict[int, tuple[int, datetime]] = {}
    in_force: dict[int, list[int]] = defaultdict(list)
    first: dict[int, int] = {}
    rows = AGREED_INDICATORS.rows(people, period=period.pk)
    for skp, revision, agreed_at, current, indicator in rows:
        assert agreed_at is not None
        first.setdefault(skp, revision)
        since.setdefault(indicator, (revision, agreed_at))
        if revision == current:
            in_force[skp].append(indicator)
    return {
        skp: [
            IndicatorSince(one, None if since[one][0] == first[skp] else since[one][1]) for one in indicators
        ]
        for skp, indicators in in_force.items()
    }
