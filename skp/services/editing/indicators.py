"""Indicators of a draft's results."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from config.lib.errors import Conflict, DomainError
from orgunits.viewer import Viewer
from skp.enums import Approach
from skp.models import Indicator, PlannedIndicator, PlannedResult
from skp.rules import MAX_INDICATORS
from skp.services.editing.draft import begin_edit, planned_of
from skp.services.editing.inputs import IndicatorInput, IndicatorLine


def indicator_save(
    *,
    actor: Viewer,
    skp_id: int,
    version: int,
    planned_result_id: int,
    data: IndicatorInput,
    now: datetime,
    planned_id: int | None = None,
) -> PlannedIndicator:
    """Write one indicator of a result of the draft, a new one without ``planned_id``.

    Raises Conflict on a stale page, NotAllowed, or DomainError for a fifth indicator, a range
    written the wrong way round or a negative target.
    """
    with transaction.atomic():
        _skp, _facts, revision = begin_edit(actor, skp_id, version)
        planned_result = planned_of(revision, planned_result_id)
        values = _values(data, Approach(revision.approach))
        own = PlannedIndicator.objects.filter(planned_result=planned_result)
        if planned_id is not None:
            row = own.filter(pk=planned_id).first()
            if row is None:
                raise Conflict()
            own.filter(pk=row.pk).update(**values)
            row.refresh_from_db()
            return row
        _check_number(own.count() + 1)
        last = own.aggregate(last=Max("order"))["last"] or 0
        indicator = Indicator.objects.create(result_id=planned_result.result_id)
        return PlannedIndicator.objects.create(
            planned_result=planned_result, indicator=indicator, order=last + 1, **values
        )


def write_indicators(
    planned: PlannedResult, lines: Sequence[IndicatorLine], approach: Approach, now: datetime
) -> None:
    """Make the result's indicators those of ``lines``, in their order; inside a service's transaction."""
    _check_number(len(lines))
    rows = {
        str(row.indicator.key): row
        for row in PlannedIndicator.objects.filter(planned_result=planned).select_related("indicator")
    }
    kept = {line.key for line in lines}
    _take_out([row for key, row in rows.items() if key not in kept])
    for order, line in enumerate(lines, start=1):
        values = _values(line.data, approach) | {"order": order}
        row = rows.get(line.key)
        if row is not None:
            PlannedIndicator.objects.filter(pk=row.pk).update(**values)
        else:
            PlannedIndicator.objects.create(
                planned_result=planned, indicator=_identity(planned, line.key), **values
            )


def _values(data: IndicatorInput, approach: Approach) -> dict[str, object]:
    if data.target_min < 0 or data.target_min > data.target_max:
        raise DomainError("Target minimum tidak boleh negatif atau melebihi target maksimum.")
    data = data.normal(approach)
    return {
        "aspect": data.aspect,
        "text": data.text,
        "target_min": data.target_min,
        "target_max": data.target_max,
        "target_text": data.target_text,
        "unit": data.unit,
        "direction": data.direction,
        "target_is_maximum": data.target_is_maximum,
        "rollup": data.rollup,
    }


def _check_number(number: int) -> None:
    if number > MAX_INDICATORS:
        raise DomainError(f"Satu hasil kerja memuat paling banyak {MAX_INDICATORS} indikator.")


def _identity(planned: PlannedResult, key: str) -> Indicator:
    """The identity with this key: a new one, or the result's own that had been taken out of the draft."""
    known = Indicator.objects.filter(key=key).first()
    if known is None:
        return Indicator.objects.create(result_id=planned.result_id, key=UUID(key))
    if known.result_id != planned.result_id:
        raise Conflict()
    if known.retired_at is not None:
        Indicator.objects.filter(pk=known.pk).update(retired_at=None)
    return known


def _take_out(rows: Sequence[PlannedIndicator]) -> None:
    """Delete the rows, and the identities that no other revision knows."""
    if not rows:
        return
    identities = [row.indicator_id for row in rows]
    PlannedIndicator.objects.filter(pk__in=[row.pk for row in rows]).delete()
    known = PlannedIndicator.objects.filter(indicator_id__in=identities).values("indicator_id")
    Indicator.objects.filter(pk__in=identities).exclude(pk__in=known).delete()
