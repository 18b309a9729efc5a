"""The owner's report: what is prefilled, what is named as missing, the new idea and its proof."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from assessments.models import Assessment, NewIdea
from config.lib import clock
from skp.models import AnnualRealisation
from skp.services.realisations import plan_lock
from tests.assessments.reports import indicators_of, realise
from tests.lib.uploading import PDF
from tests.people import People
from tests.skp.drafts import DECEMBER
from tests.skp.running import proven, running

pytestmark = pytest.mark.django_db

IDEA = {"text": "Antrean layanan data secara daring.", "benefit": "Waktu tunggu turun dari 3 hari ke 1 jam."}


@pytest.fixture
def skp(people: People, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: DECEMBER)
    return running(people)


def client_of(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def address(name: str, skp) -> str:
    return reverse(f"assessments:{name}", args=[skp.pk])


def fields(skp, *values: str) -> dict[str, str]:
    return {f"i{key}": value for key, value in zip(indicators_of(skp), values, strict=True)}


def test_without_any_evidence_the_consequence_is_told(people: People, skp):
    client = client_of(people.owner)
    page = text_of(client.get(address("report", skp)))
    assert "predikat Anda menjadi Sangat Buruk" in page
    assert page.count("Belum ada bukti dukung") == 2
    realise(people.owner, skp, "12", "13")
    assert "predikat Anda menjadi Sangat Buruk" in text_of(client.get(address("report_send", skp)))


def test_evidence_is_counted_by_quarter_and_what_lacks_it_is_named(people: People, skp):
    proven(people, skp)
    first, second = indicators_of(skp)
    page = text_of(client_of(people.owner).get(address("report", skp)))
    assert "Sangat Buruk" not in page
    assert f'{reverse("skp:progress", args=[skp.pk, 1])}#indikator-{first}">Triwulan I (1)' in page
    assert "1 indikator belum memiliki bukti dukung" in page
    assert f'href="#bukti-{second}"' in page
    # In December only the last quarter still takes evidence.
    assert reverse("skp:indicator_evidence", args=[skp.pk, 4, second]) in page
    assert "2 indikator belum memiliki realisasi" in page
    assert f'href="#id_i{second}"' in page


def test_checking_saves_first_and_names_what_blocks(people: People, skp):
    client = client_of(people.owner)
    given = fields(skp, "12", "") | {"version": skp.version, "lalu": "kirim"}
    answer = client.post(address("report", skp), given, follow=True)
    assert answer.redirect_chain == [(address("report_send", skp), 302)]
    assert AnnualRealisation.objects.get().value == 12
    assert "Isi dahulu indikator yang belum memiliki realisasi." in text_of(answer)
    skp.refresh_from_db()
    refused = client.post(address("report_send", skp), {"version": skp.version})
    assert refused.status_code == 422
    assert not Assessment.objects.exists()


def test_a_stale_page_keeps_what_was_typed(people: People, skp):
    client = client_of(people.owner)
    stale = skp.version
    realise(people.owner, skp, "1", "1")
    answer = client.post(address("report", skp), fields(skp, "12", "13") | {"version": stale})
    assert answer.status_code == 409
    assert 'value="13"' in text_of(answer)
    assert f'name="version" value="{skp.version}"' in text_of(answer)
    assert set(AnnualRealisation.objects.values_list("value", flat=True)) == {1}


def test_an_idea_with_a_file_is_kept_replaced_and_removed(people: People, skp):
    client = client_of(people.owner)
    file = SimpleUploadedFile("bukti.pdf", PDF)
    given = IDEA | {"version": skp.version, "file": file}
    assert "Ide baru sudah disimpan." in text_of(client.post(address("idea", skp), given, follow=True))
    page = text_of(client.get(address("report", skp)))
    assert "Antrean layanan data" in page
    assert "bukti.pdf" in page
    answer = client.get(address("idea_proof", skp))
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bukti.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"

    skp.refresh_from_db()
    words = IDEA | {"benefit": "Waktu tunggu turun menjadi 30 menit."}
    assert client.post(address("idea", skp), words | {"version": skp.version}).status_code == 302
    assert (NewIdea.objects.get().name, NewIdea.objects.get().benefit) == ("bukti.pdf", words["benefit"])

    skp.refresh_from_db()
    link = IDEA | {"version": skp.version, "url": "https://drive.example.go.id/ide"}
    assert client.post(address("idea", skp), link).status_code == 302
    assert (NewIdea.objects.get().stored_name, NewIdea.objects.get().name) == ("", "drive.example.go.id")
    assert client.get(address("idea_proof", skp)).url == "https://drive.example.go.id/ide"

    skp.refresh_from_db()
    assert client.post(address("idea_remove", skp), {"version": skp.version}).status_code == 302
    assert not NewIdea.objects.exists()


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"text": "Antre"}, 422, "10"),
        ({"benefit": ""}, 422, "tidak boleh kosong"),
        ({"url": "drive.example.go.id"}, 422, "Tulis tautan lengkap"),
        ({"url": "https://a.example.go.id/", "file": True}, 422, "Pilih satu bukti"),
        ({"version": "0"}, 409, "Isian Anda masih ada"),
    ],
)
def test_a_bad_idea_is_told_and_not_written(people: People, skp, change, status, said):
    given = IDEA | {"version": skp.version} | change
    if "file" in change:
        given["file"] = SimpleUploadedFile("bukti.pdf", PDF)
    answer = client_of(people.owner).post(address("idea", skp), given)
    assert answer.status_code == status
    assert said in text_of(answer)
    assert not NewIdea.objects.exists()


def test_a_program_is_no_proof(people: People, skp):
    given = IDEA | {"version": skp.version, "file": SimpleUploadedFile("bukti.pdf", b"MZ program")}
    answer = client_of(people.owner).post(address("idea", skp), given)
    assert answer.status_code == 422
    assert "Yang diterima: PDF" in text_of(answer)
    assert not NewIdea.objects.exists()


def test_after_the_report_the_idea_stays(people: People, skp):
    client = client_of(people.owner)
    client.post(address("idea", skp), IDEA | {"version": skp.version})
    skp.refresh_from_db()
    plan_lock(skp_id=skp.pk, version=skp.version, now=DECEMBER)
    skp.refresh_from_db()
    assert client.post(address("idea", skp), IDEA | {"version": skp.version}).status_code == 403
    assert client.post(address("idea_remove", skp), {"version": skp.version}).status_code == 403
    assert NewIdea.objects.count() == 1


def test_bkpsdm_opens_the_proof_with_a_recorded_reason(people: People, skp):
    given = IDEA | {"version": skp.version, "file": SimpleUploadedFile("bukti.pdf", PDF)}
    client_of(people.owner).post(address("idea", skp), given)
    client = client_of(people.bkpsdm_admin)
    assert "Alasan membuka bukti dukung" in text_of(client.get(address("idea_proof", skp)))
    short = client.post(address("idea_proof", skp), {"reason": "periksa"})
    assert short.status_code == 422
    opened = client.post(address("idea_proof", skp), {"reason": "Pemeriksaan pengaduan nomor 12."})
    assert opened.content == PDF
    event = AuditEvent.objects.get(kind="evidence.read")
    assert "Pemeriksaan pengaduan nomor 12." in event.after
    assert client_of(people.opd_admin).get(address("idea_proof", skp)).status_code == 403
    assert client_of(people.stranger).get(address("idea_proof", skp)).status_code == 404
