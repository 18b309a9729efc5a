"""States and moves of judging a year; labels and tones shown on badges stand here only."""

from django.db.models import TextChoices


class AssessmentStatus(TextChoices):
    """How far the judging of a plan has come."""

    OPEN = "open", "Belum dilaporkan"
    REPORTED = "reported", "Menunggu penilaian"
    SCORED = "scored", "Sudah dinilai"

    @property
    def tone(self) -> str:
        """The sentiment in which the status is shown."""
        return {
            AssessmentStatus.OPEN: "neutral",
            AssessmentStatus.REPORTED: "info",
            AssessmentStatus.SCORED: "good",
        }[self]

    @property
    def icon(self) -> str:
        """The icon that stands beside the word."""
        return {
            AssessmentStatus.OPEN: "minus",
            AssessmentStatus.REPORTED: "clock",
            AssessmentStatus.SCORED: "check",
        }[self]


class AssessmentAction(TextChoices):
    """The moves on an assessment (rules.md §4)."""

    REPORT = "report", "Laporkan"
    SCORE = "score", "Nilai"
