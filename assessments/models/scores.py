"""An assessment, its immutable versions, and the scores each version holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.enums import Category, FourPredicate, NationalPredicate, Rating
from assessments.states import AssessmentAction, AssessmentStatus
from skp.berakhlak import Behaviour
from skp.enums import Regime
from skp.models import Skp, WorkResult


class Assessment(models.Model):
    """The judging of one plan; it begins with the owner's report."""

    skp = models.OneToOneField(Skp, on_delete=models.PROTECT, related_name="assessment")
    status = models.CharField(
        "status", max_length=12, choices=AssessmentStatus, default=AssessmentStatus.OPEN
    )
    current = models.ForeignKey(
        "AssessmentVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="current_of"
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=AssessmentStatus.values), name="assessment_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=AssessmentStatus.SCORED, current__isnull=False)
                | (~Q(status=AssessmentStatus.SCORED) & Q(current__isnull=True)),
                name="assessment_scored_has_version",
            ),
        ]


class AssessmentVersion(models.Model):
    """One score as it was given; written once. Inputs and steps are the canonical text it came from."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    regime = models.CharField(max_length=12, choices=Regime)
    rule_version = models.CharField(max_length=20)
    inputs_text = models.TextField()
    steps_text = models.TextField()
    skp_value = models.DecimalField("nilai SKP", max_digits=5, decimal_places=2)
    behaviour_value = models.DecimalField("nilai perilaku", max_digits=5, decimal_places=2)
    final = models.DecimalField("nilai akhir", max_digits=5, decimal_places=2)
    category = models.CharField("kategori nilai", max_length=20, choices=Category)
    results_rating = models.CharField("rating hasil kerja", max_length=12, choices=Rating)
    behaviour_rating = models.CharField("rating perilaku kerja", max_length=12, choices=Rating)
    # Why the appraiser's ratings differ from the suggested ones.
    rating_reason = models.CharField(max_length=300, blank=True)
    national = models.CharField("predikat kinerja", max_length=20, choices=NationalPredicate)
    four = models.CharField("predikat", max_length=20, choices=FourPredicate)
    # A superior's value still to come may change it.
    provisional = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_as = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="assessmentversion_number_once"),
            models.CheckConstraint(
                condition=Q(
                    skp_value__range=(0, 120), behaviour_value__range=(0, 120), final__range=(0, 120)
                ),
                name="assessmentversion_values_0_to_120",
            ),
        ]

    @property
    def shown_four(self) -> FourPredicate:
        """The predicate as the enum that knows its badge."""
        return FourPredicate(self.four)


class ResultScore(models.Model):
    """What one result came to in a version; ``value`` is what the results that serve it take over."""

    version = models.ForeignKey(AssessmentVersion, on_delete=models.CASCADE, related_name="results")
    result = models.ForeignKey(WorkResult, on_delete=models.PROTECT, related_name="scores")
    category = models.CharField(max_length=20, choices=Category, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=6)
    weighted = models.DecimalField(max_digits=12, decimal_places=6)
    superior_value = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    provisional = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "result"], name="resultscore_once")]


class BehaviourScore(models.Model):
    """The value, 0–120, that a version gives one aspect of behaviour."""

    version = models.ForeignKey(AssessmentVersion, on_delete=models.CASCADE, related_name="behaviours")
    aspect = models.CharField(max_length=30, choices=Behaviour)
    value = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "aspect"], name="behaviourscore_once"),
            models.CheckConstraint(condition=Q(value__range=(0, 120)), name="behaviourscore_0_to_120"),
        ]


class AssessmentMove(models.Model):
    """One step in the history of an assessment; append-only."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="moves")
    action = models.CharField(max_length=12, choices=AssessmentAction)
    from_status = models.CharField(max_length=12)
    to_status = models.CharField(max_length=12)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=300)
    acting_as = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
