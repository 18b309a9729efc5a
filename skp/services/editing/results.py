"""Results of a draft: written alone or as a section with their indicators, taken out, put in order."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from config.lib.errors import Conflict, DomainError
from orgunits.viewer import Viewer
from skp.enums import Approach, ResultKind
from skp.facts import PlanFacts
from skp.models import PlannedResult, Revision, Skp, WorkResult
from skp.selectors.plans import linkable_results
from skp.services.editing.draft import begin_edit, planned_of
from skp.services.editing.indicators import write_indicators
from skp.services.editing.inputs import ResultInput, ResultSection
from skp.services.retiring import result_drop


def result_save(
    *,
    actor: Viewer,
    skp_id: int,
    version: int,
    data: ResultInput,
    now: datetime,
    planned_id: int | None = None,
) -> PlannedResult:
    """Write a result of the draft without its indicators, a new one without ``planned_id``.

    Raises Conflict on a stale page, NotAllowed, or DomainError when the link is not to a result of
    today's superior.
    """
    with transaction.atomic():
        skp, facts, revision = begin_edit(actor, skp_id, version)
        planned = planned_of(revision, planned_id) if planned_id is not None else None
        return write_result(skp, facts, revision, planned, data)


def section_save(
    *, actor: Viewer, skp_id: int, version: int, key: UUID, section: ResultSection, now: datetime
) -> PlannedResult:
    """Write the result with this key and all its indicators in one step; an unknown key makes a new one.

    Indicators that the section no longer names are taken out. Raises like ``result_save``, and DomainError
    for more indicators than a result may have or targets the wrong way round.
    """
    with transaction.atomic():
        skp, facts, revision = begin_edit(actor, skp_id, version)
        planned = PlannedResult.objects.filter(revision=revision, result__key=key).first()
        planned = write_result(skp, facts, revision, planned, section.data, key=key)
        write_indicators(planned, section.indicators, Approach(revision.approach), now)
        return planned


def write_result(
    skp: Skp,
    facts: PlanFacts,
    revision: Revision,
    planned: PlannedResult | None,
    data: ResultInput,
    *,
    key: UUID | None = None,
) -> PlannedResult:
    """Write one result of the draft at hand; inside a service's transaction, raises like ``result_save``."""
    data = data.normal(facts.scheme)
    _check_parent(skp, facts, data, planned.parent_id if planned else None)
    values = {
        "text": data.text,
        "kind": data.kind,
        "parent_id": data.parent_id,
        "cascade_method": data.cascade_method or "",
        "source": data.source or "",
        "scope": data.scope,
        "assigned_by": data.assigned_by,
        "perspective": data.perspective or "",
        "agreement_text": data.agreement_text,
    }
    if planned is not None:
        if data.parent_id != planned.parent_id:
            values["open_parent_code"] = ""
        PlannedResult.objects.filter(pk=planned.pk).update(**values)
        planned.refresh_from_db()
        return planned
    return PlannedResult.objects.create(
        revision=revision, result=_identity(skp, key), order=next_order(revision), **values
    )


def next_order(revision: Revision) -> int:
    """The place behind every result of the draft."""
    last = PlannedResult.objects.filter(revision=revision).aggregate(last=Max("order"))["last"] or 0
    return int(last) + 1


def _identity(skp: Skp, key: UUID | None) -> WorkResult:
    """The identity with this key: a new one, or this plan's own that had been taken out of the draft."""
    if key is None:
        return WorkResult.objects.create(skp=skp)
    known = WorkResult.objects.filter(key=key).first()
    if known is None:
        return WorkResult.objects.create(skp=skp, key=key)
    if known.skp_id != skp.pk:
        raise Conflict()
    if known.retired_at is not None:
        WorkResult.objects.filter(pk=known.pk).update(retired_at=None)
    return known


def _check_parent(skp: Skp, facts: PlanFacts, data: ResultInput, present_id: int | None) -> None:
    """A new link goes to a result of today's superior; the present one may stay when he has changed."""
    if data.parent_id is None or data.parent_id == present_id:
        return
    linkable = linkable_results(appraiser_id=facts.appraiser_id, period_id=skp.period_id)
    if data.parent_id not in {result.result_id for result in linkable}:
        raise DomainError("Pilih hasil kerja dari rencana pejabat penilai Anda.")


def result_remove(*, actor: Viewer, skp_id: int, version: int, planned_id: int, now: datetime) -> None:
    """Take a result out of the draft.

    The identity goes too when only this draft ever knew it; one that others serve is retired and they are
    told. One in force stays as it is: it is retired when the draft without it is agreed.
    """
    with transaction.atomic():
        skp, _facts, revision = begin_edit(actor, skp_id, version)
        result_drop(skp, planned_of(revision, planned_id), now)


def result_move(
    *, actor: Viewer, skp_id: int, version: int, planned_id: int, up: bool, now: datetime
) -> None:
    """Change places with the result before or behind it among those of its kind; at the end nothing moves."""
    with transaction.atomic():
        _skp, _facts, revision = begin_edit(actor, skp_id, version)
        moved = planned_of(revision, planned_id)
        kind = ResultKind(moved.kind)
        rows = list(PlannedResult.objects.filter(revision=revision, kind=kind).order_by("order", "pk"))
        place = next(number for number, row in enumerate(rows) if row.pk == planned_id)
        target = place - 1 if up else place + 1
        if not 0 <= target < len(rows):
            return
        rows[place], rows[target] = rows[target], rows[place]
        for number, row in enumerate(rows, start=1):
            if row.order != number:
                PlannedResult.objects.filter(pk=row.pk).update(order=number)
