"""Is this upload a harmless .xlsx or .docx? Looked at before any library opens it.

Both are a zip of XML parts. What a part claims about its size is not believed: every part
is inflated once, in small pieces, and stopped at the limit, and the cells' addresses are read on
the way, since a sheet that names its last possible cell makes a reader allocate them all.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from config.lib.errors import DomainError

MAX_FILE_BYTES = 30 * 1024 * 1024
MAX_INFLATED_BYTES = 300 * 1024 * 1024
# Sheets of plain text shrink 5 to 30 times; a bomb shrinks 1,000 times.
MAX_RATIO = 150
RATIO_COUNTS_FROM = 5 * 1024 * 1024
MAX_PARTS = 500
MAX_CELLS = 4_000_000

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
LOCAL_HEADER_BYTES = 30
CHUNK = 256 * 1024
# Long enough for any cell's start tag, so that an address cut by two chunks is still seen.
OVERLAP = 256
CELL_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})([0-9]{1,9})[\"']")


class WorkbookError(DomainError):
    """The upload can't be taken as a workbook or document; the text says why and what to do."""

    status = 422


@dataclass(frozen=True, slots=True)
class Format:
    """An office format: the type of its main part, and the sentences of its refusals."""

    main_type: bytes
    not_it: str
    broken: str
    old: str
    macros: str


XLSX = Format(
    main_type=b"spreadsheetml.sheet.main+xml",
    not_it="Berkas ini bukan Excel .xlsx. Buka di aplikasi lembar kerja lalu simpan sebagai .xlsx.",
    broken="Berkas Excel rusak atau tidak lengkap. Unduh atau simpan ulang, lalu coba lagi.",
    old="Berkas ini Excel lama (.xls). Simpan ulang sebagai .xlsx, lalu coba lagi.",
    macros="Berkas mengandung makro. Simpan sebagai .xlsx tanpa makro, lalu coba lagi.",
)
DOCX = Format(
    main_type=b"wordprocessingml.document.main+xml",
    not_it="Berkas ini bukan dokumen Word .docx. Buka di pengolah kata lalu simpan sebagai .docx.",
    broken="Dokumen Word rusak atau tidak lengkap. Unduh atau simpan ulang, lalu coba lagi.",
    old="Berkas ini dokumen kantor lama. Simpan ulang sebagai .docx, lalu coba lagi.",
    macros="Berkas mengandung makro. Simpan sebagai .docx tanpa makro, lalu coba lagi.",
)

ENCRYPTED = "Berkas dilindungi kata sandi. Simpan tanpa kata sandi, lalu coba lagi."
TOO_LARGE = f"Berkas lebih besar dari {MAX_FILE_BYTES // 1024 // 1024} MB. Bagi menjadi beberapa berkas."
BOMB = "Isi berkas terlalu besar untuk dibaca dengan aman. Hapus baris dan lembar kosong, lalu simpan ulang."
EMPTY = "Berkas kosong."


def check_xlsx(data: bytes) -> None:
    """Raise WorkbookError unless ``data`` is a plain, complete .xlsx within the limits."""
    _check(data, XLSX)


def check_docx(data: bytes) -> None:
    """Raise WorkbookError unless ``data`` is a plain, complete .docx within the limits, without macros."""
    _check(data, DOCX)


def _check(data: bytes, wanted: Format) -> None:
    _check_outside(data, wanted)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    # What a damaged directory makes zipfile raise, besides saying so: for an unknown version of the format,
    # and for offsets outside of the file.
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise WorkbookError(wanted.broken) from error
    _check_parts(parts, wanted)
    inflated = 0
    for part in parts:
        inflated += _check_part(data, part, wanted, allowed=MAX_INFLATED_BYTES - inflated)
    if inflated > RATIO_COUNTS_FROM and inflated > MAX_RATIO * len(data):
        raise WorkbookError(BOMB)
    _check_type(data, parts, wanted)


def _check_outside(data: bytes, wanted: Format) -> None:
    if not data:
        raise WorkbookError(EMPTY)
    if len(data) > MAX_FILE_BYTES:
        raise WorkbookError(TOO_LARGE)
    if data.startswith(OLE_MAGIC):
        # An encrypted .xlsx travels inside the old container format.
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise WorkbookError(ENCRYPTED if encrypted else wanted.old)
    if not data.startswith(ZIP_MAGIC):
        raise WorkbookError(wanted.not_it)


