"""Examples that the editor shows beside its fields."""

from skp.enums import AppendixKind

APPENDIX_EXAMPLES: dict[AppendixKind, str] = {
    AppendixKind.RESOURCES: "Dua orang pengolah data. Akses sistem kepegawaian. Anggaran rapat koordinasi.",
    AppendixKind.ACCOUNTABILITY: "Laporan tertulis kepada kepala bidang setiap akhir triwulan.",
    AppendixKind.CONSEQUENCES: "Capaian di atas target diusulkan mendapat penghargaan pegawai teladan.",
}
