"""The demo's eight agencies with their divisions and what these have to reach."""

from config.demo.crowd.agencies import OFFICE_POSTS, Agency, Division, Topic, secretariat

ANALYSTS = ("Penelaah Teknis Kebijakan", "Analis Kebijakan Ahli Muda", "Pengolah Data dan Informasi")
ENGINEERS = ("Teknik Jalan dan Jembatan Ahli Muda", "Pengawas Lapangan", "Operator Alat Berat", *ANALYSTS)
NURSES = ("Perawat Ahli Pertama", "Bidan Terampil", "Dokter Ahli Muda", "Apoteker Ahli Pertama", "Sanitarian")
TEACHERS = ("Guru Ahli Pertama", "Guru Ahli Muda", "Guru Ahli Madya", "Guru Kelas", "Operator Sekolah")

SECRETARIAT_OF_THE_REGENCY = Agency(
    "SETDA",
    "Sekretariat Daerah",
    "Sekretaris Daerah",
    (),
    (
        Division(
            "PEM",
            "Bagian Pemerintahan",
            "Kepala Bagian Pemerintahan",
            (
                Topic(
                    "Meningkatnya tertib administrasi pemerintahan daerah",
                    "Dokumen kerja sama dan pemerintahan yang ditetapkan",
                    24,
                    "dokumen",
                    "penyiapan bahan administrasi pemerintahan",
                    "bahan kebijakan",
                ),
                Topic(
                    "Terselesaikannya penegasan batas wilayah antardesa",
                    "Segmen batas desa yang disepakati",
                    18,
                    "segmen",
                    "fasilitasi penegasan batas desa",
                    "berita acara",
                ),
            ),
            ANALYSTS,
            share=2,
            echelon="31",
        ),
        Division(
            "UMUM-SETDA",
            "Bagian Umum",
            "Kepala Bagian Umum",
            (
                Topic(
                    "Terlayaninya kebutuhan rumah tangga dan protokol pimpinan",
                    "Kegiatan pimpinan yang dilayani",
                    300,
                    "kegiatan",
                    "layanan protokol dan rumah tangga",
                    "kegiatan",
                ),
                Topic(
                    "Tertibnya pengelolaan surat dan arsip sekretariat",
                    "Surat yang ditindaklanjuti",
                    4800,
                    "surat",
                    "pengelolaan surat dan arsip",
                    "surat",
                ),
            ),
            OFFICE_POSTS,
            share=3,
            echelon="31",
        ),
    ),
    size=2,
    cast=True,
)

INSPECTORATE = Agency(
    "INSP",
    "Inspektorat Daerah",
    "Inspektur",
    (
        Topic(
            "Meningkatnya kapabilitas pengawasan intern pemerintah daerah",
            "Nilai kapabilitas pengawasan intern",
            3,
            "level",
            "penguatan pengawasan intern",
            "pedoman",
        ),
        Topic(
            "Meningkatnya penyelesaian tindak lanjut hasil pengawasan",
            "Rekomendasi yang selesai ditindaklanjuti",
            120,
            "rekomendasi",
            "pemantauan tindak lanjut",
            "rekomendasi",
        ),
    ),
    (
        secretariat("INSP", "Inspektorat"),
        Division(
            "IRBAN1",
            "Inspektur Pembantu Wilayah I",
            "Inspektur Pembantu Wilayah I",
            (
                Topic(
                    "Terlaksananya audit dan reviu pada perangkat daerah wilayah I",
                    "Laporan hasil audit dan reviu",
                    28,
                    "laporan",
                    "pelaksanaan audit dan reviu",
                    "kertas kerja",
                ),
                Topic(
                    "Terselesaikannya pengaduan masyarakat di wilayah I",
                    "Pengaduan yang ditangani",
                    20,
                    "pengaduan",
                    "penanganan pengaduan",
                    "pengaduan",
                ),
            ),
            ("Auditor Ahli Pertama", "Auditor Ahli Muda", "PPUPD Ahli Muda"),
            share=3,
            echelon="31",
        ),
    ),
    cast=True,
)

LIBRARY = Agency(
    "ARSIP",
    "Dinas Perpustakaan dan Kearsipan",
    "Kepala Dinas Perpustakaan dan Kearsipan",
    (),
    (
        Division(
            "KEARSIPAN",
            "Bidang Kearsipan",
            "Kepala Bidang Kearsipan",
            (
                Topic(
                    "Meningkatnya tertib arsip perangkat daerah",
                    "Perangkat daerah yang diawasi kearsipannya",
                    40,
                    "perangkat daerah",
                    "pengawasan dan pembinaan kearsipan",
                    "laporan pengawasan",
                ),
                Topic(
                    "Terselamatkannya arsip statis daerah",
                    "Berkas arsip statis yang diolah",
                    900,
                    "berkas",
                    "pengolahan arsip statis",
                    "berkas",
                ),
            ),
            ("Arsiparis Ahli Pertama", "Arsiparis Terampil", "Pengadministrasi Perkantoran"),
            share=2,
        ),
    ),
    cast=True,
)
