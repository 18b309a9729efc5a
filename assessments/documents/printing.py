"""The layout of the documents of a score: from frozen content alone, never from live rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.template.loader import render_to_string

from assessments.aspects import aspect_label
from assessments.documents.curve import HEIGHT, WIDTH, curve_path
from assessments.enums import Category, FourPredicate, NationalPredicate, OrgPerformance, Rating
from config.lib.pdf import render_pdf
from documents.services import Print
from skp.berakhlak import GUIDES
from skp.documents.frame import (
    APPROACH_TITLES,
    FOR_WHOM,
    NOTHING,
    frame,
    numbered,
    party,
    party_rows,
    place_and_day,
)
from skp.enums import Approach, Scheme

NOT_DELIVERED = "belum disampaikan"
EVALUATION = "EVALUASI KINERJA PEGAWAI"
# Each with whether it applies: the document is that of the year, not of a quarter.
PERIODS = (("TRIWULAN I", False), ("II", False), ("III", False), ("IV", False), ("AKHIR", True))
GUIDES_OF = {guide.aspect.value: guide.guides for guide in GUIDES}
BLANK = {"realisation": "", "remarks": (), "achievement": "", "category": "", "value": ""}
Words = list[tuple[str, bool]]


def evaluation_pdf(printed: Print) -> bytes:
    """D6, landscape."""
    return render_pdf(evaluation_html(printed), landscape=True)


def evaluation_html(printed: Print) -> str:
    """What ``evaluation_pdf`` lays out."""
    content = printed.content
    context = {
        **_frame(printed, EVALUATION),
        "periods": PERIODS,
        **_organisation(content),
        "bands": [
            ("A. UTAMA", numbered(content["main"], **BLANK)),
            ("B. TAMBAHAN", numbered(content["additional"], **BLANK)),
        ],
        "plan_feedback": content["plan_feedback"],
        "results_rating": _words(Rating, content["results_rating"]),
        "behaviour_rating": _words(Rating, content["behaviour_rating"]),
        "behaviours": [
            {**row, "label": aspect_label(row["aspect"]), "guides": GUIDES_OF.get(row["aspect"], ())}
            for row in content["behaviours"]
        ],
        "national": _words(NationalPredicate, content["national"]),
    }
    return render_to_string("pdf/evaluation.html", context)


def statement_pdf(printed: Print) -> bytes:
    """D7, portrait."""
    return render_pdf(statement_html(printed))


def statement_html(printed: Print) -> str:
    """What ``statement_pdf`` lays out."""
    content = printed.content
    superior = party(content["superior"])
    frame_of = _frame(printed, "DOKUMEN EVALUASI KINERJA PEGAWAI", plain=True)
    context = {
        **frame_of,
        "superior": superior,
        "people": [
            ("PEGAWAI YANG DINILAI", party_rows(frame_of["owner"])),
            ("PEJABAT PENILAI KINERJA", party_rows(frame_of["appraiser"])),
            ("ATASAN PEJABAT PENILAI KINERJA", party_rows(superior)),
        ],
        "outcome": _outcome(content),
        "recommendation": content["recommendation"] or NOTHING,
        "received_at": place_and_day(content["place"], _day(content["received_on"])),
    }
    return render_to_string("pdf/statement.html", context)


def score_pdf(printed: Print) -> bytes:
    """D8, landscape."""
    return render_pdf(score_html(printed), landscape=True)


def score_html(printed: Print) -> str:
    """What ``score_pdf`` lays out."""
    content = printed.content
    context = {
        **_frame(printed, "PENILAIAN SASARAN KINERJA PEGAWAI"),
        "jpt": content["scheme"] == Scheme.JPT,
        "bands": [{**band, "results": numbered(band["results"], **BLANK)} for band in content["bands"]],
        "content": content,
        "superior": party(content["superior"]),
        "words": [
            ("Kategori nilai", _label(Category, content["category"])),
            ("Rating hasil kerja", _label(Rating, content["results_rating"])),
            ("Rating perilaku kerja", _label(Rating, content["behaviour_rating"])),
            *(
                [("Alasan rating berbeda dari usulan", content["rating_reason"])]
                if content["rating_reason"]
                else []
            ),
            ("Predikat kinerja", _label(NationalPredicate, content["national"])),
            ("Predikat empat kata", _label(FourPredicate, content["four"])),
            ("Ide baru", "Ada, terbukti bermanfaat bagi organisasi" if content["new_idea"] else "Tidak ada"),
            ("Rekomendasi", content["recommendation"] or NOTHING),
        ],
    }
    return render_to_string("pdf/score.html", context)


def _frame(printed: Print, title: str, *, plain: bool = False) -> Mapping[str, Any]:
    """The common frame; ``plain``: without the lines on approach and scheme."""
    content = printed.content
    lines: Sequence[str] = (
        ()
        if plain
        else (
            f"PENDEKATAN HASIL KERJA {APPROACH_TITLES[Approach(content['approach'])]}",
            FOR_WHOM[Scheme(content["scheme"])],
        )
    )
    scheme = {"jpt": content["scheme"] == Scheme.JPT}
    return {**frame(printed, (title, *lines), draft=NOT_DELIVERED), **scheme}


def _organisation(content: Mapping[str, Any]) -> Mapping[str, object]:
    """The unit's achievement among all, and the curve that goes with it; without one neither."""
    given = content["org_performance"]
    if not given:
        return {"org_words": [], "curve": ""}
    return {
        "org_words": _words(OrgPerformance, given),
        "curve": curve_path(OrgPerformance(given)),
        "curve_box": f"-3 -3 {WIDTH + 6} {HEIGHT + 6}",
    }


def _outcome(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Block 4 of D7; the word of PP 30/2019 stands as category beside the number that it is read from."""
    rows = [
        ("CAPAIAN KINERJA ORGANISASI", _label(OrgPerformance, content["org_performance"]).upper()),
        ("PREDIKAT KINERJA PEGAWAI", _label(NationalPredicate, content["national"]).upper()),
    ]
    if content["category"]:
        rows.append(
            (
                "NILAI AKHIR DAN KATEGORI NILAI",
                f"{content['final']} ({_label(Category, content['category'])})",
            )
        )
    return rows


def _words(kind: type[TextChoices], given: str) -> Words:
    """Every word of the form, each with whether it applies: the others are struck through."""
    choices: Iterable[TextChoices] = kind
    return [(str(word.label).upper(), word.value == given) for word in choices]


def _label(kind: type[TextChoices], value: str) -> str:
    return str(kind(value).label) if value else "Belum ditetapkan"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
