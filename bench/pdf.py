"""Time of one SKP and of one score as PDF, from frozen content, against WeasyPrint alone with the same HTML.

    .venv/bin/python bench/pdf.py

A plan of 8 results with 24 indicators, long enough for several pages, and its D8. The floor is the fastest
that the library can be used: style sheet and fonts parsed once, files read without any confinement. Ours
adds the template, the QR code and the confined fetcher. Both are measured in turns, in processor time.
"""

import time
from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader
from regency import SCRATCH
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from assessments.documents.printing import score_html, score_pdf
from config.lib.pdf import ASSETS, FONTS, PAPERS, STYLE
from documents.enums import DocumentKind
from documents.services import IssueSigns, Print
from skp.documents.printing import plan_html, plan_pdf
from tests.assessments.specimens import band, score
from tests.assessments.specimens import result as scored_result
from tests.skp.specimens import ISSUED, plan, result

BUDGET = 1.15
ROUNDS = 9
RESULTS, INDICATORS = 8, 3
TEXT = "Tersusunnya dokumen perencanaan dan pelaporan bagian ke-{} tepat waktu"


def a_plan() -> Print:
    """An issued D1 of the full size."""
    main = [result(TEXT.format(number), INDICATORS) for number in range(RESULTS)]
    signs = IssueSigns("D1/2026/000123", "https://skp.example.go.id/verifikasi/abc/", "ab12" * 16, 1, ISSUED)
    return Print(DocumentKind.D1, plan(main=main), signs)


def a_score() -> Print:
    """An issued D8 of the same size."""
    main = [scored_result(TEXT.format(number), INDICATORS) for number in range(RESULTS)]
    signs = IssueSigns("D8/2027/000123", "https://skp.example.go.id/verifikasi/abc/", "ab12" * 16, 1, ISSUED)
    return Print(DocumentKind.D8, score(bands=[band("A. KINERJA UTAMA", *main)]), signs)


def floor(html: str) -> Callable[[], bytes]:
    """WeasyPrint with everything prepared that can be."""
    fonts = FontConfiguration()
    folder = (ASSETS / FONTS).as_uri()
    short, long = PAPERS["A4"]
    text = (ASSETS / STYLE).read_text(encoding="utf-8").replace("asset:", f"{folder}/")
    sheets = [
        CSS(string=text, font_config=fonts),
        CSS(string=f"@page {{ size: {long}mm {short}mm }}"),
    ]

    def make() -> bytes:
        pdf: bytes = HTML(string=html).write_pdf(stylesheets=sheets, font_config=fonts)
        return pdf

    return make


def cpu_seconds(make: Callable[[], bytes]) -> float:
    """Processor time of one document."""
    before = time.process_time()
    make()
    return time.process_time() - before


def measured(name: str, html: str, make: Callable[[], bytes]) -> bool:
    """Print the figures of one document; whether it is within the budget."""
    bare = floor(html)
    theirs, made = PdfReader(BytesIO(bare())), PdfReader(BytesIO(make()))
    texts = [[page.extract_text() for page in document.pages] for document in (theirs, made)]
    if texts[0] != texts[1]:
        raise SystemExit("The two documents differ; the measurement compares nothing.")
    pairs = [(cpu_seconds(bare), cpu_seconds(make)) for _ in range(ROUNDS)]
    # The fastest round of each: other work on the machine only ever adds time.
    least, mine = (min(times) for times in zip(*pairs, strict=True))
    within = mine <= BUDGET * least
    print(f"WeasyPrint   {least * 1000:7.1f} ms CPU, {len(texts[0])} pages")
    print(f"{name:<12} {mine * 1000:7.1f} ms CPU, {len(make()) / 1000:.0f} kB")
    print(f"ratio        {mine / least:7.2f}       {'within' if within else 'OVER'} {BUDGET}")
    return bool(within)


def main() -> None:
    planned, scored = a_plan(), a_score()
    plan_within = measured("one SKP", plan_html(planned), lambda: plan_pdf(planned))
    score_within = measured("one D8", score_html(scored), lambda: score_pdf(scored))
    SCRATCH.cleanup()
    raise SystemExit(0 if plan_within and score_within else 1)


if __name__ == "__main__":
    main()
