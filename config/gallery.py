"""Sample values for the gallery: every component in every state, with the hardest names and numbers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import SafeString

from config.lib.cards import Card, Section
from config.lib.charts import Bar, Point, bar_chart, line_chart
from config.lib.decisions import refused

LONG_NAME = "Dr. dr. RADEN RORO MARIA MAGDALENA KUSUMANINGRUM HADININGRAT, Sp.OG., M.Kes."
LONG_POST = "Kepala Bidang Pengendalian Penduduk, Penyuluhan, Pemberdayaan Perempuan dan Perlindungan Anak"


@dataclass(frozen=True, slots=True)
class Sample:
    """A state with its look, standing for a member of an enum."""

    label: str
    tone: str
    icon: str


PREDICATES = (
    Sample("Memuaskan", "strong", "check-check"),
    Sample("Baik", "good", "check"),
    Sample("Buruk", "warn", "circle-alert"),
    Sample("Sangat Buruk", "bad", "x"),
    Sample("Belum dinilai", "neutral", "minus"),
)
STATES = (
    Sample("Draf", "neutral", "pencil"),
    Sample("Diajukan", "info", "send"),
    Sample("Dikembalikan", "warn", "undo-2"),
    Sample("Disepakati", "good", "check"),
    Sample("Dibatalkan", "neutral", "ban"),
)
TONES = (
    (
        "good",
        "SKP terkirim.",
        "Tanda terima nomor 412 sudah dibuat. Pejabat penilai Anda mendapat pemberitahuan.",
    ),
    ("info", "Masa penyusunan dibuka.", "Anda dapat menulis rencana sampai 31 Januari 2026."),
    ("warn", "Rencana dikembalikan.", "Target kedua belum menyebut satuan. Perbaiki lalu ajukan lagi."),
    ("bad", "SKP sudah diubah orang lain.", "Muat ulang halaman; isian Anda di layar ini belum tersimpan."),
)


class SampleForm(forms.Form):
    """Fields of every kind that pages use."""

    name = forms.CharField(
        label="Nama jabatan", min_length=10, help_text="Tulis seperti pada surat keputusan."
    )
    since = forms.DateField(label="Terhitung mulai tanggal", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label="Jenis", choices=[("plt", "Plt."), ("plh", "Plh.")], required=False)
    note = forms.CharField(
        label="Alasan", widget=forms.Textarea, help_text="Terbaca oleh pegawai yang dinilai."
    )
    file = forms.FileField(
        label="Berkas pegawai", help_text="Excel (.xlsx), paling besar 20 MB.", required=False
    )
    mail = forms.ChoiceField(
        label="Kirim pemberitahuan", choices=[("y", "Ya, sekarang"), ("n", "Tidak")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="Saya sudah memeriksa surat keputusannya")


class SampleFilter(forms.Form):
    """Filters of a list."""

    q = forms.CharField(label="Nama atau NIP", required=False)
    opd = forms.ChoiceField(
        label="OPD", choices=[("", "Semua OPD"), ("1", "Dinas Kesehatan")], required=False
    )
    state = forms.ChoiceField(label="Status", choices=[("", "Semua"), ("draft", "Draf")], required=False)


def _people() -> list[dict[str, object]]:
    names = (
        LONG_NAME,
        "Siti Aminah",
        "H. Muhammad Nur Rahman, S.Sos., M.AP.",
        "Yohanes Baptista Wea Lengo, A.Md.Kep.",
    )
    posts = (LONG_POST, "Guru Ahli Pertama", "Kepala Dinas Kesehatan", "Perawat Terampil")
    scores = (Decimal("109.6"), None, Decimal("88"), Decimal("120"))
    rows = zip(names, posts, STATES, scores, strict=False)
    return [
        {"name": name, "post": post, "nip": f"19850314201001{n + 2}003"[:18], "state": state, "score": score}
        for n, (name, post, state, score) in enumerate(rows)
    ]


def _units() -> list[dict[str, object]]:
    names = (
        "Sekretariat Daerah",
        "Dinas Kesehatan",
        "Dinas Pengendalian Penduduk, Keluarga Berencana, Pemberdayaan Perempuan dan Perlindungan Anak",
        "Kecamatan Telaga Utara",
        "UPTD Pasar (dibekukan)",
    )
    figures = (
        (143, "92.3", 4, 2),
        (2310, "61.04", 402, -3),
        (88, "76.2", 12, 0),
        (41, "12.5", 36, -8),
        (0, None, 0, 0),
    )
    return [
        {
            "name": name,
            "obliged": obliged,
            "share": share and Decimal(share),
            "late": late,
            "change": change,
            "predicate": word,
        }
        for name, (obliged, share, late, change), word in zip(names, figures, PREDICATES, strict=True)
    ]


def _bars() -> SafeString:
    words = zip(PREDICATES[:4], (18, 16, 21, 0), strict=True)
    bars = [Bar(word.label, count, word.tone) for word, count in words]
    return bar_chart("galeri-sebaran", "OPD menurut predikat", "Buruk paling banyak, 21 OPD.", bars)


def _line() -> SafeString:
    shares = ("3.1", "18.0", None, "61.7")
    points = [
        Point(day, f"{day} Jan", Decimal(share) if share else None)
        for day, share in zip((2, 9, 16, 22), shares, strict=True)
    ]
    levels = ((90, "Memuaskan"), (75, "Baik"), (50, "Buruk"))
    return line_chart("galeri-tren", "Tren", "Dari 3,1 % menjadi 61,7 %.", points, levels)


def samples(now: datetime) -> dict[str, object]:
    """Context of the gallery at ``now``."""
    tasks = (
        Card(
            "Rencana Anda dikembalikan",
            "Catatan: “Target ke-2 belum menyebut satuan.”",
            "Perbaiki rencana",
            "#",
            now - timedelta(days=2),
            "bad",
        ),
        Card(
            "14 rencana menunggu persetujuan",
            f"Terlama sejak 9 hari: {LONG_NAME}",
            "Tinjau rencana",
            "#",
            now + timedelta(days=3),
            "warn",
        ),
        Card("Isi realisasi triwulan I", "", "Isi realisasi", "#", now + timedelta(days=40)),
    )
    steps = ("Rencana", "Disepakati", "Pelaksanaan", "Pelaporan", "Penilaian", "Hasil")
    notes = (
        "selesai 12 Januari",
        "selesai 20 Januari",
        "sampai 14 April",
        "1 Desember – 10 Januari",
        "Januari 2027",
        "",
    )
    states = ("done", "done", "current", "next", "next", "next")
    return {
        "current_place": "start",
        "crumbs": [("Pegawai", "#"), ("Dinas Kesehatan", "#")],
        "predicates": PREDICATES,
        "states": STATES,
        "tones": TONES,
        "refusal": refused(
            "Rencana hanya dapat diajukan selama masa penyusunan, yang berakhir 31 Januari 2026."
        ),
        "soon": now + timedelta(days=3),
        "late": now - timedelta(hours=1),
        "far": now + timedelta(days=40),
        "form": SampleForm(),
        "faulty": SampleForm({"salah-name": "Kabid", "salah-since": "", "salah-mail": "x"}, prefix="salah"),
        "filter": SampleFilter({}),
        "people": _people(),
        "units": _units(),
        "bars": _bars(),
        "line": _line(),
        "page": Paginator(range(8123), 25).page(7),
        "tasks": tasks,
        "numbers": [
            Card("pegawai wajib SKP", "di 60 OPD", section=Section.NUMBER, figure="8.123", url="#"),
            Card("sudah mengajukan", "5.012 orang", section=Section.NUMBER, figure="61,7 %", url="#"),
            Card("jabatan kosong", section=Section.NUMBER, figure="0"),
        ],
        "steps": [{"name": n, "note": t, "state": s} for n, t, s in zip(steps, notes, states, strict=True)],
        "tabs": [
            {"name": "Menunggu", "url": "#", "current": True, "count": 1412},
            {"name": "Dikembalikan", "url": "#", "current": False, "count": 3},
            {"name": "Disepakati", "url": "#", "current": False, "count": 0},
            {"name": "Riwayat", "url": "#", "current": False, "count": None},
        ],
        "chart_heads": ("Predikat", "OPD"),
        "chart_rows": [("Memuaskan", "18"), ("Baik", "16"), ("Buruk", "21"), ("Sangat Buruk", "0")],
        "facts": [
            ("NIP", "19850314 201001 2 003"),
            ("Jabatan", LONG_POST),
            ("Pejabat penilai", LONG_NAME),
            ("Telepon", ""),
        ],
        "entries": [
            {
                "at": now,
                "text": "Dikembalikan",
                "who": LONG_NAME,
                "tone": "warn",
                "icon": "undo-2",
                "note": "Target ke-2 belum menyebut satuan.",
            },
            {
                "at": now - timedelta(days=2),
                "text": "Diajukan",
                "who": "Siti Aminah",
                "tone": "info",
                "icon": "send",
            },
            {"at": now - timedelta(days=9), "text": "Dibuat", "who": "Siti Aminah"},
        ],
        "changes": [
            {
                "subject": LONG_NAME,
                "what": "Pejabat penilai",
                "before": "Drs. Ketut Wirawan, M.Si.",
                "after": "Siti Aminah",
            },
            {
                "subject": "Yohanes Baptista Wea Lengo",
                "what": "Pejabat penilai",
                "before": "",
                "after": "Siti Aminah",
            },
            {
                "subject": "Bidang Kesehatan Masyarakat",
                "what": "Kepala",
                "before": "Siti Aminah",
                "after": "",
            },
        ],
    }
