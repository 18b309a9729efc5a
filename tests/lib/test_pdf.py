"""PDF making: what may be fetched, the sheet, pages, fonts."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from config.lib.pdf import BundledFetcher, ForbiddenAddress, render_pdf


def reader(html: str, **how) -> PdfReader:
    return PdfReader(BytesIO(render_pdf(html, **how)))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x.png",
        "https://intruder.invalid/x.png",
        "ftp://intruder.invalid/x",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "asset:../pdf.py",
        "asset:/etc/passwd",
        "asset:LiberationSans-Regular.ttf/../../document.css",
        "asset:%2e%2e/document.css",
        "../../settings.py",
        "/etc/passwd",
        "",
    ],
)
def test_nothing_but_the_bundled_files_is_fetched(address):
    with pytest.raises(ForbiddenAddress):
        BundledFetcher().fetch(address)


def test_bundled_fonts_and_data_are_fetched():
    font = BundledFetcher().fetch("asset:LiberationSans-Regular.ttf").read()
    assert font[:4] == b"\x00\x01\x00\x00"
    assert BundledFetcher().fetch("data:text/plain,halo").read() == b"halo"


def test_markup_that_asks_for_files_gets_none(tmp_path):
    secret = tmp_path / "rahasia.txt"
    secret.write_text("isi-yang-rahasia")
    html = (
        f'<link rel="attachment" href="file://{secret}"><link rel="stylesheet" href="file://{secret}">'
        f'<a rel="attachment" href="file://{secret}">x</a><img src="{secret}"><object data="file://{secret}">'
        f"</object><style>@import url(file://{secret}); p {{ background: url(file://{secret}) }}</style>"
        "<p>ada</p>"
    )
    pdf = render_pdf(html)
    assert b"isi-yang-rahasia" not in pdf
    read = PdfReader(BytesIO(pdf))
    assert not read.attachments
    assert "ada" in read.pages[0].extract_text()


@pytest.mark.parametrize(
    ("paper", "landscape", "size"),
    [
        ("A4", False, (595, 842)),
        ("A4", True, (842, 595)),
        ("F4", False, (609, 935)),
        ("F4", True, (935, 609)),
    ],
)
def test_the_sheet_is_the_one_asked_for(paper, landscape, size):
    box = reader("<p>x</p>", paper=paper, landscape=landscape).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_the_setting_chooses_the_sheet(settings):
    settings.PAPER_SIZE = "F4"
    assert round(reader("<p>x</p>").pages[0].mediabox.width) == 609


def test_an_unknown_sheet_is_refused():
    with pytest.raises(ValueError, match="A4, F4"):
        render_pdf("<p>x</p>", paper="A3")


def test_letters_come_from_the_bundled_font():
    page = reader("<p>huruf</p>").pages[0]
    names = [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].get_object().values()]
    assert names
    assert all("Liberation-Sans" in name or "LiberationSans" in name or "Dokumen" in name for name in names)
