"""What an upload really is, told by its content, and made harmless before it is stored.

Nothing is believed of what the browser says: the kind comes from the first bytes and the parts
inside, the name is only what people read. Pictures are decoded and encoded anew, so that neither
their metadata (place, time, device) nor anything hidden behind them is kept. To be called outside
a transaction: decoding a photo takes a second.
"""

import re
import threading
import unicodedata
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from io import BytesIO

import puremagic
from django.conf import settings
from PIL import Image, ImageFile, ImageOps

from config.lib.errors import DomainError
from config.lib.zipguard import OLE_MAGIC, ZIP_MAGIC, WorkbookError, check_docx, check_xlsx

MAX_NAME = 150
# A photo of 40 million pixels needs 120 MB while it is decoded; larger ones are taken for bombs.
MAX_PIXELS = 40_000_000
# Larger photos are stored at half their width and height: sharp enough to read a page.
FULL_SIZE_PIXELS = 16_000_000
JPEG_QUALITY = 85
# Only one picture at a time in a process: memory is what a flood of photos would exhaust.
_DECODING = threading.Lock()

EMPTY = "Berkas kosong. Pilih berkas lain."
BROKEN_IMAGE = "Gambar rusak atau tidak lengkap. Ambil atau simpan ulang, lalu coba lagi."
HUGE_IMAGE = (
    f"Gambar lebih dari {MAX_PIXELS // 1_000_000} juta piksel."
    " Kecilkan ukurannya atau foto ulang dengan ukuran biasa, lalu coba lagi."
)
BROKEN_PDF = "Berkas PDF rusak atau tidak lengkap. Simpan ulang sebagai PDF, lalu coba lagi."
ACTIVE_PDF = "Berkas PDF memuat program. Cetak ulang ke PDF tanpa program, lalu coba lagi."


