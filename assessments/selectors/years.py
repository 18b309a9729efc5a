"""What people's years are computed from, read for many at once: a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assessments.enums import NationalPredicate
from assessments.models import Assessment, NoPerformance, YearResult
from assessments.states import DELIVERED_STATES, NoPerformanceKind
from assessments.yearly import DeliveredScore, YearPart, unplanned, wholly_covered
from config.lib.dates import FAR_FUTURE
from skp.duties import PostFacts
from skp.enums import ExemptionKind
from skp.exemption_rules import ExemptionFacts, long_enough
from skp.models import Duty, Period, Skp
from skp.selectors.duty_queries import EXEMPTIONS, LEGAL, PLANS, POSTS, OfPeople, People
from skp.states import Lifecycle, Stage

Span = tuple[date, date | None]

# The columns of YearResult that are computed, in the order in which they are compared.
COMPUTED = (
    "employee_id",
    "opd_id",
    "unit_id",
    "obliged",
    "parts_text",
    "scored",
    "counts",
    "final",
    "category",
    "national",
    "four",
    "no_performance",
)

OBLIGATIONS = OfPeople(
    lambda people, period: (
        Duty.objects.filter(people.of("employee"), period=period, stage=Stage.ASSESSMENT)
        .order_by("employee_id")
        .values_list("employee_id", "opd_id", "unit_id", "obliged")
    ),
    "period",
)
# Only what reached its owner: a score that is being made anew after an unlock is none yet.
DELIVERED = OfPeople(
    lambda people, period: (
        Assessment.objects.filter(
            people.of("skp__owner"), skp__period=period, status__in=sorted(DELIVERED_STATES)
        )
        .exclude(skp__lifecycle=Lifecycle.CANCELLED)
        .values_list(
            "skp_id",
            "delivered_id",
            "delivered__national",
            "delivered__final",
            "delivered__new_idea",
        )
    ),
    "period",
)
NO_PERFORMANCE = OfPeople(
    lambda people, period: NoPerformance.objects.filter(
        people.of("employee"), period=period, lifted_at__isnull=True
    ).values_list("employee_id", "kind"),
    "period",
)
STORED_YEARS = OfPeople(
    lambda people, period: YearResult.objects.filter(people.of("employee"), period=period).values_list(
        "pk", *COMPUTED
    ),
    "period",
)


@dataclass(frozen=True, slots=True)
class PersonYear:
    """Somebody with a duty of the stage *assessment*: where they are counted, and the parts of the year."""

    employee_id: int
    opd_id: int | None
    unit_id: int | None
    obliged: bool
    parts: tuple[YearPart, ...]
    no_performance: NoPerformanceKind | None


def people_years(period: Period, people: People) -> list[PersonYear]:
    """The years of those of the people who have one, by employee."""
    span = {"first": date(period.year, 1, 1), "end": date(period.year + 1, 1, 1)}
    given = {"period": period.pk}
    plans: dict[int, list[Skp]] = defaultdict(list)
    for plan in PLANS.rows(people, **given):
        plans[plan.owner_id].append(plan)
    posts: dict[int, list[PostFacts]] = defaultdict(list)
    for employee, _, pk, unit, echelon, is_head, start, until in POSTS.rows(people, **span):
        posts[employee].append(PostFacts(pk, unit, echelon, is_head, start, until))
    exempt = _exempt_spans(period, people, span)
    scores = {
        skp: DeliveredScore(version, NationalPredicate(national), final, new_idea)
        for skp, version, national, final, new_idea in DELIVERED.rows(people, **given)
    }
    without = dict(NO_PERFORMANCE.rows(people, **given))
    return [
        PersonYear(
            employee_id=employee,
            opd_id=opd,
            unit_id=unit,
            obliged=obliged,
            parts=_parts(period, plans[employee], posts[employee], scores, exempt[employee]),
            no_performance=NoPerformanceKind(without[employee]) if employee in without else None,
        )
        for employee, opd, unit, obliged in OBLIGATIONS.rows(people, **given)
    ]


def stale_people(period_id: int) -> set[int]:
    """Whose stored row is missing, too many, or says another place or obligation than the duty."""
    columns = ("employee_id", "opd_id", "unit_id", "obliged")
    duties = Duty.objects.filter(period=period_id, stage=Stage.ASSESSMENT).order_by()
    wanted = duties.values_list(*columns)
    stored = YearResult.objects.filter(period=period_id).values_list(*columns)
    # EXCEPT takes two empty places for the same, which a comparison of columns does not.
    return {row[0] for rows in (wanted.difference(stored), stored.difference(wanted)) for row in rows}


def _parts(
    period: Period,
    plans: Collection[Skp],
    posts: Iterable[PostFacts],
    scores: Mapping[int, DeliveredScore],
    exempt: Iterable[Span],
) -> tuple[YearPart, ...]:
    spans: list[tuple[int | None, date, date]] = [
        (plan.pk, plan.start, min(plan.until, plan.assignment.until or FAR_FUTURE)) for plan in plans
    ]
    # A plan cancelled for its post's sake may be left with no day of it.
    spans = [(skp, start, until) for skp, start, until in spans if start < until]
    planned = {plan.assignment_id: plan.start for plan in plans}
    months = period.settings.new_in_post_months
    spans += [(None, *span) for span in unplanned(period.year, posts, planned, new_in_post_months=months)]
    return tuple(
        YearPart(
            skp_id=skp,
            start=start,
            until=until,
            score=scores.get(skp) if skp else None,
            exempt=wholly_covered(start, until, exempt),
        )
        for skp, start, until in spans
    )


def _exempt_spans(period: Period, people: People, year: Mapping[str, date]) -> dict[int, list[Span]]:
    """By person, the days on which the law asks nothing of them."""
    settings = period.settings
    found: dict[int, list[Span]] = defaultdict(list)
    for employee, _, start, until in LEGAL.rows(people, **year):
        found[employee].append((start, until))
    for employee, kind, start, until in EXEMPTIONS.rows(people, **year):
        if long_enough(ExemptionFacts(ExemptionKind(kind), start, until), settings):
            found[employee].append((start, until))
    return found
