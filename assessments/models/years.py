"""What a person's year comes to, and what stands in its way."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.enums import Category, FourPredicate, NationalPredicate
from assessments.states import NoPerformanceKind
from orgunits.models import Employee, OrgUnit
from skp.models import Period


class NoPerformance(models.Model):
    """Set by the timer when the last deadline has passed, lifted when a later one opens (rules.md §7)."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="no_performances")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="no_performances")
    kind = models.CharField("sebab", max_length=12, choices=NoPerformanceKind)
    set_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["set_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "employee"],
                condition=Q(lifted_at__isnull=True),
                name="noperformance_one_open",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NoPerformanceKind.values), name="noperformance_kind_known"
            ),
        ]


class YearResult(models.Model):
    """A person's year: the weighted result of its parts, in the OPD of 31 December.

    A row for everybody with a duty of the stage *assessment*, obliged or not. ``final`` and the words are
    empty while a part is missing; ``four`` is Sangat Buruk with ``no_performance`` as its reason all the
    same. ``counts``: whether the result enters a mean. ``parts_text``: the parts with days, weights and
    versions as canonical text.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="year_results")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="year_results")
    opd = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    obliged = models.BooleanField()
    parts_text = models.TextField(blank=True)
    # Whether every part with a weight was delivered.
    scored = models.BooleanField(default=False)
    counts = models.BooleanField(default=False)
    final = models.DecimalField("nilai akhir", max_digits=5, decimal_places=2, null=True, blank=True)
    category = models.CharField("kategori nilai", max_length=20, choices=Category, blank=True)
    national = models.CharField("predikat kinerja", max_length=20, choices=NationalPredicate, blank=True)
    four = models.CharField("predikat", max_length=20, choices=FourPredicate, blank=True)
    no_performance = models.CharField("sebab", max_length=12, choices=NoPerformanceKind, blank=True)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "employee"], name="yearresult_once"),
            models.CheckConstraint(
                condition=Q(final__isnull=True) | Q(final__range=(0, 120)), name="yearresult_0_to_120"
            ),
            models.CheckConstraint(
                condition=Q(counts=False) | Q(scored=True, no_performance=""),
                name="yearresult_counts_when_scored",
            ),
        ]
        # Holds all that the results board adds up, so that the rows themselves are not read.
        indexes = [
            models.Index(
                fields=["period", "obliged", "opd", "scored", "counts", "four", "national", "final"],
                name="yearresult_board",
            )
        ]


class HistoryResult(models.Model):
    """A result of a year before this application, as the personnel office's file states it (rules.md §14)."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="history_results")
    year = models.PositiveSmallIntegerField("tahun")
    score = models.DecimalField("nilai", max_digits=5, decimal_places=2, null=True, blank=True)
    # The word as the file has it, of whichever regime that year had.
    predicate = models.CharField("predikat", max_length=40)
    appraiser_name = models.CharField("pejabat penilai", max_length=255, blank=True)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "year"], name="historyresult_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 120)), name="historyresult_0_to_120"
            ),
        ]
