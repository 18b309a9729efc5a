"""Words of the organisation; every label a user sees stands here."""

from datetime import date

from django.db.models import TextChoices

# The start of a span whose true beginning no file tells; shown as "sejak semula".
UNKNOWN_START = date(1900, 1, 1)


class UnitKind(TextChoices):
    REGENCY = "regency", "Pemerintah daerah"
    OPD = "opd", "OPD"
    UNIT = "unit", "Unit kerja"
    SERVICE = "service", "Unit layanan (sekolah, puskesmas, UPTD)"


class EmploymentKind(TextChoices):
    PNS = "pns", "PNS"
    CPNS = "cpns", "CPNS"
    PPPK = "pppk", "PPPK"
    PPPK_PART = "pppk_part", "PPPK Paruh Waktu"
    STATE_OFFICIAL = "pejabat_negara", "Pejabat negara"


class Sex(TextChoices):
    MALE = "M", "Laki-laki"
    FEMALE = "F", "Perempuan"


class LegalPosition(TextChoices):
    ACTIVE = "aktif", "Aktif"
    PPPK_ACTIVE = "pppk_aktif", "PPPK Aktif"
    STUDY = "tugas_belajar", "Tugas Belajar"
    PRE_RETIREMENT = "masa_persiapan_pensiun", "Masa Persiapan Pensiun"
    RETIRED = "pensiun", "Pensiun"
    SUSPENDED = "pemberhentian_sementara", "Pemberhentian Sementara"
    UNPAID_LEAVE = "cltn", "CLTN"


# Who cannot act as a head (rules.md §9).
CANNOT_HEAD = frozenset(
    {LegalPosition.UNPAID_LEAVE, LegalPosition.SUSPENDED, LegalPosition.STUDY, LegalPosition.RETIRED}
)


class PositionKind(TextChoices):
    STRUCTURAL = "struktural", "Struktural"
    FUNCTIONAL = "fungsional", "Fungsional"
    EXECUTIVE = "pelaksana", "Pelaksana"
    POLITICAL = "pejabat_negara", "Pejabat negara"


class AssignmentKind(TextChoices):
    DEFINITIVE = "definitive", "Definitif"
    PLT = "plt", "Plt."
    PLH = "plh", "Plh."


class ActsAs(TextChoices):
    """In what capacity an appraiser appraises."""

    DEFINITIVE = "definitive", "Pejabat definitif"
    PLT = "plt", "Plt."
    PLH = "plh", "Plh."
    OVERRIDE = "override", "Ditetapkan khusus"


class NoAppraiser(TextChoices):
    """Why a line names nobody."""

    NONE = "", "–"
    CHAIN_VACANT = "chain_vacant", "Tidak ada pimpinan aktif pada unit ini dan unit di atasnya"
    TOP = "top", "Tidak ada jenjang di atas jabatan ini"
    NO_UNIT = "no_unit", "Unit tidak berlaku pada tanggal ini"


class Role(TextChoices):
    BKPSDM_ADMIN = "bkpsdm_admin", "Admin BKPSDM"
    OPD_ADMIN = "opd_admin", "Pengelola kepegawaian OPD"
    INSPECTOR = "inspector", "Inspektorat"
    LEADER = "leader", "Pimpinan daerah"
    TPK = "tpk", "Tim Penilai Kinerja"
    SERVICES_OFFICER = "services_officer", "Petugas layanan kepegawaian"


class CorrectionState(TextChoices):
    OPEN = "open", "Menunggu"
    RESOLVED = "resolved", "Diselesaikan"
    REFUSED = "refused", "Ditolak"


class CorrectionSubject(TextChoices):
    """What a person asks to have corrected."""

    UNIT = "unit", "Unit kerja"
    POSITION = "position", "Jabatan"
    APPRAISER = "appraiser", "Pejabat penilai"
    OTHER = "other", "Data lain"


