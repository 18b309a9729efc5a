"""What each role of rules.md §15 lets a person do, in plain words for the person. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from orgunits.enums import Role


@dataclass(frozen=True, slots=True)
class RoleText:
    """``may`` and ``may_not`` are sentences that follow "Anda dapat" and "Anda tidak dapat"."""

    title: str
    summary: str
    may: tuple[str, ...]
    may_not: tuple[str, ...] = ()


OWN = RoleText(
    "Pegawai",
    "Berlaku bagi setiap pegawai.",
    (
        "menyusun, mengirim, dan melaporkan SKP Anda sendiri",
        "membaca nilai Anda sejak disampaikan, dan mengajukan keberatan",
        "mengubah kontak Anda",
        "meminta koreksi bila unit, jabatan, atau pejabat penilai Anda keliru",
    ),
    ("mengubah penugasan dan peran Anda sendiri",),
)
APPRAISER = RoleText(
    "Pejabat penilai",
    "Berlaku karena Anda pejabat penilai bagi pegawai lain hari ini.",
    (
        "membaca rencana, kemajuan, dan bukti dukung pegawai yang Anda nilai",
        "menyetujui atau mengembalikan rencana mereka, memberi umpan balik, dan menilai",
        "melihat kontak mereka",
    ),
    ("menyetujui atau menilai SKP Anda sendiri",),
)
UNIT_HEAD = RoleText(
    "Pimpinan unit",
    "Berlaku karena Anda memimpin unit, definitif atau sementara.",
    (
        "membaca rencana, kemajuan, dan bukti dukung semua pegawai di unit Anda dan unit di bawahnya",
        "membaca nilai mereka sejak disampaikan, dan melihat kontak mereka",
        "melihat kepatuhan unit Anda",
    ),
    ("mengubah rencana atau nilai pegawai yang bukan Anda nilai",),
)

GRANTED: Mapping[Role, RoleText] = {
    Role.BKPSDM_ADMIN: RoleText(
        Role.BKPSDM_ADMIN.label,
        "Mengelola seluruh daerah.",
        (
            "mengubah unit, pegawai, penugasan, pejabat penilai, dan peran di semua OPD",
            "membuka periode, memperpanjang tenggat, mengimpor data, dan mengirim peringatan",
            "membaca rencana, kemajuan, dan nilai semua pegawai; bukti dukung dengan alasan yang dicatat",
            "menerbitkan slip aktivasi dan mereset kata sandi",
        ),
        ("menulis rencana atau memberi nilai atas nama orang lain",),
    ),
    Role.OPD_ADMIN: RoleText(
        Role.OPD_ADMIN.label,
        "Mengelola data kepegawaian satu OPD.",
        (
            "mengubah unit, penugasan, dan pejabat penilai pegawai di OPD ini, dengan pratinjau",
            "menjawab permintaan koreksi dan mengubah kontak pegawai",
            "membaca rencana dan kemajuan pegawai OPD ini, serta status penilaiannya",
            "menerbitkan slip aktivasi dan mereset kata sandi pegawai OPD ini",
            "menunjuk pengelola kepegawaian lain untuk OPD ini",
        ),
        (
            "membaca bukti dukung dan nilai",
            "mengubah data pemegang peran yang lebih luas, data OPD lain, dan data Anda sendiri",
        ),
    ),
    Role.INSPECTOR: RoleText(
        Role.INSPECTOR.label,
        "Membaca untuk pengawasan, tanpa mengubah apa pun.",
        (
            "membaca rencana, kemajuan, nilai, penugasan, dan jejak audit semua OPD",
            "membuka bukti dukung; setiap pembukaan dicatat",
        ),
        ("mengubah data", "melihat kontak pegawai"),
    ),
    Role.LEADER: RoleText(
        Role.LEADER.label,
        "Melihat keadaan seluruh daerah.",
        (
            "melihat papan kepatuhan dan predikat semua OPD",
            "membaca rencana dan kemajuan, serta nilai sejak disampaikan",
        ),
        ("mengubah data pegawai", "membuka bukti dukung dan kontak"),
    ),
    Role.TPK: RoleText(
        Role.TPK.label,
        "Membahas hasil penilaian satu OPD.",
        ("membaca nilai akhir pegawai OPD ini", "menulis berita acara rekomendasi"),
        ("mengubah nilai",),
    ),
    Role.SERVICES_OFFICER: RoleText(
        Role.SERVICES_OFFICER.label,
        "Melayani kenaikan pangkat dan mutasi.",
        ("mencari status penahanan layanan seorang pegawai dengan NIP",),
        ("membaca rencana, nilai, dan kontak",),
    ),
}
