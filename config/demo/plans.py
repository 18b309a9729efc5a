"""The demo's plans: what each person promises, what they reached, how far their year has come."""

from dataclasses import dataclass
from enum import IntEnum

from config.demo.texts import DemoResult, cost, days, extra, quality, quantity, result
from skp.enums import CascadeMethod

SUPPORTS = CascadeMethod.NON_DIRECT


class Fate(IntEnum):
    """How far a plan has come."""

    NONE = 0
    DRAFT = 1
    SUBMITTED = 2
    RETURNED = 3
    AGREED = 4


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """A person's plan; ``by`` is the key of the appraiser."""

    owner: str
    by: str
    fate: Fate
    results: tuple[DemoResult, ...]


def _sekda() -> tuple[DemoResult, ...]:
    return (
        result(
            "Meningkatnya kualitas tata kelola pemerintahan daerah",
            quality("Indeks reformasi birokrasi", "75", "indeks", target_max="80"),
            quality("Nilai sistem akuntabilitas kinerja instansi pemerintah", "70", "nilai"),
        ),
        result(
            "Meningkatnya penerapan sistem merit dalam manajemen aparatur",
            quality("Indeks sistem merit", "300", "indeks", target_max="325"),
            quantity("Perangkat daerah yang menerapkan manajemen talenta", "12", "perangkat daerah"),
        ),
    )


def _kaban() -> tuple[DemoResult, ...]:
    return (
        result(
            "Meningkatnya indeks profesionalitas aparatur sipil negara",
            quality("Indeks profesionalitas ASN", "72", "indeks", target_max="76"),
            quantity("Pegawai yang memenuhi pengembangan kompetensi 20 jam pelajaran", "4200", "orang"),
            serves=1,
        ),
        result(
            "Terwujudnya layanan kepegawaian yang cepat dan akurat",
            quality("Indeks kepuasan pengguna layanan kepegawaian", "85", "indeks"),
            days("Rata-rata penyelesaian usul kepegawaian", "10"),
            serves=1,
        ),
        result(
            "Terkelolanya program dan keuangan badan secara akuntabel",
            quality("Nilai evaluasi akuntabilitas kinerja badan", "78", "nilai"),
            cost("Penggunaan anggaran terhadap pagu", "98"),
            serves=0,
        ),
    )


def _sekretaris() -> tuple[DemoResult, ...]:
    return (
        result(
            "Tersusunnya dokumen perencanaan dan laporan kinerja badan tepat waktu",
            quantity("Dokumen perencanaan dan laporan yang ditetapkan", "8", "dokumen"),
            quality("Dokumen yang diterima tanpa perbaikan", "90", "persen"),
            serves=2,
        ),
        result(
            "Terselenggaranya layanan umum dan kepegawaian internal badan",
            quantity("Layanan internal yang diselesaikan", "240", "layanan"),
            quality("Kepuasan pegawai badan terhadap layanan internal", "85", "indeks"),
            serves=1,
            method=SUPPORTS,
        ),
    )


def _kasubbag() -> tuple[DemoResult, ...]:
    return (
        result(
            "Terkelolanya administrasi umum dan kearsipan badan",
            quantity("Surat masuk dan keluar yang tercatat", "1800", "surat"),
            quality("Arsip yang tertata sesuai pedoman", "90", "persen"),
            serves=1,
        ),
        result(
            "Terpenuhinya kebutuhan sarana kerja pegawai badan",
            quantity("Permintaan sarana kerja yang dipenuhi", "60", "permintaan"),
            days("Rata-rata pemenuhan permintaan sarana kerja", "5"),
            serves=1,
        ),
    )


def _agus() -> tuple[DemoResult, ...]:
    return (
        result(
            "Tercatatnya surat masuk dan surat keluar pada buku agenda elektronik",
            quantity("Surat yang dicatat", "1800", "surat", "1860"),
            quality("Surat yang diteruskan ke tujuan dengan benar", "98", "persen", "98"),
            days("Waktu penerusan surat", "1", "1"),
            serves=0,
        ),
        result(
            "Terdistribusikannya sarana kerja kepada pegawai",
            quantity("Permintaan yang disalurkan", "60", "permintaan", "60"),
            days("Rata-rata penyaluran sejak barang diterima", "2", "2"),
            serves=1,
        ),
        extra(
            "Terbantunya pelaksanaan seleksi calon aparatur sipil negara",
            quantity("Hari pelayanan di lokasi seleksi", "5", "hari", "5"),
            assigned_by="Kepala Badan",
        ),
    )


def _nurul() -> tuple[DemoResult, ...]:
    return (
        result(
            "Tertatanya arsip dinamis badan sesuai kode klasifikasi",
            quantity("Berkas arsip yang ditata", "480", "berkas", "452"),
            quality("Arsip yang dapat ditemukan kembali dalam 10 menit", "90", "persen", "94"),
            serves=0,
        ),
        result(
            "Tersusunnya daftar arsip inaktif siap pindah",
            quantity("Daftar arsip inaktif", "4", "daftar", "4"),
            days("Penyelesaian daftar setelah akhir triwulan", "10", "9"),
            serves=0,
            method=SUPPORTS,
        ),
    )


