"""The layout of the recapitulations: from frozen content alone."""

from django.template.loader import render_to_string

from assessments.enums import FourPredicate, NationalPredicate
from config.lib.pdf import render_pdf
from documents.services import Print
from skp.documents.frame import party, shown_nip, signs

NOT_ISSUED = "belum diterbitkan"
# A table is laid out as a whole, ever slower the longer it is; a long list goes on in further tables.
TABLE_ROWS = 100


def opd_recap_pdf(printed: Print) -> bytes:
    """D10, landscape."""
    content = printed.content
    lines = [
        {
            **line,
            "number": number,
            "nip": shown_nip(line["nip"]),
            "national": NationalPredicate(line["national"]).label if line["national"] else "",
            "four": FourPredicate(line["four"]).label if line["four"] else "",
        }
        for number, line in enumerate(content["lines"], start=1)
    ]
    context = {
        **signs(printed, ("REKAPITULASI PREDIKAT KINERJA PEGAWAI",), draft=NOT_ISSUED),
        "tables": [lines[first : first + TABLE_ROWS] for first in range(0, len(lines), TABLE_ROWS)] or [[]],
        "totals": content["totals"],
        "without": content["without"],
        "count": content["count"],
        "head": party(content["head"]),
    }
    return render_pdf(render_to_string("pdf/opd_recap.html", context), landscape=True)


def regency_recap_pdf(printed: Print) -> bytes:
    """D11, landscape."""
    content = printed.content
    titles = ("REKAPITULASI PREDIKAT KINERJA PEGAWAI", "PER ORGANISASI PERANGKAT DAERAH")
    context = {
        **signs(printed, titles, draft=NOT_ISSUED),
        "words": content["words"],
        "lines": content["lines"],
        "total": content["total"],
        "head": party(content["head"]),
    }
    return render_pdf(render_to_string("pdf/regency_recap.html", context), landscape=True)
