"""Is this upload a harmless .xlsx? Looked at before any library opens it.

A workbook is a zip of XML parts. What a part claims about its size is not believed: every part
is inflated once, in small pieces, and stopped at the limit, and the cells' addresses are read on
the way, since a sheet that names its last possible cell makes a reader allocate them all.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
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
WORKBOOK_TYPE = b"spreadsheetml.sheet.main+xml"
CELL_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})([0-9]{1,9})[\"']")


class WorkbookError(DomainError):
    """The upload can't be taken as a workbook; the text says why and what to do."""

    status = 422


NOT_XLSX = "Berkas ini bukan Excel .xlsx. Buka di aplikasi lembar kerja lalu simpan sebagai .xlsx."
BROKEN = "Berkas Excel rusak atau tidak lengkap. Unduh atau simpan ulang, lalu coba lagi."
ENCRYPTED = "Berkas dilindungi kata sandi. Simpan tanpa kata sandi, lalu coba lagi."
OLD_XLS = "Berkas ini Excel lama (.xls). Simpan ulang sebagai .xlsx, lalu coba lagi."
MACROS = "Berkas mengandung makro. Simpan sebagai .xlsx tanpa makro, lalu coba lagi."
TOO_LARGE = f"Berkas lebih besar dari {MAX_FILE_BYTES // 1024 // 1024} MB. Bagi menjadi beberapa berkas."
BOMB = "Isi berkas terlalu besar untuk dibaca dengan aman. Hapus baris dan lembar kosong, lalu simpan ulang."
EMPTY = "Berkas kosong."


def check_xlsx(data: bytes) -> None:
    """Raise WorkbookError unless ``data`` is a plain, complete .xlsx within the limits."""
    _check_outside(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise WorkbookError(BROKEN) from error
    _check_parts(parts)
    inflated = 0
    for part in parts:
        inflated += _check_part(data, part, allowed=MAX_INFLATED_BYTES - inflated)
    if inflated > RATIO_COUNTS_FROM and inflated > MAX_RATIO * len(data):
        raise WorkbookError(BOMB)
    _check_type(data, parts)


def _check_outside(data: bytes) -> None:
    if not data:
        raise WorkbookError(EMPTY)
    if len(data) > MAX_FILE_BYTES:
        raise WorkbookError(TOO_LARGE)
    if data.startswith(OLE_MAGIC):
        # An encrypted .xlsx travels inside the old container format.
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise WorkbookError(ENCRYPTED if encrypted else OLD_XLS)
    if not data.startswith(ZIP_MAGIC):
        raise WorkbookError(NOT_XLSX)


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(names) > MAX_PARTS:
        raise WorkbookError(BOMB)
    if len(set(names)) != len(names):
        raise WorkbookError(BROKEN)
    if any(part.flag_bits & 0x1 for part in parts):
        raise WorkbookError(ENCRYPTED)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise WorkbookError(MACROS)
    if "[Content_Types].xml" not in names:
        raise WorkbookError(NOT_XLSX)
    if sum(part.file_size for part in parts) > MAX_INFLATED_BYTES:
        raise WorkbookError(BOMB)


def _check_part(data: bytes, part: zipfile.ZipInfo, *, allowed: int) -> int:
    """The true inflated size of a part; raises WorkbookError when it lies or holds too many cells."""
    is_sheet = "worksheets/" in part.filename and part.filename.lower().endswith(".xml")
    bounds = _Bounds()
    size, checksum, tail = 0, 0, b""
    for piece in _inflate(data, part):
        size += len(piece)
        checksum = zlib.crc32(piece, checksum)
        if size > allowed:
            raise WorkbookError(BOMB)
        if is_sheet:
            bounds.look_at(tail, piece)
            tail = piece[-OVERLAP:]
    if size != part.file_size or checksum != part.CRC:
        raise WorkbookError(BROKEN)
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


def _inflate(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    start = part.header_offset
    header = data[start : start + LOCAL_HEADER_BYTES]
    if len(header) < LOCAL_HEADER_BYTES or not header.startswith(ZIP_MAGIC):
        raise WorkbookError(BROKEN)
    skipped = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    begin = start + LOCAL_HEADER_BYTES + skipped
    packed = memoryview(data)[begin : begin + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        for offset in range(0, len(packed), CHUNK):
            yield bytes(packed[offset : offset + CHUNK])
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise WorkbookError(BROKEN)
    yield from _inflate_deflated(packed)


def _inflate_deflated(packed: memoryview) -> Iterator[bytes]:
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
                raise WorkbookError(BROKEN)
            yield piece
    except zlib.error as error:
        raise WorkbookError(BROKEN) from error


def _check_type(data: bytes, parts: list[zipfile.ZipInfo]) -> None:
    listing = next(part for part in parts if part.filename == "[Content_Types].xml")
    types = b"".join(_inflate(data, listing))
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise WorkbookError(MACROS)
    if WORKBOOK_TYPE not in types:
        raise WorkbookError(NOT_XLSX)
