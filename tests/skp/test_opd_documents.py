"""The archive of an OPD's documents: who may start it, what is in it, and how it ends."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from config.lib import clock
from config.lib.errors import NotAllowed
from documents.enums import DocumentKind, JobState
from documents.models import IssuedDocument, Job
from documents.services import JobContext, document_bytes, job_cancel, job_run, job_start, jobs_recover
from documents.services.context import WorkerStops
from documents.services.jobs import job_take
from orgunits.models import RoleGrant
from skp.models import Period
from skp.services.opd_documents import KIND, opd_documents_start
from skp.tasks import opd_documents
from tests.lib.pdfs import text_of
from tests.people import People, Person
from tests.skp.drafts import JANUARY, agreed, drafted, period_2026, result_ids

pytestmark = pytest.mark.django_db
ADDRESS = reverse("skp:opd_documents")


@pytest.fixture
def period(people: People, monkeypatch) -> Period:
    monkeypatch.setattr(clock, "now", lambda: JANUARY)
    return period_2026()


@pytest.fixture
def plans(people: People, period):
    """Two agreed plans and a draft in Dinas Pertama, a draft in Dinas Kedua."""
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    return top, middle, drafted(people.owner, period), drafted(people.other_superior, period)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def work() -> Job:
    job = Job.objects.get()
    job_run(job_id=job.pk, clock=clock.now)
    job.refresh_from_db()
    return job


def archive_of(job: Job) -> dict[str, bytes]:
    with job.result_file.open("rb") as stored, ZipFile(BytesIO(stored.read())) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def start(person: Person, people: People, period: Period) -> Job:
    return opd_documents_start(
        actor=person.viewer(JANUARY), opd_id=people.opd.pk, period_id=period.pk, now=JANUARY
    )


def test_the_admin_gets_the_documents_of_the_own_opd(people: People, period, plans):
    client = client_of(people.opd_admin)
    page = client.get(ADDRESS).content.decode()
    assert "Dinas Pertama" in page
    assert "Dinas Kedua" not in page
    answer = client.post(ADDRESS, {"opd": people.opd.pk, "period": period.pk})
    job = work()
    assert answer.url == reverse("documents:job", args=[job.public_id])
    assert (job.state, job.done, job.total, job.failed) == (JobState.DONE, 3, 3, 0)
    assert job.message == "4 dokumen terbit dan 2 draf dari 3 SKP siap diunduh."
    assert job.result_name == "dokumen-skp-2026-dinas-pertama.zip"
    files = archive_of(job)
    whose = sorted(name.split("_")[0] for name in files)
    assert whose == ["budi-pelaksana"] * 2 + ["dewi-kabid"] * 2 + ["surya-kadis"] * 2
    for name, data in files.items():
        assert ("DRAF" in text_of(data)) is name.endswith("_DRAF.pdf") is name.startswith("budi")
    issued = IssuedDocument.objects.get(kind=DocumentKind.D2)
    assert document_bytes(issued) in files.values()
    assert (
        b"".join(client.get(reverse("documents:job_result", args=[job.public_id])).streaming_content)[:2]
        == b"PK"
    )


def test_bkpsdm_chooses_among_all_opd(people: People, period, plans):
    client = client_of(people.bkpsdm_admin)
    assert "Dinas Kedua" in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, {"opd": people.other_opd.pk, "period": period.pk})
    assert {name.split("_")[0] for name in archive_of(work())} == {"eko-kadis"}


def test_another_opd_cannot_be_asked_for(people: People, period, plans):
    answer = client_of(people.other_admin).post(ADDRESS, {"opd": people.opd.pk, "period": period.pk})
    assert answer.status_code == 422
    for person in (people.other_admin, people.inspector, people.superior, people.leader, people.owner):
        with pytest.raises(NotAllowed, match="pengelola kepegawaian OPD itu"):
            start(person, people, period)
    assert not Job.objects.exists()


def test_a_right_that_ended_before_the_job_ran_gives_nothing(people: People, period, plans):
    start(people.opd_admin, people, period)
    RoleGrant.objects.filter(user=people.opd_admin.user).delete()
    job = work()
    assert (job.state, bool(job.result_file)) == (JobState.FAILED, False)
    assert "pengelola kepegawaian OPD itu" in job.message


def test_the_page_is_unknown_to_those_who_administer_nothing(people: People, period):
    for person in (people.owner, people.superior, people.inspector, people.leader):
        assert client_of(person).get(ADDRESS).status_code == 404


def test_a_second_click_finds_the_job_under_way(people: People, period, plans):
    first = start(people.opd_admin, people, period)
    assert start(people.opd_admin, people, period) == first
    work()
    assert start(people.opd_admin, people, period) != first


def test_an_opd_without_plans_says_so(people: People, period):
    start(people.opd_admin, people, period)
    job = work()
    assert (job.state, job.message) == (
        JobState.FAILED,
        "Belum ada SKP 2026 pada OPD ini, sehingga tidak ada dokumen untuk diunduh.",
    )


def test_a_lost_file_is_named_and_the_others_are_there(people: People, period, plans):
    issued = IssuedDocument.objects.get(kind=DocumentKind.D2)
    document_bytes(issued)
    default_storage.delete(issued.stored_name)
    start(people.opd_admin, people, period)
    job = work()
    assert (job.state, job.done, job.failed) == (JobState.DONE, 3, 1)
    assert "surya-kadis" not in {name.split("_")[0] for name in archive_of(job)}
    page = client_of(people.opd_admin).get(reverse("documents:job", args=[job.public_id])).content.decode()
    assert "Dokumen SURYA KADIS tidak ditemukan di penyimpanan." in page


def test_a_job_taken_up_again_holds_everything(people: People, period, plans):
    """A worker lost in the middle leaves no half archive; the next makes a whole one."""
    taken = job_take(job_id=start(people.opd_admin, people, period).pk, now=JANUARY)
    assert taken is not None
    answers = iter([False, False, True])
    context = JobContext(taken, clock=clock.now, stopping=lambda: next(answers))
    with pytest.raises(WorkerStops):
        opd_documents(context)
    assert not Job.objects.get().result_file
    jobs_recover(now=JANUARY + timedelta(hours=1))
    job = work()
    assert (job.state, job.done, job.attempts) == (JobState.DONE, 3, 2)
    assert len(archive_of(job)) == 6


def test_a_cancelled_job_leaves_no_file(people: People, period, plans):
    job = start(people.opd_admin, people, period)
    job_cancel(job=job, actor=people.opd_admin.user, now=JANUARY)
    assert (work().state, bool(Job.objects.get().result_file)) == (JobState.CANCELLED, False)


def test_the_payload_of_a_job_opens_no_other_opd(people: People, period, plans):
    """Whatever stands in the row: the owner's rights on the day of the run decide."""
    payload = {"opd": people.opd.pk, "period": period.pk}
    job_start(actor=people.other_admin.user, kind=KIND, payload=payload, title="x", now=JANUARY)
    assert work().state == JobState.FAILED
    assert json.loads(Job.objects.get().payload)["opd"] == people.opd.pk


@pytest.mark.parametrize("periods", [1, 3])
def test_queries_of_the_page(people: People, period, periods, django_assert_num_queries):
    for year in range(2027, 2026 + periods):
        Period.objects.create(year=year, created_at=JANUARY)
    client = client_of(people.bkpsdm_admin)
    client.get(ADDRESS)
    with django_assert_num_queries(8):
        page = client.get(ADDRESS).content.decode()
    assert page.count('<option value="') == 3 + periods
