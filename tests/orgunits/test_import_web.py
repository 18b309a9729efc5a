"""Imports by web: upload, preview, apply once, discard, and what bad files and latecomers meet."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEvent
from config.lib import clock
from config.lib.errors import Conflict, NotAllowed
from config.lib.xlsx import read_sheets
from documents.enums import JobState
from documents.models import Job
from documents.services import job_cancel, job_run
from orgunits.enums import ImportKind, ImportState, RowVerdict
from orgunits.imports.batches import batch_apply_start, batch_discard, batch_upload
from orgunits.models import Employee, ImportBatch, ImportRow, OrgUnit
from tests import workbooks
from tests.orgunits.test_import_files import BROKEN_FILES
from tests.workbooks import employees, tree

pytestmark = pytest.mark.django_db

LIST = reverse("orgunits:imports")
# Far from the numbers of the cast.
APART = 500_000


@pytest.fixture
def admin(people, client):
    client.force_login(people.bkpsdm_admin.user)
    return people.bkpsdm_admin


@pytest.fixture
def regency(people):
    """The cast's Bidang Satu can be named in a file."""
    OrgUnit.objects.filter(pk=people.division.pk).update(external_id="U-BIDANG")
    return people


def employee(number, **cells):
    """A row of the employee file for nobody of the cast."""
    return workbooks.employee(APART + number, **cells)


def external_id(number):
    return f"P-{APART + number}"


def upload(client, data, name="Data PNS.xlsx", as_of="2026-03-01"):
    file = SimpleUploadedFile(name, data)
    return client.post(LIST, {"workbook": file, "as_of": as_of})


def work():
    """Do every queued job, as the worker would."""
    for job in Job.objects.filter(state=JobState.QUEUED).order_by("pk"):
        job_run(job_id=job.pk, clock=clock.now)


def page(batch):
    return reverse("orgunits:import", args=[batch.public_id])


def staged(client, *rows):
    upload(client, employees(*rows))
    work()
    return ImportBatch.objects.get()


def test_upload_is_read_by_a_job_and_shown_before_it_is_applied(admin, regency, client):
    answer = upload(client, employees(employee(1), employee(1), employee(2, NIP_BARU="'123")))
    batch = ImportBatch.objects.get()
    assert answer.url == page(batch)
    assert (batch.kind, batch.state, batch.created_by) == (
        ImportKind.EMPLOYEES,
        ImportState.READING,
        admin.user,
    )
    assert default_storage.exists(batch.stored_name)
    assert b"Lihat kemajuan" in client.get(page(batch)).content

    stored_name = batch.stored_name
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.stored_name) == (ImportState.STAGED, "")
    assert not Employee.objects.filter(external_id=external_id(1)).exists()
    shown = client.get(page(batch)).content.decode()
    assert "Ditolak: 1 baris" in shown
    assert "Baru: 1 baris" in shown
    assert "Digabung: 1 baris" in shown
    assert "NIP 123 terdiri atas 3 angka" in shown
    assert "Terapkan impor ini?" in shown
    assert stored_name


def test_upload_is_thrown_away_once_read(admin, regency, client, django_capture_on_commit_callbacks):
    upload(client, employees(employee(1)))
    stored_name = ImportBatch.objects.get().stored_name
    with django_capture_on_commit_callbacks(execute=True):
        work()
    assert not default_storage.exists(stored_name)


def test_applying_takes_the_rows_over_and_keeps_the_refused_ones(admin, regency, client):
    batch = staged(client, employee(1), employee(2, NIP_BARU="'123"))
    answer = client.post(reverse("orgunits:import_apply", args=[batch.public_id]))
    assert answer.url == page(batch)
    batch.refresh_from_db()
    assert batch.state == ImportState.APPLYING
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.message) == (ImportState.APPLIED, "")
    person = Employee.objects.get(external_id=external_id(1))
    post = person.assignments.get()
    assert (post.unit, post.source_batch) == (regency.division, batch)
    assert post.lines.get().appraiser == regency.appraiser.employee
    assert batch.job.state == JobState.DONE
    assert batch.job.message.startswith("Impor diterapkan: 1 baru, 0 berubah")
    applied = AuditEvent.objects.get(kind="import.applied")
    assert applied.actor == admin.user

    excel = client.get(reverse("orgunits:import_refused", args=[batch.public_id]))
    (sheet,) = read_sheets(b"".join(excel) if excel.streaming else excel.content)
    rows = list(sheet.rows())
    assert rows[1][:4] == ["Data PNS.xlsx", 3, "NIP BARU", "nip_length"]
    assert excel["Content-Disposition"].startswith("attachment")


