"""What happened to a plan: moves, receipts, realisations."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from skp.models.plans import Indicator, Revision, Skp, WorkResult
from skp.states import Action


class Move(models.Model):
    """One step in a plan's history; append-only."""

    skp = models.ForeignKey(Skp, on_delete=models.CASCADE, related_name="moves")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="moves")
    action = models.CharField(max_length=12, choices=Action)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    # Empty where a command or an import made the move.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor_label = models.CharField(max_length=300)
    acting_as = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class ReturnNote(models.Model):
    """What the appraiser asks to be mended in one result, beside the note of the whole return."""

    move = models.ForeignKey(Move, on_delete=models.CASCADE, related_name="result_notes")
    result = models.ForeignKey(WorkResult, on_delete=models.CASCADE, related_name="+")
    text = models.TextField("catatan")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["move", "result"], name="returnnote_once")]


class Receipt(models.Model):
    """Proof of a submission: a dense number, the server's time, the hash of what was submitted."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="receipts")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="receipt_number_once")]

    @property
    def shown_number(self) -> str:
        """ "TT/2026/000123"."""
        return f"TT/{self.year}/{self.number:06d}"


class AnnualRealisation(models.Model):
    """The year's realisation of an indicator: the owner's value, and the appraiser's correction if any.

    The corrected value is scored; both are stored and printed (rules.md §5.1).
    """

    indicator = models.OneToOneField(Indicator, on_delete=models.CASCADE, related_name="annual_realisation")
    value = models.DecimalField("realisasi", max_digits=18, decimal_places=4)
    note = models.TextField("keterangan", blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    corrected_value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    correction_reason = models.CharField(max_length=300, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="realisation_not_negative"),
            models.CheckConstraint(
                condition=Q(
                    corrected_at__isnull=True, corrected_by__isnull=True, corrected_value__isnull=True
                )
                | (
                    Q(corrected_at__isnull=False, corrected_by__isnull=False, corrected_value__gte=0)
                    & ~Q(correction_reason="")
                ),
                name="realisation_corrected_at_by",
            ),
        ]

    @property
    def scored_value(self) -> Decimal:
        """The value that is scored: the correction where there is one."""
        return self.value if self.corrected_value is None else self.corrected_value
