"""The appraiser's list of people, and delivering many results after one more look."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, Delivery
from assessments.states import AssessmentStatus
from config.lib import clock
from orgunits.lines import lines_rebuild
from skp.models import Skp
from tests.assessments.reports import delivered, in_force, reported, scored
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import People, Person
from tests.skp.drafts import SCORING, agreed, drafted, period_2026, result_ids

pytestmark = pytest.mark.django_db

REASON = "Mutu laporan belum merata."


@pytest.fixture(autouse=True)
def in_january(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SCORING)


@pytest.fixture
def team(people: People) -> dict[str, Skp]:
    """One report that waits, one score as suggested, one with another rating, one plan still a draft."""
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    parents = result_ids(agreed(people.appraiser, people.superior, period, result_ids(top)))
    found: dict[str, Skp] = {}
    for name in ("ANDI", "CITRA", "DEDI", "EKA"):
        person = Person(AssignmentFactory(employee=EmployeeFactory(name=name), unit=people.division))
        lines_rebuild()
        if name == "EKA":
            found[name] = drafted(person, period, parents)
            continue
        made = reported(people, agreed(person, people.appraiser, period, parents), person)
        other = {"results_rating": "as", "rating_reason": REASON} if name == "DEDI" else {}
        if name != "ANDI":
            scored(people, made, **other)
        found[name] = made.skp
    return found


def client_of(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def row_of(page: str, name: str) -> str:
    rows = re.findall(r"<tr>.*?</tr>", page)
    return next(row for row in rows if f">{name}<" in row)


def marks(*plans: Skp) -> list[str]:
    return [f"{skp.pk}:{Assessment.objects.get(skp=skp).version}" for skp in plans]


LIST = reverse("assessments:inbox")
DELIVER = reverse("assessments:deliver")


def test_everybody_is_listed_with_status_values_and_differences(people: People, team):
    page = text_of(client_of(people.appraiser).get(LIST))
    assert "Menunggu penilaian" in row_of(page, "ANDI")
    assert "107,00" in row_of(page, "CITRA")
    assert "Berbeda dari usulan" not in row_of(page, "CITRA")
    assert "Berbeda dari usulan" in row_of(page, "DEDI")
    assert "Rencana belum disepakati" in row_of(page, "EKA")
    assert "31 Januari 2027 pukul 23.59 WIB" in row_of(page, "ANDI")
    assert 'type="checkbox" name="skp"' not in row_of(page, "ANDI")
    assert f'name="skp" value="{team["CITRA"].pk}"' in row_of(page, "CITRA")
    assert "nasional: Baik" in row_of(page, "CITRA")
    assert reverse("assessments:score", args=[team["ANDI"].pk]) in row_of(page, "ANDI")
    assert reverse("skp:plan", args=[team["EKA"].pk]) in row_of(page, "EKA")


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("menunggu", {"ANDI"}),
        ("dinilai", {"CITRA", "DEDI"}),
        ("belum", {"EKA"}),
        ("disampaikan", set()),
        ("lain", {"ANDI", "CITRA", "DEDI", "EKA"}),
    ],
)
def test_the_list_is_filtered_by_status(people: People, team, part, names):
    page = text_of(client_of(people.appraiser).get(LIST, {"bagian": part}))
    assert {name for name in team if f">{name}<" in page} == names
    assert 'Belum disampaikan <span class="count">2</span>' in page
    assert ("Tidak ada pegawai dengan status ini." in page) is (part == "disampaikan")
    # Where nothing can be chosen there is no column to choose in.
    assert ('class="select"' in page) is (part in ("dinilai", "lain"))


def test_the_list_is_one_s_own(people: People, team):
    for who in (people.bkpsdm_admin, people.other_appraiser, people.owner):
        page = text_of(client_of(who).get(LIST))
        assert "ANDI" not in page
        assert "Belum ada pegawai yang Anda nilai." in page
    assert "DEWI KABID" in text_of(client_of(people.superior).get(LIST))


def test_chosen_results_are_looked_over_and_delivered_with_a_verdict_each(people: People, team):
    client = client_of(people.appraiser)
    ids = {"skp": [team["CITRA"].pk, team["DEDI"].pk, team["ANDI"].pk]}
    page = text_of(client.get(DELIVER, ids))
    # What is not scored can't be delivered and is not offered.
    assert "ANDI" not in page
    assert REASON in row_of(page, "DEDI")
    assert "Pola distribusi Bidang Satu" in page
    chosen = marks(team["CITRA"], team["DEDI"])
    scored(people, Assessment.objects.get(skp=team["DEDI"]))
    page = text_of(client.post(DELIVER, {"hasil": chosen}))
    assert "1 hasil penilaian disampaikan, 1 belum." in page
    assert "Muat ulang halaman." in row_of(page, "DEDI")
    assert Assessment.objects.get(skp=team["CITRA"]).status == AssessmentStatus.DELIVERED
    assert Assessment.objects.get(skp=team["DEDI"]).status == AssessmentStatus.SCORED
    assert Delivery.objects.get().delivered_at == SCORING


def test_nothing_chosen_and_a_broken_mark_are_refused(people: People, team):
    client = client_of(people.appraiser)
    for answer in (
        client.get(DELIVER, {"skp": [team["ANDI"].pk]}),
        client.post(DELIVER),
        client.post(DELIVER, {"hasil": ["1"]}),
    ):
        assert answer.status_code == 400
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(("who", "told"), [("stranger", False), ("owner", False), ("bkpsdm_admin", True)])
def test_others_deliver_nothing(people: People, team, who, told):
    client = client_of(getattr(people, who))
    assert client.get(DELIVER, {"skp": [team["CITRA"].pk]}).status_code == 400
    page = text_of(client.post(DELIVER, {"hasil": marks(team["CITRA"])}))
    assert ("Hanya pejabat penilai yang berlaku" in page) is told
    assert ("CITRA" in page) is told
    assert not Delivery.objects.exists()


def test_a_delivered_result_counts_with_the_delivered(people: People):
    made = reported(people, in_force(people))
    scored(people, made)
    delivered(people, made)
    page = text_of(client_of(people.appraiser).get(LIST, {"bagian": "disampaikan"}))
    assert "Disampaikan" in row_of(page, "BUDI PELAKSANA")
