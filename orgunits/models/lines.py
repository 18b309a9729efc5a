"""Who appraises whom, stored by date; the only source for permissions, inboxes and lists."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from orgunits.enums import ActsAs, NoAppraiser
from orgunits.models.people import Assignment, Employee
from orgunits.models.units import OrgUnit


class AppraisalLine(models.Model):
    """What rules.md §9 computes for one definitive assignment during ``[start, until)``.

    ``appraiser`` is null when nobody is found and ``none_reason`` says why; the same holds for
    ``superior``, whose missing needs no reason. ``head_unit`` is the unit as whose head the
    appraiser acts, without an appraiser the unit where the search began: after the appraiser has
    left, that unit's head acts on closed plans. At the top one person is appraiser and superior.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="lines")
    # The assignment's person, repeated so that the database can refuse whoever would appraise himself.
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="own_lines")
    appraiser_assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, null=True, blank=True, related_name="appraisee_lines"
    )
    appraiser = models.ForeignKey(
        Employee, on_delete=models.CASCADE, null=True, blank=True, related_name="appraisee_lines"
    )
    head_unit = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    acts_as = models.CharField(max_length=12, choices=ActsAs, blank=True)
    superior_assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, null=True, blank=True, related_name="superior_lines"
    )
    superior = models.ForeignKey(
        Employee, on_delete=models.CASCADE, null=True, blank=True, related_name="superior_lines"
    )
    superior_unit = models.ForeignKey(
        OrgUnit, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    superior_acts_as = models.CharField(max_length=12, choices=ActsAs, blank=True)
    none_reason = models.CharField(max_length=16, choices=NoAppraiser, blank=True, default="")
    start = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("start")), name="appraisalline_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(appraiser__isnull=False, none_reason="")
                | (Q(appraiser__isnull=True) & ~Q(none_reason="")),
                name="appraisalline_appraiser_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(appraiser__isnull=True, appraiser_assignment__isnull=True, acts_as="")
                | (
                    Q(appraiser__isnull=False, appraiser_assignment__isnull=False, head_unit__isnull=False)
                    & ~Q(acts_as="")
                ),
                name="appraisalline_appraiser_whole",
            ),
            models.CheckConstraint(
                condition=Q(superior__isnull=True, superior_assignment__isnull=True, superior_acts_as="")
                | (
                    Q(superior__isnull=False, superior_assignment__isnull=False, appraiser__isnull=False)
                    & Q(superior_unit__isnull=False)
                    & ~Q(superior_acts_as="")
                ),
                name="appraisalline_superior_whole",
            ),
            models.CheckConstraint(
                condition=~Q(appraiser=F("employee")) & ~Q(superior=F("employee")),
                name="appraisalline_not_oneself",
            ),
            # Only above the top post nobody else is left to decide.
            models.CheckConstraint(
                condition=~Q(superior=F("appraiser")) | Q(superior_unit=F("head_unit")),
                name="appraisalline_superior_another",
            ),
            models.UniqueConstraint(fields=["assignment", "start"], name="appraisalline_one_start"),
        ]
        indexes = [
            models.Index(fields=["appraiser", "assignment", "start", "until"]),
            models.Index(fields=["superior", "start", "until"]),
            models.Index(fields=["head_unit", "start", "until"]),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.appraiser_id}, {self.start}"


class UnitHeadLine(models.Model):
    """Who answers for a unit during ``[start, until)``, vacancies bridged upwards (rules.md §9).

    ``first`` is the head found from the unit, ``second`` the next one above, who answers for the
    first one's own papers. Stored beside the lines, so that "that unit's head today" is a join.
    """

    unit = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, related_name="head_lines")
    first_assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    first = models.ForeignKey(
        Employee, on_delete=models.CASCADE, null=True, blank=True, related_name="unit_head_lines"
    )
    second_assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    second = models.ForeignKey(
        Employee, on_delete=models.CASCADE, null=True, blank=True, related_name="unit_second_lines"
    )
    start = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("start")), name="unitheadline_not_empty"
            ),
            models.CheckConstraint(condition=~Q(second=F("first")), name="unitheadline_two_people"),
            models.UniqueConstraint(fields=["unit", "start"], name="unitheadline_one_start"),
        ]
        indexes = [models.Index(fields=["first", "start"]), models.Index(fields=["second", "start"])]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.first_id}"


class AppraiserOverride(models.Model):
    """A dated decision that another person appraises this one, with its reason (rules.md §9)."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="overrides")
    appraiser = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="overrides_as_appraiser")
    reason = models.CharField("alasan", max_length=300)
    start = models.DateField()
    until = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("start")), name="override_not_empty"
            ),
            models.CheckConstraint(condition=~Q(employee=F("appraiser")), name="override_not_oneself"),
            models.UniqueConstraint(
                fields=["employee"], condition=Q(until__isnull=True), name="override_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} → {self.appraiser_id}, {self.start}"
