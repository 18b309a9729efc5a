"""Contents of the recapitulations for tests."""

from typing import Any

from tests.skp.specimens import HOSTILE, PNS

HEAD = {
    "year": 2026,
    "start": "2026-01-01",
    "last_day": "2026-12-31",
    "regency": "Kabupaten Uji",
    "opd": "Dinas Pertama",
    "place": "Telaga",
    "head": PNS | {"title": "Kepala Dinas Pertama"},
}


def person(number: int = 1, **values: object) -> dict[str, Any]:
    """A line of D10: scored, in one part."""
    return {
        "name": f"PEGAWAI {number}",
        "nip": "198001012005012001",
        "grade": "III/d",
        "title": "Analis",
        "status": "Disampaikan",
        "skp": "109,60",
        "behaviour": "105,00",
        "final": "108,22",
        "national": "needs_improvement",
        "four": "bad",
        "note": "",
        **values,
    }


def opd_recap(people: int = 2, **values: object) -> dict[str, Any]:
    """D10."""
    words = [["Memuaskan", 0], ["Baik", 0], ["Buruk", people], ["Sangat Buruk", 0]]
    return {
        **HEAD,
        "lines": [person(number) for number in range(1, people + 1)],
        "totals": words,
        "without": 0,
        "count": people,
        **values,
    }


def opd(name: str = "Dinas Pertama", **values: object) -> dict[str, Any]:
    """A line of D11."""
    return {
        "name": name,
        "obliged": 12,
        "planned": 11,
        "planned_share": "91,7 %",
        "scored": 10,
        "scored_share": "83,3 %",
        "mean": "101,20",
        "counted": 9,
        "words": [1, 8, 0, 1],
        "without": 2,
        "predicate": "Baik",
        **values,
    }


def regency_recap(count: int = 2, **values: object) -> dict[str, Any]:
    """D11."""
    return {
        **HEAD,
        "opd": "",
        "words": ["Memuaskan", "Baik", "Buruk", "Sangat Buruk"],
        "lines": [opd(f"Dinas {number}") for number in range(1, count + 1)],
        "total": opd("Jumlah", predicate="", mean="100,00"),
        **values,
    }


def hostile_person() -> dict[str, Any]:
    """A person with texts that do not fit."""
    return person(name=HOSTILE, title="Kepala " + "Subbagian " * 20, note=HOSTILE)
