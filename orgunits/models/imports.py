"""Staged imports: what a file says, row by row, before and after it is applied."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from orgunits.enums import ImportKind, ImportState, RowVerdict


class ImportBatch(models.Model):
    """One workbook, read as of a date."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=ImportKind)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.STAGED)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    as_of = models.DateField("keadaan per tanggal")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    message = models.TextField(blank=True)
    # The long work that reads or applies the file now, or did so last; a command needs none.
    job = models.ForeignKey(
        "documents.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The upload in the private storage, until it has been read.
    stored_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=ImportState.APPLYING), name="importbatch_one_applying"
            ),
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="importbatch_state_known"),
        ]
        indexes = [models.Index(fields=["created_at"])]


class ImportRow(models.Model):
    """One row: its raw cells as canonical text, the verdict, and for a refused one who must mend what."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField("baris")
    column = models.CharField("kolom", max_length=60, blank=True)
    raw = models.TextField()
    verdict = models.CharField(max_length=12, choices=RowVerdict)
    code = models.CharField(max_length=40, blank=True)
    message = models.CharField(max_length=500, blank=True)
    fix_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=RowVerdict.values), name="importrow_verdict_known"
            ),
            models.UniqueConstraint(fields=["batch", "row"], name="importrow_one"),
        ]
        indexes = [models.Index(fields=["batch", "verdict", "row"])]
