"""What an OPD admin asks BKPSDM for: later deadlines and exemptions, granted or refused (rules.md §15)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from orgunits.models import Employee, OrgUnit
from skp.enums import ExemptionKind, ExtensionScope
from skp.models.deadlines import Exemption, Extension
from skp.models.periods import Period
from skp.states import Stage

ANSWERED = Q(answered_at__isnull=True, answered_by__isnull=True, answer="") | Q(
    answered_at__isnull=False, answered_by__isnull=False
)


class Proposal(models.Model):
    """What both kinds share: for which OPD, who asked, and the answer; append-only but for the answer."""

    opd = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Why it was refused; empty while it waits and where it was granted.
    answer = models.CharField("jawaban", max_length=300, blank=True)

    class Meta:
        abstract = True


class ExtensionProposal(Proposal):
    """A later deadline asked for the OPD, one of its units, or people of it."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="extension_proposals")
    stage = models.CharField("tahap", max_length=12, choices=Stage)
    interval = models.PositiveSmallIntegerField("interval", default=0)
    scope = models.CharField("berlaku untuk", max_length=8, choices=ExtensionScope)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The NIP of the people, one a line, as they were checked when it was proposed.
    nips = models.TextField("NIP", blank=True)
    due_at = models.DateTimeField("tenggat yang diminta")
    reason = models.CharField("alasan", max_length=300)
    granted = models.OneToOneField(
        Extension, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ANSWERED, name="extensionproposal_answered_at_by"),
            models.CheckConstraint(
                condition=Q(scope__in=[ExtensionScope.OPD, ExtensionScope.UNIT], unit__isnull=False)
                | Q(scope=ExtensionScope.PEOPLE, unit__isnull=True),
                name="extensionproposal_scope_within_opd",
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True) | Q(answered_at__isnull=False, answer=""),
                name="extensionproposal_granted_is_answered",
            ),
        ]


class ExemptionProposal(Proposal):
    """An exemption asked for one person, with the document that BKPSDM checks."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="exemption_proposals")
    kind = models.CharField("dasar", max_length=12, choices=ExemptionKind)
    start = models.DateField("mulai")
    until = models.DateField("sampai sebelum")
    document = models.CharField("nomor dokumen", max_length=120)
    stored_name = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    granted = models.OneToOneField(
        Exemption, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ANSWERED, name="exemptionproposal_answered_at_by"),
            models.CheckConstraint(condition=Q(until__gt=F("start")), name="exemptionproposal_not_empty"),
            models.CheckConstraint(
                condition=Q(granted__isnull=True) | Q(answered_at__isnull=False, answer=""),
                name="exemptionproposal_granted_is_answered",
            ),
        ]