class ImportKind(TextChoices):
    UNITS = "units", "Pohon unit kerja"
    EMPLOYEES = "employees", "Data pegawai"
    ACTING = "acting", "Daftar Plt/Plh"
    TRANSFERS = "transfers", "Mutasi"


class ImportState(TextChoices):
    READING = "reading", "Sedang dibaca"
    STAGED = "staged", "Menunggu diterapkan"
    APPLYING = "applying", "Sedang diterapkan"
    APPLIED = "applied", "Diterapkan"
    DISCARDED = "discarded", "Dibatalkan"
    FAILED = "failed", "Gagal dibaca"

    @property
    def tone(self) -> str:
        """The colours of the badge."""
        tones = {ImportState.STAGED: "warn", ImportState.APPLIED: "good", ImportState.FAILED: "bad"}
        return tones.get(self, "info" if self.active else "neutral")

    @property
    def icon(self) -> str:
        """The picture of the badge."""
        icons = {
            ImportState.STAGED: "eye",
            ImportState.APPLIED: "circle-check",
            ImportState.FAILED: "circle-x",
        }
        return icons.get(self, "loader" if self.active else "ban")

    @property
    def active(self) -> bool:
        """Whether long work is reading or applying it."""
        return self in (ImportState.READING, ImportState.APPLYING)


class RowVerdict(TextChoices):
    CREATE = "create", "Baru"
    UPDATE = "update", "Berubah"
    UNCHANGED = "unchanged", "Tetap"
    MERGED = "merged", "Digabung"
    REFUSED = "refused", "Ditolak"

    @property
    def tone(self) -> str:
        """The colours of the badge."""
        return {RowVerdict.CREATE: "good", RowVerdict.UPDATE: "info", RowVerdict.REFUSED: "bad"}.get(
            self, "neutral"
        )

    @property
    def icon(self) -> str:
        """The picture of the badge."""
        icons = {RowVerdict.CREATE: "plus", RowVerdict.UPDATE: "pencil", RowVerdict.REFUSED: "circle-x"}
        return icons.get(self, "minus")


class OrgEvent(TextChoices):
    """What the audit trail calls the changes made here."""

    POST_STARTED = "post.started", "Penugasan dimulai"
    POST_ENDED = "post.ended", "Penugasan diakhiri"
    ACTING_STARTED = "acting.started", "Plt./Plh. dimulai"
    ACTING_ENDED = "acting.ended", "Plt./Plh. diakhiri"
    ACTING_KEPT = "acting.kept", "Plt./Plh. ditinjau dan dilanjutkan"
    TRANSFERRED = "employee.transferred", "Mutasi"
    EMPLOYEE_CREATED = "employee.created", "Pejabat negara dicatat"
    CONTACT_CHANGED = "employee.contact", "Kontak diubah"
    UNIT_RENAMED = "unit.renamed", "Nama unit diubah"
    UNIT_SPLIT = "unit.split", "Unit dipecah"
    UNIT_MERGED = "unit.merged", "Unit digabung"
    UNIT_APPRAISED_BY = "unit.appraised_by", "Jalur penilaian unit diubah"
    UNIT_STANDALONE = "unit.standalone", "Tanda unit mandiri diubah"
    APPRAISER_SET = "appraiser.set", "Pejabat penilai ditetapkan khusus"
    APPRAISER_ENDED = "appraiser.ended", "Penetapan penilai khusus diakhiri"
    CORRECTION_ASKED = "correction.asked", "Koreksi diajukan"
    CORRECTION_RESOLVED = "correction.resolved", "Koreksi diselesaikan"
    CORRECTION_REFUSED = "correction.refused", "Koreksi ditolak"
    ROLE_GRANTED = "role.granted", "Peran diberikan"
    ROLE_REVOKED = "role.revoked", "Peran dicabut"
    IMPORT_UPLOADED = "import.uploaded", "Berkas impor diunggah"
    IMPORT_APPLIED = "import.applied", "Impor diterapkan"
    IMPORT_DISCARDED = "import.discarded", "Impor dibatalkan"