def test_second_click_applies_nothing_twice(admin, regency, client):
    batch = staged(client, employee(1))
    address = reverse("orgunits:import_apply", args=[batch.public_id])
    assert client.post(address).status_code == 302
    second = client.post(address)
    assert second.status_code == 409
    assert "sudah diterapkan, sedang diterapkan" in second.content.decode()
    work()
    assert client.post(address).status_code == 409
    assert Job.objects.count() == 2
    assert Employee.objects.filter(external_id=external_id(1)).count() == 1


def test_two_officers_cannot_apply_at_once(admin, regency, client):
    upload(client, employees(employee(1)))
    upload(client, employees(employee(2)), name="Data lain.xlsx")
    work()
    second, first = ImportBatch.objects.order_by("-pk")
    batch_apply_start(actor=admin.viewer(), batch=first, now=clock.now())
    with pytest.raises(Conflict, match="Impor lain sedang diterapkan"):
        batch_apply_start(actor=admin.viewer(), batch=second, now=clock.now())
    work()
    batch_apply_start(actor=admin.viewer(), batch=second, now=clock.now())


def test_preview_gone_stale_is_worked_out_again(admin, regency, client):
    batch = staged(client, employee(1), employee(2))
    assert ImportRow.objects.filter(batch=batch, verdict=RowVerdict.CREATE).count() == 2
    Employee.objects.filter(pk=regency.stranger.employee.pk).update(nip=employee(2)["NIP BARU"][1:])
    client.post(reverse("orgunits:import_apply", args=[batch.public_id]))
    work()
    batch.refresh_from_db()
    assert batch.message.startswith("1 baris berbeda dari pratinjau")
    verdicts = ImportRow.objects.filter(batch=batch).order_by("row").values_list("verdict", "code")
    assert list(verdicts) == [(RowVerdict.CREATE, ""), (RowVerdict.REFUSED, "nip_taken")]
    assert "berbeda dari pratinjau" in client.get(page(batch)).content.decode()


def test_discarded_import_leaves_nothing_but_its_record(admin, regency, client):
    batch = staged(client, employee(1))
    answer = client.post(reverse("orgunits:import_discard", args=[batch.public_id]))
    assert answer.url == LIST
    batch.refresh_from_db()
    assert batch.state == ImportState.DISCARDED
    assert not ImportRow.objects.exists()
    assert not Employee.objects.filter(external_id=external_id(1)).exists()
    assert client.post(reverse("orgunits:import_apply", args=[batch.public_id])).status_code == 409
    assert client.post(reverse("orgunits:import_discard", args=[batch.public_id])).status_code == 409


def test_import_whose_job_was_cancelled_waits_for_a_decision_again(admin, regency, client):
    batch = staged(client, employee(1))
    started = batch_apply_start(actor=admin.viewer(), batch=batch, now=clock.now())
    job_cancel(job=started.job, actor=admin.user, now=clock.now())
    shown = client.get(page(batch)).content.decode()
    assert "Pekerjaan terhenti" in shown
    assert client.post(reverse("orgunits:import_apply", args=[batch.public_id])).status_code == 302
    work()
    batch.refresh_from_db()
    assert batch.state == ImportState.APPLIED


def test_reading_that_was_cancelled_can_be_discarded(admin, regency, client):
    upload(client, employees(employee(1)))
    batch = ImportBatch.objects.get()
    with pytest.raises(Conflict):
        batch_discard(actor=admin.viewer(), batch=batch, now=clock.now())
    job_cancel(job=batch.job, actor=admin.user, now=clock.now())
    batch_discard(actor=admin.viewer(), batch=batch, now=clock.now())
    batch.refresh_from_db()
    assert batch.state == ImportState.DISCARDED


