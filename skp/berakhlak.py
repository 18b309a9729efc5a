"""The seven BerAKHLAK values and their guides, as the official forms word them (rules.md §6)."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Behaviour(TextChoices):
    """The aspects of behaviour in the order of the forms."""

    SERVICE = "berorientasi_pelayanan", "Berorientasi Pelayanan"
    ACCOUNTABLE = "akuntabel", "Akuntabel"
    COMPETENT = "kompeten", "Kompeten"
    HARMONIOUS = "harmonis", "Harmonis"
    LOYAL = "loyal", "Loyal"
    ADAPTIVE = "adaptif", "Adaptif"
    COLLABORATIVE = "kolaboratif", "Kolaboratif"


@dataclass(frozen=True, slots=True)
class BehaviourGuide:
    """One aspect with the three sentences that explain it."""

    aspect: Behaviour
    guides: tuple[str, str, str]


GUIDES: tuple[BehaviourGuide, ...] = (
    BehaviourGuide(
        Behaviour.SERVICE,
        (
            "Memahami dan memenuhi kebutuhan masyarakat",
            "Ramah, cekatan, solutif, dan dapat diandalkan",
            "Melakukan perbaikan tiada henti",
        ),
    ),
    BehaviourGuide(
        Behaviour.ACCOUNTABLE,
        (
            "Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi",
            "Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien",
            "Tidak menyalahgunakan kewenangan jabatan",
        ),
    ),
    BehaviourGuide(
        Behaviour.COMPETENT,
        (
            "Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah",
            "Membantu orang lain belajar",
            "Melaksanakan tugas dengan kualitas terbaik",
        ),
    ),
    BehaviourGuide(
        Behaviour.HARMONIOUS,
        (
            "Menghargai setiap orang apapun latar belakangnya",
            "Suka menolong orang lain",
            "Membangun lingkungan kerja yang kondusif",
        ),
    ),
    BehaviourGuide(
        Behaviour.LOYAL,
        (
            "Memegang teguh ideologi Pancasila, UUD NRI Tahun 1945, setia kepada NKRI"
            " serta pemerintahan yang sah",
            "Menjaga nama baik sesama ASN, Pimpinan, Instansi, dan Negara",
            "Menjaga rahasia jabatan dan negara",
        ),
    ),
    BehaviourGuide(
        Behaviour.ADAPTIVE,
        (
            "Cepat menyesuaikan diri menghadapi perubahan",
            "Terus berinovasi dan mengembangkan kreativitas",
            "Bertindak proaktif",
        ),
    ),
    BehaviourGuide(
        Behaviour.COLLABORATIVE,
        (
            "Memberi kesempatan kepada berbagai pihak untuk berkontribusi",
            "Terbuka dalam bekerja sama untuk menghasilkan nilai tambah",
            "Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama",
        ),
    ),
)
