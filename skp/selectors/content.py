"""Reading what a revision says."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet, Value

from config.lib.numbers import trimmed
from config.lib.prepared import Given, Prepared
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

# Values instead of rows: a plan of 24 indicators is read with each page of the editor.
RESULT_FIELDS = (
    "pk",
    "result_id",
    "result__key",
    "kind",
    "text",
    "parent_id",
    "parent__key",
    "parent_text",
    "cascade_method",
    "source",
    "scope",
    "assigned_by",
    "perspective",
    "agreement_text",
    "open_parent_code",
    "parent_revision_number",
)
INDICATOR_FIELDS = (
    "planned_result_id",
    "pk",
    "indicator_id",
    "indicator__key",
    "aspect",
    "text",
    "target_min",
    "target_max",
    "unit",
    "direction",
    "target_is_maximum",
    "rollup",
    "target_text",
)


def _further() -> "QuerySet[Any, tuple[str, int, str]]":
    of_revision = {"revision": Given("revision")}
    expectations = BehaviourExpectation.objects.filter(**of_revision).values_list("aspect", Value(0), "text")
    items = AppendixItem.objects.filter(**of_revision).order_by().values_list("kind", "order", "text")
    return expectations.union(items, all=True)


RESULTS = Prepared(
    lambda: (
        PlannedResult.objects.filter(revision=Given("revision"))
        # Main results stand before additional ones in every list and document.
        .order_by("-kind", "order", "pk")
        .values(*RESULT_FIELDS)
    )
)
INDICATORS = Prepared(
    lambda: (
        PlannedIndicator.objects.filter(planned_result__revision=Given("revision"))
        .order_by("order", "pk")
        .values_list(*INDICATOR_FIELDS)
    )
)
FURTHER = Prepared(_further)
# The texts of the results served, the newest last.
PARENT_TEXTS = Prepared(
    lambda: (
        PlannedResult.objects.filter(
            result__in=PlannedResult.objects.filter(revision=Given("revision")).values("parent")
        )
        .order_by("revision__number")
        .values_list("result_id", "text")
    )
)


def _indicators(revision: Revision) -> Mapping[int, list[IndicatorContent]]:
    """The indicators of each planned result, in their order."""
    found: dict[int, list[IndicatorContent]] = {}
    for (
        planned_result_id,
        planned_id,
        indicator_id,
        key,
        aspect,
        text,
        target_min,
        target_max,
        unit,
        direction,
        target_is_maximum,
        rollup,
        target_text,
    ) in INDICATORS.rows(revision=revision.pk):
        found.setdefault(planned_result_id, []).append(
            IndicatorContent(
                planned_id=planned_id,
                indicator_id=indicator_id,
                key=str(key),
                aspect=Aspect(aspect),
                text=text,
                target_min=trimmed(target_min),
                target_max=trimmed(target_max),
                unit=unit,
                direction=Direction(direction),
                target_is_maximum=target_is_maximum,
                rollup=Rollup(rollup),
                target_text=target_text,
            )
        )
    return found


def _result_content(
    row: Mapping[str, Any], indicators: list[IndicatorContent], live_texts: Mapping[int, str]
) -> ResultContent:
    return ResultContent(
        planned_id=row["pk"],
        result_id=row["result_id"],
        key=str(row["result__key"]),
        kind=ResultKind(row["kind"]),
        text=row["text"],
        parent_id=row["parent_id"],
        parent_key=str(row["parent__key"] or ""),
        parent_text=row["parent_text"] or live_texts.get(row["parent_id"] or 0, ""),
        cascade_method=CascadeMethod(row["cascade_method"]) if row["cascade_method"] else None,
        source=ResultSource(row["source"]) if row["source"] else None,
        scope=row["scope"],
        assigned_by=row["assigned_by"],
        perspective=Perspective(row["perspective"]) if row["perspective"] else None,
        agreement_text=row["agreement_text"],
        open_parent_code=row["open_parent_code"],
        parent_revision_number=row["parent_revision_number"],
        indicators=tuple(indicators),
    )


def read_content(revision: Revision, scheme: Scheme) -> PlanContent:
    """The content of a revision in three queries, four with links not frozen yet, whatever its length."""
    behaviours, appendix = _further_texts(revision)
    return PlanContent(
        scheme=scheme,
        approach=Approach(revision.approach),
        results=read_results(revision),
        behaviours=behaviours,
        appendix=appendix,
    )


def read_results(revision: Revision) -> tuple[ResultContent, ...]:
    """The results of a revision with their indicators, in two queries, three with links not frozen yet."""
    rows = RESULTS.rows(revision=revision.pk)
    indicators = _indicators(revision)
    unfrozen = any(row["parent_id"] and not row["parent_text"] for row in rows)
    live_texts = dict(PARENT_TEXTS.rows(revision=revision.pk)) if unfrozen else {}
    return tuple(_result_content(row, indicators.get(row["pk"], []), live_texts) for row in rows)


def _further_texts(
    revision: Revision,
) -> tuple[tuple[tuple[Behaviour, str], ...], tuple[tuple[AppendixKind, str], ...]]:
    """Expectations and the appendix's lines in the order of the forms, read together with one query."""
    rows = sorted(FURTHER.rows(revision=revision.pk), key=lambda row: row[1])
    behaviours = {Behaviour(kind): text for kind, _, text in rows if kind in Behaviour.values}
    return (
        tuple((aspect, behaviours[aspect]) for aspect in Behaviour if aspect in behaviours),
        tuple((kind, text) for kind in AppendixKind for stored, _, text in rows if stored == kind),
    )


def latest_texts(result_ids: set[int]) -> dict[int, str]:
    """The newest text of each result, draft or agreed; no query when there is none to look for."""
    if not result_ids:
        return {}
    rows = PlannedResult.objects.filter(result_id__in=result_ids).order_by("revision__number")
    return dict(rows.values_list("result_id", "text"))
