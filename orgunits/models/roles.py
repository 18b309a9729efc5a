"""Grants of roles and requests to correct data."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from orgunits.enums import CorrectionState, Role
from orgunits.models.people import Employee
from orgunits.models.units import OrgUnit


class RoleGrant(models.Model):
    """A role of rules.md §15, for a unit (or the regency) and for dates."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField("peran", max_length=20, choices=Role)
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="role_grants"
    )
    start = models.DateField("mulai")
    until = models.DateField("sampai sebelum", null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="rolegrant_role_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("start")), name="rolegrant_not_empty"
            ),
            # These two speak for an OPD; the others for the regency.
            models.CheckConstraint(
                condition=Q(role__in=[Role.OPD_ADMIN, Role.TPK], unit__isnull=False)
                | (~Q(role__in=[Role.OPD_ADMIN, Role.TPK]) & Q(unit__isnull=True)),
                name="rolegrant_unit_when_role_asks",
            ),
        ]
        indexes = [models.Index(fields=["user", "start", "until"])]


class CorrectionRequest(models.Model):
    """A person says that unit, post or appraiser is wrong; the OPD admin resolves it in a queue."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="correction_requests")
    subject = models.CharField("tentang", max_length=20)
    text = models.TextField("penjelasan")
    state = models.CharField("status", max_length=12, choices=CorrectionState, default=CorrectionState.OPEN)
    created_at = models.DateTimeField()
    answer = models.TextField("jawaban", blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CorrectionState.values), name="correction_state_known"
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="correction_resolved_at_by",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"])]
