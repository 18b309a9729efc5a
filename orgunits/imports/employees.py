"""Rows of the employee files: typed, or refused with their first fault; twice-named people found."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from orgunits.enums import EmploymentKind, ImportKind, LegalPosition, PositionKind
from orgunits.imports.cells import (
    LEGAL_POSITIONS,
    POSITION_KINDS,
    echelon,
    employment_kind,
    functional_level,
    needed,
    needed_date,
    optional_date,
    parse_date,
)
from orgunits.imports.results import BKPSDM, SIASN, RawRow, Report, RowFault, opd
from orgunits.nip import Nip, NipFault, parse_nip
from orgunits.ranks import grade_fits, normal_grade

_EMAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[A-Za-z0-9-]{2,}")


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    """What one accepted row says of a person and the post that began on ``start``."""

    source: RawRow
    external_id: str
    nip: Nip
    name: str
    title_before: str
    title_after: str
    kind: EmploymentKind
    sex: str
    grade: str
    phone: str
    email: str
    legal: LegalPosition
    unit_id: str
    title: str
    position_kind: PositionKind
    echelon: str
    level: str
    start: date


def employee_rows(raws: Iterable[RawRow], opd_names: Mapping[str, str], report: Report) -> list[EmployeeRow]:
    """The rows that can be taken; refusals, mergers and warnings go to ``report``.

    ``opd_names``: the units of the tree, each with the name of its OPD.
    """
    parsed: list[EmployeeRow] = []
    for row, conflict in _single_rows(raws, opd_names, report):
        try:
            employee = _employee(row, opd_names)
            if conflict is not None:
                raise conflict
        except RowFault as fault:
            report.refuse(ImportKind.EMPLOYEES, row, fault)
        else:
            parsed.append(employee)
    accepted = list(_distinct_nips(parsed, report))
    for employee in accepted:
        _warn(employee, _office(employee.source, opd_names), report)
    return accepted


def _single_rows(
    raws: Iterable[RawRow], opd_names: Mapping[str, str], report: Report
) -> Iterator[tuple[RawRow, RowFault | None]]:
    """Each distinct row, with the fault of naming a person whom another row names differently."""
    by_person: dict[str, list[RawRow]] = defaultdict(list)
    for row in raws:
        by_person[row.text("PNS ID") or f"{row.file}:{row.number}"].append(row)
    for group in by_person.values():
        distinct: list[RawRow] = []
        for row in group:
            first = next((kept for kept in distinct if _same(kept, row)), None)
            if first is None:
                distinct.append(row)
            else:
                report.merge(ImportKind.EMPLOYEES, row, first)
        for row in distinct:
            others = [other for other in distinct if other is not row]
            yield row, _conflict(row, others, opd_names) if others else None


def _same(one: RawRow, other: RawRow) -> bool:
    return one.cells == other.cells and one.numeric == other.numeric


def _office(row: RawRow, opd_names: Mapping[str, str]) -> str:
    """Who mends what an OPD knows: that of the unit, else the one that the row names."""
    return opd(opd_names.get(row.text("UNOR ID")) or row.text("SATUAN KERJA KERJA NAMA"))


def _conflict(row: RawRow, others: list[RawRow], opd_names: Mapping[str, str]) -> RowFault:
    where = "; ".join(f"{other.file} baris {other.number} ({other.text('UNOR NAMA')})" for other in others)
    offices = {_office(one, opd_names) for one in (row, *others)}
    fix_by = offices.pop() if len(offices) == 1 else BKPSDM
    if all(other.text("UNOR ID") == row.text("UNOR ID") for other in others):
        message = f"Orang yang sama tercatat lagi dengan isi berbeda: {where}."
        return RowFault("PNS ID", "twice", message, fix_by)
    message = f"Orang yang sama juga tercatat pada unit lain: {where}."
    return RowFault("UNOR ID", "two_units", message[:500], fix_by)


def _distinct_nips(rows: list[EmployeeRow], report: Report) -> Iterator[EmployeeRow]:
    by_nip: dict[str, list[EmployeeRow]] = defaultdict(list)
    for row in rows:
        by_nip[row.nip.text].append(row)
    for row in rows:
        others = [other.source for other in by_nip[row.nip.text] if other is not row]
        if not others:
            yield row
            continue
        where = "; ".join(f"{other.file} baris {other.number}" for other in others)
        message = f"NIP {row.nip.text} juga dipakai orang lain: {where}."
        report.refuse(ImportKind.EMPLOYEES, row.source, RowFault("NIP BARU", "nip_twice", message, SIASN))


def _employee(row: RawRow, opd_names: Mapping[str, str]) -> EmployeeRow:
    office = _office(row, opd_names)
    nip = _nip(row)
    external_id = needed(row, "PNS ID", limit=64, fix_by=SIASN)
    unit_id = needed(row, "UNOR ID", limit=64, fix_by=office)
    if unit_id not in opd_names:
        message = f"Unit “{row.text('UNOR NAMA')}” (UNOR ID {unit_id}) tidak ada dalam pohon unit kerja."
        raise RowFault("UNOR ID", "unit_unknown", message, office)
    kind = employment_kind(row.text("JENIS PEGAWAI NAMA"), row.text("STATUS CPNS PNS"))
    if kind is None:
        raise _unknown(row, "JENIS PEGAWAI NAMA", "employment_kind")
    legal = LEGAL_POSITIONS.get(row.text("KEDUDUKAN HUKUM NAMA").upper())
    if legal is None:
        raise _unknown(row, "KEDUDUKAN HUKUM NAMA", "legal_position")
    position_kind = POSITION_KINDS.get(row.text("JENIS JABATAN ID"))
    if position_kind is None:
        raise _unknown(row, "JENIS JABATAN ID", "position_kind")
    title = needed(row, "JABATAN NAMA", limit=255, fix_by=office)
    email = row.text("EMAIL") or row.text("EMAIL GOV")
    return EmployeeRow(
        source=row,
        external_id=external_id,
        nip=nip,
        name=needed(row, "NAMA", limit=200, fix_by=SIASN),
        title_before=row.text("GELAR DEPAN")[:60],
        title_after=row.text("GELAR BELAKANG")[:100],
        kind=kind,
        sex=_sex(row.text("JENIS KELAMIN")) or nip.sex,
        grade=normal_grade(row.text("GOL AKHIR NAMA")),
        phone=row.text("NOMOR HP").lstrip("'")[:30],
        email=email if _EMAIL.fullmatch(email) and len(email) <= 254 else "",
        legal=legal,
        unit_id=unit_id,
        title=title,
        position_kind=position_kind,
        echelon=echelon(row.text("ESELON ID")),
        level=functional_level(position_kind, title),
        start=_start(row, office),
    )


def _nip(row: RawRow) -> Nip:
    if "NIP BARU" in row.numeric:
        message = "NIP tersimpan sebagai angka sehingga digit terakhirnya hilang. Ekspor ulang sebagai teks."
        raise RowFault("NIP BARU", "nip_numeric", message, BKPSDM)
    try:
        return parse_nip(row.text("NIP BARU"))
    except NipFault as fault:
        raise RowFault("NIP BARU", fault.code, str(fault), SIASN) from fault


def _start(row: RawRow, office: str) -> date:
    """The assignment began at the later of TMT JABATAN and TMT CPNS (rules.md section 14)."""
    appointed = optional_date(row, "TMT CPNS", fix_by=office)
    in_post = optional_date(row, "TMT JABATAN", fix_by=office)
    if appointed and in_post:
        return max(appointed, in_post)
    return appointed or in_post or needed_date(row, "TMT JABATAN", fix_by=office)


def _unknown(row: RawRow, column: str, code: str) -> RowFault:
    text = row.text(column)
    message = f"{column} “{text[:60]}” tidak dikenal." if text else f"Kolom {column} kosong."
    return RowFault(column, code, message, SIASN)


def _sex(text: str) -> str:
    first = text[:1].upper()
    return {"M": "M", "L": "M", "F": "F", "P": "F"}.get(first, "")


def _warn(row: EmployeeRow, office: str, report: Report) -> None:
    nip, source = row.nip, row.source
    if not nip.has_likely_age:
        message = (
            f"Menurut NIP, usia saat diangkat {nip.age_at_appointment} tahun. Periksa NIP dan tanggal lahir."
        )
        report.warn(source, "NIP BARU", "age", message, office)
    stated = source.text("TANGGAL LAHIR")
    if parse_date(stated) != nip.birth_date:
        message = f"TANGGAL LAHIR “{stated[:40]}” tidak cocok dengan NIP; dipakai {nip.birth_date:%d-%m-%Y}."
        report.warn(source, "TANGGAL LAHIR", "birth_date", message, office)
    sex = _sex(source.text("JENIS KELAMIN"))
    if sex and nip.sex and sex != nip.sex:
        message = "JENIS KELAMIN berbeda dari angka ke-15 NIP; dipakai isi kolom."
        report.warn(source, "JENIS KELAMIN", "sex", message, office)
    if not grade_fits(row.kind, row.grade):
        message = f"Golongan “{source.text('GOL AKHIR NAMA')[:20]}” tidak lazim bagi {row.kind.label}."
        report.warn(source, "GOL AKHIR NAMA", "grade", message, SIASN)
    if not row.email and (source.text("EMAIL") or source.text("EMAIL GOV")):
        report.warn(source, "EMAIL", "email", "Alamat surel tidak benar; tidak dipakai.", office)
