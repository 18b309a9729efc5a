"""The documents of a score as their readers get them: read back by text, page by page."""

import re

import pytest

from assessments.documents import printing
from assessments.documents.curve import curve_path
from assessments.enums import OrgPerformance
from tests.assessments import specimens
from tests.assessments.specimens import band, evaluation, score, statement
from tests.lib.pdfs import pages_of, text_of
from tests.skp.specimens import printed


def marked(html: str) -> list[str]:
    """The words that apply, in the order of the document."""
    return re.findall(r"<b>([^<]*)</b>", html)


def test_d6_says_what_the_form_asks_for():
    text = text_of(printing.evaluation_pdf(printed(evaluation(), "D6")))
    for words in (
        "EVALUASI KINERJA PEGAWAI PENDEKATAN HASIL KERJA KUANTITATIF",
        "BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL PERIODE: TRIWULAN I/II/III/IV-AKHIR",
        "NI PPPK 19900101 202321 1 004",
        "PANGKAT/GOL. RUANG IX",
        "Plt. Kepala Bidang Mutasi",
        "CAPAIAN KINERJA ORGANISASI POLA DISTRIBUSI",
        "REALISASI BERDASARKAN BUKTI DUKUNG",
        "A. UTAMA",
        "13 laporan Bukti dukung: 2 Triwulan II: Percepat. Penilaian: Tercapai.",
        "UMPAN BALIK ATAS SELURUH RENCANA Triwulan I: Mulai lebih awal.",
        "Membimbing rekan. Nilai 105,00 Baik sekali.",
        "Telaga, 12 Januari 2027",
    ):
        assert words in text
    assert text.count("Memahami dan memenuhi kebutuhan masyarakat") == 1
    assert "Kategori nilai" not in text


def test_d6_strikes_through_what_does_not_apply():
    html = printing.evaluation_html(printed(evaluation(), "D6"))
    assert marked(html) == ["BAIK", "DI ATAS EKSPEKTASI", "SESUAI EKSPEKTASI", "BAIK"]
    assert "<s>TRIWULAN I</s>/<s>II</s>/<s>III</s>/<s>IV</s>-AKHIR" in html
    assert html.count("<svg") == 1


def test_d6_without_an_achievement_of_the_organisation_has_no_curve():
    html = printing.evaluation_html(printed(evaluation(org_performance=""), "D6"))
    assert "<svg" not in html
    assert "Belum ditetapkan" in html


@pytest.mark.parametrize(
    ("performance", "highest"),
    [("outstanding", 100), ("good", 75), ("needs_improvement", 50), ("poor", 25), ("very_poor", 0)],
)
def test_the_curve_is_highest_over_the_largest_class(performance, highest):
    numbers = [float(part) for part in re.findall(r"-?[\d.]+", curve_path(OrgPerformance(performance)))]
    # The start, then of each piece two controls and its end: the third pair of every three.
    ends = [(numbers[0], numbers[1]), *zip(numbers[6::6], numbers[7::6], strict=True)]
    assert [x for x, _ in ends] == [0, 25, 50, 75, 100]
    assert min(ends, key=lambda point: point[1])[0] == highest
    assert all(0 <= y <= 30 for _, y in ends)


def test_d7_has_five_numbered_blocks_and_dated_signatures():
    given = statement(received_on="2027-01-14", org_performance="outstanding")
    pages = pages_of(printing.statement_pdf(printed(given, "D7")))
    assert len(pages) == 1
    for words in (
        "DOKUMEN EVALUASI KINERJA PEGAWAI",
        "1 PEGAWAI YANG DINILAI NAMA BUDI SANTOSO NI PPPK 19900101 202321 1 004",
        "2 PEJABAT PENILAI KINERJA NAMA Dr. SITI AMINAH, S.H., M.Si. NIP",
        "3 ATASAN PEJABAT PENILAI KINERJA NAMA SURYA KADIS",
        "4 EVALUASI KINERJA CAPAIAN KINERJA ORGANISASI ISTIMEWA PREDIKAT KINERJA PEGAWAI BAIK",
        "NILAI AKHIR DAN KATEGORI NILAI 108,22 (Baik)",
        "5 CATATAN/REKOMENDASI Diikutkan pelatihan pengolahan data.",
        "Diterima Telaga, 14 Januari 2027",
        "Dibuat Telaga, 12 Januari 2027",
        "Atasan Pejabat Penilai Kinerja",
    ):
        assert words in pages[0]