class Kind(Enum):
    """A kind of file that may be taken: word, endings (the usual one first) and content type."""

    PDF = ("PDF", (".pdf",), "application/pdf")
    JPG = ("foto JPG", (".jpg", ".jpeg"), "image/jpeg")
    PNG = ("gambar PNG", (".png",), "image/png")
    XLSX = (
        "Excel (.xlsx)",
        (".xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    DOCX = (
        "Word (.docx)",
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )

    def __init__(self, word: str, endings: tuple[str, ...], content_type: str) -> None:
        self.word, self.endings, self.content_type = word, endings, content_type


# What an input of type file offers for these kinds.
EVIDENCE_KINDS = (Kind.PDF, Kind.JPG, Kind.PNG, Kind.XLSX, Kind.DOCX)
DECREE_KINDS = (Kind.PDF, Kind.JPG, Kind.PNG)


class UploadRefused(DomainError):
    """The file can't be taken; the text says why and what to do (422)."""

    status = 422


class UploadTooLarge(UploadRefused):
    """The file is larger than ``settings.UPLOAD_MAX_MB`` (413)."""

    status = 413


@dataclass(frozen=True, slots=True)
class CheckedUpload:
    """A file as it may be stored: ``data`` are the bytes to keep, ``file_hash`` their SHA-256 in hex.

    ``name`` is safe to show and to send in a header, with the ending of its kind; at most 150 characters.
    """

    data: bytes
    name: str
    kind: Kind
    file_hash: str

    @property
    def content_type(self) -> str:
        """The content type of the kind, whatever the browser said."""
        return self.kind.content_type

    @property
    def size(self) -> int:
        """Bytes to be stored."""
        return len(self.data)


def accept_of(allowed: Collection[Kind]) -> str:
    """The ``accept`` of a file input for these kinds; phones offer the camera for pictures."""
    return ",".join(ending for kind in allowed for ending in (*kind.endings, kind.content_type))


def words_of(allowed: Collection[Kind]) -> str:
    """ "PDF, foto JPG, gambar PNG, Excel (.xlsx) atau Word (.docx)"."""
    *first, last = [kind.word for kind in allowed]
    return f"{', '.join(first)} atau {last}" if first else last


def max_bytes() -> int:
    """The largest upload that is taken, in bytes."""
    return int(settings.UPLOAD_MAX_MB) * 1024 * 1024


def check_size(size: int | None) -> None:
    """Raise UploadTooLarge when a file of ``size`` bytes may not be taken; asked before it is read."""
    if size is None or size > max_bytes():
        raise UploadTooLarge(
            f"Berkas lebih besar dari {settings.UPLOAD_MAX_MB} MB."
            " Kecilkan atau bagi menjadi beberapa berkas."
        )


def check_upload(data: bytes, name: str, allowed: Collection[Kind]) -> CheckedUpload:
    """The upload as it may be stored; raises UploadRefused with the sentence for the user.

    ``name`` is the file's name as the browser sent it, ``allowed`` the kinds to be taken.
    """
    check_size(len(data))
    if not data:
        raise UploadRefused(EMPTY)
    kind = _kind_of(data)
    if kind is None or kind not in allowed:
        raise UploadRefused(f"Berkas ini {_what(data, kind)}. Yang diterima: {words_of(allowed)}.")
    ending = _ending(name)
    if ending not in kind.endings:
        named = f"berakhiran {ending}" if ending else "tanpa akhiran"
        raise UploadRefused(
            f"Isi berkas ini {kind.word}, tetapi namanya {named}."
            f" Simpan ulang dengan akhiran {kind.endings[0]}, lalu coba lagi."
        )
    clean = _clean(data, kind)
    return CheckedUpload(clean, safe_name(name, kind), kind, sha256(clean).hexdigest())


def _kind_of(data: bytes) -> Kind | None:
    """The kind by content; a zip is told by its list of parts, which is checked afterwards."""
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(ZIP_MAGIC):
        # The names of parts stand in plain; a document may hold a workbook, not the reverse.
        return Kind.DOCX if b"word/" in data else Kind.XLSX if b"xl/" in data else None
    return None


def _what(data: bytes, kind: Kind | None) -> str:
    if kind is not None:
        return kind.word
    if data.startswith(OLE_MAGIC):
        return "dokumen kantor lama atau berkata sandi"
    try:
        guess = puremagic.from_string(data[:4096])
    except (puremagic.PureError, ValueError):
        return "tidak dikenali jenisnya"
    return f"berjenis {guess}"


def _ending(name: str) -> str:
    _, dot, ending = _shown(name).rpartition(".")
    return f".{ending.casefold()}" if dot and 0 < len(ending) <= 10 else ""


def _shown(name: str) -> str:
    """The last part of a path in one line, without what turns or hides letters or systems may misread."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(" " if unicodedata.category(letter)[0] in "ZC" else letter for letter in last)
    return " ".join(re.sub(r'[:*?"<>|]', " ", plain).split()).lstrip(". ")


def safe_name(name: str, kind: Kind) -> str:
    """The name that people see and that a header may carry; "berkas" when nothing is left of it."""
    stem = _shown(name).rpartition(".")[0].rstrip(". ")
    return f"{stem[: MAX_NAME - len(kind.endings[0])].rstrip() or 'berkas'}{kind.endings[0]}"


def _clean(data: bytes, kind: Kind) -> bytes:
    """The bytes to keep, or UploadRefused."""
    if kind is Kind.PDF:
        return _clean_pdf(data)
    return _clean_office(data, kind) if kind in (Kind.DOCX, Kind.XLSX) else _clean_image(data, kind)


def _clean_pdf(data: bytes) -> bytes:
    """A whole PDF without programs; what it draws is for the reader's program, never shown in place."""
    if b"%%EOF" not in data[-2048:]:
        raise UploadRefused(BROKEN_PDF)
    # A name may write its letters as #4c.
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), data)
    if any(word in plain for word in (b"/Launch", b"/JavaScript", b"/RichMedia")):
        raise UploadRefused(ACTIVE_PDF)
    return data


def _clean_office(data: bytes, kind: Kind) -> bytes:
    try:
        (check_docx if kind is Kind.DOCX else check_xlsx)(data)
    except WorkbookError as error:
        raise UploadRefused(str(error)) from error
    return data


def _clean_image(data: bytes, kind: Kind) -> bytes:
    """The picture decoded, turned upright and encoded anew; nothing but its pixels is kept."""
    broken = (OSError, ValueError, SyntaxError, EOFError, OverflowError, zlib.error)
    with _DECODING, _whole_pictures_only():
        try:
            with Image.open(BytesIO(data), formats=[kind.name.replace("JPG", "JPEG")]) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise UploadRefused(HUGE_IMAGE)
                return _encoded(opened, kind)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise UploadRefused(HUGE_IMAGE) from error
        except broken as error:
            raise UploadRefused(BROKEN_IMAGE) from error


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Let cut pictures fail: WeasyPrint tells Pillow, for the whole process, to bear them."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _encoded(image: Image.Image, kind: Kind) -> bytes:
    if kind is Kind.JPG and image.width * image.height > FULL_SIZE_PIXELS:
        image.draft(None, (image.width // 2, image.height // 2))
    upright = ImageOps.exif_transpose(image)
    see_through = kind is Kind.PNG and upright.has_transparency_data
    mode = "RGBA" if see_through else "L" if upright.mode in ("1", "L") else "RGB"
    plain = upright.convert(mode) if upright.mode != mode else upright
    # Colour profiles, comments and text are written from here, if anything is left.
    plain.info.clear()
    written = BytesIO()
    if kind is Kind.JPG:
        plain.save(written, "JPEG", quality=JPEG_QUALITY)
    else:
        plain.save(written, "PNG")
    return written.getvalue()
