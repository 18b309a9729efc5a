"""Pages and files of the board: filters, order, links, and the same set in every shape."""

import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from compliance.models import Snapshot
from compliance.services.snapshots import snapshots_take
from config.lib import clock
from skp.models import Duty
from skp.services.periods import period_create
from tests.compliance.duties import CLOSE, SENT, bare_period, duty
from tests.people import NOW, People

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(people: People, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return bare_period()


@pytest.fixture
def duties(people: People, period):
    """Dinas Pertama: three of four; Setda one of one; Dinas Kedua none of one."""
    for person in (people.superior, people.appraiser, people.acting_member, people.bkpsdm_admin):
        duty(person, period, fulfilled=SENT)
    duty(people.owner, period)
    duty(people.stranger, period)
    return period


def get(person, name: str, query: str = "", status: int = 200, args: tuple[object, ...] = ()):
    client = Client()
    client.force_login(person.user)
    answer = client.get(reverse(f"compliance:{name}", args=args) + query)
    assert answer.status_code == status
    return answer


def page(person, name: str, query: str = "", status: int = 200, args: tuple[object, ...] = ()) -> str:
    return get(person, name, query, status, args).content.decode()


def opds_of(text: str) -> list[str]:
    return re.findall(r'<th scope="row">(?:<a [^>]+>)?([^<]+)<', text)


PLANNING = "?tahap=planning"


def test_the_board_sorts_by_every_column_both_ways(people: People, duties):
    admin = people.bkpsdm_admin
    plain = ["Dinas Kedua", "Dinas Pertama", "Sekretariat Daerah", "Jumlah"]
    assert opds_of(page(admin, "board", PLANNING)) == plain
    for column, first in {
        "wajib": "Dinas Kedua",
        "-wajib": "Dinas Pertama",
        "-sudah": "Dinas Pertama",
        "persen": "Dinas Kedua",
        "-persen": "Sekretariat Daerah",
        "predikat": "Dinas Kedua",
        "-predikat": "Sekretariat Daerah",
        "telat": "Sekretariat Daerah",
        "-opd": "Sekretariat Daerah",
        "-perubahan": "Dinas Kedua",
        "-beku": "Dinas Kedua",
        "-disepakati": "Dinas Kedua",
        "nonsense": "Dinas Kedua",
    }.items():
        text = page(admin, "board", f"{PLANNING}&urut={column}")
        assert opds_of(text)[0] == first, column
        assert opds_of(text)[-1] == "Jumlah"


def test_the_strip_counts_opd_and_narrows(people: People, duties):
    admin = people.bkpsdm_admin
    text = page(admin, "board", PLANNING)
    strip = re.findall(r'</svg>([A-Za-z ]+)</span> <span class="count">(\d+)</span>', text)
    assert strip == [("Memuaskan", "1"), ("Baik", "1"), ("Buruk", "0"), ("Sangat Buruk", "1")]
    assert opds_of(page(admin, "board", f"{PLANNING}&predikat=good")) == ["Dinas Pertama"]
    assert opds_of(page(admin, "board", f"{PLANNING}&cari=dinas+k")) == ["Dinas Kedua"]
    assert "Tidak ada OPD yang cocok." in page(admin, "board", f"{PLANNING}&predikat=bad")


def test_without_a_choice_the_stage_that_matters_now_is_shown(people: People, duties):
    text = page(people.bkpsdm_admin, "board")
    assert "Pemantauan triwulan 1 2026" in text
    assert "Belum ada pegawai wajib pada tahap ini." in text
    # A search keeps the stage that was shown.
    text = page(people.bkpsdm_admin, "board", "?cari=dinas")
    assert '<option value="monitoring-1" selected>' in text
    assert '<option value="planning" selected>' in page(people.bkpsdm_admin, "board", PLANNING)


@pytest.mark.parametrize(
    "query", ["?predikat=superb", "?tahun=1999", "?tahap=x", "?cari=" + "x" * 101, "?tahap=monitoring-9"]
)
def test_a_wrong_filter_is_told_and_gives_no_file(people: People, duties, query):
    assert "Perlu diperbaiki" in page(people.bkpsdm_admin, "board", query, status=422)
    get(people.bkpsdm_admin, "board_file", query, status=404, args=("xlsx",))


def test_numbers_lead_to_their_people(people: People, duties):
    text = page(people.bkpsdm_admin, "board", PLANNING)
    links = re.findall(r'href="(/papan/orang/[^"]+)">(\d+)<', text)
    assert len(links) == 10
    client = Client()
    client.force_login(people.bkpsdm_admin.user)
    for address, number in links:
        listed = client.get(address.replace("&amp;", "&")).content.decode()
        assert listed.count('data-label="Keadaan"') == int(number), address


def test_an_opd_opens_by_unit_and_a_unit_by_people(people: People, duties):
    text = page(people.opd_admin, "opd", PLANNING, args=(people.opd.pk,))
    assert opds_of(text) == ["Bidang Dua", "Bidang Satu", "Dinas Pertama", "Jumlah"]
    assert (
        opds_of(page(people.opd_admin, "opd", f"{PLANNING}&urut=persen", args=(people.opd.pk,)))[0]
        == "Bidang Satu"
    )
    query = f"{PLANNING}&opd={people.opd.pk}&unit={people.division.pk}"
    listed = page(people.opd_admin, "people", query)
    assert "Hanya unit: Bidang Satu." in listed
    assert {"DEWI KABID", "BUDI PELAKSANA"} == set(
        re.findall(r"DEWI KABID|BUDI PELAKSANA|SURYA KADIS", listed)
    )
    page(people.opd_admin, "opd", PLANNING, status=404, args=(people.other_opd.pk,))


def test_an_opd_in_which_nobody_is_obliged_is_no_link(people: People, duties):
    text = page(people.bkpsdm_admin, "board", PLANNING)
    assert f"/papan/opd/{people.setda.pk}/" in text
    Duty.objects.filter(opd=people.setda).delete()
    text = page(people.bkpsdm_admin, "board", PLANNING)
    assert "Sekretariat Daerah" in text
    assert f"/papan/opd/{people.setda.pk}/" not in text


def test_a_unit_one_may_not_see_tells_neither_people_nor_its_name(people: People, duties):
    listed = page(people.opd_admin, "people", f"{PLANNING}&unit={people.other_division.pk}")
    assert "Tidak ada pegawai pada pilihan ini." in listed
    assert "Bidang Tiga" not in listed


@pytest.mark.parametrize("query", ["?opd=999999", "?yang=x", "?unit=x", "?tahap=x"])
def test_a_wrong_choice_of_people_is_told(people: People, duties, query):
    page(people.opd_admin, "people", query, status=422)
    get(people.opd_admin, "people_file", query, status=404, args=("csv",))


def test_another_opd_cannot_be_asked_for(people: People, duties):
    query = f"{PLANNING}&opd={people.other_opd.pk}"
    page(people.opd_admin, "people", query, status=422)
    get(people.opd_admin, "people_file", query, status=404, args=("xlsx",))


def test_the_list_has_pages(people: People, duties, monkeypatch):
    monkeypatch.setattr("compliance.views.people.PEOPLE_PAGE", 2)
    first = page(people.bkpsdm_admin, "people", PLANNING)
    assert first.count('data-label="Keadaan"') == 2
    assert "1–2 dari 6 orang" in first
    assert page(people.bkpsdm_admin, "people", f"{PLANNING}&halaman=3").count('data-label="Keadaan"') == 2


def test_the_workbook_holds_the_rows_of_the_page_in_their_order(people: People, duties):
    answer = get(people.bkpsdm_admin, "board_file", f"{PLANNING}&urut=-wajib&cari=dinas", args=("xlsx",))
    assert answer["Content-Disposition"] == 'attachment; filename="papan-planning-2026.xlsx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    book = load_workbook(BytesIO(answer.content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:7] == (
        "OPD",
        "Wajib",
        "Sudah memenuhi",
        "Disepakati",
        "Terlambat",
        "Persen",
        "Predikat sementara",
    )
    assert [row[:7] for row in rows[1:]] == [
        ("Dinas Pertama", 4, 3, 0, 1, 75, "Baik"),
        ("Dinas Kedua", 1, 0, 0, 1, 0, "Sangat Buruk"),
    ]
    # What is not known is empty, not 0.
    assert rows[1][7:] == (None,) * 4
    notes = dict(book.worksheets[1].iter_rows(values_only=True))
    assert notes["Tahap"] == "Perencanaan 2026"


