"""Reading what a revision says."""

from collections.abc import Mapping

from config.lib.numbers import trimmed
from skp.berakhlak import Behaviour
from skp.content import IndicatorContent, PlanContent, ResultContent
from skp.enums import (
    AppendixKind,
    Approach,
    Aspect,
    CascadeMethod,
    Direction,
    Perspective,
    ResultKind,
    ResultSource,
    Rollup,
    Scheme,
)
from skp.models import AppendixItem, BehaviourExpectation, PlannedIndicator, PlannedResult, Revision


def _indicator_content(row: PlannedIndicator) -> IndicatorContent:
    return IndicatorContent(
        planned_id=row.pk,
        indicator_id=row.indicator_id,
        key=str(row.indicator.key),
        aspect=Aspect(row.aspect),
        text=row.text,
        target_min=trimmed(row.target_min),
        target_max=trimmed(row.target_max),
        unit=row.unit,
        direction=Direction(row.direction),
        target_is_maximum=row.target_is_maximum,
        rollup=Rollup(row.rollup),
        target_text=row.target_text,
    )


def _result_content(row: PlannedResult, live_texts: Mapping[int, str]) -> ResultContent:
    return ResultContent(
        planned_id=row.pk,
        result_id=row.result_id,
        key=str(row.result.key),
        kind=ResultKind(row.kind),
        text=row.text,
        parent_id=row.parent_id,
        parent_key=str(row.parent.key) if row.parent else "",
        parent_text=row.parent_text or live_texts.get(row.parent_id or 0, ""),
        cascade_method=CascadeMethod(row.cascade_method) if row.cascade_method else None,
        source=ResultSource(row.source) if row.source else None,
        scope=row.scope,
        assigned_by=row.assigned_by,
        perspective=Perspective(row.perspective) if row.perspective else None,
        agreement_text=row.agreement_text,
        open_parent_code=row.open_parent_code,
        parent_revision_number=row.parent_revision_number,
        indicators=tuple(_indicator_content(item) for item in row.indicators.all()),
    )


def read_content(revision: Revision, scheme: Scheme) -> PlanContent:
    """The content of a revision in five queries, six with links not frozen yet, whatever its length."""
    rows = list(
        PlannedResult.objects.filter(revision=revision)
        .select_related("result", "parent")
        .prefetch_related("indicators__indicator")
        # Main results stand before additional ones in every list and document.
        .order_by("-kind", "order", "pk")
    )
    live_texts = latest_texts({row.parent_id for row in rows if row.parent_id and not row.parent_text})
    return PlanContent(
        scheme=scheme,
        approach=Approach(revision.approach),
        results=tuple(_result_content(row, live_texts) for row in rows),
        behaviours=_behaviours(revision),
        appendix=_appendix(revision),
    )


def _behaviours(revision: Revision) -> tuple[tuple[Behaviour, str], ...]:
    """The expectations in the order of the forms."""
    texts = dict(BehaviourExpectation.objects.filter(revision=revision).values_list("aspect", "text"))
    return tuple((aspect, texts[aspect]) for aspect in Behaviour if aspect in texts)


def _appendix(revision: Revision) -> tuple[tuple[AppendixKind, str], ...]:
    """The appendix's lines, its three lists in the order of the form."""
    rows = list(AppendixItem.objects.filter(revision=revision).order_by("order").values_list("kind", "text"))
    return tuple((kind, text) for kind in AppendixKind for stored, text in rows if stored == kind)


def latest_texts(result_ids: set[int]) -> dict[int, str]:
    """The newest text of each result, draft or agreed; no query when there is none to look for."""
    if not result_ids:
        return {}
    rows = PlannedResult.objects.filter(result_id__in=result_ids).order_by("revision__number")
    return dict(rows.values_list("result_id", "text"))
