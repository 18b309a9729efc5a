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
