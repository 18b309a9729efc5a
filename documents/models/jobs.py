"""Numbers without gaps, and long work with its parts."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from documents.enums import ItemState, JobState


def private_name(instance: models.Model, filename: str) -> str:
    """A random name in the private storage; the name that users see is kept in the row."""
    return f"jobs/{uuid.uuid4().hex}"


class Counter(models.Model):
    """The last number taken of one kind, for one unit and year; numbers are dense from 1."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80, help_text="unit or other scope, as text")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "year"], name="counter_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}/{self.year}: {self.last}"


class Job(models.Model):
    """Long work of one person: can be left and found again, cancelled, and taken up after a crash.

    ``lease_until`` is set while the job is active: for running work the instant after which its
    worker counts as lost, for queued work the instant at which the queue is told again.
    ``lease_token`` names the run that holds it; whoever lost the lease can write nothing more.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    payload = models.TextField(help_text="canonical text")
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0, help_text="parts that failed")
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=32, default="", blank=True)
    cancel_requested_at = models.DateTimeField(null=True)
    cancel_requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    message = models.TextField(default="", blank=True)
    summary = models.TextField(default="", blank=True, help_text="canonical text of the outcome")
    result_file = models.FileField(upload_to=private_name, max_length=120, default="", blank=True)
    result_name = models.CharField(max_length=150, default="", blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="job_by_owner"),
            models.Index(fields=["lease_until"], condition=Q(lease_until__isnull=False), name="job_by_lease"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
            models.CheckConstraint(
                condition=Q(cancel_requested_at__isnull=True, cancel_requested_by__isnull=True)
                | Q(cancel_requested_at__isnull=False, cancel_requested_by__isnull=False),
                name="job_cancel_requested_both",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[JobState.QUEUED, JobState.RUNNING],
                    lease_until__isnull=False,
                    finished_at__isnull=True,
                )
                | Q(
                    state__in=[JobState.DONE, JobState.FAILED, JobState.CANCELLED],
                    lease_until__isnull=True,
                    finished_at__isnull=False,
                ),
                name="job_active_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING) ^ Q(lease_token=""), name="job_running_has_token"
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")) | Q(total=0), name="job_done_within_total"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def status(self) -> JobState:
        """The state as its enum, which carries label and colour."""
        return JobState(self.state)

    @property
    def percent(self) -> int:
        """Share done, 0–100; 0 while the total is unknown."""
        return self.done * 100 // self.total if self.total else 0


class JobItem(models.Model):
    """One part of a job, dealt with once however often the job is taken up again."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.PENDING)
    message = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["job", "key"], name="jobitem_unique_key"),
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="jobitem_state_known"),
            models.CheckConstraint(
                condition=Q(state=ItemState.FAILED) ^ Q(message=""), name="jobitem_failed_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.key
