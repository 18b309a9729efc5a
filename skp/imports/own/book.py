"""The template workbook: the draft as it stands, the superior's results with their codes, what to write."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from config.lib.xlsx import CellValue, Table, workbook
from skp.content import IndicatorContent, ResultContent
from skp.enums import Approach, Direction, ResultKind, Scheme
from skp.imports.own.draft import OwnDraft
from skp.imports.reading import (
    AGREEMENT,
    ASPECTS,
    DIRECTIONS,
    EXPECTATION,
    KINDS,
    METHODS,
    PERSPECTIVES,
    SOURCES,
)

Word = TypeVar("Word")
GUIDE = {
    "KODE RHK": "Kode bebas untuk hasil kerja baru, misalnya 1 atau A. Ulangi kode dan isinya pada setiap "
    "baris indikator dari hasil kerja yang sama. Kode yang sudah ada jangan diubah.",
    "JENIS": "utama atau tambahan",
    "RENCANA HASIL KERJA": "Hasil, bukan kegiatan. Contoh: Tersusunnya laporan kinerja triwulanan",
    "KODE RHK ATASAN": "Kode dari lembar “Hasil atasan”, atau kalimatnya",
    "METODE CASCADING": "direct atau non-direct",
    "SUMBER": "perjanjian kinerja atau inisiatif strategis",
    "PERSPEKTIF": "penerima layanan, proses bisnis, penguatan internal, atau anggaran",
    AGREEMENT: "Sasaran pada perjanjian kinerja",
    "ASPEK": "kuantitas, kualitas, waktu, atau biaya. Satu baris satu indikator, paling banyak empat",
    "INDIKATOR KINERJA INDIVIDU": "Ukuran keberhasilan. Contoh: Jumlah laporan yang selesai",
    "TARGET MIN": "Angka. Target tunggal cukup ditulis di sini",
    "TARGET MAX": "Angka; diisi bila targetnya rentang",
    "SATUAN": "Satuan target, misalnya laporan atau persen",
    "ARAH": "normal, atau khusus bila makin kecil makin baik",
    EXPECTATION: "Ekspektasi dalam kalimat",
    "LINGKUP": "Hanya hasil tambahan: 1 dalam unit kerja, 2 antarunit kerja, 3 antarinstansi",
    "PEMBERI TUGAS": "Hanya hasil tambahan; kosong berarti pejabat penilai Anda",
}
WIDTHS = {"RENCANA HASIL KERJA": 50, "INDIKATOR KINERJA INDIVIDU": 40, AGREEMENT: 40, EXPECTATION: 50}


def own_workbook(draft: OwnDraft) -> bytes:
    """The .xlsx to fill in and upload; the second and third sheet are only read."""
    columns = own_columns(draft.content.scheme, draft.content.approach)
    above = (
        (draft.codes[row.result_id], row.text, "berlaku" if row.agreed else "masih draf")
        for row in draft.linkable
    )
    return workbook(
        [
            Table("Rencana", columns, _rows(draft, columns), [WIDTHS.get(name, 18) for name in columns]),
            Table("Hasil atasan", ("KODE", "HASIL KERJA ATASAN", "KEADAAN"), above, (18, 80, 14)),
            Table("Petunjuk", ("KOLOM", "ISI"), [(name, GUIDE[name]) for name in columns], (30, 90)),
        ]
    )


def own_columns(scheme: Scheme, approach: Approach) -> tuple[str, ...]:
    """The columns that fit the plan, in the offices' order."""
    leader = ("KODE RHK ATASAN", "SUMBER", "PERSPEKTIF", AGREEMENT)
    measured = ("TARGET MIN", "TARGET MAX", "SATUAN", "ARAH")
    return (
        *("KODE RHK", "JENIS", "RENCANA HASIL KERJA"),
        *(leader if scheme == Scheme.JPT else ("KODE RHK ATASAN", "METODE CASCADING")),
        *("ASPEK", "INDIKATOR KINERJA INDIVIDU"),
        *(measured if approach == Approach.QUANTITATIVE else (EXPECTATION,)),
        *("LINGKUP", "PEMBERI TUGAS"),
    )


def _rows(draft: OwnDraft, columns: tuple[str, ...]) -> Iterator[list[CellValue]]:
    for result in draft.content.results:
        cells = _result_cells(draft, result)
        for item in result.indicators or (None,):
            row = cells | (_indicator_cells(item) if item is not None else {})
            yield [row.get(name) for name in columns]


def _result_cells(draft: OwnDraft, result: ResultContent) -> dict[str, CellValue]:
    additional = result.kind == ResultKind.ADDITIONAL
    return {
        "KODE RHK": draft.codes[result.result_id],
        "JENIS": _word(KINDS, result.kind),
        "RENCANA HASIL KERJA": result.text,
        "KODE RHK ATASAN": draft.parent_code(result),
        "METODE CASCADING": _word(METHODS, result.cascade_method),
        "SUMBER": _word(SOURCES, result.source),
        "PERSPEKTIF": _word(PERSPECTIVES, result.perspective),
        AGREEMENT: result.agreement_text,
        "LINGKUP": result.scope if additional else None,
        "PEMBERI TUGAS": result.assigned_by if additional else None,
    }


def _indicator_cells(item: IndicatorContent) -> dict[str, CellValue]:
    # A target of 0 where more is better has not been written yet.
    lacks = item.target_max == 0 and item.direction == Direction.NORMAL
    return {
        "ASPEK": _word(ASPECTS, item.aspect),
        "INDIKATOR KINERJA INDIVIDU": item.text,
        "TARGET MIN": None if lacks else item.target_min,
        "TARGET MAX": None if lacks else item.target_max,
        "SATUAN": item.unit,
        "ARAH": _word(DIRECTIONS, item.direction),
        EXPECTATION: item.target_text,
    }


def _word(words: Mapping[str, Word], value: Word | None) -> str:
    """The first word that is read as this value; empty for none."""
    return next((word.lower() for word, meant in words.items() if meant == value), "")
