"""What duties are computed from, read for many people at once: a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from config.lib.dates import FAR_FUTURE
from orgunits.enums import AssignmentKind, EmploymentKind, LegalPosition
from orgunits.models import Assignment, LegalPositionSpan, OrgUnit
from skp.deadlines import WindowFacts
from skp.duties import (
    EXEMPT_POSITIONS,
    IndicatorSince,
    LegalSpan,
    PersonFacts,
    PlanDone,
    PostFacts,
    YearFacts,
    complete_at,
    interval_ends,
)
from skp.enums import ExemptionKind, Scheme
from skp.exemption_rules import ExemptionFacts
from skp.extension_rules import NO_UNITS
from skp.models import Exemption, Move, Period, PlannedIndicator, Progress, Revision, Skp
from skp.selectors.deadlines import unit_tree, valid_extensions
from skp.selectors.plans import window_facts
from skp.states import Action, Lifecycle, RevisionState


@dataclass(frozen=True, slots=True)
class People:
    """A set of people as a condition: a list, or a stretch of keys, which needs no long list."""

    ids: Collection[int]
    first: int | None = None
    last: int | None = None

    def of(self, field: str) -> Q:
        """The rows whose ``field`` leads to one of these people."""
        if self.first is not None and self.last is not None:
            return Q(**{f"{field}__gte": self.first, f"{field}__lte": self.last})
        return Q(**{f"{field}__in": list(self.ids)})


def year_facts(period: Period) -> YearFacts:
    """What holds for everybody, without the units: those are read with the people."""
    return YearFacts(
        year=period.year,
        windows=window_facts(period),
        settings=period.settings,
        extensions=valid_extensions(period.pk),
        units=NO_UNITS,
        standalone=frozenset(OrgUnit.objects.filter(is_standalone=True).values_list("pk", flat=True)),
    )


def people_facts(period: Period, windows: Iterable[WindowFacts], people: People) -> list[PersonFacts]:
    """Those of the people who hold a definitive post in the year, with what their duties hang on."""
    first, end = date(period.year, 1, 1), date(period.year + 1, 1, 1)
    posts: dict[int, list[PostFacts]] = defaultdict(list)
    kinds: dict[int, EmploymentKind] = {}
    in_year = Q(start__lt=end) & (Q(until__isnull=True) | Q(until__gt=first))
    rows = Assignment.objects.filter(in_year, people.of("employee"), kind=AssignmentKind.DEFINITIVE)
    for employee, kind, pk, unit, echelon, is_head, start, until in rows.values_list(
        "employee_id", "employee__employment_kind", "pk", "unit_id", "echelon", "is_head", "start", "until"
    ):
        posts[employee].append(PostFacts(pk, unit, echelon, is_head, start, until))
        kinds[employee] = EmploymentKind(kind)
    legal = _legal(people, in_year)
    exemptions = _exemptions(people, in_year)
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


def _legal(people: People, in_year: Q) -> dict[int, list[LegalSpan]]:
    found: dict[int, list[LegalSpan]] = defaultdict(list)
    rows = LegalPositionSpan.objects.filter(in_year, people.of("employee"), position__in=EXEMPT_POSITIONS)
    for employee, position, start, until in rows.order_by("start").values_list(
        "employee_id", "position", "start", "until"
    ):
        found[employee].append(LegalSpan(LegalPosition(position), start, until))
    return found


def _exemptions(people: People, in_year: Q) -> dict[int, list[ExemptionFacts]]:
    found: dict[int, list[ExemptionFacts]] = defaultdict(list)
    rows = Exemption.objects.filter(in_year, people.of("employee"), revoked_at__isnull=True)
    for employee, kind, start, until in rows.order_by("start", "pk").values_list(
        "employee_id", "kind", "start", "until"
    ):
        found[employee].append(ExemptionFacts(ExemptionKind(kind), start, until))
    return found


def _plans(period: Period, ends: Mapping[int, datetime], people: People) -> dict[int, list[PlanDone]]:
    plans = Skp.objects.filter(people.of("owner"), period=period).exclude(lifecycle=Lifecycle.CANCELLED)
    first_agreed, sent, noted = _first_agreed(plans), _sent(plans), _noted(plans, ends)
    found: dict[int, list[PlanDone]] = defaultdict(list)
    for plan in plans.select_related("assignment", "open_revision").order_by("start", "pk"):
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


def _first_agreed(plans: "QuerySet[Skp]") -> dict[int, tuple[int, datetime]]:
    """By plan, its first agreed revision and when that was."""
    rows = Revision.objects.filter(skp__in=plans, agreed_at__isnull=False).order_by("-number")
    return {skp: (pk, at) for skp, pk, at in rows.values_list("skp_id", "pk", "agreed_at") if at}


def _sent(plans: "QuerySet[Skp]") -> dict[int | None, datetime]:
    """By revision, when it was sent last."""
    rows = Move.objects.filter(skp__in=plans, action=Action.SUBMIT).order_by()
    return dict(rows.values("revision_id").annotate(last=Max("at")).values_list("revision_id", "last"))


def _noted(plans: "QuerySet[Skp]", ends: Mapping[int, datetime]) -> dict[int, dict[int, datetime | None]]:
    """By plan in force and interval, when its indicators were complete."""
    entered: dict[int, dict[int, datetime]] = defaultdict(dict)
    progress = Progress.objects.filter(indicator__result__skp__in=plans)
    for interval, indicator, at in progress.values_list("interval", "indicator_id", "entered_at"):
        entered[interval][indicator] = at
    return {
        skp: {interval: complete_at(indicators, entered[interval], end) for interval, end in ends.items()}
        for skp, indicators in _indicators_in_force(plans).items()
    }


def _indicators_in_force(plans: "QuerySet[Skp]") -> dict[int, list[IndicatorSince]]:
    """By plan, the indicators of its revision in force, each with what brought it."""
    since: dict[int, tuple[int, datetime]] = {}
    in_force: dict[int, list[int]] = defaultdict(list)
    first: dict[int, int] = {}
    rows = (
        PlannedIndicator.objects.filter(
            planned_result__revision__skp__in=plans, planned_result__revision__agreed_at__isnull=False
        )
        .order_by("planned_result__revision__number")
        .values_list(
            "planned_result__revision__skp_id",
            "planned_result__revision_id",
            "planned_result__revision__agreed_at",
            "planned_result__revision__skp__in_force_id",
            "indicator_id",
        )
    )
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
