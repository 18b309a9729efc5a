"""A generated plan as rows: in force, realised, its superiors' values delivered."""

from decimal import Decimal

from assessments.models import Assessment, NewIdea, ResultScore
from assessments.schemes.types import IndicatorInput, PlanInput, ResultInput
from assessments.services.versions import Judgment
from assessments.states import IdeaVerdict
from skp.berakhlak import Behaviour
from skp.enums import ResultKind
from skp.models import AnnualRealisation, Indicator, PlannedIndicator, PlannedResult, Skp, WorkResult
from tests.skp.drafts import DECEMBER


def judgment_of(plan: PlanInput) -> Judgment:
    """The plan's behaviour as the appraiser gives it."""
    values = (value or Decimal(0) for value in plan.behaviour)
    return Judgment(behaviour={aspect.value: value for aspect, value in zip(Behaviour, values, strict=True)})


def store(plan: PlanInput, skp: Skp, superior: Assessment, user_id: int) -> None:
    """Make ``skp`` in force say what ``plan`` says; ``superior`` has what it takes over."""
    assert skp.in_force is not None
    PlannedResult.objects.filter(revision=skp.in_force).delete()
    Skp.objects.filter(pk=skp.pk).update(scheme=plan.scheme)
    skp.scheme = plan.scheme
    if plan.new_idea:
        NewIdea.objects.create(
            skp=skp,
            text="Antrean daring",
            benefit="Waktu tunggu berkurang",
            url="https://bukti.example.go.id/1",
            entered_at=DECEMBER,
            entered_by_id=user_id,
            verdict=IdeaVerdict.VERIFIED,
            verdict_at=DECEMBER,
            verdict_by_id=user_id,
        )
    for order, result in enumerate(plan.results, start=1):
        _store_result(result, order, skp, superior, user_id)


def _store_result(result: ResultInput, order: int, skp: Skp, superior: Assessment, user_id: int) -> None:
    parent = None
    if result.kind == ResultKind.MAIN and result.cascade is not None:
        parent = WorkResult.objects.create(skp=superior.skp)
        if result.superior_value is not None:
            ResultScore.objects.create(
                version=superior.delivered, result=parent, value=result.superior_value, weighted=0
            )
    planned = PlannedResult.objects.create(
        revision=skp.in_force,
        result=WorkResult.objects.create(skp=skp),
        order=order,
        kind=result.kind,
        text=f"Hasil {order}",
        parent=parent,
        cascade_method=result.cascade or "",
        source=result.source or "",
        scope=result.scope,
    )
    for place, item in enumerate(result.indicators, start=1):
        _store_indicator(item, place, planned, user_id)


def _store_indicator(item: IndicatorInput, place: int, planned: PlannedResult, user_id: int) -> None:
    identity = Indicator.objects.create(result=planned.result)
    PlannedIndicator.objects.create(
        planned_result=planned,
        indicator=identity,
        order=place,
        aspect=item.aspect,
        text=f"Indikator {place}",
        target_min=item.target_min,
        target_max=item.target_max,
        unit="satuan",
        direction=item.direction,
        target_is_maximum=item.target_is_maximum,
    )
    AnnualRealisation.objects.create(
        indicator=identity, value=item.realisation, entered_at=DECEMBER, entered_by_id=user_id
    )
