"""The documents as their readers get them: read back by text, page by page."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from skp.documents import printing
from skp.enums import Approach
from tests.lib.pdfs import pages_of, text_of
from tests.skp import specimens
from tests.skp.specimens import printed


def test_d1_says_what_the_form_asks_for():
    text = text_of(printing.plan_pdf(printed(specimens.plan())))
    for words in (
        "SASARAN KINERJA PEGAWAI PENDEKATAN HASIL KERJA KUANTITATIF",
        "BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL",
        "KABUPATEN UJI DINAS PERTAMA",
        "1 JANUARI SD 31 DESEMBER TAHUN 2026",
        "NI PPPK 19900101 202321 1 004",
        "Plt. Kepala Bidang Mutasi",
        "Penata Tk. I (III/d)",
        "RENCANA HASIL KERJA PIMPINAN YANG DIINTERVENSI",
        "A. UTAMA",
        "B. TAMBAHAN",
        "Terbantunya panitia hari jadi",
        "Ekspektasi Khusus Pimpinan: Membimbing dua rekan baru.",
        "Telaga, 20 Januari 2026",
        "Nomor dokumen D1/2026/000123, revisi 2",
        "20 Januari 2026 pukul 10.05 WIB",
        "https://skp.example.go.id/verifikasi/abc/",
        "ab12" * 16,
    ):
        assert words in text
    assert text.count("Ekspektasi Khusus Pimpinan:") == 7
    assert text.count("Tersusunnya laporan kinerja") == 1
    assert "DRAF" not in text


def test_each_page_says_which_of_how_many_it_is():
    pages = pages_of(printing.plan_pdf(printed(specimens.hostile())))
    assert len(pages) > 3
    for number, text in enumerate(pages, start=1):
        assert f"halaman {number} dari {len(pages)}" in text
        assert "D1/2026/000123 · revisi 2 · sidik ab12ab12ab12ab12" in text


def test_a_long_table_repeats_its_head_and_the_signatures_stay_together():
    content = specimens.plan(main=[specimens.result(f"Hasil {number}", 4) for number in range(30)])
    pages = pages_of(printing.plan_pdf(printed(content)))
    with_results = [text for text in pages if "Hasil 2" in text or "Hasil 1" in text]
    assert len(with_results) > 2
    assert all("INDIKATOR KINERJA INDIVIDU" in text for text in with_results)
    signed = [text for text in pages if "Pejabat Penilai Kinerja" in text]
    assert len(signed) == 1
    assert "NIP 19800101 200501 2 001" in signed[0]
    assert "Pegawai yang Dinilai" in signed[0]


@pytest.mark.parametrize("results", [2, 3, 8, 14, 15])
def test_the_signs_of_the_issue_stand_with_the_signatures(results):
    content = specimens.plan(
        main=[specimens.result(f"Hasil {number}", 1 + number % 3) for number in range(results)]
    )
    *_, last = pages_of(printing.plan_pdf(printed(content)))
    assert "Nomor dokumen" in last
    assert "Pejabat Penilai Kinerja" in last


@pytest.mark.parametrize("approach", list(Approach))
@pytest.mark.parametrize("scheme", ["ja_jf", "jpt"])
@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("make", [specimens.plan, specimens.hostile, specimens.empty])
def test_every_form_bears_every_content(make, draft, scheme, approach):
    content = make() | {"scheme": scheme, "approach": approach.value}
    text = text_of(printing.plan_pdf(printed(content, draft=draft)))
    assert ("DRAF" in text) is draft
    assert ("Nomor dokumen" in text) is not draft
    assert approach.label.upper() in text


@pytest.mark.parametrize("length", [700, 1100, 1500, 1900, 2300, 2700])
@pytest.mark.parametrize("indicators", [1, 2, 4])
def test_a_text_of_any_length_finds_its_pages(length, indicators):
    long = (specimens.LONG * 2)[:length]
    first = specimens.result(long, indicators, parent=long)
    first["indicators"] = [item | {"text": long} for item in first["indicators"]]
    text = text_of(printing.plan_pdf(printed(specimens.plan(main=[first, specimens.result("Hasil akhir")]))))
    assert "Hasil akhir" in text
    assert "Pejabat Penilai Kinerja" in text


def test_hostile_texts_are_printed_as_they_were_written():
    pdf = printing.plan_pdf(printed(specimens.hostile()))
    assert not PdfReader(BytesIO(pdf)).attachments
    text = text_of(pdf).replace(" ", "")
    assert "<script>alert(1)</script>" in text
    assert "=1+1Jum'at" in text


def test_d2_has_perspectives_and_the_bupati_no_number():
    content = specimens.plan(scheme="jpt", appraiser=specimens.BUPATI)
    text = text_of(printing.plan_pdf(printed(content, "D2")))
    assert "BAGI PEJABAT PIMPINAN TINGGI DAN PIMPINAN UNIT KERJA MANDIRI" in text
    assert "PERSPEKTIF" in text
    assert "Proses bisnis" in text
    assert "DIINTERVENSI" not in text
    assert "H. BUPATI UJI" in text
    assert text.count("NIP") == 1
    assert "NIP –" in text


def test_d2_kualitatif_tells_measures_in_words():
    content = specimens.plan(scheme="jpt", approach="qualitative")
    text = text_of(printing.plan_pdf(printed(content, "D2")))
    assert "Ukuran keberhasilan/Indikator Kinerja Individu, Target, dan Perspektif:" in text


def test_a_plan_that_ends_by_transfer_prints_its_own_dates():
    content = specimens.plan(start="2026-01-01", last_day="2026-06-30")
    assert "1 JANUARI SD 30 JUNI TAHUN 2026" in text_of(printing.plan_pdf(printed(content)))


def test_d5_numbers_each_list_from_one():
    text = text_of(printing.appendix_pdf(printed(specimens.plan(), "D5")))
    assert "LAMPIRAN SASARAN KINERJA PEGAWAI" in text
    assert "DUKUNGAN SUMBER DAYA 1 Laptop dan jaringan 2 Anggaran perjalanan" in text
    assert "SKEMA PERTANGGUNGJAWABAN 1 Laporan setiap triwulan" in text
    assert "KONSEKUENSI 1 Pembinaan oleh atasan" in text


def test_d5_bears_long_and_empty_lists():
    assert "halaman 2 dari" in text_of(printing.appendix_pdf(printed(specimens.hostile(), "D5")))
    assert "KONSEKUENSI –" in text_of(printing.appendix_pdf(printed(specimens.empty(), "D5", draft=True)))


def test_d4_goes_on_in_a_further_table_and_is_signed_by_the_leader():
    text = text_of(printing.matrix_pdf(printed(specimens.matrix(8, 30), "D4")))
    assert "MATRIKS PEMBAGIAN PERAN DAN HASIL" in text
    assert "8. Hasil pimpinan 8" in text
    assert text.count("NAMA PEGAWAI") >= 4
    assert "Peran 30.7" in text
    assert text.count("BUDI SANTOSO") == 1
    assert "Ahli Pertama - Pranata Komputer" in text


def test_d4_of_a_leader_whom_nobody_serves_yet():
    assert "Belum ada" in text_of(printing.matrix_pdf(printed(specimens.matrix(2, 0), "D4")))


def test_d15_proves_time_and_content():
    content = specimens.plan(receipt="TT/2026/000004", received_at="2026-01-08T02:00:00+00:00")
    text = text_of(printing.receipt_pdf(printed(content, "D15")))
    assert "Nomor tanda terima TT/2026/000004" in text
    assert "8 Januari 2026 pukul 09.00 WIB" in text
    assert "cd34" * 16 in text
