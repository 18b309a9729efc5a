"""How the predicates of a unit's people are distributed, as far as the unit's head scores them.

A unit's people are those whom its head appraises: the lines on 31 December, or today before it, in which the
appraiser acts as head of the unit. Heads of units below count with the unit above them. Counted is the
predicate of the newest version, delivered or not; who has none is not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from assessments.distribution import broken_rules
from assessments.enums import NationalPredicate, OrgPerformance
from assessments.models import DistributionReason, OrgAchievement
from assessments.selectors.achievements import last_day_of, reasons_of
from assessments.selectors.readable import readable_scores
from orgunits.enums import ActsAs
from orgunits.models import OrgUnitSpan
from orgunits.selectors.days import on_day
from orgunits.selectors.lines import lines_acted_on_by
from orgunits.viewer import Viewer
from skp.models import Period


@dataclass(frozen=True, slots=True)
class UnitDistribution:
    """A unit whose head the viewer is or acts as; ``people``: how many he appraises.

    ``reason``: the newest one that was given; ``performance`` is None while nobody has set it.
    """

    unit_id: int
    unit_name: str
    people: int
    counts: Mapping[NationalPredicate, int]
    performance: OrgPerformance | None
    reason: DistributionReason | None

    @property
    def counted(self) -> int:
        """How many have a predicate."""
        return sum(self.counts.values())

    @property
    def broken(self) -> tuple[str, ...]:
        """The rules that are broken, none while the achievement is not set."""
        return broken_rules(self.performance, self.counts) if self.performance else ()

    @property
    def verdict(self) -> str:
        """How the pattern stands, in a few words."""
        if self.performance is None:
            return "capaian organisasi belum ditetapkan"
        if not self.counted:
            return "belum ada yang dinilai"
        return f"{len(self.broken)} ketentuan belum dipenuhi" if self.broken else "sesuai"


def unit_distributions(viewer: Viewer, period: Period) -> list[UnitDistribution]:
    """The units of which the viewer scores the people, by name; six queries for any number."""
    last_day = last_day_of(period)
    lines = lines_acted_on_by(viewer, last_day).exclude(
        acts_as=ActsAs.OVERRIDE, appraiser_assignment__is_head=False
    )
    unit_of = dict(lines.exclude(head_unit=None).values_list("assignment", "head_unit"))
    if not unit_of:
        return []
    scores = readable_scores(viewer).filter(
        skp__period=period, skp__assignment__in=unit_of, current__isnull=False
    )
    counts: dict[int, Counter[NationalPredicate]] = defaultdict(Counter)
    for assignment, word in scores.values_list("skp__assignment", "current__national"):
        counts[unit_of[assignment]][NationalPredicate(word)] += 1
    units = Counter(unit_of.values())
    spans = OrgUnitSpan.objects.filter(on_day(min(viewer.today, last_day)), unit__in=units)
    names = dict(spans.values_list("unit_id", "name"))
    set_for = OrgAchievement.objects.filter(period=period, unit__in=units)
    performances = dict(set_for.values_list("unit", "performance"))
    reasons = reasons_of(period.pk, units)
    found = [
        UnitDistribution(
            unit_id=unit,
            unit_name=names.get(unit, "Unit yang sudah tidak ada"),
            people=people,
            counts={word: counts[unit][word] for word in NationalPredicate},
            performance=OrgPerformance(performances[unit]) if unit in performances else None,
            reason=reasons.get(unit),
        )
        for unit, people in units.items()
    ]
    return sorted(found, key=lambda one: (one.unit_name, one.unit_id))
