"""Which people a page of the board lists, and why a snapshot was taken. Pure."""

from django.db.models import TextChoices


class YearStanding(TextChoices):
    """Which people of the results board are listed, and where one person's year stands."""

    OBLIGED = "wajib", "Wajib"
    SCORED = "dinilai", "Sudah dinilai"
    OPEN = "belum", "Belum dinilai"
    COUNTED = "dihitung", "Masuk rata-rata"
    UNCOUNTED = "tidak-dihitung", "Tidak masuk rata-rata"
    WITHOUT = "tanpa-predikat", "Belum berpredikat"
    NO_PERFORMANCE = "tanpa-kinerja", "Tanpa kinerja"
    EXEMPT = "dikecualikan", "Dikecualikan"

    @property
    def tone(self) -> str:
        """The sentiment in which a person's standing is shown."""
        return {
            YearStanding.SCORED: "good",
            YearStanding.NO_PERFORMANCE: "bad",
            YearStanding.OPEN: "warn",
        }.get(self, "neutral")

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return {
            YearStanding.SCORED: "check",
            YearStanding.NO_PERFORMANCE: "x",
            YearStanding.OPEN: "clock",
        }.get(self, "minus")


class Spread(TextChoices):
    """By what the distribution of predicates is drawn."""

    OPD = "opd", "OPD"
    KIND = "jenis", "Jenis pegawai"


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


class ReminderKind(TextChoices):
    """What somebody is reminded of: the own duty, people below who wait, reports to be scored."""

    OWN = "own", "Kewajiban sendiri"
    TEAM = "team", "Bawahan yang belum memenuhi"
    SCORING = "scoring", "Laporan yang menunggu penilaian"
