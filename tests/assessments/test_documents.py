"""Documents of scores: issued by the moves, equal to what is stored, read by those who may read the score."""

import json
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from assessments.enums import OrgPerformance
from assessments.models import Assessment, AssessmentVersion, Delivery, OrgAchievement
from assessments.services.delivery import assessment_accept, assessments_settle
from assessments.services.issuing import score_documents_ensure
from assessments.services.proposals import proposal_apply
from config.lib import clock
from documents.enums import DocumentKind, IssuedState
from documents.models import IssuedDocument
from documents.services import document_bytes
from skp.enums import Regime
from skp.models import Feedback, Period
from skp.services.realisations import Correction, realisations_correct
from tests.assessments.family import family
from tests.assessments.reports import delivered, in_force, indicators_of, reported, scored
from tests.lib.pdfs import text_of
from tests.people import People
from tests.skp.drafts import DECEMBER, SCORING

pytestmark = pytest.mark.django_db
LATER = SCORING.replace(month=3)


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


def issued(kind: str, **values) -> IssuedDocument:
    return IssuedDocument.objects.get(kind=kind, subject_type="assessments.assessment", **values)


def accepted(people: People, assessment: Assessment, now=SCORING) -> None:
    assessment.refresh_from_db()
    assessment_accept(
        actor=people.owner.viewer(now), skp_id=assessment.skp_id, version=assessment.version, now=now
    )


def test_a_score_has_no_document_before_it_is_delivered(people: People):
    scored(people, reported(people))
    assert not IssuedDocument.objects.filter(subject_type="assessments.assessment").exists()


def test_delivering_issues_three_documents_that_say_what_is_stored(people: People):
    assessment = reported(people)
    OrgAchievement.objects.create(
        period=assessment.skp.period,
        unit=people.division,
        performance=OrgPerformance.GOOD,
        set_at=SCORING,
        set_by=people.superior.user,
    )
    version = scored(people, assessment, recommendation="Ikut pelatihan.")
    delivered(people, assessment)
    d6, d7, d8 = (issued(kind) for kind in ("D6", "D7", "D8"))
    assert (d8.title, d8.initials, d8.opd_name, d8.revision) == (
        "Penilaian SKP 2026 BUDI PELAKSANA",
        "B. P.",
        "Dinas Pertama",
        1,
    )
    assert version.final == Decimal("107.00")
    text = text_of(document_bytes(d8))
    for words in ("NILAI AKHIR SKP 110,00", "Perilaku kerja 100,00 30 % 30,00", "107,00 Kategori nilai Baik"):
        assert words in text
    # 12 and 13 of 12: 100 % and 108.33 %, direct.
    assert "12 laporan 12 laporan 100,00 % Baik Baik 100,00 Langsung (direct) 100,00" in text
    assert "12 laporan 13 laporan 108,33 % Sangat Baik Sangat Baik 120,00" in text
    said = text_of(document_bytes(d7))
    for words in (
        "3 ATASAN PEJABAT PENILAI KINERJA NAMA SURYA KADIS",
        "CAPAIAN KINERJA ORGANISASI BAIK",
        "5 CATATAN/REKOMENDASI Ikut pelatihan.",
        "Dibuat 12 Januari 2027",
        "Diterima ………",
    ):
        assert words in said
    content = json.loads(d6.content_text)
    assert (content["national"], content["results_rating"], content["org_performance"]) == (
        version.national,
        version.results_rating,
        "good",
    )
    assert [row["value"] for row in content["behaviours"]] == ["100,00"] * 7


