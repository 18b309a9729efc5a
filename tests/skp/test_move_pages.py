"""Pages of the moves: inbox, many at once, returning, addendum, comparing, closing; and their queries."""

import pytest
from django.test import Client
from django.urls import reverse

from config.lib import clock
from orgunits.lines import lines_rebuild
from skp.models import ReturnNote, Skp
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import People, Person
from tests.skp.drafts import (
    JANUARY,
    MARCH,
    add_result,
    agreed,
    decided,
    drafted,
    period_2026,
    proposed,
    removed,
    result_ids,
    returned,
    sent,
    submitted,
)

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


@pytest.fixture
def middle(people: People, period):
    top = agreed(people.superior, people.sekda, period)
    return agreed(people.appraiser, people.superior, period, result_ids(top))


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def page_of(person: Person, name: str, *args: object, query: str = "") -> str:
    answer = client_of(person).get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def members(people: People, number: int) -> list[Person]:
    """The owner and further members of the unit."""
    posts = [AssignmentFactory(employee=EmployeeFactory(), unit=people.division) for _ in range(number - 1)]
    lines_rebuild()
    return [people.owner, *(Person(post) for post in posts)]


def test_the_inbox_names_who_has_done_nothing_and_what_waits(people: People, period, middle, at):
    provisional = drafted(people.section_head, period)
    submitted(people.owner, period, result_ids(middle))
    page = page_of(people.appraiser, "skp:inbox")
    assert "1 pegawai Anda belum mengirim rencana" in page
    assert "AGUS KASI" in page
    assert "hari ini" in page
    assert "14 Februari 2026" in page
    assert "Sementara" not in page
    assert provisional.open_revision.state == "draft"


def test_a_plan_that_serves_a_draft_is_marked_provisional(people: People, period):
    top = agreed(people.superior, people.sekda, period)
    superiors = drafted(people.appraiser, period, result_ids(top))
    skp = submitted(people.owner, period, result_ids(superiors))
    assert "Sementara (atasan belum disepakati)" in page_of(people.appraiser, "skp:inbox")
    assert "Sementara (atasan belum disepakati)" in page_of(people.appraiser, "skp:plan", skp.pk)


def test_many_are_reviewed_and_agreed_with_a_verdict_for_each(people: People, period, middle):
    first, second = members(people, 2)
    sound = submitted(first, period, result_ids(middle))
    unlinked = submitted(second, period)
    client = client_of(people.appraiser)
    review = client.get(reverse("skp:agree_many"), {"skp": [sound.pk, unlinked.pk]})
    page = review.content.decode()
    assert page.count("Langsung (direct)") == 2
    marks = [f"{skp.pk}:{skp.version}:{skp.open_revision.content_hash}" for skp in (sound, unlinked)]
    assert all(mark in page for mark in marks)
    refused = client.post(reverse("skp:agree_many"), {"rencana": marks}).content.decode()
    assert "0 rencana disetujui, 2 belum" in refused
    done = client.post(reverse("skp:agree_many"), {"rencana": marks, "methods_confirmed": "1"})
    text = done.content.decode()
    assert "1 rencana disetujui, 1 belum" in text
    assert "Hasil 1 belum terhubung" in text
    sound.refresh_from_db()
    assert sound.in_force is not None


def test_the_result_of_many_tells_nothing_of_foreign_plans(people: People, period):
    foreign = submitted(people.stranger, period)
    mark = f"{foreign.pk}:{foreign.version}:{foreign.open_revision.content_hash}"
    answer = client_of(people.appraiser).post(
        reverse("skp:agree_many"), {"rencana": [mark], "methods_confirmed": "1"}
    )
    assert "NANDA" not in answer.content.decode()
    foreign.refresh_from_db()
    assert foreign.in_force is None


def test_a_bent_mark_is_refused(people: People, period):
    answer = client_of(people.appraiser).post(reverse("skp:agree_many"), {"rencana": ["1:x:y"]})
    assert answer.status_code == 400


def test_a_plan_is_returned_with_notes_that_the_owner_reads(people: People, period, middle):
    skp = submitted(people.owner, period, result_ids(middle))
    first, _ = result_ids(skp)
    address = reverse("skp:return", args=[skp.pk])
    given = {"version": skp.version, "content_hash": skp.open_revision.content_hash}
    client = client_of(people.appraiser)
    empty = client.post(address, given | {"note": " ", f"hasil_{first}": "Sebutkan jumlahnya."})
    assert empty.status_code == 422
    assert "Sebutkan jumlahnya." in empty.content.decode()
    assert not ReturnNote.objects.exists()
    client.post(address, given | {"note": "Perjelas target.", f"hasil_{first}": "Sebutkan jumlahnya."})
    for person in (people.owner, people.superior):
        page = page_of(person, "skp:plan", skp.pk)
        assert "Perjelas target." in page
        assert "Sebutkan jumlahnya." in page


