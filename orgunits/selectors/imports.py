"""Imports as the viewer may see them: BKPSDM's business alone, since the rows hold everybody's data."""

from django.db.models import Count, QuerySet

from orgunits.enums import RowVerdict
from orgunits.models import ImportBatch, ImportRow
from orgunits.viewer import Viewer


def batches_visible_to(viewer: Viewer) -> QuerySet[ImportBatch]:
    """Every import for BKPSDM, newest first; none for others."""
    rows = ImportBatch.objects.select_related("created_by", "job").order_by("-created_at", "-pk")
    return rows if viewer.is_bkpsdm else rows.none()


def verdict_counts(batch: ImportBatch) -> dict[RowVerdict, int]:
    """How many rows got each verdict, in the order of the enum."""
    counted = dict(
        ImportRow.objects.filter(batch=batch).values_list("verdict").annotate(Count("pk")).order_by("verdict")
    )
    return {verdict: counted.get(verdict.value, 0) for verdict in RowVerdict}


def rows_of(batch: ImportBatch, verdict: RowVerdict) -> QuerySet[ImportRow]:
    """The rows with one verdict, in the order of the workbook."""
    return ImportRow.objects.filter(batch=batch, verdict=verdict).order_by("row")
