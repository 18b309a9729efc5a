"""Frozen counts: what the board showed at a deadline, and day by day for the change since last week."""

from django.db import models
from django.db.models import F, Q

from compliance.enums import ReminderKind, SnapshotKind
from orgunits.models import Employee, OrgUnit
from skp.models import Period
from skp.states import Stage


class Snapshot(models.Model):
    """One stage of a period as it stood at an instant; written once.

    ``deadline``: at the stage's deadline, with everybody's row; ``daily``: once a day, counts only.
    ``for_day`` is the office's day it belongs to, so that two timers cannot take it twice.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="snapshots")
    stage = models.CharField("tahap", max_length=12, choices=Stage)
    interval = models.PositiveSmallIntegerField("interval", default=0)
    kind = models.CharField(max_length=8, choices=SnapshotKind)
    for_day = models.DateField()
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "stage", "interval", "kind", "for_day"], name="snapshot_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=SnapshotKind.values), name="snapshot_kind_known"),
        ]


class SnapshotRow(models.Model):
    """An OPD's counts in a snapshot; ``opd`` is empty for people outside any OPD."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="rows")
    opd = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=255)
    obliged = models.PositiveIntegerField()
    fulfilled = models.PositiveIntegerField()
    agreed = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    predicate = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "opd"], name="snapshotrow_once"),
            models.CheckConstraint(
                condition=Q(fulfilled__lte=F("obliged"), agreed__lte=F("obliged"), late__lte=F("obliged")),
                name="snapshotrow_within_obliged",
            ),
        ]


class SnapshotPerson(models.Model):
    """One person's duty as a deadline's snapshot froze it; numbered in the order of the people's names."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="people")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    opd = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    obliged = models.BooleanField()
    exempt_reason = models.CharField(max_length=120, blank=True)
    fulfilled_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    # Obliged, not fulfilled, and the own deadline had passed: an extension may lie beyond the snapshot.
    late = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "employee"], name="snapshotperson_once")]
        indexes = [models.Index(fields=["snapshot", "opd"], name="snapshotperson_opd")]


class ReminderDigest(models.Model):
    """All reminders of one person on one day, sent as one; the key keeps any number of timers to one."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    for_day = models.DateField()
    sent_at = models.DateTimeField()
    by_email = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "for_day"], name="reminderdigest_once")]


class Reminder(models.Model):
    """What a digest reminded of: a stage whose last day is ``due_day``, ``days_before`` of them ahead.

    A deadline that moves is another day, of which the person is reminded anew.
    """

    digest = models.ForeignKey(ReminderDigest, on_delete=models.CASCADE, related_name="reminders")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ReminderKind)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reminders")
    stage = models.CharField("tahap", max_length=12, choices=Stage)
    interval = models.PositiveSmallIntegerField("interval", default=0)
    due_day = models.DateField()
    days_before = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "kind", "period", "stage", "interval", "due_day", "days_before"],
                name="reminder_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=ReminderKind.values), name="reminder_kind_known"),
        ]
