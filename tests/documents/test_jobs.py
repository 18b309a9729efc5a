"""The life of a job without a worker process: moves, failures, leases, recovery."""

import json
from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from config.lib import jobs
from config.lib.errors import Conflict, NotAllowed
from documents.enums import ItemState, JobAction, JobState
from documents.models import Counter, Job, JobItem
from documents.permissions import JobFacts, can_cancel
from documents.services import JobContext, counter_next, job_cancel, job_run, job_start, jobs_recover
from documents.services.context import LeaseLost
from documents.services.jobs import GAVE_UP, MAX_ATTEMPTS, RESEND_AFTER, job_take
from documents.workflow import JOB_MOVES
from tests.documents.conftest import NOW

LEASE = timedelta(seconds=60)


def run(job: Job, now=NOW) -> Job:
    """Run the job here, with a clock that stands still."""
    job_run(job_id=job.pk, clock=lambda: now)
    return Job.objects.get(pk=job.pk)


def messages() -> list[int]:
    """The jobs that the queue still has to announce."""
    return [row.args_kwargs["args"][0] for row in DBTaskResult.objects.ready()]


def test_table_of_moves():
    table = {
        ("queued", "take"): "running",
        ("queued", "cancel"): "cancelled",
        ("running", "cancel"): "running",
        ("running", "stop"): "cancelled",
        ("running", "release"): "queued",
        ("running", "finish"): "done",
        ("running", "fail"): "failed",
    }
    found = {
        (state.value, action.value): JOB_MOVES[state, action].target.value
        for state, action in product(JobState, JobAction)
        if (state, action) in JOB_MOVES
    }
    assert found == table


@pytest.mark.parametrize("state", JobState)
@pytest.mark.parametrize("is_owner", [True, False])
@pytest.mark.parametrize("requested", [True, False])
def test_who_may_cancel(state, is_owner, requested):
    decision = can_cancel(JobFacts(is_owner, state, requested))
    assert bool(decision) == (is_owner and not requested and state in ("queued", "running"))
    assert bool(decision.reason) != bool(decision)


@pytest.mark.django_db
def test_start_stores_canonical_payload_and_tells_the_queue(start, owner):
    job = start("count_parts", parts=2, bad=[])
    assert job.payload == '{"bad":[],"parts":2,"schema_version":1}'
    assert (job.owner, job.state, job.created_at) == (owner, JobState.QUEUED, NOW)
    assert messages() == [job.pk]


@pytest.mark.django_db(transaction=True)
def test_rolled_back_start_leaves_no_message(start):
    with transaction.atomic():
        start("count_parts", parts=2)
        transaction.set_rollback(True)
    assert messages() == []
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_unlisted_kind_is_refused(owner):
    with pytest.raises(LookupError, match="not listed"):
        job_start(actor=owner, kind="os.system", payload={}, title="Impor", now=NOW)
    assert messages() == []


def test_only_tasks_can_be_queued():
    with pytest.raises(TypeError, match="not a task"):
        jobs.enqueue("documents.services.job_run", 1)


@pytest.mark.django_db
def test_run_counts_summarises_and_attaches(start):
    job = run(start("count_parts", parts=3))
    assert (job.state, job.done, job.total, job.failed, job.attempts) == (JobState.DONE, 3, 3, 0, 1)
    assert (job.started_at, job.finished_at, job.lease_until, job.lease_token) == (NOW, NOW, None, "")
    assert json.loads(job.summary) == {"parts": 3, "schema_version": 1}
    assert job.result_name == "hasil.csv"
    with job.result_file.open("rb") as stored:
        assert stored.read() == b"a;b\n1;2\n"


@pytest.mark.django_db
def test_refused_part_rolls_back_and_says_why_while_the_others_go_on(start):
    job = run(start("count_parts", parts=4, bad=["bagian-1", "bagian-3"]))
    assert (job.state, job.done, job.failed) == (JobState.DONE, 4, 2)
    failed = list(JobItem.objects.filter(state=ItemState.FAILED).values_list("key", "message"))
    assert failed == [("bagian-1", "bagian-1 ditolak"), ("bagian-3", "bagian-3 ditolak")]
    assert list(Counter.objects.order_by("key").values_list("key", "last")) == [
        ("bagian-0", 1),
        ("bagian-2", 1),
    ]


@pytest.mark.django_db
def test_progress_without_parts(start):
    job = run(start("steps_without_items", parts=7))
    assert (job.state, job.done, job.total, job.percent) == (JobState.DONE, 7, 7, 100)


@pytest.mark.django_db
def test_domain_error_fails_with_its_sentence(start):
    job = run(start("refuse"))
    assert (job.state, job.message) == (JobState.FAILED, "Berkas tidak berisi baris data.")


@pytest.mark.django_db
def test_fault_of_the_program_fails_without_its_details(start, caplog):
    job = run(start("break_down"))
    assert job.state == JobState.FAILED
    assert str(job.public_id)[:8] in job.message
    assert "secret" not in job.message
    assert "secret detail" in caplog.text


@pytest.mark.django_db
def test_second_delivery_finds_nothing_to_take(start):
    job = start("count_parts", parts=2)
    run(job)
    assert run(job).attempts == 1
    assert set(Counter.objects.values_list("last", flat=True)) == {1}