def _kabid() -> tuple[DemoResult, ...]:
    return (
        result(
            "Terselesaikannya usul mutasi, kenaikan pangkat, dan pensiun tepat waktu",
            quantity("Usul kepegawaian yang diselesaikan", "1250", "usul"),
            quality("Usul yang disetujui tanpa perbaikan", "92", "persen"),
            days("Rata-rata penyelesaian satu usul", "10"),
            serves=1,
        ),
        result(
            "Tersedianya data kepegawaian yang mutakhir dan tepercaya",
            quality("Data pegawai yang sesuai dengan data nasional", "97", "persen"),
            quantity("Rekonsiliasi data dengan perangkat daerah", "4", "kali"),
            serves=1,
        ),
        result(
            "Terlaksananya pengembangan kompetensi aparatur berbasis kebutuhan",
            quantity("Pegawai yang mengikuti pengembangan kompetensi", "1400", "orang"),
            quality("Peserta yang lulus dengan nilai baik", "90", "persen"),
            serves=0,
        ),
    )


def _dewi() -> tuple[DemoResult, ...]:
    return (
        result(
            "Terselesaikannya usul kenaikan pangkat periode April dan Oktober",
            quantity("Usul kenaikan pangkat yang diselesaikan", "620", "usul", "648"),
            quality("Usul yang disetujui tanpa perbaikan", "92", "persen", "95"),
            days("Rata-rata penyelesaian satu usul", "10", "9"),
            serves=0,
        ),
        result(
            "Termutakhirkannya data pegawai pada sistem kepegawaian daerah",
            quantity("Data pegawai yang diperiksa", "5400", "orang", "5400"),
            quality("Data yang sesuai dengan data nasional", "97", "persen", "98"),
            serves=1,
            method=SUPPORTS,
        ),
    )


def _yusuf() -> tuple[DemoResult, ...]:
    return (
        result(
            "Tersusunnya pertimbangan teknis mutasi antarperangkat daerah",
            quantity("Pertimbangan teknis yang disusun", "140", "dokumen"),
            days("Penyusunan satu pertimbangan teknis", "3"),
            serves=0,
        ),
        result(
            "Terselesaikannya usul pensiun sebelum batas usia",
            quantity("Usul pensiun yang diselesaikan", "210", "usul"),
            quality("Usul yang lengkap saat diajukan", "95", "persen", target_max="100"),
            serves=0,
        ),
    )


def _fajar() -> tuple[DemoResult, ...]:
    return (
        result(
            "Terhimpunnya berkas usul mutasi dari perangkat daerah",
            quantity("Berkas usul yang diperiksa kelengkapannya", "300", "berkas"),
            serves=0,
        ),
    )


def _megawati() -> tuple[DemoResult, ...]:
    return (
        result(
            "Terlayaninya konsultasi kepegawaian di loket pelayanan",
            quantity("Konsultasi yang dilayani", "900", "konsultasi", "560"),
            quality("Kepuasan pengguna loket", "85", "indeks", "70"),
            days("Waktu tunggu jawaban tertulis", "3", "5"),
            serves=0,
        ),
        result(
            "Terdokumentasikannya permintaan layanan secara elektronik",
            quantity("Permintaan yang didokumentasikan", "900", "permintaan", "610"),
            serves=1,
        ),
    )


def _sri() -> tuple[DemoResult, ...]:
    return (
        result(
            "Tersusunnya analisis kebutuhan pengembangan kompetensi perangkat daerah",
            quantity("Dokumen analisis kebutuhan", "12", "dokumen", "12"),
            quality("Rekomendasi yang ditindaklanjuti", "80", "persen", "84"),
            serves=2,
        ),
        result(
            "Terlaksananya uji kompetensi pejabat administrator dan pengawas",
            quantity("Pejabat yang diuji", "90", "orang", "90"),
            cost("Penggunaan anggaran uji kompetensi terhadap pagu", "95", "93"),
            serves=2,
            method=SUPPORTS,
        ),
    )


def _rizky() -> tuple[DemoResult, ...]:
    return (
        result(
            "Terselenggaranya pelatihan dasar calon pegawai negeri sipil",
            quantity("Peserta pelatihan dasar", "160", "orang"),
            quality("Peserta yang lulus", "98", "persen", target_max="100"),
            serves=2,
        ),
        result(
            "Tersusunnya laporan penyelenggaraan pelatihan",
            quantity("Laporan penyelenggaraan", "6", "laporan"),
            days("Penyelesaian laporan setelah pelatihan", "7"),
            serves=2,
        ),
    )