def test_nothing_to_apply_is_said_instead_of_offered(admin, regency, client):
    batch = staged(client, employee(2, NIP_BARU="'123"))
    shown = client.get(page(batch)).content.decode()
    assert "Tidak ada baris baru atau berubah" in shown
    assert "disabled" in shown


def test_other_kinds_of_files_are_taken_by_the_same_page(admin, client):
    upload(client, tree(), name="SOTK.xlsx")
    work()
    batch = ImportBatch.objects.get()
    assert batch.kind == ImportKind.UNITS
    # The cast's regency has a root of its own, so a second tree finds no place beside it.
    assert set(ImportRow.objects.values_list("verdict", flat=True)) == {RowVerdict.REFUSED}


@pytest.mark.parametrize("name", sorted(BROKEN_FILES))
def test_bad_file_is_refused_with_its_reason_and_changes_nothing(admin, client, name):
    data, reason = BROKEN_FILES[name]
    answer = upload(client, data)
    assert answer.status_code == 422
    assert reason.replace("'", "&#x27;") in answer.content.decode()
    assert not ImportBatch.objects.exists()
    assert not Job.objects.exists()


def test_form_names_what_is_missing(admin, client):
    answer = client.post(LIST, {"as_of": "31-31-2026"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Pilih berkas yang akan diimpor." in shown
    assert "Tulis tanggal seperti 31-01-2026." in shown


def test_state_of_tomorrow_is_refused(admin, client):
    answer = upload(client, employees(employee(1)), as_of="2099-01-01")
    assert answer.status_code == 400
    assert "tidak boleh sesudah hari ini" in answer.content.decode()


def test_too_large_upload_is_refused_unread(admin, client, monkeypatch):
    monkeypatch.setattr("orgunits.views.import_form.MAX_FILE_BYTES", 10)
    answer = upload(client, employees(employee(1)))
    assert answer.status_code == 422
    assert "lebih besar dari" in answer.content.decode()


def test_all_rows_of_a_verdict_are_listed_in_pages(admin, regency, client):
    batch = staged(client, *(employee(number) for number in range(1, 31)))
    assert "Lihat semua 30 baris" in client.get(page(batch)).content.decode()
    address = reverse("orgunits:import_rows", args=[batch.public_id, "create"])
    assert f"PEGAWAI {APART + 30}" in client.get(address, {"halaman": 2}).content.decode()
    assert client.get(reverse("orgunits:import_rows", args=[batch.public_id, "lain"])).status_code == 404


@pytest.mark.parametrize("who", ["opd_admin", "inspector", "leader", "superior", "owner"])
def test_imports_are_the_business_of_bkpsdm_alone(admin, regency, client, who):
    batch = staged(client, employee(1))
    person = getattr(regency, who)
    client.force_login(person.user)
    assert client.get(LIST).status_code == 403
    assert upload(client, employees(employee(2))).status_code == 403
    for name in ("import", "import_refused"):
        assert client.get(reverse(f"orgunits:{name}", args=[batch.public_id])).status_code == 404
    for name in ("import_apply", "import_discard"):
        assert client.post(reverse(f"orgunits:{name}", args=[batch.public_id])).status_code == 404
    with pytest.raises(NotAllowed):
        batch_apply_start(actor=person.viewer(), batch=batch, now=clock.now())
    with pytest.raises(NotAllowed):
        batch_discard(actor=person.viewer(), batch=batch, now=clock.now())
    batch.refresh_from_db()
    assert batch.state == ImportState.STAGED


def test_upload_that_fails_to_be_noted_leaves_no_file(admin, settings):
    default_storage.save("imports/lain", ContentFile(b"x"))
    before = default_storage.listdir("imports")[1]
    settings.JOB_KINDS = []
    with pytest.raises(LookupError):
        batch_upload(
            actor=admin.viewer(),
            name="a.xlsx",
            data=employees(employee(1)),
            as_of=admin.viewer().today,
            now=clock.now(),
        )
    assert default_storage.listdir("imports")[1] == before
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_rows(admin, regency, client, django_assert_max_num_queries, count):
    batch = staged(client, *(employee(number) for number in range(1, count + 1)))
    for address in (page(batch), LIST):
        client.get(address)
        with django_assert_max_num_queries(20 if address != LIST else 12):
            assert client.get(address).status_code == 200