@pytest.mark.django_db
def test_cancel_before_the_start_is_final(start, owner):
    job = start("count_parts", parts=2)
    job_cancel(job=job, actor=owner, now=NOW)
    job = run(job)
    assert (job.state, job.attempts, job.cancel_requested_by) == (JobState.CANCELLED, 0, owner)
    assert not Counter.objects.exists()
    with pytest.raises(NotAllowed, match="sudah berakhir"):
        job_cancel(job=job, actor=owner, now=NOW)


@pytest.mark.django_db
def test_cancel_of_a_job_that_was_taken_meanwhile_is_a_conflict(start, owner):
    job = start("count_parts", parts=2)
    job_take(job_id=job.pk, now=NOW)
    with pytest.raises(Conflict):
        job_cancel(job=job, actor=owner, now=NOW)
    job.refresh_from_db()
    assert job.cancel_requested_at is None


@pytest.mark.django_db
def test_stranger_cannot_cancel(start):
    stranger = User.objects.create_user("199001012015011002")
    job = start("count_parts", parts=2)
    with pytest.raises(NotAllowed, match="Hanya pemilik"):
        job_cancel(job=job, actor=stranger, now=NOW)


@pytest.mark.django_db
def test_live_lease_is_left_alone_and_a_passed_one_is_queued_again(start):
    job = start("count_parts", parts=2)
    job_take(job_id=job.pk, now=NOW)
    assert jobs_recover(now=NOW + LEASE - timedelta(microseconds=1)) == 0
    assert jobs_recover(now=NOW + LEASE) == 1
    assert messages() == [job.pk, job.pk]
    job = run(job, NOW + LEASE)
    assert (job.state, job.attempts, job.started_at) == (JobState.DONE, 2, NOW)


@pytest.mark.django_db
def test_job_lost_for_the_third_time_fails_with_a_readable_message(start):
    job = start("count_parts", parts=2)
    now = NOW
    for _ in range(MAX_ATTEMPTS):
        assert job_take(job_id=job.pk, now=now) is not None
        now += LEASE
        assert jobs_recover(now=now) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.message) == (JobState.FAILED, 3, GAVE_UP)
    assert jobs_recover(now=now + LEASE) == 0


@pytest.mark.django_db
def test_lost_job_that_was_to_be_cancelled_ends_cancelled(start, owner):
    job = start("count_parts", parts=2)
    job_take(job_id=job.pk, now=NOW)
    job.refresh_from_db()
    job_cancel(job=job, actor=owner, now=NOW)
    jobs_recover(now=NOW + LEASE)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


@pytest.mark.django_db
def test_queued_job_whose_message_was_lost_is_announced_again(start):
    job = start("count_parts", parts=2)
    DBTaskResult.objects.all().delete()
    assert jobs_recover(now=NOW + RESEND_AFTER) == 1
    assert messages() == [job.pk]
    assert run(job).state == JobState.DONE


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"state": "asleep"},
        {"state": JobState.DONE},
        {"lease_until": None},
        {"lease_token": "x"},
        {"cancel_requested_at": NOW},
        {"total": 1, "done": 2},
    ],
)
def test_database_refuses_nonsense(start, changes):
    job = start("count_parts", parts=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**changes)


def test_listed_kinds_exist():
    """Read from the settings file itself, since the tests list kinds of their own."""
    for kind in import_string("config.settings.JOB_KINDS"):
        assert callable(import_string(kind)), kind


@pytest.mark.django_db(transaction=True)
def test_later_result_replaces_the_earlier_file(start, tmp_path):
    job = start("count_parts", parts=1)
    taken = job_take(job_id=job.pk, now=NOW)
    assert taken is not None
    context = JobContext(taken, clock=lambda: NOW, stopping=lambda: False)
    context.attach("satu.csv", b"1")
    context.attach("dua.csv", b"2")
    job.refresh_from_db()
    assert job.result_name == "dua.csv"
    assert [path.read_bytes() for path in (tmp_path / "private/jobs").iterdir()] == [b"2"]


@pytest.mark.django_db(transaction=True)
def test_run_that_lost_its_lease_writes_nothing_more(start, tmp_path):
    job = start("count_parts", parts=1)
    taken = job_take(job_id=job.pk, now=NOW)
    assert taken is not None
    slow = JobContext(taken, clock=lambda: NOW, stopping=lambda: False)
    keys = slow.items(["a"])
    key = next(keys)
    jobs_recover(now=NOW + LEASE)
    with pytest.raises(LeaseLost), slow.item(key):
        counter_next(kind="test", key=key, year=2026)
    with pytest.raises(LeaseLost):
        slow.attach("satu.csv", b"1")
    with pytest.raises(LeaseLost):
        slow.fail_item(key, "gagal")
    assert not Counter.objects.exists()
    assert JobItem.objects.get().state == ItemState.PENDING
    assert list((tmp_path / "private/jobs").iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_sign_of_life_with_older_figures_does_not_turn_progress_back(start):
    job = start("count_parts", parts=1)
    taken = job_take(job_id=job.pk, now=NOW)
    assert taken is not None
    late = JobContext(taken, clock=lambda: NOW, stopping=lambda: False)
    ahead = JobContext(taken, clock=lambda: NOW + timedelta(seconds=5), stopping=lambda: False)
    ahead.total(10)
    ahead.advance(4)
    late.beat()
    job.refresh_from_db()
    assert (job.done, job.total, job.lease_until) == (4, 10, NOW + timedelta(seconds=65))
