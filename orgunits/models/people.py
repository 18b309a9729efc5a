"""People and their posts by date."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from orgunits.enums import AssignmentKind, EmploymentKind, LegalPosition, PositionKind, Sex
from orgunits.models.units import OrgUnit


def name_with_titles(name: str, before: str, after: str) -> str:
    """ "Dr. SITI AMINAH, S.H."; either title may be empty."""
    return f"{before} {name}"[0 if before else 1 :] + (f", {after}" if after else "")


class Employee(models.Model):
    """A civil servant, or the Bupati (kind ``pejabat_negara``, without NIP)."""

    external_id = models.CharField("PNS ID", max_length=64, unique=True, null=True, blank=True)
    nip = models.CharField("NIP", max_length=18, unique=True, null=True, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="employee"
    )
    name = models.CharField("nama", max_length=200)
    title_before = models.CharField("gelar depan", max_length=60, blank=True)
    title_after = models.CharField("gelar belakang", max_length=100, blank=True)
    employment_kind = models.CharField("jenis kepegawaian", max_length=16, choices=EmploymentKind)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex, blank=True)
    birth_date = models.DateField("tanggal lahir", null=True, blank=True)
    # "III/d" for PNS, "IX" for PPPK; its name follows from orgunits.ranks.
    grade = models.CharField("golongan", max_length=8, blank=True)
    phone = models.CharField("telepon", max_length=30, blank=True)
    # Contact data: not unique and never a login (rules.md §11).
    email = models.EmailField("surel", blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(employment_kind__in=EmploymentKind.values), name="employee_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(nip__isnull=False) | Q(employment_kind=EmploymentKind.STATE_OFFICIAL),
                name="employee_nip_unless_state_official",
            ),
        ]
        indexes = [models.Index(fields=["name"])]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Name with titles: "Dr. SITI AMINAH, S.H."."""
        return name_with_titles(self.name, self.title_before, self.title_after)

    @property
    def shown_nip(self) -> str:
        """NIP in the groups of rules.md §14: ``YYYYMMDD YYYYMM G NNN``; empty for the Bupati."""
        nip = self.nip or ""
        return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if len(nip) == 18 else nip


class EmployeeNip(models.Model):
    """An earlier NIP of a person; it stays known for look-ups."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="earlier_nips")
    nip = models.CharField(max_length=18, db_index=True)
    replaced_at = models.DateTimeField()


class LegalPositionSpan(models.Model):
    """A person's legal position (kedudukan hukum) during ``[start, until)``."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="legal_positions")
    position = models.CharField("kedudukan hukum", max_length=32, choices=LegalPosition)
    start = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("start")), name="legalposition_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(position__in=LegalPosition.values), name="legalposition_known"
            ),
            models.UniqueConstraint(fields=["employee", "start"], name="legalposition_one_start"),
            models.UniqueConstraint(
                fields=["employee"], condition=Q(until__isnull=True), name="legalposition_one_open"
            ),
        ]


class Assignment(models.Model):
    """A person's post in a unit during ``[start, until)``; Plt and Plh stand beside the definitive one.

    No overlap of definitive ones of one person, of two definitive heads, two Plt or two Plh of one
    unit: held by exclusion constraints on PostgreSQL and triggers on SQLite, see docs/adr/0004 and
    ``orgunits.guards`` for the sentences.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="assignments")
    kind = models.CharField("jenis", max_length=12, choices=AssignmentKind, default=AssignmentKind.DEFINITIVE)
    position_title = models.CharField("jabatan", max_length=255)
    position_kind = models.CharField("jenis jabatan", max_length=16, choices=PositionKind)
    echelon = models.CharField("eselon", max_length=4, blank=True)
    functional_level = models.CharField("jenjang fungsional", max_length=40, blank=True)
    is_head = models.BooleanField("pimpinan unit", default=False)
    start = models.DateField("mulai")
    until = models.DateField("sampai sebelum", null=True, blank=True)
    decree = models.CharField("nomor SK", max_length=120, blank=True)
    # Why it ended, in words a reader of the history understands.
    end_reason = models.CharField("alasan berakhir", max_length=200, blank=True)
    # Set where a transfer leaves an acting assignment standing for an officer to look at.
    review_note = models.CharField("perlu ditinjau", max_length=200, blank=True)
    source_batch = models.ForeignKey(
        "ImportBatch", on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("start")), name="assignment_not_empty"
            ),
            models.CheckConstraint(condition=Q(kind__in=AssignmentKind.values), name="assignment_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=AssignmentKind.DEFINITIVE) | Q(is_head=True), name="assignment_acting_heads"
            ),
            models.UniqueConstraint(
                fields=["employee"],
                condition=Q(until__isnull=True, kind=AssignmentKind.DEFINITIVE),
                name="assignment_one_open_definitive",
            ),
            # One constraint for each kind, so that its name tells which rule a refusal broke.
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(until__isnull=True, is_head=True, kind=AssignmentKind.DEFINITIVE),
                name="assignment_one_open_head",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(until__isnull=True, is_head=True, kind=AssignmentKind.PLT),
                name="assignment_one_open_plt",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(until__isnull=True, is_head=True, kind=AssignmentKind.PLH),
                name="assignment_one_open_plh",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "start", "until"]),
            models.Index(fields=["employee", "start", "until"]),
        ]

    def __str__(self) -> str:
        return self.shown_title

    @property
    def shown_title(self) -> str:
        """The title as documents print it: "Plt. Kepala Dinas …" for an acting holder."""
        prefix = "" if self.kind == AssignmentKind.DEFINITIVE else f"{AssignmentKind(self.kind).label} "
        return f"{prefix}{self.position_title}"
