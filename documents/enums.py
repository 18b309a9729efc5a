"""Kinds and states of issued documents; states and actions of long work."""

from enum import Enum

from django.db import models


class JobState(models.TextChoices):
    """Where a job stands; the label is what users read."""

    QUEUED = "queued", "Menunggu giliran"
    RUNNING = "running", "Sedang berjalan"
    DONE = "done", "Selesai"
    FAILED = "failed", "Gagal"
    CANCELLED = "cancelled", "Dibatalkan"

    @property
    def active(self) -> bool:
        """Whether the job still waits or works."""
        return self in (JobState.QUEUED, JobState.RUNNING)

    @property
    def tone(self) -> str:
        """The colours of the badge."""
        tones = {JobState.RUNNING: "info", JobState.DONE: "good", JobState.FAILED: "bad"}
        return tones.get(self, "neutral")

    @property
    def icon(self) -> str:
        """The picture of the badge."""
        icons = {
            JobState.QUEUED: "hourglass",
            JobState.RUNNING: "loader",
            JobState.DONE: "circle-check",
            JobState.FAILED: "circle-x",
        }
        return icons.get(self, "ban")


class ItemState(models.TextChoices):
    """Whether one part of a job has been dealt with."""

    PENDING = "pending", "Belum"
    DONE = "done", "Selesai"
    FAILED = "failed", "Gagal"


class JobAction(Enum):
    """What can happen to a job."""

    TAKE = "take"
    CANCEL = "cancel"
    STOP = "stop"
    RELEASE = "release"
    FINISH = "finish"
    FAIL = "fail"


class Party(Enum):
    """Who may make a job move."""

    OWNER = "owner"
    WORKER = "worker"


class DocumentKind(models.TextChoices):
    """The official documents by their numbers in the forms."""

    D1 = "D1", "SKP pejabat administrasi dan fungsional"
    D2 = "D2", "SKP pejabat pimpinan tinggi dan pimpinan unit kerja mandiri"
    D4 = "D4", "Matriks pembagian peran dan hasil"
    D5 = "D5", "Lampiran SKP"
    D6 = "D6", "Evaluasi kinerja pegawai"
    D7 = "D7", "Dokumen evaluasi kinerja pegawai"
    D8 = "D8", "Penilaian SKP"
    D10 = "D10", "Rekapitulasi predikat kinerja OPD"
    D11 = "D11", "Rekapitulasi predikat kinerja kabupaten"
    D15 = "D15", "Tanda terima pengajuan"

    @property
    def rendered_ahead(self) -> bool:
        """Whether the worker makes its bytes; a receipt is seldom printed and made when asked for."""
        return self is not DocumentKind.D15


class IssuedState(models.TextChoices):
    """What has become of an issued document."""

    PENDING = "pending", "Belum dicetak"
    RENDERED = "rendered", "Berlaku"
    SUPERSEDED = "superseded", "Digantikan"
    WITHDRAWN = "withdrawn", "Ditarik"

    @property
    def valid(self) -> bool:
        """Whether the document counts: its bytes may still have to be made."""
        return self in (IssuedState.PENDING, IssuedState.RENDERED)

    @property
    def shown(self) -> str:
        """What a reader needs to know of it."""
        return "Berlaku" if self.valid else str(self.label)

    @property
    def tone(self) -> str:
        """The colours of the badge."""
        return "good" if self.valid else "warn" if self is IssuedState.SUPERSEDED else "bad"

    @property
    def icon(self) -> str:
        """The picture of the badge."""
        icons = {IssuedState.SUPERSEDED: "history", IssuedState.WITHDRAWN: "ban"}
        return icons.get(self, "circle-check")