def test_d7_without_numbers_names_the_predicate_alone():
    given = statement(category="", final="", national="needs_improvement")
    text = text_of(printing.statement_pdf(printed(given, "D7")))
    assert "PREDIKAT KINERJA PEGAWAI BUTUH PERBAIKAN" in text
    assert "KATEGORI NILAI" not in text
    assert "Diterima Telaga, ………" in text


def test_d8_of_ja_jf_has_thirteen_columns_foot_sums_and_a_second_sheet():
    first, second = pages_of(printing.score_pdf(printed(score(), "D8")))
    for words in (
        "RENCANA KINERJA ATASAN LANGSUNG RENCANA KINERJA ASPEK",
        "METODE CASCADING",
        "108,33 % Sangat Baik",
        "Tidak langsung (non- direct); nilai atasan 100,00",
        "Rata-rata nilai tertimbang kinerja utama 108,00",
        "Jumlah nilai kinerja tambahan (paling tinggi 10) 0,00",
        "NILAI AKHIR SKP 109,60",
    ):
        assert words in first
    for words in (
        "Sasaran Kinerja Pegawai 109,60 70 % 76,72",
        "Perilaku kerja 105,00 30 % 31,50",
        "108,22 Kategori nilai Baik",
        "Predikat kinerja Baik Predikat empat kata Baik Ide baru Tidak ada",
        "Rekomendasi Diikutkan pelatihan",
        "Pegawai yang Dinilai",
        "Atasan Pejabat Penilai Kinerja",
        "Nomor dokumen",
    ):
        assert words in second
    assert "sementara" not in second


def test_d8_of_jpt_goes_by_source_and_the_bupati_has_no_number():
    text = text_of(printing.score_pdf(printed(specimens.jpt_score(), "D8")))
    for words in (
        "PERSPEKTIF NO RENCANA KINERJA",
        "PERJANJIAN KINERJA (BOBOT 60 %)",
        "INISIATIF STRATEGIS (BOBOT 40 %)",
        "NIP –",
        "108,33 % Sangat Baik 117,78 116,00",
    ):
        assert words in text
    assert "METODE CASCADING" not in text


def test_d8_says_what_is_provisional_and_why_ratings_differ():
    given = score(provisional=True, rating_reason="Teguran tertulis", new_idea=True)
    text = text_of(printing.score_pdf(printed(given, "D8")))
    assert "Nilai sementara: nilai hasil kerja atasan belum tetap." in text
    assert "Alasan rating berbeda dari usulan Teguran tertulis" in text
    assert "Ide baru Ada, terbukti bermanfaat bagi organisasi" in text


@pytest.mark.parametrize(
    ("make", "head"),
    [
        (
            lambda: printing.evaluation_pdf(printed(evaluation(main=specimens.long_results()), "D6")),
            "REALISASI",
        ),
        (
            lambda: printing.score_pdf(
                printed(score(bands=[band("A. KINERJA UTAMA", *specimens.long_results())]), "D8")
            ),
            "METODE",
        ),
    ],
    ids=["D6", "D8"],
)
def test_twenty_long_results_repeat_the_head_and_keep_the_signatures_together(make, head):
    pages = pages_of(make())
    with_results = [text for text in pages if "Biaya" in text]
    assert len(with_results) > 5
    assert all(head in text for text in with_results)
    # No result is torn: each page has as many last aspects as first ones.
    assert all(text.count("Kuantitas") == text.count("Biaya") for text in with_results)
    for number, text in enumerate(pages, start=1):
        assert f"halaman {number} dari {len(pages)}" in text
    signed = [text for text in pages if "Pegawai yang Dinilai" in text]
    assert len(signed) == 1
    assert "Nomor dokumen" in signed[0]


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("kind", ["D6", "D7", "D8"])
def test_hostile_and_empty_contents_are_borne(kind, draft):
    hostile, empty = specimens.hostile_head(), specimens.empty_head()
    bad = specimens.hostile_result()
    given = {
        "D6": (evaluation(main=[bad], **hostile), evaluation(main=[], behaviours=[], **empty)),
        "D7": (statement(**hostile), statement(**empty)),
        "D8": (score(bands=[band("A", bad)], **hostile), score(bands=[band("A")], **empty)),
    }[kind]
    make = {"D6": printing.evaluation_pdf, "D7": printing.statement_pdf, "D8": printing.score_pdf}[kind]
    for content in given:
        text = text_of(make(printed(content, kind, draft=draft)))
        assert ("DRAF – belum disampaikan" in text) is draft
        assert ("Nomor dokumen" in text) is not draft
    said = text_of(make(printed(given[0], kind, draft=draft))).replace(" ", "")
    assert "<script>alert(1)</script>" in said
    assert "<b>NAMASANGATPANJANG" in said
