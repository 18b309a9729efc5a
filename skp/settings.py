"""Typed settings of a period: every rule marked [practice] or [ours] with its default (rules.md)."""

import json
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Annotated

from config.lib.canonical import canonical_text
from config.lib.notes import Basis, Note, SettingLine, setting_lines

SCHEMA_VERSION = 1
# Quarters or months: in how many intervals the monitoring stage divides the year.
INTERVALS = (4, 12)


def _ours(label: str, text: str, unit: str = "", low: int = 0, high: int = 0) -> Note:
    return Note(Basis.OURS, text, label, unit, low, high)


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """What a period may set for planning, deadlines, duties and the OPD's interim predicate.

    The note of each field gives its meaning, basis, unit and inclusive bounds; ``problems`` holds the
    rules between fields. The right to object is law, its 14 days are no setting. ``min_people_for_words``
    keeps a count of predicates from telling the score of one person to those who may not read the scores yet.
    """

    min_main_results: Annotated[
        int,
        _ours("Hasil kerja utama paling sedikit", "Rencana dapat dikirim mulai jumlah ini.", "hasil", 1, 20),
    ] = 2
    min_text_length: Annotated[
        int, _ours("Panjang teks paling sedikit", "Berlaku bagi hasil kerja dan indikator.", "huruf", 1, 200)
    ] = 10
    decision_days: Annotated[
        int,
        Note(
            Basis.PRACTICE,
            "Hari sesudah tenggat perencanaan; selama itu pejabat penilai masih dapat memutus.",
            "Waktu keputusan pejabat penilai",
            "hari",
            0,
            90,
        ),
    ] = 14
    return_days: Annotated[
        int,
        _ours(
            "Waktu mengirim ulang", "Sejak rencana dikembalikan sesudah tenggat perencanaan.", "hari", 0, 60
        ),
    ] = 7
    late_start_days: Annotated[
        int,
        _ours(
            "Waktu perencanaan pegawai yang mulai kemudian",
            "Sejak SKP mulai, bila tidak mulai pada 1 Januari.",
            "hari",
            0,
            180,
        ),
    ] = 30
    grace_minutes: Annotated[
        int,
        _ours(
            "Kelonggaran sesudah tenggat",
            "Tidak ditampilkan kepada pegawai; menutup selisih jam dan jaringan lambat.",
            "menit",
            0,
            1440,
        ),
    ] = 0
    monitoring_intervals: Annotated[
        int,
        Note(
            Basis.PRACTICE,
            "Evaluasi berkala per triwulan (4) atau per bulan (12); diubah hanya selama belum ada kemajuan.",
            "Interval pemantauan setahun",
            "interval",
            choices=INTERVALS,
        ),
    ] = 4
    min_people_for_words: Annotated[
        int,
        _ours(
            "Pegawai dinilai agar predikat OPD dihitung",
            "Di bawah jumlah ini predikat tidak dihitung bagi yang belum berhak membaca nilai.",
            "pegawai",
            2,
            100,
        ),
    ] = 5
    planning_needs_agreement: Annotated[
        bool,
        _ours(
            "Perencanaan baru terpenuhi setelah disepakati",
            "Tanpa ini, rencana yang terkirim sudah memenuhi kewajiban.",
        ),
    ] = False
    part_time_obliged: Annotated[
        bool, _ours("PPPK paruh waktu wajib menyusun SKP", "Tanpa ini, mereka tidak dihitung sebagai wajib.")
    ] = True
    study_min_months: Annotated[
        int,
        _ours("Tugas belajar dikecualikan mulai", "Masa paling pendek yang mengecualikan.", "bulan", 1, 24),
    ] = 6
    leave_over_days: Annotated[
        int,
        _ours("Cuti melahirkan dan sakit dikecualikan di atas", "Harus lebih lama dari ini.", "hari", 1, 365),
    ] = 90
    new_in_post_months: Annotated[
        int,
        _ours("Jabatan baru dikecualikan selama", "Masa paling lama sejak mulai menjabat.", "bulan", 1, 6),
    ] = 1
    receipt_days: Annotated[
        int,
        _ours(
            "Hasil dianggap diterima sesudah",
            "Hari kerja sejak hasil disampaikan, bila pegawai belum membukanya.",
            "hari kerja",
            1,
            30,
        ),
    ] = 3
    objection_in_working_days: Annotated[
        bool,
        Note(
            Basis.PRACTICE,
            "Tanpa ini, 14 hari sejak diterima dihitung menurut kalender (PP 30/2019 pasal 59).",
            "Batas keberatan dihitung dalam hari kerja",
        ),
    ] = False
    reopened_days: Annotated[
        int,
        _ours(
            "Waktu menilai ulang",
            "Sejak kunci hasil penilaian dibuka oleh dua admin BKPSDM.",
            "hari",
            1,
            60,
        ),
    ] = 14
    opd_memuaskan_from: Annotated[
        int, _ours("OPD Memuaskan mulai", "Bagian pegawai wajib yang memenuhi tahap.", "persen", 1, 100)
    ] = 90
    opd_baik_from: Annotated[
        int, _ours("OPD Baik mulai", "Bagian pegawai wajib yang memenuhi tahap.", "persen", 1, 100)
    ] = 75
    opd_buruk_from: Annotated[
        int,
        _ours("OPD Buruk mulai", "Di bawahnya predikat OPD Sangat Buruk.", "persen", 1, 100),
    ] = 50
    opd_score_memuaskan_from: Annotated[
        int,
        _ours("OPD Memuaskan menurut nilai dari", "Rata-rata nilai akhir pegawai.", "nilai", 1, 120),
    ] = 110
    opd_score_baik_from: Annotated[
        int, _ours("OPD Baik menurut nilai dari", "Rata-rata nilai akhir pegawai.", "nilai", 1, 120)
    ] = 90
    opd_score_buruk_from: Annotated[
        int,
        _ours("OPD Buruk menurut nilai dari", "Di bawahnya menurut nilai Sangat Buruk.", "nilai", 1, 120),
    ] = 50
    opd_scores_only: Annotated[
        bool,
        _ours(
            "Predikat akhir OPD hanya menurut nilai",
            "Tanpa ini, yang lebih rendah antara nilai dan bagian pegawai yang sudah dinilai.",
        ),
    ] = False
    reminder_first_days: Annotated[
        int,
        _ours("Pengingat pertama", "Sebelum hari tenggat, bagi yang belum memenuhi tahapnya.", "hari", 3, 60),
    ] = 7
    reminder_second_days: Annotated[
        int, _ours("Pengingat kedua", "Sebelum hari tenggat, bila masih belum.", "hari", 2, 59)
    ] = 3
    reminder_third_days: Annotated[
        int,
        _ours(
            "Pengingat ketiga",
            "Sebelum hari tenggat, bila masih belum; yang terakhir dikirim pada hari tenggat itu.",
            "hari",
            1,
            58,
        ),
    ] = 1
    quiet_from_hour: Annotated[
        int,
        _ours(
            "Tidak mengirim pengingat sejak pukul", "Sampai pukul berikut, pengingat menunggu.", "jam", 0, 23
        ),
    ] = 20
    quiet_until_hour: Annotated[
        int,
        _ours(
            "Mengirim pengingat lagi mulai pukul",
            "Bila sama dengan jam di atas, pengingat dikirim sepanjang hari.",
            "jam",
            0,
            23,
        ),
    ] = 6

    def to_text(self) -> str:
        """The canonical text kept on the period."""
        return canonical_text(asdict(self), schema_version=SCHEMA_VERSION)

    @classmethod
    def from_text(cls, text: str) -> "PlanSettings":
        """Settings read back from their text; a setting the text does not know keeps its default."""
        return _settings_of(text)


