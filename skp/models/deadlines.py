"""Later deadlines, people who are not obliged, and who has to do what until when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from orgunits.models import Employee, OrgUnit
from skp.enums import ExemptionKind, ExtensionScope
from skp.models.periods import Period
from skp.models.plans import Skp
from skp.states import Stage, stage_label


class Extension(models.Model):
    """A later deadline granted by decree; append-only but for its revocation (rules.md §10)."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="extensions")
    stage = models.CharField("tahap", max_length=12, choices=Stage)
    interval = models.PositiveSmallIntegerField("interval", default=0)
    scope = models.CharField("berlaku untuk", max_length=8, choices=ExtensionScope)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    people = models.ManyToManyField(Employee, through="ExtensionPerson", related_name="extensions")
    due_at = models.DateTimeField("tenggat baru")
    reason = models.CharField("alasan", max_length=300)
    decree = models.CharField("nomor surat", max_length=120)
    # The decree's file in the private storage; none for a decree kept on paper.
    stored_name = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoke_reason = models.CharField("alasan pencabutan", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scope__in=[ExtensionScope.OPD, ExtensionScope.UNIT], unit__isnull=False)
                | Q(scope__in=[ExtensionScope.PERIOD, ExtensionScope.PEOPLE], unit__isnull=True),
                name="extension_unit_when_scope_asks",
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="extension_stage_known"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="extension_revoked_at_by",
            ),
        ]
        indexes = [models.Index(fields=["period", "stage", "interval"])]

    @property
    def shown_stage(self) -> str:
        """ "Pemantauan triwulan 2"; reads the period."""
        return stage_label(Stage(self.stage), self.interval, self.period.settings.monitoring_intervals)


class ExtensionPerson(models.Model):
    """One of the people whom an extension names."""

    extension = models.ForeignKey(Extension, on_delete=models.CASCADE, related_name="named")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["extension", "employee"], name="extensionperson_once")]


class Exemption(models.Model):
    """A person is not obliged while this span covers a stage's reference date (rules.md §8)."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="exemptions")
    kind = models.CharField("dasar", max_length=12, choices=ExemptionKind)
    start = models.DateField("mulai")
    until = models.DateField("sampai sebelum")
    document = models.CharField("nomor dokumen", max_length=120)
    stored_name = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoke_reason = models.CharField("alasan pencabutan", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("start")), name="exemption_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=ExemptionKind.values), name="exemption_kind_known"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="exemption_revoked_at_by",
            ),
        ]
        indexes = [models.Index(fields=["employee", "start", "until"])]


class Duty(models.Model):
    """What one person has to do in one stage: the row behind boards, contact lists, letters and exports.

    Computed from posts, plans, windows, extensions and exemptions by ``skp.services.duties`` and stored,
    so that every reader is one narrow query. ``opd`` and ``unit`` are those of the reference date.
    ``fulfilled_at`` and ``agreed_at`` are empty while the stage is not fulfilled, the plan not agreed.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="duties")
    stage = models.CharField("tahap", max_length=12, choices=Stage)
    interval = models.PositiveSmallIntegerField("interval", default=0)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="duties")
    # The plan of the post that counts, when it has been started.
    skp = models.ForeignKey(Skp, on_delete=models.SET_NULL, null=True, blank=True, related_name="duties")
    opd = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    obliged = models.BooleanField("wajib")
    exempt_reason = models.CharField("alasan dikecualikan", max_length=120, blank=True)
    due_at = models.DateTimeField("tenggat")
    fulfilled_at = models.DateTimeField("dipenuhi", null=True, blank=True)
    agreed_at = models.DateTimeField("disepakati", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "stage", "interval", "employee"], name="duty_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="duty_stage_known"),
            models.CheckConstraint(
                condition=Q(obliged=True, exempt_reason="") | (Q(obliged=False) & ~Q(exempt_reason="")),
                name="duty_exempt_with_reason",
            ),
        ]
        indexes = [
            # Holds all that the board counts, so that 80,000 rows are read from the index alone.
            models.Index(
                fields=[
                    "period",
                    "stage",
                    "interval",
                    "obliged",
                    "opd",
                    "fulfilled_at",
                    "due_at",
                    "agreed_at",
                ],
                name="duty_board",
            ),
            models.Index(fields=["employee", "period"], name="duty_person"),
            models.Index(fields=["unit", "period", "stage", "interval"], name="duty_unit"),
        ]
