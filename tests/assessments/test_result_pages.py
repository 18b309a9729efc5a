"""The delivered result, proposals and unlocking as pages: what is shown, to whom, and what a click does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Notification
from assessments.models import Assessment, Delivery, ScoreProposal, UnlockRequest
from config.lib import clock
from tests.assessments.family import LATER, family, final, unlocked
from tests.assessments.reports import delivered, reported, scored
from tests.factories import RoleGrantFactory
from tests.people import People
from tests.skp.drafts import SCORING

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    """Set the office's clock."""

    def set_clock(now):
        monkeypatch.setattr(clock, "now", lambda: now)

    set_clock(SCORING)
    return set_clock


@pytest.fixture
def given(people: People, at) -> Assessment:
    """The owner's result in his hands, not opened yet."""
    made = scored(
        people,
        reported(people),
        recommendation="Ikuti pelatihan data.",
        behaviour_feedback={"loyal": "Menjaga rahasia jabatan."},
    )
    delivered(people, made.assessment)
    return Assessment.objects.get()


def client_of(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def address(assessment: Assessment, name: str = "result") -> str:
    return reverse(f"assessments:{name}", args=[assessment.skp_id])


def test_the_owner_s_first_opening_is_the_receipt(people: People, given: Assessment, at):
    owner = client_of(people.owner)
    link = Notification.objects.get(user=people.owner.user, text__startswith="Hasil penilaian SKP").link
    assert link == address(given)
    start = text_of(owner.get(reverse("start")))
    assert "Hasil penilaian SKP 2026 Anda sudah disampaikan" in start
    page = text_of(owner.get(link))
    delivery = Delivery.objects.get()
    assert delivery.received_at == SCORING
    # 12 January is day 0: day 14 ends on the 26th.
    assert "26 Januari 2027 pukul 24.00 WIB" in page
    for words in (
        "107,00 (Baik)",
        "Ikuti pelatihan data.",
        "Menjaga rahasia jabatan.",
        "70 % × 110 + 30 % × 100",
        "secara tertulis dengan alasan dan bukti kepada atasan pejabat penilai",
        "SURYA KADIS",
        "Kepala Dinas Pertama",
        "Versi 1: Penilaian oleh pejabat penilai",
        "Hasil penilaian disampaikan",
    ):
        assert words in page
    at(SCORING + timedelta(days=1))
    owner.get(link)
    assert Delivery.objects.get().received_at == SCORING
    assert "Tenggat 26 Januari 2027 pukul 23.59 WIB" in text_of(owner.get(reverse("start")))


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("head", {}),
        ("get", {"Sec-Purpose": "prefetch"}),
        ("get", {"Sec-Purpose": "prefetch;prerender"}),
        ("get", {"X-Moz": "prefetch"}),
    ],
)
def test_a_look_ahead_is_no_receipt(people: People, given: Assessment, method, headers):
    answer = getattr(client_of(people.owner), method)(address(given), headers=headers)
    assert answer.status_code == 200
    assert Delivery.objects.get().received_at is None


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("appraiser", 200),
        ("superior", 200),
        ("leader", 200),
        ("bkpsdm_admin", 200),
        ("inspector", 200),
        ("opd_admin", 403),
        ("section_head", 404),
        ("other_admin", 404),
        ("stranger", 404),
    ],
)
def test_others_read_it_and_receive_nothing(people: People, given: Assessment, who, status):
    answer = client_of(getattr(people, who)).get(address(given))
    assert answer.status_code == status
    assert ("107,00" in text_of(answer)) is (status == 200)
    assert "Terima hasil" not in text_of(answer)
    assert Delivery.objects.get().received_at is None


def test_before_delivery_there_is_no_result(people: People, at):
    made = scored(people, reported(people))
    answer = client_of(people.owner).get(address(made.assessment))
    assert answer.status_code == 403
    assert "setelah disampaikan oleh pejabat penilai" in text_of(answer)
    assert client_of(people.appraiser).get(address(made.assessment)).status_code == 404


def test_the_owner_accepts_after_a_question(people: People, given: Assessment):
    owner = client_of(people.owner)
    asked = text_of(owner.get(address(given, "accept")))
    assert "keberatan tidak dapat diajukan lagi" in asked
    stale = owner.post(address(given, "accept"), {"version": given.version - 1})
    assert stale.status_code == 409
    done = owner.post(address(given, "accept"), {"version": given.version}, follow=True)
    assert "Hasil penilaian sudah Anda terima." in text_of(done)
    given.refresh_from_db()
    assert given.status == "accepted"
    assert Delivery.objects.get().received_at == SCORING
    again = owner.post(address(given, "accept"), {"version": given.version})
    assert again.status_code == 403
    start = text_of(owner.get(reverse("start")))
    assert "sudah disampaikan" not in start
    assert "SKP 2026 berjalan" not in start
    assert "Nilai akhir SKP 2026 Anda" in start
    assert "107,00" in start
    assert "Baik, diterima" in start


