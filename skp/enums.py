"""The closed vocabularies of plans and periods; values are stored and read from files, labels are shown."""

from django.db.models import TextChoices


class SkpEvent(TextChoices):
    """What the audit trail calls what happens here."""

    PERIOD_CREATED = "period.created", "Periode dibuat"
    PERIOD_SETTINGS = "period.settings", "Pengaturan periode diubah"
    WINDOW_CHANGED = "period.window", "Jadwal periode diubah"
    EXTENSION_GRANTED = "extension.granted", "Perpanjangan diberikan"
    EXTENSION_REVOKED = "extension.revoked", "Perpanjangan dicabut"
    EXTENSION_PROPOSED = "extension.proposed", "Perpanjangan diusulkan"
    EXTENSION_REFUSED = "extension.refused", "Usul perpanjangan ditolak"
    EXEMPTION_GRANTED = "exemption.granted", "Pengecualian dicatat"
    EXEMPTION_REVOKED = "exemption.revoked", "Pengecualian dicabut"
    EXEMPTION_PROPOSED = "exemption.proposed", "Pengecualian diusulkan"
    EXEMPTION_REFUSED = "exemption.refused", "Usul pengecualian ditolak"
    PLAN_CLOSED = "plan.closed", "SKP ditutup"
    RHK_IMPORTED = "rhk.imported", "Rencana hasil kerja diimpor"
    EVIDENCE_READ = "evidence.read", "Bukti dukung dibuka"


class Regime(TextChoices):
    """How a period's year is scored (PP 30/2019, PermenPANRB 6/2022, PP 46/2011)."""

    NUMERIC = "numeric", "Numerik (PP 30/2019)"
    QUADRANT = "quadrant", "Kuadran (PermenPANRB 6/2022)"
    PP46 = "pp46", "PP 46/2011 (riwayat)"


class Scheme(TextChoices):
    """Which of the two plan forms a position uses (PermenPANRB 8/2021)."""

    JPT = "jpt", "Pejabat pimpinan tinggi dan pimpinan unit kerja mandiri"
    JA_JF = "ja_jf", "Pejabat administrasi dan pejabat fungsional"


class Approach(TextChoices):
    """How expectations are put: as measured targets or as narrative (PermenPANRB 6/2022)."""

    QUANTITATIVE = "quantitative", "Kuantitatif"
    QUALITATIVE = "qualitative", "Kualitatif"


class ResultKind(TextChoices):
    """Part of the plan a result stands in."""

    MAIN = "main", "Utama"
    ADDITIONAL = "additional", "Tambahan"


class ResultSource(TextChoices):
    """Where a main result of scheme ``jpt`` comes from."""

    AGREEMENT = "agreement", "Perjanjian kinerja"
    INITIATIVE = "initiative", "Inisiatif strategis"


class Perspective(TextChoices):
    """View of the organisation that a result of scheme ``jpt`` serves."""

    RECIPIENTS = "recipients", "Penerima layanan"
    PROCESS = "process", "Proses bisnis"
    STRENGTHENING = "strengthening", "Penguatan internal"
    BUDGET = "budget", "Anggaran"


class CascadeMethod(TextChoices):
    """How a result of scheme ``ja_jf`` serves the superior's result; it changes the score."""

    DIRECT = "direct", "Langsung (direct)"
    NON_DIRECT = "non-direct", "Tidak langsung (non-direct)"


class Aspect(TextChoices):
    """What an indicator measures."""

    QUANTITY = "quantity", "Kuantitas"
    QUALITY = "quality", "Kualitas"
    TIME = "time", "Waktu"
    COST = "cost", "Biaya"


class Direction(TextChoices):
    """Whether more or less is better."""

    NORMAL = "normal", "Normal (makin besar makin baik)"
    SPECIAL = "special", "Khusus (makin kecil makin baik)"


class Rollup(TextChoices):
    """How the quarters' realisations make the year's."""

    SUM = "sum", "Jumlah"
    LAST = "last", "Terakhir"
    MEAN = "mean", "Rata-rata"


class AppendixKind(TextChoices):
    """The three lists of a plan's appendix (PermenPANRB 6/2022)."""

    RESOURCES = "resources", "Dukungan sumber daya"
    ACCOUNTABILITY = "accountability", "Skema pertanggungjawaban"
    CONSEQUENCES = "consequences", "Konsekuensi"


class CloseReason(TextChoices):
    """Why a plan ends before the year does (rules.md §4)."""

    TRANSFER = "transfer", "Mutasi"
    RETIREMENT = "retirement", "Pensiun"
    DEATH = "death", "Meninggal dunia"
    DISMISSAL = "dismissal", "Pemberhentian"


class EvidenceKind(TextChoices):
    """What proves a realisation."""

    FILE = "file", "Berkas"
    LINK = "link", "Tautan"


class ExtensionScope(TextChoices):
    """Whom a later deadline reaches (rules.md §10)."""

    PERIOD = "period", "Seluruh periode"
    OPD = "opd", "Satu OPD"
    UNIT = "unit", "Satu unit kerja dan bawahannya"
    PEOPLE = "people", "Pegawai tertentu"


class ExemptionKind(TextChoices):
    """Why somebody is not obliged, by a document (rules.md §8)."""

    STUDY = "study", "Tugas belajar"
    MATERNITY = "maternity", "Cuti melahirkan"
    SICKNESS = "sickness", "Cuti sakit"
    NEW_IN_POST = "new_in_post", "Kurang dari satu bulan dalam jabatan"


class Gap(TextChoices):
    """What is missing in a cascade; the value stands in the address of its list."""

    UNCOVERED = "belum-didukung", "Hasil kerja belum didukung"
    UNLINKED = "tanpa-tautan", "Hasil kerja tanpa tautan"
    BROKEN = "tautan-putus", "Tautan putus"
    PROVISIONAL = "sementara", "Rencana sementara"

    @property
    def explained(self) -> str:
        """What the list holds and who mends it."""
        return {
            Gap.UNCOVERED: "Hasil kerja pimpinan yang belum didukung rencana siapa pun di bawahnya.",
            Gap.UNLINKED: "Hasil kerja utama yang belum terhubung ke hasil kerja atasan.",
            Gap.BROKEN: "Tautan ke hasil kerja yang ditarik, atau ke pejabat yang tidak lagi menilai. "
            "Pegawainya memilih tautan baru.",
            Gap.PROVISIONAL: "Rencana yang mendukung hasil kerja atasan yang belum disepakati.",
        }[self]
