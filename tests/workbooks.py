"""Workbooks as the national export writes them, with believable cells; a test names only what it is about."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from config.lib.xlsx import Table, workbook
from tests.factories import nip_number

Cell = str | float | None
ROOT, SETDA, DINAS, BIDANG, SD = "U-ROOT", "U-SETDA", "U-DINAS", "U-BIDANG", "U-SD"

UNIT_HEADERS = ("ID", "NAMA_UNOR", "ID_ATASAN", "ESELON_ID", "NAMA_JABATAN", "PEMIMPIN_PNS_ID")
EMPLOYEE_HEADERS = (
    *("PNS ID", "NIP BARU", "NIP LAMA", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "TANGGAL LAHIR"),
    *("JENIS KELAMIN", "NOMOR HP", "EMAIL", "JENIS PEGAWAI NAMA", "KEDUDUKAN HUKUM NAMA"),
    *("STATUS CPNS PNS", "TMT CPNS", "GOL AKHIR NAMA", "JENIS JABATAN ID", "JABATAN NAMA", "TMT JABATAN"),
    *("UNOR ID", "UNOR NAMA", "SATUAN KERJA KERJA NAMA", "ESELON ID"),
)
ACTING_HEADERS = (
    *("NIP", "NAMA", "UNOR ID", "UNOR NAMA", "JABATAN PLT", "TMT MULAI", "TMT SELESAI", "NOMOR SK"),
)
TRANSFER_HEADERS = (
    *("NIP", "NAMA", "UNOR LAMA ID", "UNOR BARU ID", "UNOR BARU NAMA", "JABATAN BARU"),
    *("JENIS JABATAN ID", "TMT MUTASI", "NOMOR SK"),
)


def sheet(headers: Iterable[str], rows: Iterable[Mapping[str, Cell]]) -> bytes:
    """One sheet with these headers; a row names the cells it has."""
    names = tuple(headers)
    cells = [[row.get(name) for name in names] for row in rows]
    return workbook([Table("Sheet1", names, cells)])


def unit(
    external_id: str, name: str, parent: str = "", leader: str = "", title: str = "", echelon: str = ""
) -> dict[str, Cell]:
    """A row of the unit tree."""
    return {
        "ID": external_id,
        "NAMA_UNOR": name,
        "ID_ATASAN": parent,
        "ESELON_ID": echelon,
        "NAMA_JABATAN": title or f"KEPALA {name}",
        "PEMIMPIN_PNS_ID": leader,
    }


def tree(*, leaders: Mapping[str, str] | None = None, names: Mapping[str, str] | None = None) -> bytes:
    """Kabupaten, Setda, a Dinas with a Bidang and a school; ``leaders``: unit → PNS ID."""
    leads, called = leaders or {}, names or {}
    rows = [
        unit(ROOT, "KABUPATEN UJI", title="BUPATI"),
        unit(SETDA, "SEKRETARIAT DAERAH", ROOT, title="SEKRETARIS DAERAH", echelon="21"),
        unit(DINAS, "DINAS PERTAMA", ROOT, echelon="22"),
        unit(BIDANG, "BIDANG SATU", DINAS, echelon="32"),
        unit(SD, "SD NEGERI 1", DINAS, title="KEPALA SEKOLAH"),
    ]
    for row in rows:
        key = str(row["ID"])
        row["PEMIMPIN_PNS_ID"] = leads.get(key, "")
        row["NAMA_UNOR"] = called.get(key, row["NAMA_UNOR"])
    return sheet(UNIT_HEADERS, rows)


def employee(number: int, **cells: Cell) -> dict[str, Cell]:
    """A row of an employee file: person ``number`` at BIDANG SATU; keywords name columns by underscores."""
    nip = nip_number(number)
    row: dict[str, Cell] = {
        "PNS ID": f"P-{number}",
        "NIP BARU": f"'{nip}",
        "NAMA": f"PEGAWAI {number}",
        "TANGGAL LAHIR": f"{nip[6:8]}-{nip[4:6]}-{nip[:4]}",
        "JENIS KELAMIN": "M",
        "NOMOR HP": "081200000000",
        "EMAIL": f"pegawai{number}@example.go.id",
        "JENIS PEGAWAI NAMA": "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota",
        "KEDUDUKAN HUKUM NAMA": "Aktif",
        "STATUS CPNS PNS": "P",
        "TMT CPNS": "01-01-2005",
        "GOL AKHIR NAMA": "III/b",
        "JENIS JABATAN ID": "4",
        "JABATAN NAMA": "PENGOLAH DATA",
        "TMT JABATAN": "01-03-2020",
        "UNOR ID": BIDANG,
        "UNOR NAMA": "BIDANG SATU",
        "SATUAN KERJA KERJA NAMA": "DINAS PERTAMA",
    }
    row.update({name.replace("_", " "): value for name, value in cells.items()})
    return row


def employees(*rows: Mapping[str, Cell]) -> bytes:
    """An employee file."""
    return sheet(EMPLOYEE_HEADERS, rows)


def acting(number: int, **cells: Cell) -> dict[str, Cell]:
    """A row of the list of Plt: person ``number`` leads the school through 2026."""
    row: dict[str, Cell] = {
        "NIP": f"'{nip_number(number)}",
        "NAMA": f"PEGAWAI {number}",
        "UNOR ID": SD,
        "UNOR NAMA": "SD NEGERI 1",
        "JABATAN PLT": "Plt. KEPALA SEKOLAH",
        "TMT MULAI": "01-02-2026",
        "TMT SELESAI": "31-07-2026",
        "NOMOR SK": f"800/{number}/2026",
    }
    row.update({name.replace("_", " "): value for name, value in cells.items()})
    return row


def transfer(number: int, **cells: Cell) -> dict[str, Cell]:
    """A row of the list of transfers: person ``number`` moves from the Bidang to the Dinas on 1 May 2026."""
    row: dict[str, Cell] = {
        "NIP": f"'{nip_number(number)}",
        "NAMA": f"PEGAWAI {number}",
        "UNOR LAMA ID": BIDANG,
        "UNOR BARU ID": DINAS,
        "UNOR BARU NAMA": "DINAS PERTAMA",
        "JABATAN BARU": "PENATA LAYANAN OPERASIONAL",
        "JENIS JABATAN ID": "4",
        "TMT MUTASI": "01-05-2026",
        "NOMOR SK": f"821/{number}/2026",
    }
    row.update({name.replace("_", " "): value for name, value in cells.items()})
    return row


def write(folder: Path, **files: bytes) -> Path:
    """Put workbooks into a folder, one per keyword."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    return folder


def repacked(data: bytes, *, add: Mapping[str, bytes]) -> bytes:
    """The workbook with parts added or replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in add:
                new.writestr(name, old.read(name))
        for name, content in add.items():
            new.writestr(name, content)
    return stream.getvalue()
