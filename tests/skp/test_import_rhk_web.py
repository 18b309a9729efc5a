"""BKPSDM uploads a workbook, looks, applies; and what others, latecomers and bad files meet."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from config.lib import clock
from config.lib.xlsx import read_sheets
from documents.enums import JobState
from documents.models import Job
from documents.services import job_cancel, job_run
from orgunits.enums import ImportState
from skp.models import Move, PlannedResult, RhkUpload, Skp
from tests.skp.drafts import JANUARY, period_2026
from tests.skp.rhk_books import HEADERS, row
from tests.workbooks import sheet

pytestmark = pytest.mark.django_db
LIST = reverse("skp:rhk_uploads")


@pytest.fixture(autouse=True)
def january(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: JANUARY)


@pytest.fixture
def admin(people, client):
    client.force_login(people.bkpsdm_admin.user)
    return people.bkpsdm_admin


def rows(people):
    return [
        row(people.superior, "R1"),
        row(people.appraiser, "R2", KODE_RHK_ATASAN="R1"),
        row(people.owner, "R3", KODE_RHK_ATASAN="R9"),
        row(people.stranger, "R4"),
    ]


def upload(client, data, period, name="RHK Dinas.xlsx"):
    return client.post(LIST, {"workbook": SimpleUploadedFile(name, data), "period": period.pk})


def work():
    for job in Job.objects.filter(state=JobState.QUEUED).order_by("pk"):
        job_run(job_id=job.pk, clock=clock.now)


def staged(client, people):
    upload(client, sheet(HEADERS, rows(people)), period_2026())
    work()
    return RhkUpload.objects.get()


def page(found):
    return reverse("skp:rhk_upload", args=[found.public_id])


def test_the_preview_shows_what_would_happen_and_writes_nothing(admin, people, client):
    answer = upload(client, sheet(HEADERS, rows(people)), period_2026())
    found = RhkUpload.objects.get()
    assert answer.url == page(found)
    assert b"Lihat kemajuan" in client.get(page(found)).content
    work()
    shown = client.get(page(found)).content.decode()
    assert "Terapkan impor ini?" in shown
    assert "Ditolak: 1 baris" in shown
    assert "bertugas di Dinas Kedua" in shown
    assert not Skp.objects.exists()
    assert Job.objects.get().message.startswith("Berkas selesai dibaca: 3 hasil kerja milik 3 pegawai")


def test_applying_writes_the_drafts_once_and_names_who_did_it(admin, people, client):
    found = staged(client, people)
    stored = found.stored_name
    assert default_storage.exists(stored)
    apply = reverse("skp:rhk_apply", args=[found.public_id])
    assert client.post(apply).status_code == 302
    assert client.post(apply).status_code == 409
    work()
    found.refresh_from_db()
    assert (found.state, found.stored_name, found.applied_at) == (ImportState.APPLIED, "", JANUARY)
    assert PlannedResult.objects.count() == 3
    assert set(Move.objects.values_list("actor", flat=True)) == {admin.user.pk}
    shown = client.get(page(found)).content.decode()
    assert "Diterapkan" in shown
    assert "Terapkan impor ini?" not in shown


def test_refused_rows_as_excel(admin, people, client):
    found = staged(client, people)
    answer = client.get(reverse("skp:rhk_refused", args=[found.public_id]))
    (written,) = read_sheets(answer.content)
    _headers, only = written.rows()
    assert only[1:4] == [5.0, "NIP", "other_opd"]


def test_discarding_throws_the_file_away(admin, people, client, django_capture_on_commit_callbacks):
    found = staged(client, people)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("skp:rhk_discard", args=[found.public_id]))
    assert not default_storage.exists(found.stored_name)
    found.refresh_from_db()
    assert found.state == ImportState.DISCARDED
    assert client.post(reverse("skp:rhk_apply", args=[found.public_id])).status_code == 409
    assert not Skp.objects.exists()


def test_a_workbook_whose_job_was_cancelled_can_be_decided_again(admin, people, client):
    found = staged(client, people)
    client.post(reverse("skp:rhk_apply", args=[found.public_id]))
    found.refresh_from_db()
    job_cancel(job=found.job, actor=admin.user, now=JANUARY)
    assert "Pekerjaan terhenti" in client.get(page(found)).content.decode()
    client.post(reverse("skp:rhk_apply", args=[found.public_id]))
    work()
    assert Skp.objects.count() == 3


def test_a_file_that_has_gone_says_so(admin, people, client):
    found = staged(client, people)
    default_storage.delete(found.stored_name)
    client.post(reverse("skp:rhk_apply", args=[found.public_id]))
    work()
    found.refresh_from_db()
    assert (found.state, found.message) == (
        ImportState.STAGED,
        "Berkas unggahan sudah tidak ada. Unggah lagi.",
    )


@pytest.mark.parametrize("data", [b"", b"PK", sheet(("NIP", "NAMA"), [{"NIP": "1"}]), sheet(HEADERS, [])])
def test_bad_files_are_refused_at_the_field(admin, client, data):
    answer = upload(client, data, period_2026())
    assert answer.status_code in (400, 422)
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not RhkUpload.objects.exists()


@pytest.mark.parametrize("who", ["owner", "superior", "opd_admin", "inspector", "leader"])
def test_nobody_else_uploads(people, who):
    client = Client()
    client.force_login(getattr(people, who).user)
    assert upload(client, sheet(HEADERS, rows(people)), period_2026()).status_code == 403
    assert not RhkUpload.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_queries(admin, people, client, number, django_assert_num_queries):
    period = period_2026()
    for _ in range(number):
        upload(client, sheet(HEADERS, rows(people)), period)
        work()
    client.get(LIST)
    with django_assert_num_queries(10):
        assert client.get(LIST).content.decode().count("RHK Dinas.xlsx") == number
    one = page(RhkUpload.objects.first())
    with django_assert_num_queries(7):
        assert client.get(one).status_code == 200
