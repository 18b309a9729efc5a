import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from accounts.models import User
from documents.models import Job
from documents.services import job_start

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 1, 20, 3, 0, tzinfo=UTC)
KINDS = "tests.documents.kinds"


@pytest.fixture(autouse=True)
def job_settings(settings, tmp_path):
    """Kinds of the tests are allowed, and results land in a directory of the test."""
    names = ("count_parts", "one_long_step", "steps_without_items", "refuse", "break_down")
    settings.JOB_KINDS = [f"{KINDS}.{name}" for name in names]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private"},
        },
    }


@pytest.fixture
def owner(db):
    return User.objects.create_user("198001012005011001", name="Siti Rahma")


@pytest.fixture
def start(owner) -> Callable[..., Job]:
    """Start a job of the owner: ``start("count_parts", parts=3)``."""

    def start_job(kind: str, /, *, now: datetime = NOW, **payload: object) -> Job:
        return job_start(actor=owner, kind=f"{KINDS}.{kind}", payload=payload, title="Impor pegawai", now=now)

    return start_job


def database_url() -> str:
    """The address of the database that this test runs on, for another process."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    user = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    return f"postgres://{user}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


@pytest.fixture
def worker(transactional_db, tmp_path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start worker processes on the test's database; those still alive are killed afterwards."""
    processes: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.documents.worker_settings",
        "VAR_DIR": str(tmp_path),
    }

    def start_worker() -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "worker", "--interval", "0.1"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment)
        processes.append(process)
        return process

    yield start_worker
    for process in processes:
        process.kill()
        process.wait()


@pytest.fixture
def until() -> Callable[[Callable[[], bool], str], None]:
    """Wait for a condition, 60 seconds at most: ``until(lambda: …, "what did not happen")``."""

    def wait(condition: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < end, what
            time.sleep(0.05)

    return wait
