"""Units: an identity that never changes, and dated spans that carry what may change."""

from django.db import models
from django.db.models import F, Q

from orgunits.enums import UnitKind


class OrgUnit(models.Model):
    """The identity of a unit; a new name is a new span and changes nobody's plan."""

    external_id = models.CharField("ID unor", max_length=64, unique=True, null=True, blank=True)
    # Only for real splits and merges: who carries on.
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    # Heads of units that an admin marks "mandiri" plan in scheme jpt (rules.md §3).
    is_standalone = models.BooleanField("unit mandiri", default=False)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.external_id or f"unit {self.pk}"


class OrgUnitSpan(models.Model):
    """What a unit is called and where it hangs during ``[start, until)``."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="spans")
    name = models.CharField("nama", max_length=255)
    kind = models.CharField("jenis", max_length=16, choices=UnitKind)
    parent = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="child_spans"
    )
    # The OPD the unit belongs to, itself for an OPD; null for the root.
    opd = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="opd_spans"
    )
    # Where the walk to the head's appraiser goes instead of to the parent.
    appraised_by = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="appraises_spans"
    )
    head_title = models.CharField("jabatan pimpinan", max_length=255, blank=True)
    head_echelon = models.CharField("eselon pimpinan", max_length=4, blank=True)
    letterhead = models.TextField("kop surat", blank=True)
    signing_place = models.CharField("tempat tanda tangan", max_length=100, blank=True)
    start = models.DateField("mulai")
    until = models.DateField("sampai sebelum", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("start")), name="orgunitspan_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")), name="orgunitspan_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(appraised_by__isnull=True) | ~Q(appraised_by=F("unit")),
                name="orgunitspan_not_appraised_by_itself",
            ),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="orgunitspan_kind_known"),
            models.UniqueConstraint(fields=["unit", "start"], name="orgunitspan_one_start"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(until__isnull=True), name="orgunitspan_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["opd", "start", "until"]),
            models.Index(fields=["parent", "start", "until"]),
        ]

    def __str__(self) -> str:
        return self.name
