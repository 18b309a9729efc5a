"""Who takes over a superior's values, and what their newest versions took over."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet

from assessments.models import AssessmentVersion, ResultScore
from assessments.selectors.inputs import superior_values
from skp.enums import CascadeMethod
from skp.models import PlannedResult, Skp
from skp.states import Lifecycle


@dataclass(frozen=True, slots=True)
class TakenValue:
    """A superior's value (0–120) as a version took it over, and as it stands; None while to come."""

    result_id: int
    used: Decimal
    provisional: bool
    stands: Decimal | None

    @property
    def changed(self) -> bool:
        """Whether the value that stands is another one, or has become certain."""
        return self.stands is not None and (self.provisional or self.stands != self.used)


def plans_serving(result_ids: Collection[int]) -> "QuerySet[Skp]":
    """The plans whose revision in force takes over the value of one of these results."""
    taking = PlannedResult.objects.filter(
        revision=F("revision__skp__in_force"),
        parent__in=result_ids,
        cascade_method=CascadeMethod.NON_DIRECT,
    )
    plans = Skp.objects.exclude(lifecycle=Lifecycle.CANCELLED)
    return plans.filter(pk__in=taking.values("revision__skp"))


def taken_values(versions: Mapping[int, int]) -> Mapping[int, tuple[TakenValue, ...]]:
    """What each version took over, by version; ``versions`` names the plan of each. In three queries."""
    scores = ResultScore.objects.filter(version__in=versions, superior_value__isnull=False).order_by("pk")
    parents = _parents(versions.values())
    stands = superior_values(set(parents.values()))
    found: dict[int, list[TakenValue]] = defaultdict(list)
    for score in scores:
        value = stands.get(parents.get(score.result_id, 0))
        used = score.superior_value or Decimal(0)
        found[score.version_id].append(TakenValue(score.result_id, used, score.provisional, value))
    return {key: tuple(values) for key, values in found.items()}


def standing_values(base: AssessmentVersion, skp_id: int) -> list[Decimal | None]:
    """The superior's value of each result of the version as it stands now, None where there is none."""
    taken = taken_values({base.pk: skp_id}).get(base.pk, ())
    values = {item.result_id: item.stands for item in taken}
    results = base.results.order_by("pk").values_list("result_id", flat=True)
    return [values.get(result_id) for result_id in results]


def _parents(skp_ids: Iterable[int]) -> dict[int, int]:
    """The superior's result of every non-direct result of the plans in force."""
    rows = PlannedResult.objects.filter(
        revision__skp__in=list(skp_ids),
        revision=F("revision__skp__in_force"),
        parent__isnull=False,
        cascade_method=CascadeMethod.NON_DIRECT,
    )
    return {result: parent for result, parent in rows.values_list("result_id", "parent_id") if parent}
