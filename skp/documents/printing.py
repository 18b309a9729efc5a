"""The layout of a plan's documents: from frozen content alone, never from live rows."""

from datetime import datetime

from django.template.loader import render_to_string

from config.lib.dates import format_moment
from config.lib.pdf import render_pdf
from documents.services import Print
from skp.berakhlak import GUIDES
from skp.documents.contents import texts_of
from skp.documents.frame import APPROACH_TITLES, FOR_WHOM, frame, numbered, shown_nip
from skp.enums import AppendixKind, Approach, Scheme

# More columns than these are no longer readable on one sheet; the matrix goes on in a further table.
MATRIX_COLUMNS = 5


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
        **frame(printed, titles),
        "jpt": scheme == Scheme.JPT,
        "qualitative": approach == Approach.QUALITATIVE,
        "bands": [
            ("A. UTAMA", numbered(content["main"])),
            ("B. TAMBAHAN", numbered(content["additional"])),
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
        **frame(printed, ("LAMPIRAN SASARAN KINERJA PEGAWAI",)),
        "bands": [(kind.label.upper(), texts_of(items, kind.value)) for kind in AppendixKind],
    }
    return render_pdf(render_to_string("pdf/appendix.html", context))


def matrix_pdf(printed: Print) -> bytes:
    """D4, landscape, five results of the leader to a table."""
    content = printed.content
    columns = [f"{number}. {text}" for number, text in enumerate(content["columns"], start=1)]
    people = [{**person, "nip": shown_nip(person["nip"])} for person in content["people"]]
    context = {
        **frame(printed, ("MATRIKS PEMBAGIAN PERAN DAN HASIL",)),
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
    context = {**frame(printed, ("TANDA TERIMA PENGAJUAN", "SASARAN KINERJA PEGAWAI")), "facts": facts}
    return render_pdf(render_to_string("pdf/receipt.html", context))
