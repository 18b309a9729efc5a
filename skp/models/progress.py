"""What was reached in each quarter or month, its proof, and what the appraiser said of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from skp.enums import EvidenceKind
from skp.models.plans import Indicator, Skp, WorkResult


class Progress(models.Model):
    """An indicator's realisation or note of one interval; intervals count from 1."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="progress")
    interval = models.PositiveSmallIntegerField("interval")
    realisation = models.DecimalField("realisasi", max_digits=18, decimal_places=4, null=True, blank=True)
    note = models.TextField("catatan", blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "interval"], name="progress_once"),
            models.CheckConstraint(
                condition=Q(realisation__isnull=True) | Q(realisation__gte=0), name="progress_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(realisation__isnull=False) | ~Q(note=""), name="progress_says_something"
            ),
            models.CheckConstraint(condition=Q(interval__gte=1, interval__lte=12), name="progress_interval"),
        ]


class Evidence(models.Model):
    """A file or link that proves what was reached in an interval; files lie in the private storage."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="evidence")
    interval = models.PositiveSmallIntegerField("interval")
    kind = models.CharField("jenis", max_length=4, choices=EvidenceKind)
    # The file's name as its owner gave it, or the words of the link.
    name = models.CharField("nama", max_length=200)
    url = models.URLField("tautan", max_length=500, blank=True)
    stored_name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="bytes")
    file_hash = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=EvidenceKind.FILE, url="") & ~Q(stored_name="") & ~Q(file_hash=""))
                | (Q(kind=EvidenceKind.LINK, stored_name="", file_hash="") & ~Q(url="")),
                name="evidence_file_or_link",
            ),
            models.CheckConstraint(condition=Q(interval__gte=1, interval__lte=12), name="evidence_interval"),
        ]
        indexes = [models.Index(fields=["indicator", "interval"])]


class Feedback(models.Model):
    """The appraiser's running comment on a plan or one of its results; append-only."""

    skp = models.ForeignKey(Skp, on_delete=models.CASCADE, related_name="feedback")
    result = models.ForeignKey(
        WorkResult, on_delete=models.CASCADE, null=True, blank=True, related_name="feedback"
    )
    interval = models.PositiveSmallIntegerField("interval")
    text = models.TextField("umpan balik")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_label = models.CharField(max_length=300)
    given_as = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]
        indexes = [models.Index(fields=["skp", "interval"])]
