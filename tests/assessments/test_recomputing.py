"""Year results computed anew: by command, and by a job that BKPSDM starts from the period's page."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from assessments.models import YearResult
from assessments.services.recomputing import KIND, year_results_recompute_start
from config.lib import clock
from config.lib.errors import NotAllowed
from documents.enums import JobState
from documents.models import Job
from documents.services import job_run
from tests.people import People
from tests.skp.drafts import SCORING, period_2026

pytestmark = pytest.mark.django_db
CAST = 15


@pytest.fixture
def period(people: People, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    return period_2026()


def test_the_command_writes_and_then_finds_nothing_to_do(period, capsys):
    call_command("recompute_results", "--year", "2026")
    assert YearResult.objects.count() == CAST
    assert YearResult.objects.latest("pk").computed_at == SCORING
    call_command("recompute_results", "--year", "2026", "--check")
    out = capsys.readouterr().out
    assert f"Periode 2026: {CAST} baru, 0 berubah, 0 dihapus." in out
    assert "Periode 2026: 0 baru, 0 berubah, 0 dihapus." in out


def test_the_check_ends_with_an_error_and_writes_nothing(period):
    with pytest.raises(CommandError, match="berbeda"):
        call_command("recompute_results", "--year", "2026", "--check")
    assert not YearResult.objects.exists()


def test_a_year_without_a_period_is_named(period):
    with pytest.raises(CommandError, match="Periode 2031 belum ada"):
        call_command("recompute_results", "--year", "2031")


def test_the_button_starts_a_job_that_mends_the_rows(people: People, period):
    client = Client()
    client.force_login(people.bkpsdm_admin.user)
    page = client.get(reverse("skp:period", args=[2026])).content.decode()
    address = reverse("assessments:recompute_results", args=[2026])
    assert address in page
    response = client.post(address)
    job = Job.objects.get(kind=KIND)
    assert response.url == reverse("documents:job", args=[job.public_id])
    job_run(job_id=job.pk, clock=clock.now)
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.DONE, f"{CAST} hasil tahunan berubah.")
    assert YearResult.objects.count() == CAST
    client.post(address)
    again = Job.objects.filter(kind=KIND).latest("pk")
    job_run(job_id=again.pk, clock=clock.now)
    again.refresh_from_db()
    assert again.message == "Semua hasil tahunan sudah sesuai."


def test_asked_for_twice_it_runs_once(people: People, period):
    first, second = (
        year_results_recompute_start(
            actor=people.bkpsdm_admin.viewer(SCORING), period_id=period.pk, now=SCORING
        )
        for _ in range(2)
    )
    assert first == second


def test_only_bkpsdm_may_and_the_inspectorate_sees_no_button(people: People, period):
    with pytest.raises(NotAllowed, match="admin BKPSDM"):
        year_results_recompute_start(actor=people.inspector.viewer(SCORING), period_id=period.pk, now=SCORING)
    client = Client()
    client.force_login(people.inspector.user)
    assert "Hitung ulang" not in client.get(reverse("skp:period", args=[2026])).content.decode()
