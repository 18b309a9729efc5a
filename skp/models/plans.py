"""The plan of one person in one assignment, its revisions, results and indicators."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from orgunits.models import Assignment, Employee, OrgUnit
from skp.berakhlak import Behaviour
from skp.enums import (
    AppendixKind,
    Approach,
    Aspect,
    CascadeMethod,
    CloseReason,
    Direction,
    Perspective,
    ResultKind,
    ResultSource,
    Rollup,
    Scheme,
)
from skp.models.periods import Period
from skp.states import OPEN_STATES, Lifecycle, RevisionState


class Skp(models.Model):
    """One person's plan in one assignment and period; every child write first raises ``version``."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="skps")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="skps")
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="skps")
    scheme = models.CharField("skema", max_length=8, choices=Scheme)
    # The part of the year this plan covers, half-open.
    start = models.DateField("mulai")
    until = models.DateField("sampai sebelum")
    in_force = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="in_force_of"
    )
    open_revision = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="open_of"
    )
    lifecycle = models.CharField("keadaan", max_length=12, choices=Lifecycle, default=Lifecycle.ACTIVE)
    # Why it was closed; who did it and when stands in its move.
    close_reason = models.CharField("alasan penutupan", max_length=12, choices=CloseReason, blank=True)
    locked_for_scoring = models.BooleanField(default=False)
    # What the year's end did last, told down by assessments, so that duties can be computed from here.
    reported_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "period"],
                condition=~Q(lifecycle=Lifecycle.CANCELLED),
                name="skp_one_per_assignment_and_period",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("start")), name="skp_not_empty"),
            models.CheckConstraint(condition=Q(lifecycle__in=Lifecycle.values), name="skp_lifecycle_known"),
            models.CheckConstraint(
                condition=Q(lifecycle=Lifecycle.CLOSED, close_reason__in=CloseReason.values)
                | (~Q(lifecycle=Lifecycle.CLOSED) & Q(close_reason="")),
                name="skp_closed_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["owner", "period"])]

    def __str__(self) -> str:
        return f"SKP {self.period_id} {self.owner_id}"


class Revision(models.Model):
    """One negotiated text of the plan; the agreed one is in force until the next is agreed."""

    skp = models.ForeignKey(Skp, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField("revisi")
    state = models.CharField("status", max_length=12, choices=RevisionState, default=RevisionState.DRAFT)
    approach = models.CharField("pendekatan", max_length=12, choices=Approach, default=Approach.QUANTITATIVE)
    reason = models.CharField("alasan perubahan", max_length=300, blank=True)
    # Exactly the hashed bytes of what was submitted, written by skp.content.
    content_text = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    # Both parties as they stood on the day of agreement: print data, decides nothing.
    parties_text = models.TextField(blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_as = models.CharField("disepakati sebagai", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["skp", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["skp"], condition=Q(state__in=sorted(OPEN_STATES)), name="revision_one_open"
            ),
            models.UniqueConstraint(
                fields=["skp"], condition=Q(state=RevisionState.AGREED), name="revision_one_agreed"
            ),
            models.CheckConstraint(condition=Q(state__in=RevisionState.values), name="revision_state_known"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="revision_agreed_at_by",
            ),
        ]

    @property
    def shown_state(self) -> RevisionState:
        """The state as the enum that knows its badge."""
        return RevisionState(self.state)


class WorkResult(models.Model):
    """The identity of a planned result; progress, links and scores point here, texts live per revision."""

    skp = models.ForeignKey(Skp, on_delete=models.CASCADE, related_name="results")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # A predecessor's result that this one takes over after a transfer.
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    # Its code in an imported workbook; codes restart in each OPD and period (rules.md §14).
    import_code = models.CharField("kode RHK", max_length=40, blank=True)
    import_opd = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    import_period = models.ForeignKey(
        Period, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["import_period", "import_opd", "import_code"],
                condition=~Q(import_code=""),
                name="workresult_import_code_once",
            ),
            models.CheckConstraint(
                condition=Q(import_code="", import_opd__isnull=True, import_period__isnull=True)
                | (~Q(import_code="") & Q(import_opd__isnull=False, import_period__isnull=False)),
                name="workresult_import_code_whole",
            ),
        ]


class Indicator(models.Model):
    """The identity of an indicator of a result."""

    result = models.ForeignKey(WorkResult, on_delete=models.CASCADE, related_name="indicators")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True)


class PlannedResult(models.Model):
    """What a revision says of a result."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="results")
    result = models.ForeignKey(WorkResult, on_delete=models.PROTECT, related_name="planned")
    order = models.PositiveSmallIntegerField("urutan")
    kind = models.CharField("jenis", max_length=12, choices=ResultKind, default=ResultKind.MAIN)
    text = models.TextField("rencana hasil kerja")
    # The superior's result that this one serves; its text and revision are frozen on agreement.
    parent = models.ForeignKey(
        WorkResult, on_delete=models.PROTECT, null=True, blank=True, related_name="served_by"
    )
    open_parent_code = models.CharField(max_length=40, blank=True)
    parent_text = models.TextField(blank=True)
    parent_revision_number = models.PositiveSmallIntegerField(null=True, blank=True)
    cascade_method = models.CharField("metode cascading", max_length=12, choices=CascadeMethod, blank=True)
    source = models.CharField("sumber", max_length=12, choices=ResultSource, blank=True)
    perspective = models.CharField("perspektif", max_length=16, choices=Perspective, blank=True)
    # What scheme jpt refers to instead of a superior's result (rules.md §3).
    agreement_text = models.TextField("acuan perjanjian kinerja", blank=True)
    scope = models.PositiveSmallIntegerField("lingkup", default=1)
    assigned_by = models.CharField("pemberi tugas", max_length=200, blank=True)

    class Meta:
        ordering = ["kind", "order"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "result"], name="plannedresult_once"),
            models.CheckConstraint(
                condition=Q(scope__gte=1, scope__lte=3), name="plannedresult_scope_1_to_3"
            ),
            models.CheckConstraint(condition=Q(kind__in=ResultKind.values), name="plannedresult_kind_known"),
        ]
        indexes = [models.Index(fields=["parent"])]


class PlannedIndicator(models.Model):
    """What a revision says of an indicator; a single target has ``target_min = target_max``."""

    planned_result = models.ForeignKey(PlannedResult, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="planned")
    order = models.PositiveSmallIntegerField("urutan")
    aspect = models.CharField("aspek", max_length=12, choices=Aspect)
    text = models.TextField("indikator kinerja individu")
    target_min = models.DecimalField("target minimum", max_digits=18, decimal_places=4)
    target_max = models.DecimalField("target maksimum", max_digits=18, decimal_places=4)
    # The expectation as narrative, of the approach kualitatif; there both numbers are 0.
    target_text = models.TextField("ekspektasi", blank=True)
    unit = models.CharField("satuan", max_length=60)
    direction = models.CharField("arah", max_length=8, choices=Direction, default=Direction.NORMAL)
    target_is_maximum = models.BooleanField("target adalah nilai tertinggi", default=False)
    rollup = models.CharField("rekap triwulan", max_length=8, choices=Rollup, default=Rollup.SUM)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["planned_result", "indicator"], name="plannedindicator_once"),
            models.CheckConstraint(
                condition=Q(target_min__gte=0), name="plannedindicator_target_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(target_max__gte=F("target_min")), name="plannedindicator_min_to_max"
            ),
        ]


class BehaviourExpectation(models.Model):
    """What the leader expects of one aspect of behaviour, beside the form's fixed guides."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="behaviours")
    aspect = models.CharField("aspek", max_length=30, choices=Behaviour)
    text = models.TextField("ekspektasi khusus pimpinan")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "aspect"], name="behaviourexpectation_once")
        ]


class AppendixItem(models.Model):
    """One line of the appendix: resources, accountability or consequences."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="appendix")
    kind = models.CharField("bagian", max_length=16, choices=AppendixKind)
    order = models.PositiveSmallIntegerField("urutan")
    text = models.TextField("isi")

    class Meta:
        ordering = ["kind", "order"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "kind", "order"], name="appendixitem_order_once"),
            models.CheckConstraint(condition=Q(kind__in=AppendixKind.values), name="appendixitem_kind_known"),
        ]
