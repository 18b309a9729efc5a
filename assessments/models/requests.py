"""What waits for somebody else: a superior's later value, the unlocking of a final score, a new idea."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessments.models.scores import Assessment, AssessmentVersion
from assessments.states import IdeaVerdict, RequestState
from skp.models import Skp


class ScoreProposal(models.Model):
    """A superior's value that came after the delivery and would change the printed score (rules.md §5.3)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="proposals")
    based_on = models.ForeignKey(AssessmentVersion, on_delete=models.PROTECT, related_name="+")
    cause = models.ForeignKey(AssessmentVersion, on_delete=models.PROTECT, related_name="+")
    new_skp_value = models.DecimalField("nilai SKP baru", max_digits=5, decimal_places=2)
    new_final = models.DecimalField("nilai akhir baru", max_digits=5, decimal_places=2)
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.OPEN)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(state=RequestState.OPEN), name="scoreproposal_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="scoreproposal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="scoreproposal_decided_at_by",
            ),
        ]


class UnlockRequest(models.Model):
    """A final score that one BKPSDM admin wants opened and a second one confirms (rules.md §4)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="unlocks")
    reason = models.CharField("alasan", max_length=300)
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.OPEN)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["requested_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(state=RequestState.OPEN), name="unlockrequest_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="unlockrequest_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="unlockrequest_decided_at_by",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.APPLIED)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("requested_by"))),
                name="unlockrequest_second_person",
            ),
        ]


class NewIdea(models.Model):
    """A new idea that the owner brings with the report; the appraiser verifies it (PP 30/2019 art. 41).

    Its proof is a link or a file of the private storage, one of both.
    """

    skp = models.OneToOneField(Skp, on_delete=models.CASCADE, related_name="new_idea")
    text = models.TextField("ide baru")
    benefit = models.TextField("manfaat bagi organisasi")
    name = models.CharField("nama bukti", max_length=200, blank=True)
    url = models.URLField("tautan bukti", max_length=500, blank=True)
    stored_name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="bytes")
    file_hash = models.CharField(max_length=64, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12, choices=IdeaVerdict, blank=True, default=IdeaVerdict.OPEN)
    verdict_note = models.CharField("catatan pemeriksaan", max_length=300, blank=True)
    verdict_at = models.DateTimeField(null=True, blank=True)
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(url="") | Q(stored_name=""), name="newidea_link_or_file"),
            models.CheckConstraint(condition=Q(verdict__in=IdeaVerdict.values), name="newidea_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict="", verdict_at__isnull=True, verdict_by__isnull=True)
                | (~Q(verdict="") & Q(verdict_at__isnull=False, verdict_by__isnull=False)),
                name="newidea_verdict_at_by",
            ),
        ]
