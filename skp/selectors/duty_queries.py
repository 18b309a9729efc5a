"""The queries behind duties: of one person, as each move asks them, or of many."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Max, Q, QuerySet

from config.lib.prepared import Given, Prepared
from orgunits.enums import AssignmentKind
from orgunits.models import Assignment, LegalPositionSpan, OrgUnit
from skp.duties import EXEMPT_POSITIONS, DutyRow
from skp.models import Duty, Exemption, Move, PlannedIndicator, Progress, Revision, Skp
from skp.states import Action, Lifecycle

T = TypeVar("T")


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


class OnePerson(People):
    """Whoever is named when a prepared query is run."""

    def of(self, field: str) -> Q:
        """The rows whose ``field`` leads to the one."""
        return Q(**{field: Given("person")})


class OfPeople(Generic[T]):
    """A query over people: prepared for one, as each move asks it; built anew for many.

    ``build(people, **given)`` answers the queryset; ``given`` are the values named in ``names``.
    """

    def __init__(self, build: "Callable[..., QuerySet[Any, T]]", *names: str) -> None:
        self._build = build
        self._one = Prepared(lambda: build(OnePerson(()), **{name: Given(name) for name in names}))

    def rows(self, people: People, **given: object) -> Iterable[T]:
        """The rows of these people."""
        if len(people.ids) == 1:
            (person,) = people.ids
            return self._one.rows(person=person, **given)
        return self._build(people, **given)


def _in_year(first: date | Given, end: date | Given) -> Q:
    return Q(start__lt=end) & (Q(until__isnull=True) | Q(until__gt=first))


POSTS = OfPeople(
    lambda people, first, end: Assignment.objects.filter(
        _in_year(first, end), people.of("employee"), kind=AssignmentKind.DEFINITIVE
    ).values_list(
        "employee_id", "employee__employment_kind", "pk", "unit_id", "echelon", "is_head", "start", "until"
    ),
    "first",
    "end",
)
LEGAL = OfPeople(
    lambda people, first, end: (
        LegalPositionSpan.objects.filter(
            _in_year(first, end), people.of("employee"), position__in=EXEMPT_POSITIONS
        )
        .order_by("start")
        .values_list("employee_id", "position", "start", "until")
    ),
    "first",
    "end",
)
EXEMPTIONS = OfPeople(
    lambda people, first, end: (
        Exemption.objects.filter(_in_year(first, end), people.of("employee"), revoked_at__isnull=True)
        .order_by("start", "pk")
        .values_list("employee_id", "kind", "start", "until")
    ),
    "first",
    "end",
)


def _plans_of(people: People, period: int | Given) -> "QuerySet[Skp]":
    return Skp.objects.filter(people.of("owner"), period=period).exclude(lifecycle=Lifecycle.CANCELLED)


PLANS = OfPeople(
    lambda people, period: (
        _plans_of(people, period).select_related("assignment", "open_revision").order_by("start", "pk")
    ),
    "period",
)
AGREED = OfPeople(
    lambda people, period: (
        Revision.objects.filter(skp__in=_plans_of(people, period), agreed_at__isnull=False)
        .order_by("-number")
        .values_list("skp_id", "pk", "agreed_at")
    ),
    "period",
)
SENT = OfPeople(
    lambda people, period: (
        Move.objects.filter(skp__in=_plans_of(people, period), action=Action.SUBMIT)
        .order_by()
        .values("revision_id")
        .annotate(last=Max("at"))
        .values_list("revision_id", "last")
    ),
    "period",
)
ENTERED = OfPeople(
    lambda people, period: Progress.objects.filter(
        indicator__result__skp__in=_plans_of(people, period)
    ).values_list("interval", "indicator_id", "entered_at"),
    "period",
)
AGREED_INDICATORS = OfPeople(
    lambda people, period: (
        PlannedIndicator.objects.filter(
            planned_result__revision__skp__in=_plans_of(people, period),
            planned_result__revision__agreed_at__isnull=False,
        )
        .order_by("planned_result__revision__number")
        .values_list(
            "planned_result__revision__skp_id",
            "planned_result__revision_id",
            "planned_result__revision__agreed_at",
            "planned_result__revision__skp__in_force_id",
            "indicator_id",
        )
    ),
    "period",
)
STANDALONE = Prepared(lambda: OrgUnit.objects.filter(is_standalone=True).values_list("pk", flat=True))
STORED = OfPeople(
    lambda people, period: Duty.objects.filter(people.of("employee"), period=period).values_list(
        *DutyRow._fields
    ),
    "period",
)
