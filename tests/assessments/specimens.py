"""Contents of the documents of a score for tests: the ordinary, the hostile and long, the empty."""

from typing import Any

from tests.skp.specimens import BUPATI, HOSTILE, LONG, PNS, PPPK
from tests.skp.specimens import plan as plan_specimen

ASPECTS = ("Kuantitas", "Kualitas", "Waktu", "Biaya")
BEHAVIOURS = (
    "berorientasi_pelayanan",
    "akuntabel",
    "kompeten",
    "harmonis",
    "loyal",
    "adaptif",
    "kolaboratif",
)
SUPERIOR = PNS | {"name": "SURYA KADIS", "nip": "197001012000031001", "title": "Kepala Dinas Pertama"}
RTL = "\u202eתוצאה مرحبا بكم\u202c"
WORD = "Mempertanggungjawabkannyaberkesinambunganlah"


def head(**values: object) -> dict[str, Any]:
    """What all three documents begin with: an ordinary plan of scheme ``ja_jf``, delivered."""
    plan = plan_specimen()
    keys = (
        "year",
        "start",
        "last_day",
        "regency",
        "opd",
        "place",
        "owner",
        "appraiser",
        "scheme",
        "approach",
    )
    return {
        **{key: plan[key] for key in keys},
        "signed_on": "2027-01-12",
        "version": 1,
        "org_performance": "good",
        "national": "good",
        "category": "good",
        "final": "108,22",
        "superior": SUPERIOR,
        "recommendation": "Diikutkan pelatihan pengolahan data.",
        **values,
    }


def indicator(aspect: str = "Kuantitas", **values: object) -> dict[str, Any]:
    """An indicator that was reached and proven."""
    return {
        "aspect": aspect,
        "text": "Jumlah laporan yang selesai",
        "target": "12 laporan",
        "realisation": "13 laporan",
        "remarks": ["Bukti dukung: 2"],
        "achievement": "108,33 %",
        "category": "Sangat Baik",
        "value": "",
        **values,
    }


def result(
    text: str = "Tersusunnya laporan kinerja", indicators: int = 1, **values: object
) -> dict[str, Any]:
    """A result with what it came to, for D6 and D8 alike."""
    return {
        "text": text,
        "parent": "Terlaksananya pelaporan kinerja",
        "perspective": "Proses bisnis",
        "feedback": [
            {"when": "Triwulan II", "text": "Percepat."},
            {"when": "Penilaian", "text": "Tercapai."},
        ],
        "indicators": [indicator(aspect) for aspect in ASPECTS[:indicators]],
        "category": "Sangat Baik",
        "value": "120,00",
        "method": "Tidak langsung (non-direct); nilai atasan 100,00",
        "weighted": "116,00",
        **values,
    }


def evaluation(**values: object) -> dict[str, Any]:
    """D6."""
    return {
        **head(),
        "main": [result(indicators=3), result("Terlayaninya permintaan data")],
        "additional": [],
        "plan_feedback": [{"when": "Triwulan I", "text": "Mulai lebih awal."}],
        "behaviours": [
            {"aspect": key, "expectation": "Membimbing rekan.", "value": "105,00", "feedback": "Baik sekali."}
            for key in BEHAVIOURS
        ],
        "results_rating": "above",
        "behaviour_rating": "as",
        **values,
    }


def statement(**values: object) -> dict[str, Any]:
    """D7, not yet received."""
    return {**head(), "received_on": None, **values}


def band(title: str = "A. KINERJA UTAMA", *results: dict[str, Any], **values: object) -> dict[str, Any]:
    """A band of D8."""
    foot = {"foot": "Rata-rata nilai tertimbang kinerja utama", "sum": "108,00"}
    return {"title": title, "results": list(results), **foot, **values}


def score(**values: object) -> dict[str, Any]:
    """D8."""
    additional = {"foot": "Jumlah nilai kinerja tambahan (paling tinggi 10)", "sum": "0,00"}
    return {
        **head(),
        "bands": [
            band("A. KINERJA UTAMA", result(indicators=3), result("Terlayaninya permintaan data")),
            band("B. KINERJA TAMBAHAN", **additional),
        ],
        "skp": "109,60",
        "behaviour": "105,00",
        "skp_share": "70 %",
        "behaviour_share": "30 %",
        "skp_weighted": "76,72",
        "behaviour_weighted": "31,50",
        "four": "good",
        "results_rating": "above",
        "behaviour_rating": "as",
        "rating_reason": "",
        "new_idea": False,
        "provisional": False,
        **values,
    }


def jpt_score(**values: object) -> dict[str, Any]:
    """D8 of scheme ``jpt``, whose appraiser is the Bupati; an indicator has a value of its own."""
    valued = [indicator(aspect, value="117,78") for aspect in ASPECTS[:2]]
    main = result(category="", method="", indicators=1) | {"indicators": valued}
    return score(
        scheme="jpt",
        owner=SUPERIOR,
        appraiser=BUPATI,
        superior=BUPATI,
        bands=[
            band("A. KINERJA UTAMA – PERJANJIAN KINERJA (BOBOT 60 %)", main, main),
            band("A. KINERJA UTAMA – INISIATIF STRATEGIS (BOBOT 40 %)", main),
            band("B. KINERJA TAMBAHAN", result("Terbantunya panitia hari jadi", 2, method="")),
        ],
        **values,
    )


def long_results(count: int = 20) -> list[dict[str, Any]]:
    """Results of four indicators each, with names of 250 letters."""
    return [result(f"{number}. {LONG[:240]}", 4, parent=LONG[:250]) for number in range(1, count + 1)]


def hostile_result() -> dict[str, Any]:
    """Everything that people can write, as bad and as long as it gets."""
    text = f"{HOSTILE}{RTL} {WORD} {WORD.upper()} Jum'at O'Neill "
    bad = indicator(text=text + LONG, target=text, realisation=text, remarks=[text, LONG])
    said = [{"when": "Triwulan I", "text": text}, {"when": "Penilaian", "text": LONG}]
    return result(text, 4, parent=text + LONG, feedback=said) | {"indicators": [bad] * 4}


def hostile_head() -> dict[str, Any]:
    """People and an OPD with names that do not fit."""
    return {
        "opd": "Dinas " + "Pemberdayaan " * 12,
        "owner": PPPK | {"name": "<b>" + "NAMA SANGAT PANJANG " * 12, "title": "Kepala " + "Subbagian " * 15},
        "superior": SUPERIOR | {"name": WORD * 3, "title": RTL},
        "recommendation": HOSTILE + LONG,
    }


def empty_head() -> dict[str, Any]:
    """Nobody to sign, nothing set, nothing said."""
    return {
        "appraiser": None,
        "superior": None,
        "org_performance": "",
        "recommendation": "",
        "signed_on": None,
        "place": "",
    }
