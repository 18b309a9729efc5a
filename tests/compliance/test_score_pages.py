"""Pages of the board: who opens them, filters, sorting, links."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from config.lib import clock
from skp.services.periods import period_create
from tests.assessments.reports import reported, scored
from tests.people import People
from tests.skp.drafts import JANUARY, SCORING, drafted, period_2026

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(people: People, monkeypatch):
    """The owner's plan scored Baik, the stranger's a draft; the clock stands in January 2027."""
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    made = scored(people, reported(people))
    drafted(people.stranger, made.assessment.skp.period)
    return made.assessment.skp.period


def page(person, name: str, query: str = "", status: int = 200) -> str:
    client = Client()
    client.force_login(person.user)
    answer = client.get(reverse(f"compliance:{name}") + query)
    assert answer.status_code == status
    return answer.content.decode()


def opds_of(text: str) -> list[str]:
    return re.findall(r'<th scope="row">([^<]+)</th>', text)


@pytest.mark.parametrize("name", ["scores", "scored"])
@pytest.mark.parametrize("who", ["owner", "stranger", "acting_member"])
def test_without_a_duty_there_is_no_board(people: People, year, who, name):
    page(getattr(people, who), name, status=404)


def test_the_board_sorts_both_ways_and_by_name_without_a_wish(people: People, year):
    admin = people.bkpsdm_admin
    plain = ["Dinas Kedua", "Dinas Pertama", "Sekretariat Daerah", "Jumlah"]
    assert opds_of(page(admin, "scores")) == plain
    assert opds_of(page(admin, "scores", "?urut=rencana"))[:3] == [
        "Sekretariat Daerah",
        "Dinas Kedua",
        "Dinas Pertama",
    ]
    assert opds_of(page(admin, "scores", "?urut=-good"))[0] == "Dinas Pertama"
    assert opds_of(page(admin, "scores", "?urut=-disepakati"))[0] == "Dinas Pertama"
    assert opds_of(page(admin, "scores", "?urut=nonsense")) == plain


def test_the_board_narrows_by_name_and_predicate(people: People, year):
    admin = people.bkpsdm_admin
    assert opds_of(page(admin, "scores", "?cari=dinas+p")) == ["Dinas Pertama"]
    assert opds_of(page(admin, "scores", "?predikat=good")) == ["Dinas Pertama"]
    nothing = page(admin, "scores", "?predikat=bad")
    assert opds_of(nothing) == []
    assert "Tidak ada OPD yang cocok." in nothing


@pytest.mark.parametrize("query", ["?predikat=superb", "?tahun=1999", "?tahun=x", "?cari=" + "x" * 101])
def test_a_wrong_filter_is_told(people: People, year, query):
    text = page(people.bkpsdm_admin, "scores", query, status=422)
    assert "Perlu diperbaiki" in text


def test_numbers_link_to_their_people_only_where_the_viewer_may_read(people: People, year):
    def link(word: str) -> str:
        return f"opd={people.opd.pk}&amp;predikat={word}"

    assert link("good") in page(people.bkpsdm_admin, "scores")
    assert "predikat=good" not in page(people.opd_admin, "scores").split("<table")[1]
    listed = page(people.bkpsdm_admin, "scored", f"?tahun=2026&opd={people.opd.pk}&predikat=good")
    assert "BUDI PELAKSANA" in listed
    assert "SURYA KADIS" not in listed
    hidden = page(people.opd_admin, "scored", "?predikat=good")
    assert "Tidak ada pegawai pada pilihan ini." in hidden


def test_the_people_list_shows_states_and_hides_scores_that_may_not_be_read(people: People, year):
    everyone = page(people.opd_admin, "scored")
    assert "BUDI PELAKSANA" in everyone
    assert "Sudah dinilai" in everyone
    assert 'badge--good"' in everyone
    row = next(part for part in everyone.split("<tr>") if "BUDI PELAKSANA" in part)
    assert ">Baik<" not in row
    assert "NANDA ASING" not in everyone
    own = page(people.appraiser, "scored")
    row = next(part for part in own.split("<tr>") if "BUDI PELAKSANA" in part)
    assert "Baik" in row


@pytest.mark.parametrize("query", ["?opd=999999", "?tahap=selesai", "?predikat=x", "?tahun=1999"])
def test_a_wrong_choice_of_people_is_told(people: People, year, query):
    page(people.opd_admin, "scored", query, status=422)


def test_another_opd_cannot_be_asked_for(people: People, year):
    page(people.opd_admin, "scored", f"?opd={people.other_opd.pk}", status=422)


def test_the_list_has_pages(people: People, year, monkeypatch):
    monkeypatch.setattr("compliance.views.scores.PEOPLE_PAGE", 2)
    first = page(people.bkpsdm_admin, "scored")
    assert first.count('data-label="Rencana"') == 2
    assert "1–2 dari 4 orang" in first
    assert page(people.bkpsdm_admin, "scored", "?halaman=2").count('data-label="Rencana"') == 2


def test_an_earlier_year_cannot_be_missed(people: People, year):
    period_create(actor=None, year=2027, now=SCORING)
    assert "Belum ada rencana pada periode ini." in page(people.bkpsdm_admin, "scores")
    earlier = page(people.bkpsdm_admin, "scores", "?tahun=2026")
    assert "Anda melihat tahun 2026." in earlier
    assert "tahun=2026&amp;opd=" in earlier


def test_without_a_period_the_board_says_what_comes(people: People, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: JANUARY)
    assert "Belum ada periode." in page(people.bkpsdm_admin, "scores")
    page(people.bkpsdm_admin, "scored", status=404)
    period_2026()
    assert "Belum ada rencana pada periode ini." in page(people.bkpsdm_admin, "scores")
