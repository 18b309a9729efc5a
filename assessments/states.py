"""States and moves of judging a year; labels and tones shown on badges stand here only."""

from django.db.models import TextChoices


class AssessmentStatus(TextChoices):
    """How far the judging of a plan has come (rules.md §4, §12)."""

    OPEN = "open", "Belum dilaporkan"
    REPORTED = "reported", "Menunggu penilaian"
    SCORED = "scored", "Sudah dinilai, belum disampaikan"
    DELIVERED = "delivered", "Disampaikan"
    OBJECTED = "objected", "Keberatan diajukan"
    ACCEPTED = "accepted", "Diterima"
    FINAL = "final", "Final"

    @property
    def tone(self) -> str:
        """The sentiment in which the status is shown."""
        return {
            AssessmentStatus.OPEN: "neutral",
            AssessmentStatus.REPORTED: "info",
            AssessmentStatus.SCORED: "info",
            AssessmentStatus.OBJECTED: "warn",
        }.get(self, "good")

    @property
    def icon(self) -> str:
        """The icon that stands beside the word."""
        return {
            AssessmentStatus.OPEN: "minus",
            AssessmentStatus.REPORTED: "clock",
            AssessmentStatus.SCORED: "pencil",
            AssessmentStatus.DELIVERED: "send",
            AssessmentStatus.OBJECTED: "circle-alert",
            AssessmentStatus.ACCEPTED: "check",
            AssessmentStatus.FINAL: "check-check",
        }[self]


# The score has reached its owner and counts: for the duty, for the year's result, for those who serve it.
DELIVERED_STATES = frozenset(
    {
        AssessmentStatus.DELIVERED,
        AssessmentStatus.OBJECTED,
        AssessmentStatus.ACCEPTED,
        AssessmentStatus.FINAL,
    }
)
SCORED_STATES = DELIVERED_STATES | {AssessmentStatus.SCORED}


class AssessmentAction(TextChoices):
    """The moves on an assessment (rules.md §4)."""

    REPORT = "report", "Laporkan"
    SCORE = "score", "Nilai"
    DELIVER = "deliver", "Sampaikan"
    ACCEPT = "accept", "Terima hasil"
    OBJECT = "object", "Ajukan keberatan"
    SETTLE = "settle", "Anggap diterima"
    FINALISE = "finalise", "Tetapkan final"
    RENEW = "renew", "Sampaikan nilai baru"
    UNLOCK = "unlock", "Buka kunci"

    @property
    def done(self) -> str:
        """The move as the history tells it."""
        return {
            AssessmentAction.REPORT: "Realisasi dilaporkan",
            AssessmentAction.SCORE: "Dinilai",
            AssessmentAction.DELIVER: "Hasil penilaian disampaikan",
            AssessmentAction.ACCEPT: "Hasil penilaian diterima",
            AssessmentAction.OBJECT: "Keberatan diajukan",
            AssessmentAction.SETTLE: "Diterima karena tidak ada keberatan sampai batas waktunya",
            AssessmentAction.FINALISE: "Hasil penilaian final",
            AssessmentAction.RENEW: "Nilai baru disampaikan",
            AssessmentAction.UNLOCK: "Kunci hasil penilaian dibuka",
        }[self]


class VersionCause(TextChoices):
    """Why a version of the score was made."""

    SCORED = "scored", "Penilaian oleh pejabat penilai"
    SUPERIOR = "superior", "Nilai hasil kerja atasan berubah"
    UNLOCKED = "unlocked", "Kunci hasil penilaian dibuka"


class RequestState(TextChoices):
    """Where a request that somebody else decides stands: an unlock, a superior's later value."""

    OPEN = "open", "Menunggu"
    APPLIED = "applied", "Dilaksanakan"
    DISMISSED = "dismissed", "Tidak dilaksanakan"


class IdeaVerdict(TextChoices):
    """What the appraiser says of a new idea (PP 30/2019 art. 41)."""

    OPEN = "", "Belum diperiksa"
    VERIFIED = "verified", "Terbukti bermanfaat bagi organisasi"
    REFUSED = "refused", "Tidak terbukti"


class NoPerformanceKind(TextChoices):
    """Why somebody without a performance is Sangat Buruk (rules.md §7)."""

    NEVER_SENT = "never_sent", "Tidak pernah mengirim rencana SKP"
    NO_EVIDENCE = "no_evidence", "Tidak ada bukti dukung pada satu indikator pun"
