"""Workbooks of planned results that BKPSDM uploads: what they would do, and did."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from orgunits.enums import ImportState
from skp.models.periods import Period


class RhkUpload(models.Model):
    """One workbook for one period; the file is kept privately until it is applied or discarded.

    ``summary`` is the report as text: of the preview while it waits, of the run once applied.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.READING)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=120, blank=True)
    summary = models.TextField(blank=True)
    message = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    job = models.ForeignKey(
        "documents.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="rhkupload_state_known"),
        ]
        indexes = [models.Index(fields=["created_at"])]