def _teguh() -> tuple[DemoResult, ...]:
    return (
        result(
            "Terkelolanya kerja sama pelatihan dengan lembaga terakreditasi",
            quantity("Perjanjian kerja sama yang berjalan", "5", "perjanjian"),
            quality("Kepuasan peserta terhadap penyelenggara", "85", "indeks"),
            serves=2,
        ),
        result(
            "Terpantaunya pemenuhan 20 jam pelajaran per pegawai",
            quantity("Laporan pemantauan triwulanan", "4", "laporan"),
            serves=2,
        ),
    )


def _kadis() -> tuple[DemoResult, ...]:
    return (
        result(
            "Meningkatnya budaya baca masyarakat",
            quality("Indeks pembangunan literasi masyarakat", "68", "indeks", target_max="72"),
            quantity("Kunjungan perpustakaan umum", "52000", "kunjungan"),
        ),
        result(
            "Meningkatnya tertib arsip perangkat daerah",
            quality("Nilai pengawasan kearsipan", "75", "nilai"),
        ),
    )


def _kabid2() -> tuple[DemoResult, ...]:
    return (
        result(
            "Terselenggaranya layanan perpustakaan umum dan keliling",
            quantity("Pemustaka yang dilayani", "52000", "orang"),
            quality("Kepuasan pemustaka", "86", "indeks"),
            serves=0,
        ),
        result(
            "Terkelolanya koleksi perpustakaan yang mutakhir",
            quantity("Judul koleksi baru yang diolah", "1500", "judul"),
            serves=0,
        ),
    )


def _pustakawan() -> tuple[DemoResult, ...]:
    return (
        result(
            "Terlaksananya layanan perpustakaan keliling ke sekolah",
            quantity("Kunjungan perpustakaan keliling", "96", "kunjungan", "31"),
            quality("Sekolah yang puas terhadap layanan", "85", "persen", "48"),
            serves=0,
        ),
        result(
            "Terolahnya koleksi baru hingga siap dipinjam",
            quantity("Judul yang diolah", "700", "judul", "260"),
            days("Pengolahan satu judul", "5", "9"),
            serves=1,
        ),
    )


def _kabag() -> tuple[DemoResult, ...]:
    return (
        result(
            "Tertatanya kelembagaan dan proses bisnis perangkat daerah",
            quantity("Perangkat daerah dengan peta proses bisnis mutakhir", "24", "perangkat daerah"),
            quality("Perangkat daerah yang tepat fungsi dan tepat ukuran", "85", "persen"),
            serves=0,
        ),
        result(
            "Terlaksananya evaluasi pelayanan publik perangkat daerah",
            quantity("Unit pelayanan yang dievaluasi", "30", "unit"),
            quality("Rekomendasi evaluasi yang ditindaklanjuti", "80", "persen"),
            serves=0,
        ),
    )


def _staf_org() -> tuple[DemoResult, ...]:
    return (
        result(
            "Tersusunnya bahan peta proses bisnis perangkat daerah",
            quantity("Peta proses bisnis yang disusun", "24", "dokumen"),
            days("Penyusunan satu peta", "5"),
            serves=0,
        ),
        result(
            "Terolahnya data hasil evaluasi pelayanan publik",
            quantity("Unit pelayanan yang datanya diolah", "30", "unit"),
            quality("Data yang lolos pemeriksaan", "90", "persen"),
            serves=1,
        ),
    )


# Superiors stand before those who serve their results.
PLANS = (
    DemoPlan("sekda", "bupati", Fate.AGREED, _sekda()),
    DemoPlan("kaban", "sekda", Fate.AGREED, _kaban()),
    DemoPlan("kabag", "sekda", Fate.AGREED, _kabag()),
    DemoPlan("staf_org", "kabag", Fate.AGREED, _staf_org()),
    DemoPlan("sekretaris", "kaban", Fate.AGREED, _sekretaris()),
    DemoPlan("kasubbag", "sekretaris", Fate.AGREED, _kasubbag()),
    DemoPlan("kabid", "kaban", Fate.AGREED, _kabid()),
    DemoPlan("agus", "kasubbag", Fate.AGREED, _agus()),
    DemoPlan("nurul", "kasubbag", Fate.AGREED, _nurul()),
    DemoPlan("dewi", "kabid", Fate.AGREED, _dewi()),
    DemoPlan("megawati", "kabid", Fate.AGREED, _megawati()),
    DemoPlan("sri", "kabid", Fate.AGREED, _sri()),
    DemoPlan("teguh", "kabid", Fate.AGREED, _teguh()),
    DemoPlan("yusuf", "kabid", Fate.SUBMITTED, _yusuf()),
    DemoPlan("rizky", "kabid", Fate.SUBMITTED, _rizky()),
    DemoPlan("fajar", "kabid", Fate.DRAFT, _fajar()),
    DemoPlan("kadis", "sekda", Fate.AGREED, _kadis()),
    DemoPlan("kabid2", "kadis", Fate.AGREED, _kabid2()),
    DemoPlan("pustakawan", "kabid2", Fate.AGREED, _pustakawan()),
)
