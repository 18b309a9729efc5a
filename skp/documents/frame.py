"""What every official document shares, from frozen content alone: head, parties, foot, signs of the issue."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import segno

from config.lib.dates import MONTHS, format_date, format_moment, office_date
from documents.services import Print
from orgunits.enums import EmploymentKind
from orgunits.models import Employee
from orgunits.ranks import shown_rank
from skp.enums import Approach, Scheme

CONTRACT = (EmploymentKind.PPPK, EmploymentKind.PPPK_PART)
NOTHING = "–"
APPROACH_TITLES = {Approach.QUANTITATIVE: "KUANTITATIF", Approach.QUALITATIVE: "KUALITATIF"}
FOR_WHOM = {
    Scheme.JPT: "BAGI PEJABAT PIMPINAN TINGGI DAN PIMPINAN UNIT KERJA MANDIRI",
    Scheme.JA_JF: "BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL",
}
NOT_AGREED = "belum disepakati"


def frame(printed: Print, titles: Sequence[str], *, draft: str = NOT_AGREED) -> Mapping[str, Any]:
    """What ``pdf/base.html`` needs of every document; ``draft``: why one without a number does not count."""
    content = printed.content
    owner, appraiser = party(content["owner"]), party(content["appraiser"])
    return {
        **signs(printed, titles, draft=draft),
        "owner": owner,
        "appraiser": appraiser,
        "parties": [
            (*own, *other) for own, other in zip(party_rows(owner), party_rows(appraiser), strict=True)
        ],
    }


def signs(printed: Print, titles: Sequence[str], *, draft: str = NOT_AGREED) -> Mapping[str, Any]:
    """Titles, head, foot and the signs of the issue, of documents that concern no single pair of people."""
    content, issue = printed.content, printed.issue
    return {
        "titles": titles,
        "regency": content["regency"],
        "opd": content["opd"],
        "span": _span(content["start"], content["last_day"]),
        "year": content["year"],
        "signed_at": place_and_day(content["place"], _signing_day(printed)),
        "issue": issue,
        "issued_at": format_moment(issue.issued_at) if issue else "",
        "identity": _identity(printed, draft),
        "qr": segno.make(issue.verify_url, error="m").svg_data_uri(border=1) if issue else "",
    }


def party(values: Mapping[str, Any] | None) -> Mapping[str, str]:
    """A party as printed: PPPK with "NI PPPK" and golongan alone, the Bupati without a number."""
    if values is None:
        return dict.fromkeys(("name", "nip_label", "nip", "rank", "title", "unit"), "") | {"nip_label": "NIP"}
    contract = values["kind"] in CONTRACT
    return {
        "name": values["name"],
        "nip_label": "NI PPPK" if contract else "NIP",
        "nip": shown_nip(values["nip"] or ""),
        "rank": values["grade"] if contract else shown_rank(values["grade"]),
        "title": values["title"],
        "unit": values["unit"],
    }


def party_rows(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """The five rows of a party; ``values`` as ``party`` gives them."""
    return [
        ("NAMA", values["name"] or NOTHING),
        (values["nip_label"], values["nip"] or NOTHING),
        ("PANGKAT/GOL. RUANG", values["rank"] or NOTHING),
        ("JABATAN", values["title"] or NOTHING),
        ("UNIT KERJA", values["unit"] or NOTHING),
    ]


def shown_nip(nip: str) -> str:
    """The number in its groups, empty for none."""
    return Employee(nip=nip).shown_nip


def numbered(results: Sequence[Mapping[str, Any]], **blank: object) -> list[Mapping[str, Any]]:
    """Results with their number and at least one row of indicators, so that each has a line to stand on.

    ``blank``: what else that row shows beside its three empty texts.
    """
    row = {"aspect": "", "text": "", "target": "", **blank}
    return [
        {**result, "number": number, "indicators": result["indicators"] or [row]}
        for number, result in enumerate(results, start=1)
    ]


def place_and_day(place: str, day: date | None) -> str:
    """ "Telaga, 31 Januari 2026", with dots for a day that is not known yet."""
    return ", ".join(filter(None, (place, format_date(day) if day else "………………………")))


def _signing_day(printed: Print) -> date | None:
    """The day of agreement; of documents that do not carry one, that of their issue."""
    given = printed.content.get("signed_on")
    if given:
        return date.fromisoformat(given)
    return office_date(printed.issue.issued_at) if printed.issue else None


def _identity(printed: Print, draft: str) -> str:
    """The line at the foot of every page."""
    if printed.issue is None:
        return f"DRAF – {draft}, belum berlaku sebagai dokumen resmi"
    issue = printed.issue
    return f"{issue.number} · revisi {issue.revision} · sidik {issue.content_hash[:16]}"


def _span(start: str, last_day: str) -> str:
    """ "1 JANUARI SD 31 DESEMBER TAHUN 2026"."""
    first, last = date.fromisoformat(start), date.fromisoformat(last_day)
    return f"{_day(first)} SD {_day(last)} TAHUN {last.year}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].upper()}"
