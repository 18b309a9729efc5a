"""The layout of a plan's documents: from frozen content alone, never from live rows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import segno
from django.template.loader import render_to_string

from config.lib.dates import MONTHS, format_date, format_moment, office_date
from config.lib.pdf import render_pdf
from documents.services import Print
from orgunits.enums import EmploymentKind
from orgunits.models import Employee
from orgunits.ranks import shown_rank
from skp.berakhlak import GUIDES
from skp.documents.contents import texts_of
from skp.enums import AppendixKind, Approach, Scheme

CONTRACT = (EmploymentKind.PPPK, EmploymentKind.PPPK_PART)
NOTHING = "–"
# More columns than these are no longer readable on one sheet; the matrix goes on in a further table.
MATRIX_COLUMNS = 5
APPROACH_TITLES = {Approach.QUANTITATIVE: "KUANTITATIF", Approach.QUALITATIVE: "KUALITATIF"}
FOR_WHOM = {
    Scheme.JPT: "BAGI PEJABAT PIMPINAN TINGGI DAN PIMPINAN UNIT KERJA MANDIRI",
    Scheme.JA_JF: "BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL",
}


def plan_pdf(printed: Print) -> bytes:
    """D1 and D2, landscape."""
    return render_pdf(plan_html(printed), landscape=True)


def plan_html(printed: Print) -> str:
    """What ``plan_pdf`` lays out."""
    content = printed.content
    scheme, approach = Scheme(content["scheme"]), Approach(content["approach"])
    titles = (
        "SASARAN KINERJA PEGAWAI",
        f"PENDEKATAN HASIL KERJA {APPROACH_TITLES[approach]}",
        FOR_WHOM[scheme],
    )
    context = {
        **_common(printed, titles),
        "jpt": scheme == Scheme.JPT,
        "qualitative": approach == Approach.QUALITATIVE,
        "bands": [
            ("A. UTAMA", _numbered(content["main"])),
            ("B. TAMBAHAN", _numbered(content["additional"])),
        ],
        "behaviours": [
            (guide.aspect.label, guide.guides, content["behaviours"].get(guide.aspect.value, ""))
            for guide in GUIDES
        ],
    }
    return render_to_string("pdf/plan.html", context)


def appendix_pdf(printed: Print) -> bytes:
    """D5, portrait."""
    items = printed.content["appendix"]
    context = {
        **_common(printed, ("LAMPIRAN SASARAN KINERJA PEGAWAI",)),
        "bands": [(kind.label.upper(), texts_of(items, kind.value)) for kind in AppendixKind],
    }
    return render_pdf(render_to_string("pdf/appendix.html", context))


def matrix_pdf(printed: Print) -> bytes:
    """D4, landscape, five results of the leader to a table."""
    content = printed.content
    columns = [f"{number}. {text}" for number, text in enumerate(content["columns"], start=1)]
    people = [{**person, "nip": _shown_nip(person["nip"])} for person in content["people"]]
    context = {
        **_common(printed, ("MATRIKS PEMBAGIAN PERAN DAN HASIL",)),
        "tables": [
            {
                "columns": columns[first : first + MATRIX_COLUMNS],
                "rows": [(person, person["cells"][first : first + MATRIX_COLUMNS]) for person in people],
            }
            for first in range(0, len(columns), MATRIX_COLUMNS)
        ],
    }
    return render_pdf(render_to_string("pdf/matrix.html", context), landscape=True)


def receipt_pdf(printed: Print) -> bytes:
    """D15, portrait."""
    content = printed.content
    facts = (
        ("Nomor tanda terima", content["receipt"]),
        ("Diterima server", format_moment(datetime.fromisoformat(content["received_at"]))),
        ("Dokumen", f"SKP {content['year']}, revisi {content['revision']}"),
        ("Sidik isi rencana (SHA-256)", content["plan_hash"]),
    )
    context = {**_common(printed, ("TANDA TERIMA PENGAJUAN", "SASARAN KINERJA PEGAWAI")), "facts": facts}
    return render_pdf(render_to_string("pdf/receipt.html", context))


def _common(printed: Print, titles: Sequence[str]) -> Mapping[str, Any]:
    """Head, parties, foot and signs that every document shares."""
    content, issue = printed.content, printed.issue
    owner, appraiser = _party(content["owner"]), _party(content["appraiser"])
    return {
        "titles": titles,
        "regency": content["regency"],
        "opd": content["opd"],
        "span": _span(content["start"], content["last_day"]),
        "year": content["year"],
        "owner": owner,
        "appraiser": appraiser,
        "parties": [(*own, *other) for own, other in zip(_rows(owner), _rows(appraiser), strict=True)],
        "signed_at": _place_and_day(content["place"], _signing_day(printed)),
        "issue": issue,
        "issued_at": format_moment(issue.issued_at) if issue else "",
        "identity": _identity(printed),
        "qr": segno.make(issue.verify_url, error="m").svg_data_uri(border=1) if issue else "",
    }


def _signing_day(printed: Print) -> date | None:
    """The day of agreement; of documents that do not carry one, that of their issue."""
    given = printed.content.get("signed_on")
    if given:
        return date.fromisoformat(given)
    return office_date(printed.issue.issued_at) if printed.issue else None


def _place_and_day(place: str, day: date | None) -> str:
    return ", ".join(filter(None, (place, format_date(day) if day else "………………………")))


def _identity(printed: Print) -> str:
    """The line at the foot of every page."""
    if printed.issue is None:
        return "DRAF – belum disepakati, belum berlaku sebagai dokumen resmi"
    issue = printed.issue
    return f"{issue.number} · revisi {issue.revision} · sidik {issue.content_hash[:16]}"


def _span(start: str, last_day: str) -> str:
    """ "1 JANUARI SD 31 DESEMBER TAHUN 2026"."""
    first, last = date.fromisoformat(start), date.fromisoformat(last_day)
    return f"{_day(first)} SD {_day(last)} TAHUN {last.year}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].upper()}"


def _party(party: Mapping[str, Any] | None) -> Mapping[str, str]:
    """A party as printed: PPPK with "NI PPPK" and golongan alone, the Bupati without a number."""
    if party is None:
        return dict.fromkeys(("name", "nip_label", "nip", "rank", "title", "unit"), "") | {"nip_label": "NIP"}
    contract = party["kind"] in CONTRACT
    return {
        "name": party["name"],
        "nip_label": "NI PPPK" if contract else "NIP",
        "nip": _shown_nip(party["nip"] or ""),
        "rank": party["grade"] if contract else shown_rank(party["grade"]),
        "title": party["title"],
        "unit": party["unit"],
    }


def _rows(party: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        ("NAMA", party["name"] or NOTHING),
        (party["nip_label"], party["nip"] or NOTHING),
        ("PANGKAT/GOL. RUANG", party["rank"] or NOTHING),
        ("JABATAN", party["title"] or NOTHING),
        ("UNIT KERJA", party["unit"] or NOTHING),
    ]


def _shown_nip(nip: str) -> str:
    return Employee(nip=nip).shown_nip


def _numbered(results: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Results with their number and at least one row of indicators, so that each has a line to stand on."""
    blank = [{"aspect": "", "text": "", "target": ""}]
    return [
        {**result, "number": number, "indicators": result["indicators"] or blank}
        for number, result in enumerate(results, start=1)
    ]
