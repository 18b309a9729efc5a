"""HTML to PDF. What a document may fetch is a short list of bundled files and ``data:``, nothing else.

Address a bundled file as ``asset:name``; relative addresses have no base and lead nowhere. Style sheet
and fonts are read once per process. Pango is not safe for threads, so one document is made at a time.
"""

from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

ASSETS = Path(__file__).resolve().parent / "pdf_assets"
FONTS = "liberation"
STYLE = "document.css"
# Width and height in millimetres; F4 is what Indonesian offices call folio.
PAPERS = {"A4": (210, 297), "F4": (215, 330)}
_one_at_a_time = Lock()


class ForbiddenAddress(ValueError):
    """A document asked for something that is not bundled with it."""


class BundledFetcher(URLFetcher):  # type: ignore[misc]
    """Answers ``asset:`` from the bundled fonts and ``data:`` from the address itself; refuses the rest."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)
        self._files = {f"asset:{path.name}": path for path in (ASSETS / FONTS).glob("*.ttf")}

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The bundled file or the data; raises ForbiddenAddress for any other address."""
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        path = self._files.get(url)
        if path is None:
            raise ForbiddenAddress(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})


@lru_cache(maxsize=1)
def _shared() -> tuple[BundledFetcher, FontConfiguration, CSS]:
    fetcher, fonts = BundledFetcher(), FontConfiguration()
    text = (ASSETS / STYLE).read_text(encoding="utf-8")
    return fetcher, fonts, CSS(string=text, font_config=fonts, url_fetcher=fetcher)


@lru_cache(maxsize=8)
def _page(paper: str, landscape: bool) -> CSS:
    """The sheet's size; ValueError for a paper that is not known."""
    if paper not in PAPERS:
        raise ValueError(f"PAPER_SIZE must be one of {', '.join(PAPERS)}, not {paper!r}.")
    short, long = PAPERS[paper]
    width, height = (long, short) if landscape else (short, long)
    return CSS(string=f"@page {{ size: {width}mm {height}mm }}", url_fetcher=_shared()[0])


def render_pdf(html: str, *, landscape: bool = False, paper: str = "") -> bytes:
    """The document ``html`` as PDF on ``paper`` ("A4", "F4"; empty: the setting PAPER_SIZE).

    Texts of users must have been escaped by the template. ValueError for an unknown paper.
    """
    with _one_at_a_time:
        fetcher, fonts, style = _shared()
        sheets = [style, _page(paper or settings.PAPER_SIZE, landscape)]
        document = HTML(string=html, url_fetcher=fetcher)
        pdf: bytes = document.write_pdf(stylesheets=sheets, font_config=fonts)
    return pdf