def test_the_csv_holds_the_same(people: People, duties):
    answer = get(people.opd_admin, "board_file", PLANNING, args=("csv",))
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row[:7] for row in rows[1:]] == [["Dinas Pertama", "4", "3", "0", "1", "75,00", "Baik"]]
    get(people.opd_admin, "board_file", PLANNING, status=404, args=("pdf",))


def test_the_people_s_file_holds_everybody_of_the_list_and_nobody_else(people: People, duties, monkeypatch):
    monkeypatch.setattr("compliance.views.people.PEOPLE_PAGE", 1)
    people.owner.employee.name = "=HYPERLINK(1)"
    people.owner.employee.save(update_fields=["name"])
    answer = get(people.opd_admin, "people_file", PLANNING, args=("xlsx",))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == ["=HYPERLINK(1)", "DEWI KABID", "LINA STAF", "SURYA KADIS"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} == {"s"}
    assert rows[1][0] == people.owner.employee.nip
    assert rows[1][4:7] == ("Terlambat", None, "31 Januari 2026 pukul 23.59 WIB")
    late = get(people.opd_admin, "people_file", f"{PLANNING}&yang=telat", args=("csv",)).content.decode()
    assert "'=HYPERLINK(1)" in late
    assert "DEWI KABID" not in late


def test_an_earlier_year_cannot_be_missed(people: People, duties, monkeypatch):
    later = NOW.replace(year=2027)
    monkeypatch.setattr(clock, "now", lambda: later)
    period_create(actor=None, year=2027, now=later)
    earlier = page(people.bkpsdm_admin, "board", "?tahun=2026&tahap=planning")
    assert "Anda melihat tahun 2026." in earlier
    assert "tahun=2026&amp;tahap=planning&amp;yang=wajib" in earlier


