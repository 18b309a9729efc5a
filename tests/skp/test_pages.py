"""Pages of a plan: statuses, refusals that write nothing, the number of queries with buttons shown."""

import pytest
from django.test import Client
from django.urls import reverse

from config.lib import clock
from skp.models import Move, PlannedResult, Skp
from tests.people import People
from tests.skp.drafts import (
    DECEMBER,
    JANUARY,
    agreed,
    drafted,
    period_2026,
    result_ids,
    started,
    submitted,
)
from tests.skp.editor_forms import RESULT, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    """Set the office's clock."""

    def set_clock(now):
        monkeypatch.setattr(clock, "now", lambda: now)

    set_clock(JANUARY)
    return set_clock


@pytest.fixture
def period(people, at):
    return period_2026()


def client_of(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_plan_is_written_and_sent_by_its_pages(people: People, period):
    client = client_of(people.owner)
    assert "Periode 2026: belum ada rencana" in text_of(client.get(reverse("skp:mine")))
    client.post(reverse("skp:start"), {"period": period.pk, "assignment": people.owner.post.pk})
    skp = Skp.objects.get()
    plan = reverse("skp:plan", args=[skp.pk])
    for text in ("Tersusunnya rekap data", "Terjawabnya permintaan data"):
        form = fields_of(client.get(plan, {"buka": "baru"}))
        answer = client.post(form.action, form.values | RESULT | {"text": text})
        planned = PlannedResult.objects.latest("pk")
        assert answer.url == f"{plan}#hasil-{planned.result_id}"
    page = text_of(client.get(plan))
    assert "1.250,5 rekap" in page
    assert "belum terhubung ke hasil kerja atasan" in page
    skp.refresh_from_db()
    answer = client.post(reverse("skp:submit", args=[skp.pk]), {"version": skp.version}, follow=True)
    assert "Nomor tanda terima TT/2026/000001" in text_of(answer)
    assert "Menunggu persetujuan" in text_of(answer)


def test_starting_twice_leads_to_the_same_plan(people: People, period):
    client = client_of(people.owner)
    given = {"period": period.pk, "assignment": people.owner.post.pk}
    first = client.post(reverse("skp:start"), given)
    assert client.post(reverse("skp:start"), given).url == first.url
    assert Skp.objects.count() == 1


@pytest.mark.parametrize("name", ["submit", "withdraw", "agree"])
def test_a_stale_page_is_answered_with_409_and_writes_nothing(people: People, period, name):
    skp = drafted(people.owner, period) if name == "submit" else submitted(people.owner, period)
    moves = Move.objects.count()
    person = people.appraiser if name == "agree" else people.owner
    answer = client_of(person).post(reverse(f"skp:{name}", args=[skp.pk]), {"version": skp.version - 1})
    assert answer.status_code == 409
    assert "Muat ulang halaman" in text_of(answer)
    assert Move.objects.count() == moves


def test_a_second_click_is_refused_politely(people: People, period):
    skp = drafted(people.owner, period)
    client = client_of(people.owner)
    address, given = reverse("skp:submit", args=[skp.pk]), {"version": skp.version}
    assert client.post(address, given).status_code == 302
    assert client.post(address, given).status_code == 409
    assert Move.objects.count() == 1


@pytest.mark.parametrize("value", ["", "x", "-1", "1" * 30, "²"])
def test_a_form_without_a_sound_version_is_refused(people: People, period, value):
    skp = drafted(people.owner, period)
    answer = client_of(people.owner).post(reverse("skp:submit", args=[skp.pk]), {"version": value})
    assert answer.status_code == 400
    assert not Move.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "other_admin", "other_appraiser", "section_member"])
@pytest.mark.parametrize("name", ["plan", "from_superior"])
def test_a_plan_that_one_may_not_know_of_is_not_found(people: People, period, who, name):
    skp = drafted(people.owner, period)
    assert client_of(getattr(people, who)).get(reverse(f"skp:{name}", args=[skp.pk])).status_code == 404


def test_an_incomplete_plan_is_refused_with_its_problems(people: People, period):
    skp = started(people.owner, period)
    answer = client_of(people.owner).post(reverse("skp:submit", args=[skp.pk]), {"version": skp.version})
    assert answer.status_code == 422
    assert "Hasil kerja utama baru 0, paling sedikit 2." in text_of(answer)


def test_the_appraiser_agrees_by_the_page(people: People, period):
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    skp = submitted(people.owner, period, result_ids(middle))
    client = client_of(people.appraiser)
    assert "BUDI PELAKSANA" in text_of(client.get(reverse("skp:inbox")))
    given = {"version": skp.version, "content_hash": skp.open_revision.content_hash}
    refused = client.post(reverse("skp:agree", args=[skp.pk]), given)
    assert (refused.status_code, "Nyatakan" in text_of(refused)) == (422, True)
    answer = client.post(reverse("skp:agree", args=[skp.pk]), given | {"methods_confirmed": "1"}, follow=True)
    assert "Rencana BUDI PELAKSANA sudah disepakati." in text_of(answer)
    assert "Tidak ada rencana yang menunggu." in text_of(answer)


def test_a_button_out_of_time_says_why(people: People, period, at):
    skp = drafted(people.superior, period)
    at(DECEMBER)
    page = text_of(client_of(people.superior).get(reverse("skp:plan", args=[skp.pk])))
    assert "Tenggat perencanaan sudah lewat (14 Januari 2026 pukul 23.59 WIB)" in page
    assert "Tambah hasil kerja" not in page
    answer = client_of(people.superior).post(reverse("skp:submit", args=[skp.pk]), {"version": skp.version})
    assert answer.status_code == 403
    assert "14 Januari 2026" in text_of(answer)


def test_realisations_are_saved_in_parts(people: People, period, at):
    skp = agreed(people.superior, people.sekda, period)
    at(DECEMBER)
    client = client_of(people.superior)
    address = reverse("assessments:report", args=[skp.pk])
    names = [field.name for field in client.get(address).context["form"]]
    bad = client.post(address, {"version": skp.version, names[0]: "dua", names[1]: "3"})
    assert bad.status_code == 422
    assert "Tulis angka" in text_of(bad)
    assert client.post(address, {"version": skp.version, names[0]: "12,5", names[1]: ""}).status_code == 302
    page = text_of(client.get(reverse("skp:plan", args=[skp.pk])))
    assert "12,5" in page
    assert "1 indikator belum memiliki realisasi." in page
    assert client.post(address, {"version": skp.version, names[0]: "1"}).status_code == 409

    skp.refresh_from_db()
    assert client.post(address, {"version": skp.version, names[0]: "", names[1]: "3"}).status_code == 302
    page = text_of(client.get(reverse("skp:plan", args=[skp.pk])))
    assert "12,5" not in page
    assert "1 indikator belum memiliki realisasi." in page
