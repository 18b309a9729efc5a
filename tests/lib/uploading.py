"""Files that people send, sound and hostile."""

import io
import zipfile

from PIL import Image

from config.lib.xlsx import Table, workbook

PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def xlsx() -> bytes:
    """A small workbook."""
    return workbook([Table("Data", ["Bulan", "Jumlah"], [["Januari", "3"]])])


def docx(*, main_type: str = _MAIN_TYPE, **parts: bytes) -> bytes:
    """A document of one paragraph, and further parts under word/."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types><Override PartName="/x" ContentType="{main_type}"/></Types>'
        )
        archive.writestr("word/document.xml", "<w:document><w:body><w:p>Laporan</w:p></w:body></w:document>")
        for name, data in parts.items():
            archive.writestr(f"word/{name}", data)
    return stream.getvalue()


def photo(
    size: tuple[int, int] = (640, 480), *, form: str = "JPEG", mode: str = "RGB", located: bool = False
) -> bytes:
    """A picture; ``located``: taken on its side by a phone that wrote where, when and with what."""
    image = Image.effect_noise(size, 40).convert(mode)
    extra: dict[str, object] = {}
    if located:
        exif = image.getexif()
        exif[0x0112] = 6  # turned by a quarter
        exif[0x0110] = "TELEPON RAHASIA"
        exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 10.0, 30.0), 3: "E", 4: (106.0, 49.0, 20.0)})
        extra = {"exif": exif, "icc_profile": b"profil warna rahasia"}
        if form == "JPEG":
            extra["comment"] = b"catatan rahasia"
    stream = io.BytesIO()
    image.save(stream, form, **extra)
    return stream.getvalue()
