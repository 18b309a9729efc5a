"""Pages of long work: own jobs only, progress, cancel, download, constant queries."""

import uuid

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from documents.enums import JobState
from documents.models import Job
from documents.services import job_run
from documents.services.jobs import job_take
from tests.documents.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def owners_page(client, owner):
    """The owner's browser."""
    client.force_login(owner)
    return client


@pytest.fixture
def strangers_page(client):
    client.force_login(User.objects.create_user("199001012015011002"))
    return client


def address(job: Job, name: str = "job") -> str:
    return reverse(f"documents:{name}", args=[job.public_id])


def finished(job: Job) -> Job:
    job_run(job_id=job.pk, clock=lambda: NOW)
    return Job.objects.get(pk=job.pk)


def test_list_is_empty_with_a_reason(owners_page):
    html = owners_page.get(reverse("documents:jobs")).content.decode()
    assert "Belum ada pekerjaan" in html


def test_list_shows_own_jobs_with_state_and_progress(owners_page, start):
    finished(start("count_parts", parts=3))
    start("count_parts", parts=2)
    html = owners_page.get(reverse("documents:jobs")).content.decode()
    assert html.count("Impor pegawai") == 2
    assert "Menunggu giliran" in html
    assert "3 dari 3" in html
    assert "20 Januari 2026 pukul 10.00 WIB" in html


def test_list_hides_the_jobs_of_others(strangers_page, start):
    start("count_parts", parts=2)
    html = strangers_page.get(reverse("documents:jobs")).content.decode()
    assert "Impor pegawai" not in html


@pytest.mark.parametrize("name", ["job", "job_result"])
def test_pages_of_others_are_unknown(strangers_page, start, name):
    job = finished(start("count_parts", parts=1))
    assert job.result_file
    assert strangers_page.get(address(job, name)).status_code == 404


def test_cancel_of_others_is_unknown(strangers_page, start):
    job = start("count_parts", parts=1)
    assert strangers_page.post(address(job, "job_cancel")).status_code == 404
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


@pytest.mark.parametrize("name", ["job", "job_result", "job_cancel"])
def test_pages_need_a_login(client, start, name):
    job = start("count_parts", parts=1)
    response = client.post(address(job, name)) if name == "job_cancel" else client.get(address(job, name))
    assert response.status_code == 302
    assert response.url.startswith("/akun/")
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_unknown_job_is_not_found(owners_page):
    assert owners_page.get(reverse("documents:job", args=[uuid.uuid4()])).status_code == 404


def test_running_job_shows_a_bar_asks_again_and_can_be_cancelled(owners_page, start):
    job = start("count_parts", parts=8)
    job_take(job_id=job.pk, now=NOW)
    Job.objects.filter(pk=job.pk).update(done=2, total=8)
    html = owners_page.get(address(job)).content.decode()
    assert 'value="2" max="8"' in html
    assert "2 dari 8" in html
    assert f'<a href="{address(job)}">muat ulang halaman ini</a>' in html
    assert f'hx-get="{address(job)}" hx-trigger="every 2s"' in html
    assert "Batalkan pekerjaan" in html


def test_poll_of_a_running_job_gets_the_progress_alone(owners_page, start):
    job = start("count_parts", parts=8)
    job_take(job_id=job.pk, now=NOW)
    response = owners_page.get(address(job), headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert "hx-trigger" in html
    assert "HX-Refresh" not in response.headers
    assert "HX-Request" in response.headers["Vary"]


def test_poll_of_an_ended_job_sends_for_the_whole_page(owners_page, start):
    job = finished(start("count_parts", parts=1))
    response = owners_page.get(address(job), headers={"HX-Request": "true"})
    assert response.headers["HX-Refresh"] == "true"
    assert "hx-trigger" not in response.content.decode()


def test_ended_job_shows_outcome_failures_and_file_and_no_longer_reloads(owners_page, start):
    job = finished(start("count_parts", parts=3, bad=["bagian-1"]))
    html = owners_page.get(address(job)).content.decode()
    assert "Semua bagian sudah diperiksa." in html
    assert "<strong>bagian-1</strong>: bagian-1 ditolak" in html
    assert f'href="{address(job, "job_result")}"' in html
    assert "muat ulang" not in html
    assert "hx-get" not in html
    assert "Batalkan pekerjaan" not in html


def test_title_is_escaped(owners_page, start):
    job = start("count_parts", parts=1)
    Job.objects.filter(pk=job.pk).update(title="<script>alert(1)</script>")
    html = owners_page.get(address(job)).content.decode()
    assert "<script>alert" not in html
    assert escape("<script>alert(1)</script>") in html


def test_cancel_goes_back_to_the_page_which_says_so(owners_page, start):
    job = start("count_parts", parts=1)
    response = owners_page.post(address(job, "job_cancel"), follow=True)
    assert response.redirect_chain == [(address(job), 302)]
    assert "Dibatalkan sebelum dimulai." in response.content.decode()


def test_second_cancel_is_refused_with_a_sentence(owners_page, start, owner):
    job = start("count_parts", parts=1)
    job_take(job_id=job.pk, now=NOW)
    assert owners_page.post(address(job, "job_cancel")).status_code == 302
    response = owners_page.post(address(job, "job_cancel"))
    assert response.status_code == 403
    assert "Pembatalan sudah diminta" in response.content.decode()
    assert "Pembatalan sudah diminta" in owners_page.get(address(job)).content.decode()


def test_cancel_needs_a_post(owners_page, start):
    job = start("count_parts", parts=1)
    assert owners_page.get(address(job, "job_cancel")).status_code == 405


def test_result_is_a_download_under_its_own_name(owners_page, start):
    job = finished(start("count_parts", parts=1))
    response = owners_page.get(address(job, "job_result"))
    assert b"".join(response.streaming_content) == b"a;b\n1;2\n"
    assert response.headers["Content-Disposition"] == 'attachment; filename="hasil.csv"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    response.close()


def test_result_of_a_job_without_one_is_not_found(owners_page, start):
    job = start("count_parts", parts=1)
    assert owners_page.get(address(job, "job_result")).status_code == 404


@pytest.mark.parametrize("jobs", [1, 3])
def test_queries_of_the_list(owners_page, start, jobs, django_assert_num_queries):
    for _ in range(jobs):
        start("count_parts", parts=1)
    with django_assert_num_queries(7):
        owners_page.get(reverse("documents:jobs"))


@pytest.mark.parametrize("parts", [1, 3])
def test_queries_of_a_job_with_failures(owners_page, start, parts, django_assert_num_queries):
    job = finished(start("count_parts", parts=parts, bad=[f"bagian-{number}" for number in range(parts)]))
    with django_assert_num_queries(7):
        owners_page.get(address(job))


def test_queries_of_a_poll(owners_page, start, django_assert_num_queries):
    job = start("count_parts", parts=1)
    with django_assert_num_queries(3):
        owners_page.get(address(job), headers={"HX-Request": "true"})
