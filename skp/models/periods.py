"""The year and its windows."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from skp.enums import Regime
from skp.settings import PlanSettings
from skp.states import Audience, Stage


class Period(models.Model):
    """One assessment year with its regime and settings."""

    year = models.PositiveSmallIntegerField("tahun", unique=True)
    regime = models.CharField("rezim penilaian", max_length=12, choices=Regime, default=Regime.NUMERIC)
    settings_text = models.TextField("pengaturan", blank=True)
    # The number of the newest SettingsVersion.
    settings_version = models.PositiveIntegerField(default=1)
    # Raised by every change of settings, regime or windows: two admins at once are told.
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            # PP 46/2011 is history: read and printed, never a new period (rules.md §5).
            models.CheckConstraint(
                condition=Q(regime__in=[Regime.NUMERIC, Regime.QUADRANT]), name="period_regime_in_use"
            ),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="period_year_plausible"),
        ]

    def __str__(self) -> str:
        return f"Periode {self.year}"

    @property
    def settings(self) -> PlanSettings:
        """The typed settings of this period."""
        return PlanSettings.from_text(self.settings_text)


class Window(models.Model):
    """When a stage is open for an audience: ``[opens_at, closes_at)`` as instants.

    ``interval`` numbers the quarters or months of the monitoring stage from 1; elsewhere it is 0.
    """

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="windows")
    stage = models.CharField("tahap", max_length=12, choices=Stage)
    audience = models.CharField("untuk", max_length=4, choices=Audience, default=Audience.ALL)
    interval = models.PositiveSmallIntegerField("interval", default=0)
    opens_at = models.DateTimeField("dibuka")
    closes_at = models.DateTimeField("ditutup")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "stage", "audience", "interval"], name="window_one_per_stage"
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="window_not_empty"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="window_stage_known"),
        ]


class SettingsVersion(models.Model):
    """The settings and the regime of a period from one change to the next; append-only.

    Number 1 is what the period was made with; ``text`` is canonical and holds the regime as well.
    """

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="settings_versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    reason = models.CharField("alasan", max_length=300, blank=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "number"], name="settingsversion_number_once")
        ]