def test_a_corrected_realisation_is_printed_beside_the_reported_one(people: People):
    skp = in_force(people)
    first, _ = indicators_of(skp)
    assessment = reported(people, skp)
    Feedback.objects.create(
        skp=skp,
        result=skp.results.order_by("pk")[0],
        interval=2,
        text="Percepat.",
        given_at=DECEMBER,
        given_by=people.appraiser.user,
        given_label="DEWI KABID",
    )
    realisations_correct(
        {first: Correction(Decimal(11), "Satu laporan ganda")},
        among=[first],
        user_id=people.appraiser.user.pk,
        now=SCORING,
    )
    scored(people, assessment, result_feedback={skp.results.order_by("pk")[0].pk: "Kurang satu."})
    delivered(people, assessment)
    text = text_of(document_bytes(issued("D6")))
    assert "Dilaporkan 12 laporan, dikoreksi pejabat penilai: Satu laporan ganda" in text
    row = json.loads(issued("D6").content_text)["main"][0]
    assert row["indicators"][0]["realisation"] == "11 laporan"
    assert row["feedback"] == [
        {"when": "Triwulan II", "text": "Percepat."},
        {"when": "Penilaian", "text": "Kurang satu."},
    ]
    assert json.loads(issued("D8").content_text)["bands"][0]["results"][0]["indicators"][0][
        "achievement"
    ] == ("91,67 %")


def test_regime_quadrant_has_no_d8_and_no_numbers(people: People):
    skp = in_force(people)
    Period.objects.update(regime=Regime.QUADRANT)
    assessment = reported(people, skp)
    scored(people, assessment, behaviour={}, results_rating="above", behaviour_rating="as")
    delivered(people, assessment)
    assert not IssuedDocument.objects.filter(kind="D8").exists()
    text = text_of(document_bytes(issued("D7")))
    assert "PREDIKAT KINERJA PEGAWAI BAIK" in text
    assert "KATEGORI NILAI" not in text


def test_accepting_issues_d7_anew_with_the_day_of_receipt(people: People):
    assessment = reported(people)
    scored(people, assessment)
    delivered(people, assessment)
    first = issued("D7")
    accepted(people, assessment)
    first.refresh_from_db()
    assert first.state == IssuedState.SUPERSEDED
    second = issued("D7", supersedes=first)
    assert "Diterima 12 Januari 2027" in text_of(document_bytes(second))
    assert issued("D6").state != IssuedState.SUPERSEDED
    assert issued("D8").state != IssuedState.SUPERSEDED


def test_silence_issues_d7_anew_once(people: People):
    assessment = reported(people)
    scored(people, assessment)
    delivered(people, assessment)
    assessments_settle(now=LATER)
    assessments_settle(now=LATER)
    assert IssuedDocument.objects.filter(kind="D7").count() == 2
    last = IssuedDocument.objects.filter(kind="D7", issued_by=None).get()
    assert json.loads(last.content_text)["received_on"] is not None


def test_what_fails_for_one_keeps_nobody_else_from_the_day(people: People):
    both = family(people)
    both.child_delivered()
    both.middle_delivered("12", "12")
    broken = Assessment.objects.get(skp=both.middle)
    AssessmentVersion.objects.filter(pk=broken.delivered_id).update(inputs_text="{")
    with pytest.raises(RuntimeError, match=r"^1 assessments"):
        assessments_settle(now=LATER)
    broken.refresh_from_db()
    assert broken.status == "delivered"
    assert Assessment.objects.get(skp=both.child).status == "final"


def test_a_superior_s_later_value_supersedes_all_three(people: People):
    both = family(people)
    both.child_delivered()
    child = Assessment.objects.get(skp=both.child)
    rows = IssuedDocument.objects.filter(subject_type="assessments.assessment", subject_id=str(child.pk))
    first = set(rows.values_list("pk", flat=True))
    both.middle_delivered("13", "13")
    child.refresh_from_db()
    proposal = child.proposals.get()
    proposal_apply(
        actor=people.appraiser.viewer(SCORING),
        proposal_id=proposal.pk,
        version=child.version,
        cause_id=proposal.cause_id,
        now=SCORING,
    )
    valid = rows.exclude(state=IssuedState.SUPERSEDED)
    assert set(valid.values_list("supersedes", "revision")) == {(pk, 2) for pk in first}
    assert json.loads(valid.get(kind="D8").content_text)["final"] == "108,40"
    assert "nilai atasan 120,00" in text_of(document_bytes(valid.get(kind="D8")))


