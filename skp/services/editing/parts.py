"""The parts of a draft beside its results: approach, expectations of behaviour, appendix."""

from datetime import datetime

from django.db import transaction

from config.lib.errors import DomainError
from config.lib.numbers import show_decimal, trimmed
from orgunits.viewer import Viewer
from skp.enums import AppendixKind, Approach, Direction, Regime
from skp.models import AppendixItem, BehaviourExpectation, PlannedIndicator, Revision
from skp.scheme import approaches_of
from skp.services.editing.draft import begin_edit
from skp.services.editing.inputs import AppendixSection, BehaviourSection


def behaviours_save(
    *, actor: Viewer, skp_id: int, version: int, section: BehaviourSection, now: datetime
) -> None:
    """Write the leader's expectations of the seven aspects; raises like ``result_save``."""
    with transaction.atomic():
        _skp, _facts, revision = begin_edit(actor, skp_id, version)
        BehaviourExpectation.objects.filter(revision=revision).delete()
        BehaviourExpectation.objects.bulk_create(
            BehaviourExpectation(revision=revision, aspect=aspect, text=text)
            for aspect, text in section.texts
        )


def appendix_save(
    *, actor: Viewer, skp_id: int, version: int, section: AppendixSection, now: datetime
) -> None:
    """Write the appendix's three lists; raises like ``result_save``."""
    with transaction.atomic():
        _skp, _facts, revision = begin_edit(actor, skp_id, version)
        AppendixItem.objects.filter(revision=revision).delete()
        AppendixItem.objects.bulk_create(
            AppendixItem(revision=revision, kind=kind, order=order, text=text)
            for kind in AppendixKind
            for order, text in enumerate((text for stored, text in section.lines if stored == kind), start=1)
        )


def approach_set(*, actor: Viewer, skp_id: int, version: int, approach: Approach, now: datetime) -> None:
    """Plan with measured targets or with narrative; the regime ``numeric`` needs measured ones.

    To kualitatif, each target is written out as the narrative to go on from; back, the narrative goes and
    the numbers are to be typed. Raises DomainError in the regime ``numeric``, else like ``result_save``.
    """
    with transaction.atomic():
        skp, _facts, revision = begin_edit(actor, skp_id, version)
        if approach not in approaches_of(Regime(skp.period.regime)):
            raise DomainError(
                "Rezim numerik mensyaratkan pendekatan kuantitatif (rencana dinilai dengan angka)."
            )
        if approach == revision.approach:
            return
        Revision.objects.filter(pk=revision.pk).update(approach=approach)
        rows = PlannedIndicator.objects.filter(planned_result__revision=revision)
        if approach == Approach.QUANTITATIVE:
            rows.update(target_text="")
            return
        for row in rows:
            rows.filter(pk=row.pk).update(
                target_text=_written_out(row),
                target_min=0,
                target_max=0,
                target_is_maximum=False,
                direction=Direction.NORMAL,
            )


def _written_out(row: PlannedIndicator) -> str:
    """ "12 laporan", "90 – 95 persen", "paling banyak 5 hari"; empty without a target."""
    if row.target_max == 0 and row.direction == Direction.NORMAL:
        return ""
    low, high = show_decimal(trimmed(row.target_min)), show_decimal(trimmed(row.target_max))
    number = low if low == high else f"{low} – {high}"
    limit = "paling banyak " if row.direction == Direction.SPECIAL else ""
    return f"{limit}{number} {row.unit}".strip()
