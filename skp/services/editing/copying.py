"""Results that begin as a copy: adapted from the superior's, from last year's plan, after a transfer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from config.lib.errors import DomainError
from orgunits.viewer import Viewer
from skp.content import PlanContent, ResultContent
from skp.enums import Approach, CascadeMethod, ResultKind, ResultSource, Scheme
from skp.facts import PlanFacts
from skp.models import (
    AppendixItem,
    BehaviourExpectation,
    Indicator,
    PlannedIndicator,
    PlannedResult,
    Revision,
    Skp,
    WorkResult,
)
from skp.rules import same_text
from skp.selectors.content import read_content
from skp.selectors.plans import linkable_results
from skp.selectors.sources import copy_sources
from skp.services.editing.draft import begin_edit
from skp.services.editing.inputs import ROLLUP_OF, indicator_input
from skp.services.editing.results import next_order


@dataclass(frozen=True, slots=True)
class Adoption:
    """A result of the superior that the owner serves, in words of their own."""

    parent_id: int
    text: str
    cascade_method: CascadeMethod | None = None


def results_adopt(
    *, actor: Viewer, skp_id: int, version: int, adoptions: Sequence[Adoption], now: datetime
) -> int:
    """Make one draft result for each chosen result of the superior, linked to it; answers how many.

    Raises Conflict on a stale page, NotAllowed, or DomainError for a result that is not today's superior's.
    """
    with transaction.atomic():
        skp, facts, revision = begin_edit(actor, skp_id, version)
        linkable = linkable_results(appraiser_id=facts.appraiser_id, period_id=skp.period_id)
        if not {item.parent_id for item in adoptions} <= {row.result_id for row in linkable}:
            raise DomainError("Pilih hasil kerja dari rencana pejabat penilai Anda.")
        own = facts.scheme == Scheme.JA_JF
        for order, item in enumerate(adoptions, start=next_order(revision)):
            PlannedResult.objects.create(
                revision=revision,
                result=WorkResult.objects.create(skp=skp),
                order=order,
                text=item.text.strip(),
                parent_id=item.parent_id,
                cascade_method=(item.cascade_method or "") if own else "",
                source="" if own else ResultSource.AGREEMENT,
            )
        return len(adoptions)


def results_copy(
    *,
    actor: Viewer,
    skp_id: int,
    version: int,
    source_id: int,
    result_ids: Collection[int],
    now: datetime,
) -> int:
    """Copy results of an earlier plan of the owner, each with new identities; answers how many.

    After a transfer in the same year the new results continue the old ones. Links are found again by the
    superior's words; expectations and appendix come along where the draft has none. Raises Conflict on a
    stale page, NotAllowed, or DomainError for a plan or result that is not the owner's to copy.
    """
    with transaction.atomic():
        skp, facts, revision = begin_edit(actor, skp_id, version)
        source = next((row for row in copy_sources(skp) if row.pk == source_id), None)
        if source is None or source.in_force is None:
            raise DomainError("Rencana itu tidak dapat disalin ke sini.")
        content = read_content(source.in_force, Scheme(source.scheme))
        chosen = [result for result in content.results if result.result_id in result_ids]
        if len(chosen) != len(result_ids):
            raise DomainError("Hasil kerja yang dipilih tidak ada pada rencana itu.")
        links = _links_by_text(skp, facts)
        continues = source.period_id == skp.period_id
        for order, result in enumerate(chosen, start=next_order(revision)):
            _copy(skp, facts, revision, result, order, links, continues=continues)
        _copy_parts(revision, content)
        return len(chosen)


def _links_by_text(skp: Skp, facts: PlanFacts) -> dict[str, int]:
    rows = linkable_results(appraiser_id=facts.appraiser_id, period_id=skp.period_id)
    return {same_text(row.text): row.result_id for row in rows}


def _copy(
    skp: Skp,
    facts: PlanFacts,
    revision: Revision,
    result: ResultContent,
    order: int,
    links: dict[str, int],
    *,
    continues: bool,
) -> None:
    main = result.kind == ResultKind.MAIN
    leader = facts.scheme == Scheme.JPT
    identity = WorkResult.objects.create(skp=skp, continues_id=result.result_id if continues else None)
    planned = PlannedResult.objects.create(
        revision=revision,
        result=identity,
        order=order,
        kind=result.kind,
        text=result.text,
        parent_id=links.get(same_text(result.parent_text)) if main else None,
        cascade_method=(result.cascade_method or "") if main and not leader else "",
        source=(result.source or "") if leader else "",
        perspective=(result.perspective or "") if leader else "",
        agreement_text=result.agreement_text if leader else "",
        scope=result.scope,
        assigned_by=result.assigned_by,
    )
    approach = Approach(revision.approach)
    for place, item in enumerate(result.indicators, start=1):
        data = indicator_input(item).normal(approach)
        PlannedIndicator.objects.create(
            planned_result=planned,
            indicator=Indicator.objects.create(result=identity),
            order=place,
            aspect=data.aspect,
            text=data.text,
            target_min=data.target_min,
            target_max=data.target_max,
            target_text=data.target_text,
            unit=data.unit,
            direction=data.direction,
            target_is_maximum=data.target_is_maximum,
            rollup=data.rollup or ROLLUP_OF[data.aspect],
        )


def _copy_parts(revision: Revision, content: PlanContent) -> None:
    """Expectations and appendix of the earlier plan, where this draft has none yet."""
    if not BehaviourExpectation.objects.filter(revision=revision).exists():
        BehaviourExpectation.objects.bulk_create(
            BehaviourExpectation(revision=revision, aspect=aspect, text=text)
            for aspect, text in content.behaviours
        )
    if not AppendixItem.objects.filter(revision=revision).exists():
        AppendixItem.objects.bulk_create(
            AppendixItem(revision=revision, kind=kind, order=order, text=text)
            for order, (kind, text) in enumerate(content.appendix, start=1)
        )