# Every plan of a list asks for those of its period, and a regency has a few periods.
@lru_cache(maxsize=64)
def _settings_of(text: str) -> PlanSettings:
    stored = json.loads(text) if text else {}
    known = {field.name: stored[field.name] for field in fields(PlanSettings) if field.name in stored}
    return PlanSettings(**known)


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """A value that may not stand; ``name`` is that of the field to mend."""

    name: str
    text: str


def settings_problems(settings: PlanSettings) -> tuple[SettingProblem, ...]:
    """What keeps these settings from being stored: values out of bounds, thresholds out of order."""
    found = [problem for line in setting_lines(settings) if (problem := _out_of_bounds(line))]
    if not settings.opd_memuaskan_from > settings.opd_baik_from > settings.opd_buruk_from:
        found.append(
            SettingProblem(
                "opd_memuaskan_from",
                "Batas predikat OPD harus menurun: Memuaskan di atas Baik, Baik di atas Buruk.",
            )
        )
    scores = (
        settings.opd_score_memuaskan_from,
        settings.opd_score_baik_from,
        settings.opd_score_buruk_from,
    )
    if not scores[0] > scores[1] > scores[2]:
        found.append(
            SettingProblem(
                "opd_score_memuaskan_from",
                "Batas nilai OPD harus menurun: Memuaskan di atas Baik, Baik di atas Buruk.",
            )
        )
    days = (settings.reminder_first_days, settings.reminder_second_days, settings.reminder_third_days)
    if not days[0] > days[1] > days[2]:
        found.append(
            SettingProblem(
                "reminder_first_days",
                "Pengingat harus makin dekat ke tenggat: pertama, lalu kedua, lalu ketiga.",
            )
        )
    return tuple(found)


def _out_of_bounds(line: SettingLine) -> SettingProblem | None:
    note, value = line.note, line.value
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    if note.choices:
        allowed = value in note.choices
        words = " atau ".join(str(choice) for choice in note.choices)
    else:
        allowed = note.low <= value <= note.high
        words = f"antara {note.low} dan {note.high}"
    return None if allowed else SettingProblem(line.name, f"{note.label} harus {words}.")
