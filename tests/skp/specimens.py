"""Contents of documents for tests: the ordinary, the hostile and long, the empty."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from documents.enums import DocumentKind
from documents.services import IssueSigns, Print

ISSUED = datetime(2026, 1, 20, 3, 5, tzinfo=UTC)
HOSTILE = (
    "<script>alert(1)</script><img src='http://intruder.invalid/x.png'>"
    '<link rel="attachment" href="file:///etc/passwd"> =1+1 Jum\'at "kutip" שלום مرحبا &amp; '
)
LONG = ("Tersusunnya laporan kinerja yang memuat seluruh capaian perangkat daerah secara lengkap. " * 24)[
    :2000
]
SIGNS = IssueSigns("D1/2026/000123", "https://skp.example.go.id/verifikasi/abc/", "ab12" * 16, 2, ISSUED)
PNS = {
    "name": "Dr. SITI AMINAH, S.H., M.Si.",
    "nip": "198001012005012001",
    "grade": "III/d",
    "kind": "pns",
    "title": "Plt. Kepala Bidang Mutasi",
    "unit": "Bidang Mutasi",
}
PPPK = PNS | {
    "name": "BUDI SANTOSO",
    "nip": "199001012023211004",
    "grade": "IX",
    "kind": "pppk",
    "title": "Ahli Pertama - Pranata Komputer",
}
BUPATI = PNS | {
    "name": "H. BUPATI UJI",
    "nip": None,
    "grade": "",
    "kind": "pejabat_negara",
    "title": "Bupati",
}


def indicator(aspect: str = "Kuantitas", text: str = "Jumlah laporan", target: str = "12 laporan") -> Any:
    return {"aspect": aspect, "text": text, "target": target}


def result(text: str = "Tersusunnya laporan kinerja", indicators: int = 1, **values: object) -> Any:
    aspects = ("Kuantitas", "Kualitas", "Waktu", "Biaya")
    return {
        "text": text,
        "parent": "Terlaksananya pelaporan kinerja",
        "perspective": "Proses bisnis",
        "assigned_by": "",
        "indicators": [indicator(aspect) for aspect in aspects[:indicators]],
    } | values


def plan(**values: object) -> dict[str, Any]:
    """A plan of scheme ``ja_jf``, kuantitatif, with two main results and one additional."""
    return {
        "year": 2026,
        "start": "2026-01-01",
        "last_day": "2026-12-31",
        "regency": "Kabupaten Uji",
        "opd": "Dinas Pertama",
        "place": "Telaga",
        "signed_on": "2026-01-20",
        "owner": PPPK,
        "appraiser": PNS,
        "scheme": "ja_jf",
        "approach": "quantitative",
        "revision": 2,
        "plan_hash": "cd34" * 16,
        "main": [result(indicators=3), result("Terlayaninya permintaan data")],
        "additional": [result("Terbantunya panitia hari jadi", parent="")],
        "behaviours": {"kompeten": "Membimbing dua rekan baru."},
        "appendix": [
            ["resources", "Laptop dan jaringan"],
            ["resources", "Anggaran perjalanan"],
            ["accountability", "Laporan setiap triwulan"],
            ["consequences", "Pembinaan oleh atasan"],
        ],
        **values,
    }


def hostile() -> dict[str, Any]:
    """Everything that people can write, as bad and as long as it gets."""
    long = [
        indicator(aspect, HOSTILE + LONG, HOSTILE) for aspect in ("Kuantitas", "Kualitas", "Waktu", "Biaya")
    ]
    return plan(
        opd="Dinas " + "Pemberdayaan " * 12,
        main=[
            result(LONG, parent=HOSTILE + LONG, indicators=1) | {"indicators": long},
            result("x" * 300),
            *(result(f"Hasil {number}", indicators=4) for number in range(12)),
        ],
        behaviours={"loyal": HOSTILE + LONG, "akuntabel": LONG},
        appendix=[["resources", HOSTILE + LONG], ["consequences", LONG]],
        owner=PNS | {"name": "<b>" + "NAMA SANGAT PANJANG " * 6, "title": "Kepala " + "Subbagian " * 15},
    )


def empty() -> dict[str, Any]:
    """A draft of which nothing is written, without an appraiser."""
    return plan(main=[], additional=[], behaviours={}, appendix=[], appraiser=None, signed_on=None, place="")


def matrix(columns: int = 3, people: int = 2) -> dict[str, Any]:
    """A leader's matrix."""
    values = plan(columns=[f"Hasil pimpinan {number}" for number in range(1, columns + 1)])
    values.pop("signed_on")
    values["people"] = [
        {
            "name": f"PEGAWAI {number}",
            "nip": "198001012005012001",
            "title": "Analis",
            "cells": [[f"Peran {number}.{column}"] if column % 2 else [] for column in range(columns)],
        }
        for number in range(1, people + 1)
    ]
    return values


def printed(content: Mapping[str, Any], kind: str = "D1", *, draft: bool = False) -> Print:
    """The content as a renderer gets it, through the text in which it is kept."""
    return Print(DocumentKind(kind), content, None if draft else SIGNS)
