"""Uploads: the kind is told by content, names are made safe, pictures keep nothing but pixels."""

import io
import struct
import zipfile
import zlib
from hashlib import sha256

import pytest
from PIL import Image, ImageFile

from config.lib import uploads, zipguard
from config.lib.pdf import render_pdf
from config.lib.uploads import (
    DECREE_KINDS,
    EVIDENCE_KINDS,
    Kind,
    UploadRefused,
    UploadTooLarge,
    check_upload,
    safe_name,
)
from tests.lib.uploading import PDF, docx, photo, xlsx

SOUND = {
    "laporan.pdf": (PDF, Kind.PDF),
    "Foto Kegiatan.JPG": (photo(), Kind.JPG),
    "foto.jpeg": (photo(), Kind.JPG),
    "layar.png": (photo(form="PNG"), Kind.PNG),
    "rekap.xlsx": (xlsx(), Kind.XLSX),
    "notula.docx": (docx(), Kind.DOCX),
}


def refusal(data: bytes, name: str, allowed=EVIDENCE_KINDS) -> str:
    with pytest.raises(UploadRefused) as caught:
        check_upload(data, name, allowed)
    return str(caught.value)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_is_taken(name):
    data, kind = SOUND[name]
    checked = check_upload(data, name, EVIDENCE_KINDS)
    assert checked.kind is kind
    assert checked.file_hash == sha256(checked.data).hexdigest()
    assert kind in (Kind.JPG, Kind.PNG) or checked.data == data
    assert checked.name.endswith(kind.endings[0])


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "kosong.pdf", "Berkas kosong"),
        (b"MZ" + b"\0" * 300, "laporan.pdf", "berjenis .exe"),
        (b"<html><script>alert(1)</script></html>", "laporan.pdf", "berjenis .html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "foto.png", "Yang diterima: PDF"),
        (b"GIF89a" + b"\0" * 100, "foto.png", "berjenis .gif"),
        (b"sekadar teks", "catatan.pdf", "tidak dikenali jenisnya"),
        (zipguard.OLE_MAGIC + b"\0" * 600, "lama.docx", "dokumen kantor lama"),
        (PDF, "laporan.docx", "Isi berkas ini PDF, tetapi namanya berakhiran .docx"),
        (PDF, "laporan", "tetapi namanya tanpa akhiran"),
        (PDF, "laporan.pdf.exe", "berakhiran .exe"),
        (photo(), "foto.png", "Isi berkas ini foto JPG"),
        (docx(), "rekap.xlsx", "Isi berkas ini Word (.docx)"),
        (PDF[:-8], "laporan.pdf", "PDF rusak"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction <</S /Launch>>"), "a.pdf", "memuat program"),
        (PDF.replace(b"/Catalog", b"/Catalog /S /J#61vaScript"), "a.pdf", "memuat program"),
        (docx(**{"vbaProject.bin": b"x"}), "a.docx", "makro"),
        (docx(main_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "a.docx", "makro"),
        (docx(main_type="text/plain"), "a.docx", "bukan dokumen Word"),
        (docx()[:-40], "a.docx", "rusak"),
        (docx(**{"bomb.xml": b" " * 20_000_000}), "a.docx", "terlalu besar untuk dibaca"),
        (xlsx()[:1500], "a.xlsx", "rusak"),
        (photo()[:3000], "a.jpg", "Gambar rusak"),
        (photo(form="PNG")[:3000], "a.png", "Gambar rusak"),
        (b"\xff\xd8\xff" + b"\0" * 50, "a.jpg", "Gambar rusak"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_a_sentence(data, name, said):
    assert said in refusal(data, name)


def test_a_kind_that_is_not_asked_for_is_refused():
    assert "Berkas ini Excel (.xlsx). Yang diterima: PDF, foto JPG atau gambar PNG." in refusal(
        xlsx(), "a.xlsx", DECREE_KINDS
    )


def test_an_archive_of_other_things_is_no_document():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("program.js", "alert(1)")
    assert "Yang diterima" in refusal(stream.getvalue(), "a.docx")


def test_a_file_too_large_is_told_before_it_is_looked_at(settings):
    settings.UPLOAD_MAX_MB = 1
    with pytest.raises(UploadTooLarge) as caught:
        check_upload(PDF + b"\0" * 1024 * 1024, "a.pdf", EVIDENCE_KINDS)
    assert caught.value.status == 413
    assert "lebih besar dari 1 MB" in str(caught.value)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_nothing_but_pixels_is_kept_of_a_picture(form):
    sent = photo((300, 200), form=form, located=True)
    assert b"RAHASIA" in sent
    name = "a.jpg" if form == "JPEG" else "a.png"
    kept = check_upload(sent + b"<script>alert(1)</script>", name, EVIDENCE_KINDS).data
    for trace in (b"RAHASIA", b"rahasia", b"Exif", b"eXIf", b"iCCP", b"<script>"):
        assert trace not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif()
        # Turned upright, since the note that it lies on its side is gone.
        assert image.size == (200, 300)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1"])
def test_every_kind_of_png_is_kept_as_one_can_see_it(mode):
    sent = photo((20, 10), form="PNG", mode=mode)
    with Image.open(io.BytesIO(check_upload(sent, "a.png", EVIDENCE_KINDS).data)) as image:
        image.load()
        assert image.size == (20, 10)


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(6400, 6400), (12_000, 12_000), (60_000, 60_000)])
def test_a_picture_of_too_many_pixels_is_never_decoded(size):
    assert "juta piksel" in refusal(png_that_claims(*size), "a.png")


def test_a_photo_of_a_phone_is_taken_and_a_larger_one_halved(monkeypatch):
    with Image.open(io.BytesIO(check_upload(photo((4000, 3000)), "a.jpg", EVIDENCE_KINDS).data)) as image:
        assert image.size == (4000, 3000)
    monkeypatch.setattr(uploads, "FULL_SIZE_PIXELS", 1_000_000)
    with Image.open(io.BytesIO(check_upload(photo((2000, 1500)), "a.jpg", EVIDENCE_KINDS).data)) as image:
        assert image.size == (1000, 750)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Budi\\laporan akhir.pdf", "laporan akhir.pdf"),
        ('a"b;c\r\nSet-Cookie: x=1.pdf', "a b;c Set-Cookie x=1.pdf"),
        ("laporan\u202efdp.exe.pdf", "laporan fdp.exe.pdf"),
        ("  .  .pdf", "berkas.pdf"),
        ("\u200b\u0000.pdf", "berkas.pdf"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
        ("Laporan Juli – final.PDF", "Laporan Juli – final.pdf"),
    ],
)
def test_a_name_is_made_safe(name, shown):
    assert safe_name(name, Kind.PDF) == shown


def test_a_cut_picture_is_refused_also_after_a_pdf_was_made():
    render_pdf("<p>Lampiran</p>")
    assert ImageFile.LOAD_TRUNCATED_IMAGES
    with pytest.raises(UploadRefused, match="Gambar rusak"):
        check_upload(photo()[:3000], "a.jpg", EVIDENCE_KINDS)