def test_the_appraiser_sees_the_difference_and_delivers_the_new_value(people: People, at):
    both = family(people)
    both.child_delivered()
    both.middle_delivered("13", "13")
    appraiser = client_of(people.appraiser)
    assert "1 nilai berubah karena nilai atasan" in text_of(appraiser.get(reverse("start")))
    listed = text_of(appraiser.get(reverse("assessments:proposals")))
    assert "BUDI PELAKSANA" in listed
    assert "108,00 → 112,00" in listed
    proposal = ScoreProposal.objects.get()
    page = text_of(appraiser.get(reverse("assessments:proposal", args=[proposal.pk])))
    assert "DEWI KABID" in page
    assert "80 % × 100 + 20 % × 120 = 104" in page
    assert "70 % × 112 + 30 % × 100 = 108,40" in page
    assert "(nilai pimpinan sementara)" in page
    child = Assessment.objects.get(skp=both.child)
    apply = reverse("assessments:proposal_apply", args=[proposal.pk])
    stale = appraiser.post(apply, {"version": child.version, "cause": proposal.cause_id + 1})
    assert stale.status_code == 409
    done = appraiser.post(apply, {"version": child.version, "cause": proposal.cause_id}, follow=True)
    assert "Nilai baru BUDI PELAKSANA sudah disampaikan: Baik." in text_of(done)
    assert "Tidak ada nilai yang berubah." in text_of(done)
    result = text_of(client_of(people.owner).get(address(child)))
    assert "Versi 2: Nilai hasil kerja atasan berubah" in result
    assert "100 (sementara)" in result
    assert "108,40" in result


def test_a_proposal_is_left_aside_with_a_note(people: People, at):
    both = family(people)
    both.child_delivered()
    both.middle_delivered("13", "13")
    proposal = ScoreProposal.objects.get()
    dismiss = reverse("assessments:proposal_dismiss", args=[proposal.pk])
    appraiser = client_of(people.appraiser)
    assert appraiser.post(dismiss, {"cause": proposal.cause_id}).status_code == 400
    reader = client_of(people.bkpsdm_admin)
    assert "BUDI PELAKSANA" in text_of(reader.get(reverse("assessments:proposals")))
    assert reader.post(dismiss, {"cause": proposal.cause_id, "note": "Tidak"}).status_code == 403
    done = appraiser.post(dismiss, {"cause": proposal.cause_id, "note": "Sudah disepakati"}, follow=True)
    assert "Nilai yang sudah disampaikan tetap berlaku." in text_of(done)
    assert ScoreProposal.objects.get().state == "dismissed"


def test_a_final_score_is_opened_by_two_admins(people: People, given: Assessment, at):
    at(LATER)
    final(given)
    first = client_of(people.bkpsdm_admin)
    assert "Minta buka kunci" in text_of(first.get(address(given)))
    ask = address(given, "unlock")
    assert first.post(ask, {"version": given.version, "reason": ""}).status_code == 422
    done = first.post(ask, {"version": given.version, "reason": "Realisasi salah dibaca"}, follow=True)
    assert "menunggu konfirmasi admin BKPSDM lain" in text_of(done)
    asked = UnlockRequest.objects.get()
    shown = text_of(first.get(address(given)))
    assert "menunggu admin kedua" in shown
    assert "Minta buka kunci" not in shown
    given.refresh_from_db()
    confirm = reverse("assessments:unlock_confirm", args=[asked.pk])
    refused = first.post(confirm, {"version": given.version})
    assert refused.status_code == 403
    assert "admin BKPSDM lain" in text_of(refused)
    assert "menunggu admin kedua" not in text_of(first.get(reverse("start")))
    other = Client()
    other.force_login(RoleGrantFactory().user)
    assert "1 permintaan buka kunci menunggu admin kedua" in text_of(other.get(reverse("start")))
    queue = text_of(other.get(reverse("assessments:unlocks")))
    assert "Realisasi salah dibaca" in queue
    assert f"Diminta oleh {people.bkpsdm_admin.employee.full_name} pada 1 Maret 2027" in queue
    done = other.post(confirm, {"version": given.version}, follow=True)
    assert "Kunci hasil penilaian BUDI PELAKSANA dibuka." in text_of(done)
    given.refresh_from_db()
    assert given.status == "scored"
    assert "Realisasi salah dibaca" in text_of(first.get(reverse("assessments:unlocks") + "?jawaban=sudah"))


def test_an_opened_score_stays_in_the_queue_until_it_is_given_again(people: People, given: Assessment, at):
    at(LATER)
    final(given)
    unlocked(people, given, LATER)
    admin = client_of(people.bkpsdm_admin)
    address_of_open = reverse("assessments:unlocks") + "?jawaban=terbuka"
    shown = text_of(admin.get(address_of_open))
    assert "BUDI PELAKSANA" in shown
    assert "dapat menyampaikannya lagi sampai 15 Maret 2027" in shown
    at(LATER + timedelta(days=14))
    assert "Beri pegawai ini perpanjangan tahap penilaian" in text_of(admin.get(address_of_open))
    delivered(people, Assessment.objects.get(pk=given.pk), now=LATER)
    assert "Tidak ada permintaan." in text_of(admin.get(address_of_open))


def test_a_request_is_withdrawn_from_the_queue(people: People, given: Assessment, at):
    at(LATER)
    final(given)
    first = client_of(people.bkpsdm_admin)
    first.post(address(given, "unlock"), {"version": given.version, "reason": "Keliru"})
    withdraw = reverse("assessments:unlock_withdraw", args=[UnlockRequest.objects.get().pk])
    assert "Hasil penilaian tetap final." in text_of(first.post(withdraw, follow=True))
    assert "Tidak ada permintaan." in text_of(first.get(reverse("assessments:unlocks")))
    given.refresh_from_db()
    assert given.status == "final"


def test_what_is_scored_anew_stays_hidden_until_it_is_delivered(people: People, given: Assessment, at):
    final(given)
    unlocked(people, given)
    at(LATER)
    owner = text_of(client_of(people.owner).get(address(given)))
    assert "Hasil ini sedang dinilai ulang." in owner
    assert "Versi 1:" in owner
    assert "Versi 2:" not in owner
    assert "Versi 2: Kunci hasil penilaian dibuka" in text_of(client_of(people.appraiser).get(address(given)))
