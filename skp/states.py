"""States, moves and parties of a plan; labels and tones shown on badges stand here only."""

from django.db.models import TextChoices


class Stage(TextChoices):
    """The five stages of the year that windows open and close (rules.md §2)."""

    PLANNING = "planning", "Perencanaan"
    MONITORING = "monitoring", "Pemantauan"
    SELF_REPORT = "self_report", "Pelaporan mandiri"
    ASSESSMENT = "assessment", "Penilaian"
    OBJECTION = "objection", "Keberatan"


def stage_label(stage: Stage, interval: int, intervals: int) -> str:
    """ "Perencanaan", "Pemantauan triwulan 2"; ``intervals``: how many the year has, 4 or 12."""
    if not interval:
        return str(stage.label)
    return f"{stage.label} {'bulan' if intervals > 4 else 'triwulan'} {interval}"


class Audience(TextChoices):
    ALL = "all", "Semua pegawai"
    JPT = "jpt", "Pimpinan tinggi dan pimpinan unit mandiri"


class Lifecycle(TextChoices):
    ACTIVE = "active", "Berjalan"
    CLOSED = "closed", "Ditutup"
    CANCELLED = "cancelled", "Dibatalkan"


class RevisionState(TextChoices):
    """Where a revision stands between draft and agreement (rules.md §3)."""

    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Menunggu persetujuan"
    RETURNED = "returned", "Dikembalikan"
    AGREED = "agreed", "Disepakati"
    SUPERSEDED = "superseded", "Digantikan"
    DISCARDED = "discarded", "Dibatalkan"

    @property
    def tone(self) -> str:
        """The sentiment in which the state is shown."""
        return {
            RevisionState.DRAFT: "neutral",
            RevisionState.SUBMITTED: "info",
            RevisionState.RETURNED: "warn",
            RevisionState.AGREED: "good",
        }.get(self, "neutral")

    @property
    def icon(self) -> str:
        """The icon that stands beside the word."""
        return {
            RevisionState.DRAFT: "pencil",
            RevisionState.SUBMITTED: "clock",
            RevisionState.RETURNED: "corner-down-right",
            RevisionState.AGREED: "check",
        }.get(self, "minus")


OPEN_STATES = frozenset({RevisionState.DRAFT, RevisionState.SUBMITTED, RevisionState.RETURNED})


class Action(TextChoices):
    """The moves on a plan (rules.md §4)."""

    EDIT = "edit", "Ubah"
    SUBMIT = "submit", "Kirim"
    WITHDRAW = "withdraw", "Tarik kembali"
    RETURN = "return", "Kembalikan"
    AGREE = "agree", "Setujui"
    PROPOSE = "propose", "Ajukan adendum"
    DISCARD = "discard", "Batalkan adendum"
    CLOSE = "close", "Tutup"

    @property
    def done(self) -> str:
        """The move as the history tells it."""
        return {
            Action.EDIT: "Rencana diubah",
            Action.SUBMIT: "Rencana dikirim",
            Action.WITHDRAW: "Rencana ditarik kembali",
            Action.RETURN: "Rencana dikembalikan",
            Action.AGREE: "Rencana disepakati",
            Action.PROPOSE: "Adendum dimulai",
            Action.DISCARD: "Adendum dibatalkan",
            Action.CLOSE: "SKP ditutup",
        }[self]

    @property
    def tone(self) -> str:
        """The sentiment of its mark in the history."""
        return {
            Action.SUBMIT: "info",
            Action.WITHDRAW: "warn",
            Action.RETURN: "warn",
            Action.AGREE: "good",
            Action.PROPOSE: "info",
        }.get(self, "neutral")

    @property
    def icon(self) -> str:
        """The icon of its mark in the history."""
        return {
            Action.SUBMIT: "send",
            Action.WITHDRAW: "undo-2",
            Action.RETURN: "corner-down-right",
            Action.AGREE: "check",
            Action.DISCARD: "x",
            Action.CLOSE: "ban",
        }.get(self, "pencil")


class Party(TextChoices):
    OWNER = "owner", "Pemilik SKP"
    APPRAISER = "appraiser", "Pejabat penilai"
    OFFICER = "officer", "Pengelola kepegawaian"
    AGENCY = "agency", "BKPSDM"
    TIMER = "timer", "Sistem, pada waktunya"
