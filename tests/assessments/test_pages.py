"""Pages of judging: statuses, refusals that write nothing, what a reader sees."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, AssessmentVersion
from config.lib import clock
from skp.berakhlak import Behaviour
from tests.assessments.reports import in_force, realise, reported, scored
from tests.people import People
from tests.skp.drafts import DECEMBER, SCORING

pytestmark = pytest.mark.django_db

SCORES = {aspect.value: "100" for aspect in Behaviour}


@pytest.fixture
def at(monkeypatch):
    """Set the office's clock."""

    def set_clock(now):
        monkeypatch.setattr(clock, "now", lambda: now)

    return set_clock


def client_of(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_report_and_a_score_by_their_pages(people: People, at):
    skp = in_force(people)
    realise(people.owner, skp, "12", "13")
    at(DECEMBER)
    owner = client_of(people.owner)
    assert "Laporkan realisasi" in text_of(owner.get(reverse("skp:plan", args=[skp.pk])))
    answer = owner.post(
        reverse("assessments:report_send", args=[skp.pk]), {"version": skp.version}, follow=True
    )
    assert "sudah dilaporkan kepada pejabat penilai" in text_of(answer)
    again = owner.post(reverse("assessments:report_send", args=[skp.pk]), {"version": skp.version})
    assert again.status_code == 403
    assert "sudah dilaporkan" in text_of(again)
    at(SCORING)
    appraiser = client_of(people.appraiser)
    assert "BUDI PELAKSANA" in text_of(appraiser.get(reverse("assessments:inbox")))
    address = reverse("assessments:score", args=[skp.pk])
    version = Assessment.objects.get().version
    page = text_of(appraiser.post(address, SCORES | {"version": version}, follow=True))
    assert "Nilai BUDI PELAKSANA tersimpan: Baik." in page
    assert "107,00 (Baik)" in page
    assert "70 % × 110 + 30 % × 100" in page
    stale = appraiser.post(address, SCORES | {"version": version, "recommendation": "Naik tingkat."})
    assert stale.status_code == 409
    assert "Data sudah diubah dari halaman lain." in text_of(stale)
    assert "Naik tingkat." in text_of(stale)
    assert AssessmentVersion.objects.count() == 1
    waiting = appraiser.get(reverse("assessments:inbox"), {"bagian": "menunggu"})
    assert "Tidak ada pegawai dengan status ini." in text_of(waiting)


def test_a_report_names_what_is_missing(people: People, at):
    skp = in_force(people)
    at(DECEMBER)
    answer = client_of(people.owner).post(
        reverse("assessments:report_send", args=[skp.pk]), {"version": skp.version}
    )
    assert answer.status_code == 422
    assert "Terlayaninya permintaan data: Jumlah laporan yang selesai" in text_of(answer)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"loyal": ""}, "tidak boleh kosong"),
        ({"loyal": "seratus"}, "Tulis angka"),
        ({"loyal": "120,01"}, "Paling tinggi 120"),
        ({"loyal": "-1"}, "Tulis angka"),
        ({"loyal": "99,999"}, "2 angka di belakang koma"),
        ({"results_rating": "best"}, "pilihan yang"),
        ({"results_rating": "below"}, "harus disertai alasan"),
    ],
)
def test_bad_input_is_told_and_nothing_written(people: People, at, change, said):
    assessment = reported(people)
    assessment.refresh_from_db()
    at(SCORING)
    given = SCORES | {"version": assessment.version} | change
    answer = client_of(people.appraiser).post(reverse("assessments:score", args=[assessment.skp_id]), given)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not AssessmentVersion.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("owner", 403),
        ("appraiser", 200),
        ("superior", 403),
        ("opd_admin", 403),
        ("leader", 403),
        ("bkpsdm_admin", 200),
        ("inspector", 200),
        ("other_admin", 404),
        ("other_appraiser", 404),
        ("stranger", 404),
    ],
)
def test_a_score_before_delivery_is_read_by_few(people: People, at, who, status):
    made = scored(people, reported(people))
    at(SCORING)
    client = client_of(getattr(people, who))
    answer = client.get(reverse("assessments:score", args=[made.assessment.skp_id]))
    assert answer.status_code == status
    assert ("107,00" in text_of(answer)) is (status == 200)
    assert ("Simpan nilai" in text_of(answer)) is (who == "appraiser")
    plan = client.get(reverse("skp:plan", args=[made.assessment.skp_id]))
    assert "107,00" not in text_of(plan)


@pytest.mark.parametrize("who", ["bkpsdm_admin", "inspector"])
def test_a_reader_does_not_score(people: People, at, who):
    assessment = reported(people)
    assessment.refresh_from_db()
    at(SCORING)
    answer = client_of(getattr(people, who)).post(
        reverse("assessments:score", args=[assessment.skp_id]), SCORES | {"version": assessment.version}
    )
    assert answer.status_code == 403
    assert not AssessmentVersion.objects.exists()


def test_out_of_the_window_the_button_says_why(people: People, at):
    assessment = reported(people)
    at(DECEMBER)
    page = text_of(client_of(people.appraiser).get(reverse("assessments:score", args=[assessment.skp_id])))
    assert "Tahap penilaian baru dibuka 1 Januari 2027 pukul 00.00 WIB" in page


def test_nothing_to_score_is_not_found(people: People, at):
    skp = in_force(people)
    at(SCORING)
    answer = client_of(people.appraiser).get(reverse("assessments:score", args=[skp.pk]))
    assert answer.status_code == 404