def _check_parts(parts: list[zipfile.ZipInfo], wanted: Format) -> None:
    names = [part.filename for part in parts]
    if len(names) > MAX_PARTS:
        raise WorkbookError(BOMB)
    if len(set(names)) != len(names):
        raise WorkbookError(wanted.broken)
    if any(part.flag_bits & 0x1 for part in parts):
        raise WorkbookError(ENCRYPTED)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise WorkbookError(wanted.macros)
    if "[Content_Types].xml" not in names:
        raise WorkbookError(wanted.not_it)
    if sum(part.file_size for part in parts) > MAX_INFLATED_BYTES:
        raise WorkbookError(BOMB)


def _check_part(data: bytes, part: zipfile.ZipInfo, wanted: Format, *, allowed: int) -> int:
    """The true inflated size of a part; raises WorkbookError when it lies or holds too many cells."""
    is_sheet = "worksheets/" in part.filename and part.filename.lower().endswith(".xml")
    bounds = _Bounds()
    size, checksum, tail = 0, 0, b""
    for piece in _inflate(data, part, wanted):
        size += len(piece)
        checksum = zlib.crc32(piece, checksum)
        if size > allowed:
            raise WorkbookError(BOMB)
        if is_sheet:
            bounds.look_at(tail, piece)
            tail = piece[-OVERLAP:]
    if size != part.file_size or checksum != part.CRC:
        raise WorkbookError(wanted.broken)
    return size


class _Bounds:
    """The rectangle that a sheet's addresses span, and how many cells it writes."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self.cells = 0

    def look_at(self, tail: bytes, piece: bytes) -> None:
        """Read the addresses of the next piece; raises WorkbookError once they span too much."""
        # Looking twice at the overlap can only count a few cells double.
        for letters, digits in CELL_ADDRESS.findall(tail + piece):
            self.cells += bool(letters)
            row = int(digits)
            if row > self.rows:
                self.rows = row
            if letters:
                column = 0
                for letter in letters.upper():
                    column = column * 26 + letter - 64
                if column > self.columns:
                    self.columns = column
        unaddressed = piece.count(b"<c>") + piece.count(b"<v>")
        self.cells += unaddressed // 2
        if self.rows * self.columns > MAX_CELLS or self.cells > MAX_CELLS:
            raise WorkbookError(BOMB)


def _inflate(data: bytes, part: zipfile.ZipInfo, wanted: Format) -> Iterator[bytes]:
    start = part.header_offset
    header = data[start : start + LOCAL_HEADER_BYTES]
    if len(header) < LOCAL_HEADER_BYTES or not header.startswith(ZIP_MAGIC):
        raise WorkbookError(wanted.broken)
    skipped = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    begin = start + LOCAL_HEADER_BYTES + skipped
    packed = memoryview(data)[begin : begin + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        for offset in range(0, len(packed), CHUNK):
            yield bytes(packed[offset : offset + CHUNK])
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise WorkbookError(wanted.broken)
    yield from _inflate_deflated(packed, wanted)


def _inflate_deflated(packed: memoryview, wanted: Format) -> Iterator[bytes]:
    stream = zlib.decompressobj(-15)
    offset = 0
    pending = b""
    try:
        while not stream.eof:
            if not pending:
                pending = bytes(packed[offset : offset + CHUNK])
                offset += len(pending)
            piece = stream.decompress(pending, CHUNK)
            pending = stream.unconsumed_tail
            if not piece and not pending and offset >= len(packed) and not stream.eof:
                raise WorkbookError(wanted.broken)
            yield piece
    except zlib.error as error:
        raise WorkbookError(wanted.broken) from error


def _check_type(data: bytes, parts: list[zipfile.ZipInfo], wanted: Format) -> None:
    listing = next(part for part in parts if part.filename == "[Content_Types].xml")
    types = b"".join(_inflate(data, listing, wanted))
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise WorkbookError(wanted.macros)
    if wanted.main_type not in types:
        raise WorkbookError(wanted.not_it)
