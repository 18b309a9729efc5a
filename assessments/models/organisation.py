"""How the units did, why a distribution differs, and by which numbers a period is scored."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.enums import OrgPerformance
from orgunits.models import OrgUnit
from skp.models import Period


class OrgAchievement(models.Model):
    """A unit's achievement in a period, set by the leader one level up (SE MenPANRB 3/2023)."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="org_achievements")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="achievements")
    performance = models.CharField("capaian organisasi", max_length=20, choices=OrgPerformance)
    note = models.CharField("dasar", max_length=300, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_as = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "unit"], name="orgachievement_once"),
            models.CheckConstraint(
                condition=Q(performance__in=OrgPerformance.values), name="orgachievement_known"
            ),
        ]


class DistributionReason(models.Model):
    """Why a unit's predicates keep to another distribution than its achievement asks for; append-only."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="distribution_reasons")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("alasan", max_length=300)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_label = models.CharField(max_length=300)

    class Meta:
        ordering = ["-given_at", "-pk"]


class ScoringVersion(models.Model):
    """The numbers by which a period is scored, from one change to the next; append-only.

    A period without a version is scored by the defaults. ``text`` is the canonical text of the settings.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="scoring_versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    reason = models.CharField("alasan", max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["period", "number"], name="scoringversion_number_once")
        ]
