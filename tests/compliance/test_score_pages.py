"""Pages and files of the results: who opens them, filters, sorting, links, what they explain."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from config.lib import clock
from skp.services.periods import period_create
from skp.settings import PlanSettings
from tests.assessments.reports import delivered, in_force, reported, scored
from tests.compliance.year_results import crowd, two_opds, year_result
from tests.people import People
from tests.skp.drafts import JANUARY, SCORING, period_2026

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(people: People, monkeypatch):
    """Two OPD with results; the clock stands in January 2027."""
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    made = period_2026()
    two_opds(people, made)
    return made


def get(person, name: str, query: str = "", status: int = 200, args: tuple[object, ...] = ()):
    client = Client()
    client.force_login(person.user)
    answer = client.get(reverse(f"compliance:{name}", args=args) + query)
    assert answer.status_code == status
    return answer


def page(person, name: str, query: str = "", status: int = 200, args: tuple[object, ...] = ()) -> str:
    return get(person, name, query, status, args).content.decode()


def sheet(answer) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))


def opds_of(text: str) -> list[str]:
    return re.findall(r'<th scope="row">(?:<a [^>]+>)?([^<]+)<', text)


@pytest.mark.parametrize("name", ["scores", "scored", "spread"])
@pytest.mark.parametrize("who", ["owner", "stranger", "acting_member"])
def test_without_a_duty_there_is_no_board(people: People, period, who, name):
    page(getattr(people, who), name, status=404)


def test_the_board_sorts_both_ways_and_by_name_without_a_wish(people: People, period):
    admin = people.bkpsdm_admin
    plain = ["Dinas Kedua", "Dinas Pertama", "Sekretariat Daerah", "Jumlah"]
    assert opds_of(page(admin, "scores")) == plain
    for column, first in {
        "wajib": "Sekretariat Daerah",
        "-wajib": "Dinas Pertama",
        "-dinilai": "Dinas Pertama",
        "-persen": "Dinas Pertama",
        "rata": "Sekretariat Daerah",
        "-rata": "Dinas Pertama",
        "-belum": "Dinas Kedua",
        "-sementara": "Dinas Pertama",
        "-nilai": "Dinas Pertama",
        "-akhir": "Dinas Pertama",
        "-satisfactory": "Dinas Pertama",
        "-opd": "Sekretariat Daerah",
        "nonsense": "Dinas Kedua",
    }.items():
        text = page(admin, "scores", f"?urut={column}")
        assert opds_of(text)[0] == first, column
        assert opds_of(text)[-1] == "Jumlah"


def test_a_row_tells_the_numbers_and_the_three_predicates(people: People, period):
    row = page(people.bkpsdm_admin, "scores").split("<tbody>")[1].split("</tr>")[1]
    cells = [
        re.sub(r"<[^>]+>", " ", cell).split() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
    ]
    assert cells == [
        ["Dinas", "Pertama"],
        ["Baik"],
        ["Baik"],
        ["Baik"],
        ["4"],
        ["3"],
        ["75,0", "%"],
        ["91,67", "3", "dari", "4"],
        ["1"],
        ["1"],
        ["1"],
        ["1"],
        ["0"],
    ]


def test_the_strip_counts_final_predicates_and_narrows(people: People, period):
    admin = people.bkpsdm_admin
    crowd(people.setda, period, "100", "", "")
    strip = re.findall(r'</svg>([A-Za-z ]+)</span> <span class="count">(\d+)</span>', page(admin, "scores"))
    assert strip == [
        ("Memuaskan", "0"),
        ("Baik", "1"),
        ("Buruk", "0"),
        ("Sangat Buruk", "1"),
        ("Belum cukup data", "1"),
    ]
    assert opds_of(page(admin, "scores", "?predikat=good")) == ["Dinas Pertama"]
    assert opds_of(page(admin, "scores", "?predikat=belum")) == ["Sekretariat Daerah"]
    assert opds_of(page(admin, "scores", "?cari=dinas+k")) == ["Dinas Kedua"]
    assert "Tidak ada OPD yang cocok." in page(admin, "scores", "?predikat=bad")


@pytest.mark.parametrize("query", ["?predikat=superb", "?tahun=1999", "?tahun=x", "?cari=" + "x" * 101])
def test_a_wrong_filter_is_told_and_gives_no_file(people: People, period, query):
    assert "Perlu diperbaiki" in page(people.bkpsdm_admin, "scores", query, status=422)
    get(people.bkpsdm_admin, "scores_file", query, status=404, args=("xlsx",))


def test_numbers_lead_to_their_people(people: People, period):
    text = page(people.bkpsdm_admin, "scores")
    links = re.findall(r'href="(/papan/nilai/orang/[^"]+)">(\d+)<', text)
    assert len(links) == 12
    client = Client()
    client.force_login(people.bkpsdm_admin.user)
    for address, number in links:
        listed = client.get(address.replace("&amp;", "&")).content.decode()
        assert listed.count('data-label="Keadaan"') == int(number), address


def test_an_opd_admin_sees_status_and_no_result(people: People, period):
    text = page(people.opd_admin, "scores")
    assert "Hasil 3 pegawai tidak ditampilkan di sini" in text
    assert "91,67" not in text
    assert "predikat=" not in text.split("<table")[1]
    listed = page(people.opd_admin, "scored", f"?opd={people.opd.pk}")
    row = next(part for part in listed.split("<tr>") if "BUDI PELAKSANA" in part)
    assert "Sudah dinilai" in row
    assert "60,00" not in row
    assert "Buruk" not in row
    assert f"/penilaian/hasil/{people.owner.employee.pk}/" not in row
    assert "Tidak ada pegawai pada pilihan ini." in page(people.opd_admin, "scored", "?predikat=bad")
    rows = sheet(get(people.opd_admin, "opd_recap_file", args=(people.opd.pk,)))
    # None of them has a plan: their years were only written down.
    assert [row[5] for row in rows[1:]] == ["Belum ada SKP"] * 4
    assert [bool(row[11]) for row in rows[1:]].count(True) == 1
    assert {cell for row in rows[1:] for cell in row[6:11]} == {None}


def test_the_people_list_shows_results_to_those_who_read_them(people: People, period):
    listed = page(people.appraiser, "scored")
    row = next(part for part in listed.split("<tr>") if "BUDI PELAKSANA" in part)
    assert "60,00" in row
    assert "Butuh Perbaikan" in row
    assert f"/penilaian/hasil/{people.owner.employee.pk}/" in row
    unit = page(people.superior, "scored", f"?opd={people.opd.pk}&unit={people.division.pk}")
    assert "Hanya unit: Bidang Satu." in unit
    assert unit.count('data-label="Keadaan"') == 2
    kinds = page(people.superior, "scored", "?jenis=pppk")
    assert "Tidak ada pegawai pada pilihan ini." in kinds


@pytest.mark.parametrize("query", ["?opd=999999", "?yang=selesai", "?predikat=x", "?tahun=1999", "?jenis=x"])
def test_a_wrong_choice_of_people_is_told(people: People, period, query):
    page(people.opd_admin, "scored", query, status=422)
    get(people.opd_admin, "scored_file", query, status=404, args=("csv",))


def test_another_opd_cannot_be_asked_for(people: People, period):
    page(people.opd_admin, "scored", f"?opd={people.other_opd.pk}", status=422)
    page(people.opd_admin, "opd_scores", status=404, args=(people.other_opd.pk,))
    page(people.opd_admin, "opd_recap_file", status=404, args=(people.other_opd.pk,))


def test_the_list_has_pages(people: People, period, monkeypatch):
    monkeypatch.setattr("compliance.views.scored.PEOPLE_PAGE", 2)
    first = page(people.bkpsdm_admin, "scored")
    assert first.count('data-label="Keadaan"') == 2
    assert "1–2 dari 6 orang" in first


def test_how_the_number_of_an_opd_is_worked_out(people: People, period):
    text = page(people.leader, "opd_scores", args=(people.opd.pk,))
    assert "Bagaimana angka ini dihitung?" in text
    assert "Hasil seluruh bagian tahunnya sudah disampaikan: 3 dari 4." in text
    assert "Jumlah nilai akhir 275 dibagi 3 pegawai. 1 pegawai wajib tidak dihitung" in text
    assert "Memuaskan mulai 110, Baik mulai 90, Buruk mulai 50, di bawahnya Sangat Buruk." in text
    assert "Yang lebih rendah dari keduanya: Baik menurut nilai, Baik menurut persen." in text
    assert "Menurut persen: 1 pegawai lagi dinilai sampai Memuaskan." in text
    assert "Menurut nilai: rata-rata kurang 18,33 sampai Memuaskan." in text
    assert "yang=tidak-dihitung" in text
    assert text.count('<svg class="chart__drawing"') == 2


def test_an_opd_with_too_few_scored_says_how_many_are_missing(people: People, period):
    crowd(people.setda, period, "100", "", "", "")
    text = page(people.leader, "opd_scores", args=(people.setda.pk,))
    assert "Kurang dari setengah pegawai wajib sudah dinilai." in text
    assert "Agar cukup data: 1 pegawai lagi dinilai." in text


def test_the_quadrant_s_predicate_is_worked_out_from_the_middle(people: People, period):
    period.regime = "quadrant"
    period.save(update_fields=["regime"])
    text = page(people.leader, "opd_scores", args=(people.opd.pk,))
    assert "Sangat Baik 1, Baik 1, Butuh Perbaikan 1." in text
    assert ">Baik</td>" in text
    assert "Rata-rata" not in text
    assert "Menurut nilai: predikat 1 pegawai lagi perlu naik sampai Memuaskan." in text


def test_scores_only_is_told(people: People, period):
    period.settings_text = PlanSettings(opd_scores_only=True).to_text()
    period.save(update_fields=["settings_text"])
    assert "Menurut nilai saja" in page(people.leader, "opd_scores", args=(people.opd.pk,))


def test_a_part_of_an_opd_has_numbers_and_no_predicate(people: People, period):
    text = page(people.appraiser, "opd_scores", args=(people.opd.pk,))
    assert "Rata-rata nilai" in text
    assert "Predikat akhir" not in text
    assert "Sampai predikat berikutnya" not in text


def test_the_distribution_is_drawn_with_its_numbers(people: People, period):
    text = page(people.bkpsdm_admin, "spread")
    assert "Memuaskan 1 · Baik 1 · Buruk 1 · Sangat Buruk 1" in text
    assert "Lihat angka" in text
    kinds = page(people.bkpsdm_admin, "spread", "?menurut=jenis")
    assert "Sangat Buruk 2" in kinds
    page(people.bkpsdm_admin, "spread", "?menurut=x", status=422)
    few = page(people.opd_admin, "spread")
    assert "Belum ada yang dapat digambar." in few
    assert "Hasil 3 pegawai tidak ditampilkan" in few


def test_the_files_hold_the_rows_of_the_page_in_their_order(people: People, period):
    answer = get(people.bkpsdm_admin, "scores_file", "?urut=-wajib&cari=dinas", args=("xlsx",))
    assert answer["Content-Disposition"] == 'attachment; filename="hasil-2026.xlsx"'
    rows = sheet(answer)
    assert rows[1] == ("Dinas Pertama", 4, 3, 75, 91.67, 3, 1, 1, 1, 1, 1, 0, "Baik", "Baik", "Baik")
    assert rows[2][:6] == ("Dinas Kedua", 2, 1, 50, 40, 1)
    text = get(people.opd_admin, "scores_file", args=("csv",)).content.decode("utf-8-sig")
    [row] = list(csv.reader(StringIO(text, newline=""), delimiter=";"))[1:]
    assert row == ["Dinas Pertama", "4", "3", "75,00", "", "3", "1", *[""] * 5, "Baik", "", ""]
    get(people.opd_admin, "scores_file", status=404, args=("pdf",))


def test_the_people_s_file_keeps_names_as_text(people: People, period):
    people.owner.employee.name = "=HYPERLINK(1)"
    people.owner.employee.save(update_fields=["name"])
    answer = get(people.superior, "scored_file", args=("xlsx",))
    rows = sheet(answer)
    assert rows[1][1] == "=HYPERLINK(1)"
    assert rows[1][0] == people.owner.employee.nip
    assert rows[1][7:] == (60, "Butuh Perbaikan", "Buruk")
    book = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert book["B2"].data_type == "s"
    late = get(people.superior, "scored_file", "?predikat=bad", args=("csv",)).content.decode()
    assert "'=HYPERLINK(1)" in late
    assert "DEWI KABID" not in late


def test_the_recapitulation_of_an_opd_has_the_parts_of_the_score(people: People, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    skp = in_force(people)
    made = scored(people, reported(people, skp))
    delivered(people, made.assessment)
    year_result(people.owner, skp.period, "100")
    rows = sheet(get(people.bkpsdm_admin, "opd_recap_file", args=(people.opd.pk,)))
    assert rows[0] == (
        *("NO", "NAMA", "NIP", "GOL", "JABATAN", "STATUS SKP", "NILAI SKP", "PERILAKU", "NKP"),
        *("PREDIKAT", "PREDIKAT 4", "KET"),
    )
    employee = people.owner.employee
    assert rows[1:] == [
        (
            1,
            employee.full_name,
            employee.nip,
            employee.grade or None,
            people.owner.post.position_title,
            "Disampaikan",
            float(made.skp_value),
            100,
            100,
            "Baik",
            "Baik",
            None,
        )
    ]


def test_the_regency_s_recapitulation(people: People, period):
    rows = sheet(get(people.leader, "recap_file"))
    assert rows[0][:8] == (
        *("NO", "OPD", "WAJIB", "SUDAH SKP", "% SKP", "SUDAH DINILAI", "% DINILAI", "RATA-RATA"),
    )
    assert rows[2] == (2, "Dinas Pertama", 4, 0, 0, 3, 75, 91.67, 1, 1, 1, 1, 0, "Baik")
    assert rows[3] == (3, "Sekretariat Daerah", 0, 0, None, 0, None, None, 0, 0, 0, 0, 0, None)
    papers = f'href="{reverse("compliance:recaps")}?tahun=2026"'
    assert papers in page(people.leader, "scores")
    assert papers not in page(people.opd_admin, "scores")
    get(people.opd_admin, "recap_file", status=404)


def test_last_year_is_shown_until_this_year_is_judged(people: People, period):
    period_create(actor=None, year=2027, now=SCORING)
    text = page(people.bkpsdm_admin, "scores")
    assert "Tahun 2026" in text
    assert "Anda melihat tahun" not in text
    later = page(people.bkpsdm_admin, "scores", "?tahun=2027")
    assert "Anda melihat tahun 2027." in later
    assert "Belum ada hasil pada tahun ini." in later
    assert "<table" not in later


def test_without_a_period_the_board_says_what_comes(people: People, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: JANUARY)
    assert "Belum ada periode." in page(people.bkpsdm_admin, "scores")
    for name, args in (("scored", ()), ("spread", ()), ("recap_file", ()), ("scores_file", ("xlsx",))):
        page(people.bkpsdm_admin, name, status=404, args=args)