def test_an_addendum_by_its_pages(people: People, period, at):
    head = agreed(people.superior, people.sekda, period)
    at(MARCH)
    client = client_of(people.superior)
    assert "Ajukan adendum" in page_of(people.superior, "skp:plan", head.pk)
    address = reverse("skp:propose", args=[head.pk])
    assert client.post(address, {"version": head.version, "note": ""}).status_code == 422
    client.post(address, {"version": head.version, "note": "Perubahan APBD"})
    page = page_of(people.superior, "skp:plan", head.pk)
    assert "Perubahan APBD" in page
    # Others go on reading what is in force.
    assert "Perubahan APBD" not in page_of(people.leader, "skp:plan", head.pk).split("Riwayat")[0]
    head.refresh_from_db()
    client.post(reverse("skp:discard", args=[head.pk]), {"version": head.version})
    head.refresh_from_db()
    assert head.open_revision is None


def test_two_revisions_are_compared(people: People, period, at):
    head = agreed(people.superior, people.sekda, period)
    first, _ = result_ids(head)
    at(MARCH)
    head = proposed(people.superior, head)
    values = {"source": "agreement", "perspective": "process", "agreement_text": "Perjanjian kinerja"}
    add_result(head, people.superior.viewer(MARCH), "Meningkatnya mutu data", **values)
    decided(people.sekda, sent(people.superior, removed(people.superior, head, first)))
    page = page_of(people.bkpsdm_admin, "skp:compare", head.pk)
    assert "ditambahkan: </span>Meningkatnya mutu data</ins>" in page
    assert "dihapus: </span>Tersusunnya laporan kinerja</del>" in page
    for query, status in (("?dari=1&ke=2", 200), ("?dari=1&ke=9", 404), ("?dari=x", 200)):
        answer = client_of(people.superior).get(reverse("skp:compare", args=[head.pk]) + query)
        assert answer.status_code == status


def test_one_revision_is_not_compared(people: People, period):
    skp = drafted(people.owner, period)
    assert client_of(people.owner).get(reverse("skp:compare", args=[skp.pk])).status_code == 404


def test_a_plan_is_closed_after_its_consequences_were_shown(people: People, period, middle, at):
    skp = agreed(people.owner, people.appraiser, period, result_ids(middle))
    at(MARCH)
    client = client_of(people.opd_admin)
    assert "Tutup SKP" in page_of(people.opd_admin, "skp:plan", skp.pk)
    address = reverse("skp:close", args=[skp.pk])
    given = {"version": skp.version, "reason": "death", "day": "2026-03-10", "note": "Akta kematian"}
    shown = client.post(address, given).content.decode()
    assert "Pemilik SKP menerima pemberitahuan" in shown
    skp.refresh_from_db()
    assert skp.lifecycle == "active"
    assert client.post(address, given | {"day": "2026-05-01", "confirmed": "1"}).status_code == 422
    assert client.post(address, given | {"note": ""}).status_code == 422
    client.post(address, given | {"confirmed": "1"})
    skp.refresh_from_db()
    assert (skp.lifecycle, skp.close_reason) == ("closed", "death")
    assert client.get(address).status_code == 403


@pytest.fixture
def count(django_assert_num_queries):
    """Ask a page once to warm caches of the process, then count."""

    def ask(person: Person, address: str, expected: int) -> str:
        client = client_of(person)
        client.get(address)
        with django_assert_num_queries(expected):
            answer = client.get(address)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_inbox_and_of_many_at_once(people: People, period, middle, count, number):
    plans = [submitted(person, period, result_ids(middle)) for person in members(people, number)]
    page = count(people.appraiser, reverse("skp:inbox"), 12)
    assert page.count('name="skp"') == number
    chosen = "&".join(f"skp={skp.pk}" for skp in plans)
    page = count(people.appraiser, f"{reverse('skp:agree_many')}?{chosen}", 10)
    assert page.count('name="rencana"') == number


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_pages_of_one_plan(people: People, period, at, count, number):
    head = agreed(people.superior, people.sekda, period)
    at(MARCH)
    count(people.superior, reverse("skp:propose", args=[head.pk]), 15)
    head = proposed(people.superior, head)
    values = {"source": "agreement", "perspective": "process", "agreement_text": "Perjanjian kinerja"}
    for place in range(number):
        add_result(head, people.superior.viewer(MARCH), f"Meningkatnya mutu data {place}", **values)
    count(people.superior, reverse("skp:discard", args=[head.pk]), 15)
    page = count(people.superior, reverse("skp:compare", args=[head.pk]), 19)
    assert page.count("Meningkatnya mutu data") == number
    head = sent(people.superior, head)
    page = count(people.sekda, reverse("skp:return", args=[head.pk]), 15)
    assert page.count("Meningkatnya mutu data") == number
    count(people.bkpsdm_admin, reverse("skp:close", args=[head.pk]), 15)
    head = returned(head, people.sekda, MARCH)
    count(people.sekda, reverse("skp:plan", args=[head.pk]), 19)
    assert Skp.objects.get(pk=head.pk).in_force is not None