def test_without_a_period_the_board_says_what_comes(people: People, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    assert "Belum ada periode." in page(people.bkpsdm_admin, "board")
    for name, args in (("people", ()), ("summary", ()), ("board_file", ("xlsx",)), ("opd", (people.opd.pk,))):
        page(people.bkpsdm_admin, name, status=404, args=args)


def test_the_frozen_figure_stands_beside_the_live_one_and_opens(people: People, duties):
    snapshots_take(now=CLOSE)
    Duty.objects.filter(employee=people.owner.employee).update(fulfilled_at=NOW - timedelta(days=1))
    taken = Snapshot.objects.get(kind="deadline", stage="planning")
    text = page(people.opd_admin, "board", PLANNING)
    row = text.split("<tbody>")[1].split("</tr>")[0]
    assert "100,0" in row
    assert "75,0" in row
    assert f"/papan/beku/{taken.pk}/" in text
    frozen = page(people.opd_admin, "snapshot", args=(taken.pk,))
    assert "Potret beku 31 Januari 2026" in frozen
    assert opds_of(frozen) == ["Dinas Pertama"]
    assert "Dinas Kedua" not in frozen
    listed = page(people.opd_admin, "snapshot_people", "?yang=telat", args=(taken.pk,))
    assert re.findall(r"BUDI PELAKSANA|DEWI KABID|NANDA ASING", listed) == ["BUDI PELAKSANA"]
    page(people.opd_admin, "snapshot_people", f"?opd={people.other_opd.pk}", status=422, args=(taken.pk,))
    daily = Snapshot.objects.filter(kind="daily").first()
    page(people.opd_admin, "snapshot", status=404, args=(daily.pk,))


def test_the_workbook_holds_the_frozen_figures_too(people: People, duties):
    snapshots_take(now=CLOSE)
    answer = get(people.opd_admin, "board_file", PLANNING, args=("xlsx",))
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[1][8:] == (4, 3, "Baik")
