"""How far a plan has come, as the board counts it. Pure."""

from django.db.models import TextChoices


class Step(TextChoices):
    """The columns of the board; each includes those after it."""

    PLANNED = "rencana", "Rencana"
    AGREED = "disepakati", "Disepakati"
    REPORTED = "dilaporkan", "Dilaporkan"
    SCORED = "dinilai", "Dinilai"


class SnapshotKind(TextChoices):
    """Why a snapshot was taken."""

    DEADLINE = "deadline", "Pada tenggat"
    DAILY = "daily", "Harian"


class Which(TextChoices):
    """Which of a stage's people: the numbers of the board, and the state of one person."""

    OBLIGED = "wajib", "Wajib"
    FULFILLED = "sudah", "Sudah memenuhi"
    OPEN = "belum", "Belum memenuhi"
    LATE = "telat", "Terlambat"
    AGREED = "disepakati", "Disepakati"
    EXEMPT = "dikecualikan", "Dikecualikan"

    @property
    def tone(self) -> str:
        """The sentiment in which a person's state is shown."""
        return {Which.FULFILLED: "good", Which.LATE: "bad", Which.OPEN: "warn"}.get(self, "neutral")

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return {Which.FULFILLED: "check", Which.LATE: "x", Which.OPEN: "circle-alert"}.get(self, "minus")