def test_what_is_missing_is_issued_once_and_nothing_before_a_delivery(people: People):
    assessment = reported(people)
    scored(people, assessment)
    assert score_documents_ensure(skp_id=assessment.skp_id, actor_id=None, now=SCORING) == []
    delivered(people, assessment)
    before = {row.pk for row in score_documents_ensure(skp_id=assessment.skp_id, actor_id=None, now=LATER)}
    assert len(before) == 3
    IssuedDocument.objects.filter(kind="D8").delete()
    again = score_documents_ensure(skp_id=assessment.skp_id, actor_id=None, now=LATER)
    assert [row.kind for row in again] == ["D6", "D7", "D8"]
    assert {row.pk for row in again if row.kind != DocumentKind.D8} < before


def test_the_owner_reads_from_delivery_the_opd_admin_the_states_alone(people: People, at):
    at(SCORING)
    assessment = reported(people)
    scored(people, assessment)
    page = reverse("assessments:documents", args=[assessment.skp_id])
    assert "Belum ada dokumen penilaian." in client_of(people.owner).get(page).content.decode()
    delivered(people, assessment)
    document = issued("D8")
    address = reverse("assessments:document", args=[assessment.skp_id, document.public_id])
    for person in (people.owner, people.appraiser, people.superior, people.bkpsdm_admin, people.leader):
        client = client_of(person)
        assert address in client.get(page).content.decode()
        assert client.get(address).content[:5] == b"%PDF-"
    admin = client_of(people.opd_admin)
    listed = admin.get(page).content.decode()
    assert document.shown_number in listed
    assert address not in listed
    assert admin.get(address).status_code == 403
    assert client_of(people.stranger).get(address).status_code == 404
    verified = Client().get(reverse("verify", args=[document.public_id])).content.decode()
    assert "Penilaian SKP" in verified
    assert "BUDI" not in verified
    # With its comma, since the hash may hold any three digits.
    assert "107," not in verified


def test_the_owner_s_first_download_is_the_receipt(people: People, at):
    at(SCORING)
    assessment = reported(people)
    scored(people, assessment)
    delivered(people, assessment)
    address = reverse("assessments:document", args=[assessment.skp_id, issued("D8").public_id])
    client_of(people.appraiser).get(address)
    client_of(people.owner).head(address)
    client_of(people.owner).get(address, headers={"Sec-Purpose": "prefetch"})
    assert Delivery.objects.get().received_at is None
    client_of(people.owner).get(address)
    assert Delivery.objects.get().received_at == SCORING


def test_the_appraiser_looks_at_drafts_until_the_delivery(people: People, at):
    at(SCORING)
    assessment = reported(people)
    addresses = [
        reverse("assessments:document_preview", args=[assessment.skp_id, kind]) for kind in ("D6", "D7", "D8")
    ]
    appraiser = client_of(people.appraiser)
    assert appraiser.get(addresses[0]).status_code == 403
    scored(people, assessment)
    page = appraiser.get(reverse("assessments:documents", args=[assessment.skp_id])).content.decode()
    for address in addresses:
        assert address in page
        text = text_of(appraiser.get(address).content)
        assert "DRAF – belum disampaikan" in text
        assert "Nomor dokumen" not in text
    assert client_of(people.owner).get(addresses[2]).status_code == 403
    unknown = reverse("assessments:document_preview", args=[assessment.skp_id, "D1"])
    assert appraiser.get(unknown).status_code == 404
    delivered(people, assessment)
    assert appraiser.get(addresses[2]).status_code == 403
    assert IssuedDocument.objects.filter(subject_type="assessments.assessment").count() == 3


@pytest.mark.parametrize("acceptances", [0, 1])
def test_queries_of_the_list(people: People, at, acceptances, django_assert_num_queries):
    at(SCORING)
    assessment = reported(people)
    scored(people, assessment)
    delivered(people, assessment)
    for _ in range(acceptances):
        accepted(people, assessment)
    client, page = client_of(people.owner), reverse("assessments:documents", args=[assessment.skp_id])
    client.get(page)
    with django_assert_num_queries(17):
        text = client.get(page).content.decode()
    assert text.count("D7/2027/") == 2 * (1 + acceptances)
