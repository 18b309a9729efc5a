"""What was reached so far in the intervals of a plan, its proof and the appraiser's words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from config.lib.numbers import show_decimal, trimmed
from config.lib.prepared import Given, Prepared
from orgunits.enums import Role
from orgunits.models import OrgUnitSpan
from orgunits.selectors.days import on_day
from orgunits.viewer import Viewer
from skp.content import IndicatorContent, PlanContent
from skp.deadlines import intervals_of
from skp.enums import Approach, Aspect, Direction, ResultKind, Rollup
from skp.facts import EvidenceFacts, PlanFacts
from skp.intervals import Interval, intervals_asked
from skp.models import Evidence, Feedback, PlannedIndicator, Progress, Revision, Skp
from skp.rollup import Rolled, rolled, told
from skp.selectors.plans import skps_visible_to


@dataclass(frozen=True, slots=True)
class Tracked:
    """An indicator in force whose progress is told."""

    indicator_id: int
    text: str
    aspect: Aspect
    target_min: Decimal
    target_max: Decimal
    target_text: str
    unit: str
    direction: Direction
    rollup: Rollup

    @property
    def target(self) -> str:
        """The target in words: "12 laporan", "paling banyak 3 – 5 hari", or the narrative expectation."""
        if self.target_text:
            return self.target_text
        low, high = show_decimal(self.target_min), show_decimal(self.target_max)
        most = "paling banyak " if self.direction == Direction.SPECIAL else ""
        return f"{most}{low if low == high else f'{low} – {high}'} {self.unit}"


@dataclass(frozen=True, slots=True)
class TrackedResult:
    """A result in force with its indicators."""

    result_id: int
    text: str
    kind: ResultKind
    indicators: tuple[Tracked, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What was entered of an indicator in an interval; one of both says something."""

    realisation: Decimal | None
    note: str


# By indicator, then by interval.
Entries = Mapping[int, Mapping[int, Entry]]


def tracked_results(revision: Revision) -> tuple[TrackedResult, ...]:
    """The results of a revision in the order of its page, in one query; narratives only where they count."""
    rows = (
        PlannedIndicator.objects.filter(planned_result__revision=revision)
        .select_related("planned_result")
        .order_by("-planned_result__kind", "planned_result__order", "planned_result_id", "order", "pk")
    )
    grouped: dict[int, list[PlannedIndicator]] = {}
    for row in rows:
        grouped.setdefault(row.planned_result_id, []).append(row)
    narrative = revision.approach == Approach.QUALITATIVE
    return tuple(
        TrackedResult(
            result_id=items[0].planned_result.result_id,
            text=items[0].planned_result.text,
            kind=ResultKind(items[0].planned_result.kind),
            indicators=tuple(_tracked(item, narrative=narrative) for item in items),
        )
        for items in grouped.values()
    )


def _tracked(row: PlannedIndicator, *, narrative: bool) -> Tracked:
    return Tracked(
        indicator_id=row.indicator_id,
        text=row.text,
        aspect=Aspect(row.aspect),
        target_min=trimmed(row.target_min),
        target_max=trimmed(row.target_max),
        target_text=row.target_text if narrative else "",
        unit=row.unit,
        direction=Direction(row.direction),
        rollup=Rollup(row.rollup),
    )


def ids_of(results: Iterable[TrackedResult]) -> list[int]:
    """The indicators of the results."""
    return [item.indicator_id for result in results for item in result.indicators]


def asked_of(skp: Skp, facts: PlanFacts) -> tuple[Interval, ...]:
    """The intervals in which this plan tells its progress; no query."""
    return intervals_asked(facts.windows, year=skp.period.year, start=skp.start, until=skp.until)


def entries_of(indicator_ids: Collection[int]) -> Entries:
    """Everything entered of the indicators, in one query; an interval without an entry is absent."""
    found: dict[int, dict[int, Entry]] = {}
    for row in Progress.objects.filter(indicator_id__in=indicator_ids):
        number = None if row.realisation is None else trimmed(row.realisation)
        found.setdefault(row.indicator_id, {})[row.interval] = Entry(number, row.note)
    return found


def rolled_so_far(item: Tracked | IndicatorContent, entries: Entries, asked: Sequence[Interval]) -> Rolled:
    """What the intervals make of the indicator's year by its rollup."""
    numbers = {
        interval: entry.realisation
        for interval, entry in entries.get(item.indicator_id, {}).items()
        if entry.realisation is not None
    }
    return rolled(item.rollup, numbers, [interval.number for interval in asked])


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """What the intervals make of an indicator's year: in words, and as the form's first value if whole."""

    prefill: Decimal | None
    hint: str


def year_so_far(skp: Skp, facts: PlanFacts, content: PlanContent) -> dict[int, YearSoFar]:
    """The intervals' sum, last or mean by indicator, for the form of the year's realisation; one query."""
    asked = asked_of(skp, facts)
    names = {interval.number: interval.name for interval in asked}
    entries = entries_of(content.indicator_ids)
    monthly = intervals_of(facts.windows) == 12
    found = {}
    for result in content.results:
        for item in result.indicators:
            year = rolled_so_far(item, entries, asked)
            hint = told(item.rollup, year, unit=item.unit, names=names, monthly=monthly)
            found[item.indicator_id] = YearSoFar(year.whole, hint)
    return found


def evidence_of(indicator_ids: Collection[int], interval: int) -> dict[int, list[Evidence]]:
    """The evidence of the interval by indicator, the oldest first."""
    found: dict[int, list[Evidence]] = {}
    for row in Evidence.objects.filter(indicator_id__in=indicator_ids, interval=interval):
        found.setdefault(row.indicator_id, []).append(row)
    return found


def evidence_visible_to(viewer: Viewer) -> "QuerySet[Evidence]":
    """The evidence of every plan that the viewer may know of; opening it is a further question."""
    plans = skps_visible_to(viewer).values("pk")
    return Evidence.objects.filter(indicator__result__skp__in=plans).select_related("indicator__result")


def evidence_facts(viewer: Viewer, skp: Skp, facts: PlanFacts) -> EvidenceFacts:
    """What the decision about evidence needs; asks a query only for the regency's leaders."""
    unit_id = skp.assignment.unit_id
    below = unit_id in viewer.subtree_unit_ids
    if below and viewer.has(Role.LEADER) and unit_id not in viewer.headed_unit_ids:
        # The whole regency lies below its head; the evidence of other OPD is not his to read.
        opd = OrgUnitSpan.objects.filter(on_day(viewer.today), unit=unit_id).values_list("opd_id", flat=True)
        below = opd.first() in viewer.headed_unit_ids
    return EvidenceFacts(facts, in_subtree=below)


FEEDBACK = Prepared(lambda: Feedback.objects.filter(skp=Given("plan")))


def feedback_of(skp_id: int) -> dict[int | None, list[Feedback]]:
    """The feedback on a plan by result, under None that on the whole plan; the oldest first."""
    found: dict[int | None, list[Feedback]] = {}
    for row in FEEDBACK.rows(plan=skp_id):
        found.setdefault(row.result_id, []).append(row)
    return found
