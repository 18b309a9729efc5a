"""What the demo's agencies are made of: divisions, what each has to reach, who works there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A result of a division and what measures it; ``work`` is what its people contribute.

    ``target`` is in ``unit`` for the whole division and year.
    """

    outcome: str
    measure: str
    target: int
    unit: str
    work: str
    piece: str


@dataclass(frozen=True, slots=True)
class Division:
    """A division of an agency; ``share`` says how many of the agency's people it has, relatively."""

    key: str
    name: str
    head_title: str
    topics: tuple[Topic, ...]
    posts: tuple[str, ...]
    share: int = 1
    echelon: str = "32"
    vacant: bool = False


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency (OPD); ``cast`` says that its head and some divisions stand in the demo's cast."""

    key: str
    name: str
    head_title: str
    goals: tuple[Topic, ...]
    divisions: tuple[Division, ...]
    size: int = 1
    echelon: str = "22"
    cast: bool = False


OFFICE_POSTS = (
    "Pengadministrasi Perkantoran",
    "Penata Layanan Operasional",
    "Operator Layanan Operasional",
    "Arsiparis Terampil",
    "Bendahara",
)


def secretariat(key: str, of: str) -> Division:
    """The secretariat that every agency has."""
    return Division(
        f"{key}-SEKR",
        "Sekretariat",
        f"Sekretaris {of}",
        (
            Topic(
                "Tersusunnya dokumen perencanaan dan laporan kinerja tepat waktu",
                "Dokumen perencanaan dan laporan yang ditetapkan",
                12,
                "dokumen",
                "penyusunan dokumen perencanaan dan laporan",
                "bahan dokumen",
            ),
            Topic(
                "Terkelolanya keuangan dan aset secara tertib",
                "Laporan keuangan dan aset tanpa catatan",
                16,
                "laporan",
                "penatausahaan keuangan dan aset",
                "berkas pertanggungjawaban",
            ),
            Topic(
                "Terpenuhinya layanan umum dan kepegawaian internal",
                "Layanan internal yang diselesaikan",
                360,
                "layanan",
                "layanan umum dan kepegawaian",
                "layanan",
            ),
        ),
        OFFICE_POSTS,
        share=3,
        echelon="31",
    )
