"""Which rows can be taken: an owner of this OPD, one owner and one text per code, at most four indicators."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orgunits.imports.results import BKPSDM, RowFault
from skp.enums import ResultKind
from skp.imports.owners import Home
from skp.imports.reading import OFFICE
from skp.imports.rows import IndicatorRow, ResultRow, RhkRow
from skp.imports.stored import Stored
from skp.rules import MAX_INDICATORS


@dataclass(slots=True, kw_only=True)
class CodeRows:
    """The accepted rows of one code: a result with its indicators; ``numbers``: their rows in the sheet."""

    result: ResultRow
    indicators: list[IndicatorRow] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def add(self, result: ResultRow, indicator: IndicatorRow, number: int) -> bool:
        """Take a further row; False for one that repeats an earlier one. Raises RowFault."""
        if self.result != result:
            message = f"Isi hasil kerja {result.code} berbeda dari baris {self.numbers[0]}."
            raise RowFault("RENCANA HASIL KERJA", "code_text", message, OFFICE)
        if indicator in self.indicators:
            return False
        if len(self.indicators) >= MAX_INDICATORS:
            message = f"Satu hasil kerja memuat paling banyak {MAX_INDICATORS} indikator."
            raise RowFault("INDIKATOR KINERJA INDIVIDU", "too_many_indicators", message, OFFICE)
        self.indicators.append(indicator)
        self.numbers.append(number)
        return True


@dataclass(slots=True, kw_only=True)
class Group(CodeRows):
    """The rows of one code with the place of their owner."""

    home: Home


@dataclass(frozen=True, slots=True)
class Offices:
    """What the sentences of refusals name: the file's OPD, and all OPD by key."""

    opd_id: int
    names: Mapping[int, str]

    def name(self, opd_id: int | None) -> str:
        """The OPD's name, or words for none."""
        return self.names.get(opd_id or 0, "luar perangkat daerah")


@dataclass(slots=True)
class Checker:
    """Takes rows one by one into ``groups``; a row that can't be taken raises RowFault."""

    employees: Mapping[str, int]
    homes: Mapping[int, Home]
    offices: Offices
    stored: Stored
    year: int
    groups: dict[str, Group] = field(default_factory=dict)
    merged: int = 0

    def take(self, row: RhkRow, owner_of: Mapping[str, str]) -> None:
        """Add the row; ``owner_of`` names the NIP under which each code of the file first stands."""
        home = self._home(row)
        self._check_code(row, home)
        self._check_parent(row, owner_of)
        group = self.groups.get(row.result.code)
        if group is None:
            self.groups[row.result.code] = Group(
                home=home, result=row.result, indicators=[row.indicator], numbers=[row.number]
            )
            return
        if group.home.employee_id != home.employee_id:
            message = (
                f"KODE RHK {row.result.code} sudah dipakai hasil kerja pegawai lain pada baris "
                f"{group.numbers[0]}."
            )
            raise RowFault("KODE RHK", "code_owner", message, OFFICE)
        self.merged += not group.add(row.result, row.indicator, row.number)

    def _home(self, row: RhkRow) -> Home:
        employee_id = self.employees.get(row.nip)
        if employee_id is None:
            message = f"NIP {row.nip} tidak dikenal. Perbaiki NIP, atau terima dulu pegawainya."
            raise RowFault("NIP", "person_unknown", message, BKPSDM)
        home = self.homes.get(employee_id)
        if home is None:
            message = f"Pegawai ini tidak memiliki jabatan pada tahun {self.year}."
            raise RowFault("NIP", "no_post", message, BKPSDM)
        if home.opd_id != self.offices.opd_id:
            message = (
                f"Pada awal tahun {self.year} pegawai ini bertugas di {self.offices.name(home.opd_id)}; "
                f"berkas ini milik {self.offices.name(self.offices.opd_id)}. "
                "Masukkan barisnya ke berkas OPD tempatnya bertugas waktu itu."
            )
            raise RowFault("NIP", "other_opd", message, OFFICE)
        return home

    def _check_code(self, row: RhkRow, home: Home) -> None:
        known = self.stored.results.get(row.result.code)
        if known is not None and known.result.skp.assignment_id != home.assignment_id:
            message = f"KODE RHK {row.result.code} sudah dipakai SKP lain pada OPD dan periode ini."
            raise RowFault("KODE RHK", "code_taken", message, OFFICE)

    def _check_parent(self, row: RhkRow, owner_of: Mapping[str, str]) -> None:
        if row.result.kind != ResultKind.MAIN or not row.result.parent_code:
            return
        if owner_of.get(row.result.parent_code) == row.nip:
            message = f"KODE RHK ATASAN {row.result.parent_code} adalah hasil kerja pegawai ini sendiri."
            raise RowFault("KODE RHK ATASAN", "parent_own", message, OFFICE)
