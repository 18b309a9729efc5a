"""Plans and scores: how far each OPD has come, counted straight from plans and assessments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value

from assessments.enums import FourPredicate
from assessments.selectors.readable import reads_every_score
from assessments.states import AssessmentStatus
from compliance.enums import Step
from orgunits.enums import UnitKind
from orgunits.models import OrgUnitSpan
from orgunits.selectors.days import on_day
from orgunits.selectors.lines import acting_lines_condition
from orgunits.selectors.people import unit_names
from orgunits.selectors.units import units_of_opds
from orgunits.viewer import Viewer
from skp.models import Period, Skp
from skp.selectors.plans import plans_acted_on_by, skps_visible_to
from skp.states import Lifecycle

NO_OPD = "Di luar OPD"
REACHED: Mapping[Step, Q] = {
    Step.PLANNED: Q(),
    Step.AGREED: Q(in_force__isnull=False),
    Step.REPORTED: Q(assessment__status__in=[AssessmentStatus.REPORTED, AssessmentStatus.SCORED]),
    Step.SCORED: Q(assessment__status=AssessmentStatus.SCORED),
}


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An OPD on the board; ``opd_id`` is None for people who sit in none.

    ``reached``: people by step; ``words``: people by predicate; ``open_words``: the predicates whose
    people the viewer may see by name; ``hidden``: scored people left out of ``words``, since they are too
    few for a count not to tell their undelivered scores.
    """

    opd_id: int | None
    name: str
    reached: Mapping[Step, int]
    words: Mapping[FourPredicate, int]
    open_words: frozenset[FourPredicate] = frozenset()
    hidden: int = 0

    @property
    def people(self) -> int:
        """People with a plan."""
        return self.reached[Step.PLANNED]

    def share(self, step: Step) -> Decimal | None:
        """People who reached the step in percent of those with a plan, unrounded; None without any."""
        return Decimal(self.reached[step] * 100) / self.people if self.people else None


def score_plans(viewer: Viewer, period: Period) -> "QuerySet[Skp]":
    """One plan for each person whom the viewer's board counts, with ``opd_id``.

    A person counts once, with the latest plan of the period, in the OPD of its unit on
    ``min(today, the plan's last day)`` (rules.md §8, §9). Without a duty of one's own the board is empty.
    """
    later = Skp.objects.exclude(lifecycle=Lifecycle.CANCELLED).filter(
        owner=OuterRef("owner"), period=OuterRef("period"), start__gt=OuterRef("start")
    )
    plans = skps_visible_to(viewer).filter(~Exists(later), period=period)
    if not viewer.sees_regency:
        plans = plans.filter(_own_duty(viewer))
    return plans.annotate(opd_id=Subquery(_span_of_plan(viewer.today).values("opd_id")[:1]))


def _own_duty(viewer: Viewer) -> Q:
    duty = acting_lines_condition(viewer)
    if viewer.subtree_unit_ids:
        duty |= Q(assignment__unit__in=viewer.subtree_unit_ids)
    if viewer.admin_opd_ids:
        duty |= Q(assignment__unit__in=units_of_opds(viewer.admin_opd_ids, viewer.today).values("unit"))
    return duty


def _span_of_plan(today: date) -> "QuerySet[OrgUnitSpan]":
    """What the plan's unit is on ``min(today, the plan's last day)``."""
    return OrgUnitSpan.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today) | Q(until__gte=OuterRef("until")),
        unit=OuterRef("assignment__unit"),
        start__lte=today,
        start__lt=OuterRef("until"),
    ).order_by("-start")


def readable_words(viewer: Viewer, plans: "QuerySet[Skp]") -> "QuerySet[Skp]":
    """Those of the plans whose score the viewer may read before delivery."""
    return plans if reads_every_score(viewer) else plans.filter(Exists(_acted_on(viewer)))


def score_rows(viewer: Viewer, period: Period) -> list[ScoreRow]:
    """The board's rows by name, in at most four queries however many people.

    Who oversees the regency sees every OPD, also one without a plan. The viewer's own predicate is
    counted only for those who may read it.
    """
    plans = score_plans(viewer, period)
    counted = _counts(plans, viewer)
    readable = counted if reads_every_score(viewer) else _counts(readable_words(viewer, plans), viewer)
    named = _opd_names(viewer, counted)
    fewest = period.settings.min_people_for_words
    rows = [_row(opd_id, name, counted, readable, fewest) for opd_id, name in named.items()]
    return sorted(rows, key=lambda row: (row.opd_id is None, row.name.casefold()))


