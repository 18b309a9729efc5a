"""The workbooks that are known, by their header rows; never by their names."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orgunits.enums import ImportKind


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of workbook.

    ``columns``: the usual names of the columns read; ``optional``: those that may be absent;
    ``spellings``: other headers in use for them; ``kind``: None for a workbook that another
    import takes.
    """

    kind: ImportKind | None
    title: str
    columns: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    spellings: Mapping[str, str] = field(default_factory=dict)
    # Where such a workbook comes from, for the sentence that refuses another one.
    source: str = "dari ekspor SIASN"

    def column_of(self, header: str) -> str | None:
        """The column that a header means; None for one that isn't read."""
        name = normal_header(header)
        name = self.spellings.get(name, name)
        return name if name in self.columns else None

    def missing(self, found: frozenset[str]) -> tuple[str, ...]:
        """The columns that a workbook with ``found`` lacks."""
        return tuple(name for name in self.columns if name not in found and name not in self.optional)


def normal_header(text: str) -> str:
    """A header in capitals, with single blanks instead of underscores and runs of blanks."""
    return " ".join(text.replace("_", " ").split()).upper()


UNITS = Format(
    kind=ImportKind.UNITS,
    title="pohon unit kerja",
    columns=("ID", "NAMA UNOR", "ID ATASAN", "ESELON ID", "NAMA JABATAN", "PEMIMPIN PNS ID", "AKTIF"),
    optional=frozenset({"AKTIF"}),
    spellings={"DIATASAN ID": "ID ATASAN", "ESELON": "ESELON ID"},
)
EMPLOYEES = Format(
    kind=ImportKind.EMPLOYEES,
    title="data pegawai",
    columns=(
        *("PNS ID", "NIP BARU", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "TANGGAL LAHIR", "JENIS KELAMIN"),
        *("NOMOR HP", "EMAIL", "EMAIL GOV", "JENIS PEGAWAI NAMA", "KEDUDUKAN HUKUM NAMA", "STATUS CPNS PNS"),
        *("TMT CPNS", "GOL AKHIR NAMA", "JENIS JABATAN ID", "JABATAN NAMA", "TMT JABATAN", "UNOR ID"),
        *("UNOR NAMA", "SATUAN KERJA KERJA NAMA", "ESELON ID"),
    ),
    optional=frozenset({"EMAIL GOV", "UNOR NAMA", "SATUAN KERJA KERJA NAMA"}),
)
ACTING = Format(
    kind=ImportKind.ACTING,
    title="daftar Plt/Plh",
    columns=("NIP", "NAMA", "UNOR ID", "UNOR NAMA", "JABATAN PLT", "TMT MULAI", "TMT SELESAI", "NOMOR SK"),
    optional=frozenset({"NAMA", "UNOR NAMA"}),
)
TRANSFERS = Format(
    kind=ImportKind.TRANSFERS,
    title="daftar mutasi",
    columns=(
        *("NIP", "NAMA", "UNOR LAMA ID", "UNOR BARU ID", "UNOR BARU NAMA", "JABATAN BARU"),
        *("JENIS JABATAN ID", "TMT MUTASI", "NOMOR SK"),
    ),
    optional=frozenset({"NAMA", "UNOR BARU NAMA"}),
)
PLANNED_RESULTS = Format(
    kind=None, title="rencana hasil kerja", columns=("NIP", "KODE RHK", "RENCANA HASIL KERJA", "SATUAN")
)
FORMATS = (UNITS, EMPLOYEES, ACTING, TRANSFERS, PLANNED_RESULTS)
