"""The signed recapitulations: equal to the stored results, issued anew only when they differ, for few."""

import json
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import YearResult
from assessments.services.years import year_results_refresh
from compliance.documents import printing
from compliance.services.recaps import recap_ensure, recap_issue
from config.lib import clock
from config.lib.errors import DomainError, NotAllowed
from documents.enums import IssuedState
from documents.models import IssuedDocument
from documents.services import document_bytes
from skp.models import Duty, Period
from tests.assessments.reports import delivered, reported, scored
from tests.compliance import specimens
from tests.lib.pdfs import pages_of, text_of
from tests.people import People
from tests.skp.drafts import SCORING
from tests.skp.specimens import printed

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(people: People, monkeypatch) -> Period:
    """The owner delivered with 107.00, everybody else without a result."""
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    assessment = reported(people)
    scored(people, assessment)
    delivered(people, assessment)
    period = Period.objects.get()
    year_results_refresh(period_id=period.pk, employee_ids=None, now=SCORING)
    return period


def client_of(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def content_of(issued: IssuedDocument) -> dict:
    return json.loads(issued.content_text)


def issue(people: People, period: Period, opd=None, now=SCORING) -> IssuedDocument:
    return recap_issue(
        actor=people.bkpsdm_admin.viewer(now), period_id=period.pk, opd_id=opd.pk if opd else None, now=now
    )


def test_an_opd_s_recapitulation_says_what_is_stored(people: People, year: Period):
    issued = issue(people, year, people.opd)
    content = content_of(issued)
    rows = YearResult.objects.filter(opd=people.opd, obliged=True)
    names = list(rows.order_by("employee__name").values_list("employee__name", flat=True))
    assert [line["name"] for line in content["lines"]] == names
    lines = {line["name"]: line for line in content["lines"]}
    owner = lines["BUDI PELAKSANA"]
    assert (owner["skp"], owner["behaviour"], owner["final"]) == ("110,00", "100,00", "107,00")
    assert (owner["national"], owner["four"], owner["status"]) == ("good", "good", "Disampaikan")
    # Agreed but never reported; and no plan at all.
    assert lines["DEWI KABID"]["status"] == "Disepakati, belum dilaporkan"
    assert (lines["TUTI STAF"]["status"], lines["TUTI STAF"]["final"]) == ("Belum ada SKP", "")
    assert dict(content["totals"]) == {"Memuaskan": 0, "Baik": 1, "Buruk": 0, "Sangat Buruk": 0}
    assert (content["without"], content["count"]) == (rows.count() - 1, rows.count())
    text = text_of(document_bytes(issued))
    for words in (
        "REKAPITULASI PREDIKAT KINERJA PEGAWAI",
        "NO NAMA/NIP GOL JABATAN STATUS SKP NILAI SKP PERILAKU NKP PREDIKAT PREDIKAT 4 KET",
        "Disampaikan 110,00 100,00 107,00 Baik Baik",
        "SURYA KADIS",
        "Kepala Dinas Pertama",
    ):
        assert words in text


def test_somebody_without_performance_is_told_with_the_reason(people: People, year: Period):
    YearResult.objects.filter(employee=people.section_member.employee).update(
        four="very_bad", no_performance="never_sent"
    )
    content = content_of(issue(people, year, people.opd))
    line = next(line for line in content["lines"] if line["name"] == "TUTI STAF")
    assert (line["four"], line["note"]) == ("very_bad", "Tidak pernah mengirim rencana SKP")
    assert dict(content["totals"])["Sangat Buruk"] == 1


def test_a_year_of_two_parts_has_the_final_alone(people: People, year: Period):
    first = YearResult.objects.get(employee=people.owner.employee)
    skp = people.owner.employee.skps.get()
    skp.until = skp.start.replace(month=7)
    skp.save()
    other = skp.__class__.objects.create(
        assignment=people.section_member.post,
        period=year,
        owner=people.owner.employee,
        scheme="ja_jf",
        start=skp.until,
        until=skp.start.replace(year=2027),
    )
    version = skp.assessment.delivered
    skp.assessment.__class__.objects.create(skp=other, status="delivered", current=version, delivered=version)
    line = next(
        line
        for line in content_of(issue(people, year, people.opd))["lines"]
        if line["name"] == "BUDI PELAKSANA"
    )
    assert (line["skp"], line["behaviour"], line["note"]) == ("", "", "Gabungan 2 SKP")
    assert line["final"] == f"{first.final:.2f}".replace(".", ",")


def test_the_same_content_is_the_same_document(people: People, year: Period):
    first = issue(people, year, people.opd)
    assert issue(people, year, people.opd, now=SCORING.replace(day=20)) == first
    YearResult.objects.filter(employee=people.owner.employee).update(final=Decimal("99.50"))
    second = issue(people, year, people.opd)
    first.refresh_from_db()
    assert (first.state, second.supersedes, second.revision) == (IssuedState.SUPERSEDED, first, 2)


def test_the_regency_s_recapitulation_adds_up(people: People, year: Period):
    Duty.objects.filter(employee=people.owner.employee, stage="planning").update(fulfilled_at=SCORING)
    YearResult.objects.filter(employee__in=[people.superior.employee, people.appraiser.employee]).update(
        scored=True, counts=True, final=Decimal("80.00"), national="good", four="bad"
    )
    content = content_of(issue(people, year))
    lines = {line["name"]: line for line in content["lines"]}
    assert list(lines) == ["Dinas Kedua", "Dinas Pertama", "Sekretariat Daerah"]
    first = lines["Dinas Pertama"]
    obliged = YearResult.objects.filter(opd=people.opd, obliged=True).count()
    assert (first["obliged"], first["scored"], first["counted"]) == (obliged, 3, 3)
    # 107.00, 80.00 and 80.00.
    assert first["mean"] == "89,00"
    assert first["words"] == [0, 1, 2, 0]
    assert first["predicate"] == "Belum cukup data"
    assert lines["Dinas Kedua"]["mean"] == ""
    total = content["total"]
    for column in ("obliged", "planned", "scored", "without"):
        assert total[column] == sum(line[column] for line in content["lines"])
    assert total["predicate"] == ""
    assert "PER ORGANISASI PERANGKAT DAERAH" in text_of(document_bytes(issue(people, year)))


def test_only_who_reads_the_scores_gets_one(people: People, year: Period):
    for person in (people.opd_admin, people.appraiser, people.owner, people.other_superior):
        with pytest.raises(NotAllowed, match="kepala OPD"):
            recap_issue(actor=person.viewer(SCORING), period_id=year.pk, opd_id=people.opd.pk, now=SCORING)
    for person in (people.superior, people.bkpsdm_admin, people.inspector, people.leader):
        recap_issue(actor=person.viewer(SCORING), period_id=year.pk, opd_id=people.opd.pk, now=SCORING)
    with pytest.raises(NotAllowed):
        recap_issue(actor=people.superior.viewer(SCORING), period_id=year.pk, opd_id=None, now=SCORING)
    assert IssuedDocument.objects.filter(kind="D10").count() == 1


def test_a_unit_that_is_no_opd_has_none(people: People, year: Period):
    with pytest.raises(DomainError, match="tidak ada"):
        recap_ensure(period_id=year.pk, opd_id=people.division.pk, actor_id=None, now=SCORING)


def test_the_head_of_the_opd_issues_and_downloads_by_the_page(people: People, year: Period):
    client, page = client_of(people.superior), reverse("compliance:recaps")
    listed = client.get(page).content.decode()
    assert "belum pernah" in listed
    assert "Dinas Kedua" not in listed
    assert "Seluruh OPD" not in listed
    answer = client.post(
        reverse("compliance:recap_issue"), {"tahun": "2026", "opd": people.opd.pk}, follow=True
    )
    issued = IssuedDocument.objects.get(kind="D10")
    assert f"Rekapitulasi {issued.shown_number} berlaku" in answer.content.decode()
    address = reverse("compliance:recap", args=[issued.public_id])
    assert client.get(address).content[:5] == b"%PDF-"
    assert client_of(people.opd_admin).get(address).status_code == 404
    assert client_of(people.other_superior).get(address).status_code == 404
    for opd in (people.other_opd.pk, 0, 999_999):
        refused = client.post(reverse("compliance:recap_issue"), {"tahun": "2026", "opd": opd})
        assert refused.status_code == 404


def test_a_long_recapitulation_waits_for_the_worker(people: People, year: Period):
    issued = issue(people, year, people.opd)
    IssuedDocument.objects.filter(pk=issued.pk).update(content_text=issued.content_text + " " * 60_000)
    address = reverse("compliance:recap", args=[issued.public_id])
    client = client_of(people.superior)
    assert "Berkas sedang dibuat" in client.get(address).content.decode()
    document_bytes(issued)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("documents", [0, 2])
def test_queries_of_the_page(people: People, year: Period, documents, django_assert_num_queries):
    for opd in (people.opd, people.other_opd)[:documents]:
        issue(people, year, opd)
    client, page = client_of(people.bkpsdm_admin), reverse("compliance:recaps")
    client.get(page)
    with django_assert_num_queries(9):
        text = client.get(page).content.decode()
    assert text.count("D10/2027/") == 2 * documents


def test_the_queries_of_a_recapitulation_do_not_grow_with_its_people(
    people: People, year: Period, django_assert_num_queries
):
    issue(people, year, people.opd)
    with django_assert_num_queries(16):
        issue(people, year, people.opd)


def test_two_hundred_people_repeat_the_head_and_are_signed_once():
    pages = pages_of(printing.opd_recap_pdf(printed(specimens.opd_recap(230), "D10")))
    listed = [text for text in pages if "PEGAWAI 1" in text or "PEGAWAI 2" in text]
    assert len(listed) > 8
    assert all("NAMA/NIP" in text for text in listed)
    signed = [text for text in pages if "Kepala Dinas Pertama" in text]
    assert len(signed) == 1
    assert "MEMUASKAN BAIK BURUK SANGAT BURUK BELUM BERPREDIKAT JUMLAH WAJIB 0 0 230 0 0 230" in signed[0]
    assert "Nomor dokumen" in signed[0]


def test_hostile_and_empty_recapitulations_are_borne():
    bad = specimens.opd_recap(lines=[specimens.hostile_person()])
    text = text_of(printing.opd_recap_pdf(printed(bad, "D10"))).replace(" ", "")
    assert "<script>alert(1)</script>" in text
    empty = specimens.opd_recap(0, head=None, place="")
    assert "Tidak ada pegawai wajib SKP" in text_of(printing.opd_recap_pdf(printed(empty, "D10", draft=True)))
    none = specimens.regency_recap(0, head=None)
    assert "Belum ada OPD." in text_of(printing.regency_recap_pdf(printed(none, "D11")))


def test_d11_has_the_columns_of_the_form():
    text = text_of(printing.regency_recap_pdf(printed(specimens.regency_recap(), "D11")))
    for words in (
        "NO OPD WAJIB SUDAH SKP % SUDAH DINILAI % RATA-RATA",
        "DISTRIBUSI",
        "PREDIKAT OPD",
        "Dinas 1 12 11 91,7 % 10 83,3 % 101,20 (9 orang) 1 8 0 1 2 Baik",
        "Jumlah 12 11",
    ):
        assert words in text