Counts = dict[int | None, dict[str, int]]


def _counts(plans: "QuerySet[Any]", viewer: Viewer) -> Counts:
    own = Q() if reads_every_score(viewer) else ~Q(owner=viewer.employee_id)
    steps = {f"step_{step.value}": Count("pk", filter=rule) for step, rule in REACHED.items() if rule}
    words = {
        f"word_{word.value}": Count(
            "pk", filter=REACHED[Step.SCORED] & Q(assessment__current__four=word) & own
        )
        for word in FourPredicate
    }
    rows = plans.values("opd_id").annotate(step_rencana=Count("pk"), **steps, **words).order_by()
    return {row.pop("opd_id"): row for row in rows}


def _opd_names(viewer: Viewer, counted: Counts) -> dict[int | None, str]:
    """The OPD to list: all of today for the regency's overseers, else those with people."""
    names: dict[int | None, str] = {None: NO_OPD} if None in counted else {}
    if viewer.sees_regency:
        spans = OrgUnitSpan.objects.filter(on_day(viewer.today), kind=UnitKind.OPD)
        for span in spans.only("unit_id", "name"):
            names[span.unit_id] = span.name
    missing = [opd_id for opd_id in counted if opd_id is not None and opd_id not in names]
    if missing:
        for opd_id, name in unit_names(missing, viewer.today).items():
            names[opd_id] = name
    return names


def score_opds(viewer: Viewer, period: Period) -> dict[int, str]:
    """The OPD in which the viewer's board counts somebody, by name, in two queries."""
    plans: QuerySet[Any] = score_plans(viewer, period)
    found = plans.order_by().values_list("opd_id", flat=True).distinct()
    names = unit_names((opd_id for opd_id in found if opd_id is not None), viewer.today)
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def _row(opd_id: int | None, name: str, counted: Counts, readable: Counts, fewest: int) -> ScoreRow:
    numbers = counted.get(opd_id, {})
    all_words, open_numbers = _words_of(numbers), _words_of(readable.get(opd_id, {}))
    unread = sum(all_words.values()) - sum(open_numbers.values())
    hidden = unread if unread < fewest else 0
    words = open_numbers if hidden else all_words
    return ScoreRow(
        opd_id=opd_id,
        name=name,
        reached={step: numbers.get(f"step_{step.value}", 0) for step in Step},
        words=words,
        open_words=frozenset(word for word in words if open_numbers[word] == words[word] > 0),
        hidden=hidden,
    )


def _words_of(numbers: Mapping[str, int]) -> dict[FourPredicate, int]:
    return {word: numbers.get(f"word_{word.value}", 0) for word in FourPredicate}


def total_of(rows: Iterable[ScoreRow]) -> ScoreRow:
    """The rows added up; a predicate stays open when it is in every row that has it."""
    listed = list(rows)
    return ScoreRow(
        opd_id=None,
        name="Jumlah",
        reached={step: sum(row.reached[step] for row in listed) for step in Step},
        words={word: sum(row.words[word] for row in listed) for word in FourPredicate},
        open_words=frozenset(
            word
            for word in FourPredicate
            if any(row.words[word] for row in listed)
            and all(word in row.open_words for row in listed if row.words[word])
        ),
        hidden=sum(row.hidden for row in listed),
    )


def scored_people(
    viewer: Viewer,
    period: Period,
    *,
    opd_id: int | None = None,
    step: Step | None = None,
    word: FourPredicate | None = None,
) -> "QuerySet[Skp]":
    """The plans behind a number, by the owner's name, with ``unit_name`` and ``readable``.

    ``readable``: whether the viewer may read the score before delivery; a predicate is asked of those only.
    """
    plans = score_plans(viewer, period)
    if opd_id is not None:
        plans = plans.filter(Q(opd_id=opd_id))
    if step is not None:
        plans = plans.filter(REACHED[step])
    if word is not None:
        plans = readable_words(viewer, plans).filter(REACHED[Step.SCORED], assessment__current__four=word)
    readable = Value(True) if reads_every_score(viewer) else Exists(_acted_on(viewer))
    return (
        plans.annotate(unit_name=Subquery(_span_of_plan(viewer.today).values("name")[:1]), readable=readable)
        .select_related("owner", "assignment", "open_revision", "in_force", "assessment__current")
        .order_by("owner__name", "pk")
    )


def _acted_on(viewer: Viewer) -> "QuerySet[Skp]":
    return plans_acted_on_by(viewer).filter(pk=OuterRef("pk"))
