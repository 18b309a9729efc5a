"""An assessment, its immutable versions, and the scores each version holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.enums import Category, FourPredicate, NationalPredicate, OrgPerformance, Rating
from assessments.states import (
    DELIVERED_STATES,
    SCORED_STATES,
    AssessmentAction,
    AssessmentStatus,
    VersionCause,
)
from skp.enums import Regime
from skp.models import Skp, WorkResult


class Assessment(models.Model):
    """The judging of one plan; it begins with the owner's report.

    ``current`` is the newest version, ``delivered`` the last one that reached the owner: that one counts
    for those who serve its results, also while a newer one is being made.
    """

    skp = models.OneToOneField(Skp, on_delete=models.PROTECT, related_name="assessment")
    status = models.CharField(
        "status", max_length=12, choices=AssessmentStatus, default=AssessmentStatus.OPEN
    )
    current = models.ForeignKey(
        "AssessmentVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="current_of"
    )
    delivered = models.ForeignKey(
        "AssessmentVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="delivered_of"
    )
    # Unlocked: scoring and delivering are open again for some days, whatever the window says.
    reopened_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=AssessmentStatus.values), name="assessment_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(SCORED_STATES), current__isnull=False)
                | (~Q(status__in=sorted(SCORED_STATES)) & Q(current__isnull=True)),
                name="assessment_scored_has_version",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(DELIVERED_STATES)) | Q(delivered__isnull=False),
                name="assessment_delivered_has_version",
            ),
        ]
        indexes = [models.Index(fields=["status"], name="assessment_status")]


class AssessmentVersion(models.Model):
    """One score as it was given; written once. Inputs and steps are the canonical text it came from.

    In regime ``quadrant`` there are ratings and predicates only: the numbers and the category are empty.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    cause = models.CharField("sebab", max_length=12, choices=VersionCause, default=VersionCause.SCORED)
    cause_note = models.CharField("alasan", max_length=300, blank=True)
    regime = models.CharField(max_length=12, choices=Regime)
    rule_version = models.CharField(max_length=20)
    inputs_text = models.TextField()
    steps_text = models.TextField()
    skp_value = models.DecimalField("nilai SKP", max_digits=5, decimal_places=2, null=True, blank=True)
    behaviour_value = models.DecimalField(
        "nilai perilaku", max_digits=5, decimal_places=2, null=True, blank=True
    )
    final = models.DecimalField("nilai akhir", max_digits=5, decimal_places=2, null=True, blank=True)
    category = models.CharField("kategori nilai", max_length=20, choices=Category, blank=True)
    results_rating = models.CharField("rating hasil kerja", max_length=12, choices=Rating)
    behaviour_rating = models.CharField("rating perilaku kerja", max_length=12, choices=Rating)
    # Why the appraiser's ratings differ from the suggested ones.
    rating_reason = models.CharField(max_length=300, blank=True)
    # The achievement of the owner's unit as it stood, print data; empty where none was set.
    org_performance = models.CharField(
        "capaian organisasi", max_length=20, choices=OrgPerformance, blank=True
    )
    recommendation = models.TextField("catatan/rekomendasi", blank=True)
    national = models.CharField("predikat kinerja", max_length=20, choices=NationalPredicate)
    four = models.CharField("predikat", max_length=20, choices=FourPredicate)
    new_idea = models.BooleanField("ide baru terbukti", default=False)
    # A superior's value still to come may change it.
    provisional = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    # Empty when the system made it because a superior's value changed.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_as = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="assessmentversion_number_once"),
            models.CheckConstraint(
                condition=Q(skp_value__range=(0, 120), behaviour_value__range=(0, 120), final__range=(0, 120))
                | Q(skp_value__isnull=True, behaviour_value__isnull=True, final__isnull=True),
                name="assessmentversion_values_0_to_120",
            ),
            models.CheckConstraint(
                condition=(Q(regime=Regime.QUADRANT, final__isnull=True, category=""))
                | (~Q(regime=Regime.QUADRANT) & Q(final__isnull=False) & ~Q(category="")),
                name="assessmentversion_numbers_by_regime",
            ),
        ]

    @property
    def shown_four(self) -> FourPredicate:
        """The predicate as the enum that knows its badge."""
        return FourPredicate(self.four)


class Delivery(models.Model):
    """A version that was given to its owner, and the clock that runs from its receipt (rules.md §12).

    ``deemed_at``: when it counts as received though nobody opened it; ``closes_at``: the instant at which
    the right to object ends, known from the receipt on.
    """

    version = models.OneToOneField(AssessmentVersion, on_delete=models.PROTECT, related_name="delivery")
    delivered_at = models.DateTimeField("disampaikan")
    delivered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    delivered_as = models.CharField(max_length=300)
    deemed_at = models.DateTimeField("dianggap diterima")
    received_at = models.DateTimeField("diterima", null=True, blank=True)
    closes_at = models.DateTimeField("batas keberatan", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, closes_at__isnull=True)
                | Q(received_at__isnull=False, closes_at__isnull=False),
                name="delivery_clock_from_receipt",
            )
        ]
        indexes = [models.Index(fields=["closes_at"], name="delivery_closes")]


class ResultScore(models.Model):
    """What one result came to in a version; ``value`` is what the results that serve it take over.

    Numbers and category are empty in regime ``quadrant``, where the feedback stands alone.
    """

    version = models.ForeignKey(AssessmentVersion, on_delete=models.CASCADE, related_name="results")
    result = models.ForeignKey(WorkResult, on_delete=models.PROTECT, related_name="scores")
    category = models.CharField(max_length=20, choices=Category, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    weighted = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    superior_value = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    provisional = models.BooleanField(default=False)
    feedback = models.TextField("umpan balik", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "result"], name="resultscore_once")]


class BehaviourScore(models.Model):
    """What a version says of one aspect of behaviour: a value 0–120, in ``quadrant`` the feedback alone."""

    version = models.ForeignKey(AssessmentVersion, on_delete=models.CASCADE, related_name="behaviours")
    aspect = models.CharField(max_length=30)
    value = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    feedback = models.TextField("umpan balik", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "aspect"], name="behaviourscore_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(0, 120)), name="behaviourscore_0_to_120"
            ),
        ]


class ScoreDraft(models.Model):
    """What the appraiser has typed so far and not scored yet; the newest text only."""

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="draft")
    # What the scoring form holds, as canonical text.
    text = models.TextField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class AssessmentMove(models.Model):
    """One step in the history of an assessment; append-only."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="moves")
    action = models.CharField(max_length=12, choices=AssessmentAction)
    from_status = models.CharField(max_length=12)
    to_status = models.CharField(max_length=12)
    # The version that the move is about; empty for the report.
    about = models.ForeignKey(
        AssessmentVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="moves"
    )
    # Empty for what the timer does.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor_label = models.CharField(max_length=300)
    acting_as = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
