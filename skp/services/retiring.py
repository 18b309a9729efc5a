"""Taking results and indicators out of use: never deleted once others know them (rules.md §3)."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from skp.models import Indicator, PlannedIndicator, PlannedResult, Revision, Skp, WorkResult
from skp.services.notices import owners_told
from skp.states import Lifecycle


def retire_what_left(skp: Skp, *, old: Revision, new: Revision | None, now: datetime) -> None:
    """Retire what ``old`` has and ``new`` has not: results with notice to those who serve them, indicators.

    ``new`` is None where nothing stays, as when a first revision goes.
    """
    stay = PlannedResult.objects.filter(revision=new).values("result")
    gone = PlannedResult.objects.filter(revision=old).exclude(result__in=stay)
    results_retire(dict(gone.values_list("result_id", "text")), now)
    kept = PlannedIndicator.objects.filter(planned_result__revision=new).values("indicator")
    left = PlannedIndicator.objects.filter(planned_result__revision=old).exclude(indicator__in=kept)
    Indicator.objects.filter(pk__in=list(left.values_list("indicator_id", flat=True))).update(retired_at=now)


def results_retire(texts: Mapping[int, str], now: datetime) -> None:
    """Take these results, with their texts by id, out of use and tell the owners of plans that serve them."""
    WorkResult.objects.filter(pk__in=texts, retired_at=None).update(retired_at=now)
    links = PlannedResult.objects.filter(parent__in=texts)
    revisions = links.values("revision")
    served = Skp.objects.exclude(lifecycle=Lifecycle.CANCELLED).filter(
        Q(open_revision__in=revisions) | Q(in_force__in=revisions)
    )
    for plan in served.distinct():
        own = links.filter(Q(revision=plan.open_revision_id) | Q(revision=plan.in_force_id))
        lost = "; ".join(
            sorted({texts[parent] for parent in own.values_list("parent_id", flat=True) if parent})
        )
        owners_told(
            [plan], f"{_what_now(plan)} Hasil kerja atasan yang Anda dukung tidak berlaku lagi: {lost}", now
        )


def _what_now(plan: Skp) -> str:
    if plan.open_revision_id is not None:
        return "Pilih hasil kerja atasan yang lain pada draf Anda."
    return "Ajukan adendum dan pilih hasil kerja atasan yang lain."


def result_drop(skp: Skp, planned: PlannedResult, now: datetime) -> None:
    """Take a result out of the draft; what is in force stays, what others know is retired, the rest goes."""
    result = planned.result
    planned.delete()
    if PlannedResult.objects.filter(revision=skp.in_force_id, result=result).exists():
        return
    known = PlannedResult.objects.filter(Q(result=result) | Q(parent=result)).exists()
    if known:
        results_retire({result.pk: planned.text}, now)
    else:
        result.delete()
