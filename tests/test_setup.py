"""The installation: modes, insecure settings, probes, logs, and the guards of the tests themselves."""

import json
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, RequestFactory
from django_tasks_db.models import DBTaskResult

from config import health
from config.banner import insecure_mode
from config.checks import check_environment, check_production
from config.logs import client_address
from tests.conftest import NetworkForbidden

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "SKP_MODE": "production",
    "SECRET_KEY": "$" + "kunci-acak-0123456789" * 3,
    "ALLOWED_HOSTS": "skp.example.go.id",
    "PUBLIC_URL": "https://skp.example.go.id",
    "PROXY_COUNT": "1",
    "EMAIL_URL": "smtp+tls://skp:rahasia@mail.example.go.id:587",
}
NOW = datetime(2026, 1, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def manage(tmp_path):
    """Run a manage.py command in an environment of its own; the finished process with its output."""

    def run(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def ids(messages):
    return [message.id for message in messages]


# --- Modes ---


def test_commands_work_with_no_environment(manage, tmp_path):
    done = manage("check")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    key = (tmp_path / "development.key").read_text()
    assert len(key) >= 50
    assert (tmp_path / "development.key").stat().st_mode & 0o077 == 0
    manage("check")
    assert (tmp_path / "development.key").read_text() == key


def test_production_is_clean_under_check_deploy(manage):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")
    assert done.stderr == ""


def test_production_serves_static_files_by_content_and_compressed(manage, tmp_path):
    done = manage("collectstatic", "--no-input", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    built = [path for path in (tmp_path / "static").glob("app.*.css*") if len(path.name.split(".")[1]) == 12]
    assert sorted(path.suffix for path in built) == [".br", ".css", ".gz"]


def test_development_is_named_by_check_deploy(manage):
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 1
    assert "skp.W001" in done.stderr


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SKP_MODE": "production"}, "SKP_MODE=production needs SECRET_KEY"),
        ({"SKP_MODE": "produksi"}, "SKP_MODE must be 'development' or 'production'"),
        ({"OFFICE_TIME_ZONE": "Europe/Berlin"}, "skp.E001"),
        ({**PRODUCTION, "DEBUG": "true"}, "skp.E002"),
        ({"PROXY_COUNT": "-1"}, "skp.E003"),
    ],
)
def test_impossible_settings_stop_every_command(manage, environment, sentence):
    done = manage("migrate", "--plan", **environment)
    assert done.returncode == 1
    assert sentence in done.stderr


def test_the_example_file_is_a_working_environment(manage):
    pairs = (
        line.partition("=")[::2]
        for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    given = {name: value for name, value in pairs if name != "VAR_DIR"}
    done = manage("check", **given)
    assert done.returncode == 0, done.stderr


def test_database_url_alone_chooses_the_database(manage, tmp_path):
    other = tmp_path / "lain.sqlite3"
    done = manage("migrate", "--no-input", "--verbosity", "0", DATABASE_URL=f"sqlite:///{other}")
    assert done.returncode == 0, done.stderr
    assert other.stat().st_size > 100_000
    assert not (tmp_path / "db.sqlite3").exists()


# --- Insecure settings ---


def test_checks_pass_in_good_settings(settings):
    settings.MODE = "production"
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["skp.example.go.id"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.PUBLIC_URL = "https://skp.example.go.id"
    assert check_environment(None) == []
    assert check_production(None) == []
    assert insecure_mode(RequestFactory().get("/")) == {"insecure_mode": False}


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("MODE", "development", ["skp.W001"]),
        ("ALLOWED_HOSTS", ["*"], ["skp.W002"]),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", ["skp.W003"]),
        ("PUBLIC_URL", "http://127.0.0.1:8000", ["skp.W004"]),
        ("PUBLIC_URL", "http://skp.example.go.id", ["skp.W004"]),
        ("PUBLIC_URL", "https://10.1.2.3", ["skp.W004"]),
        ("PUBLIC_URL", "https://server", ["skp.W004"]),
        ("PUBLIC_URL", "https://skp.kantor.local", ["skp.W004"]),
        ("PUBLIC_URL", "https://skp.example.go.id/skp/", ["skp.W004"]),
        ("PUBLIC_URL", "skp.example.go.id", ["skp.W004"]),
        ("PUBLIC_URL", "https://[skp.example.go.id", ["skp.W004"]),
        ("PUBLIC_URL", "", ["skp.W004"]),
    ],
)
def test_each_insecure_setting_is_named(settings, name, value, found):
    settings.MODE = "production"
    settings.ALLOWED_HOSTS = ["skp.example.go.id"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.PUBLIC_URL = "https://skp.example.go.id"
    setattr(settings, name, value)
    assert ids(check_production(None)) == found


@pytest.mark.parametrize(("mode", "shown"), [("development", True), ("production", False)])
def test_pages_of_a_development_installation_carry_a_banner(db, client, settings, mode, shown):
    settings.MODE = mode
    page = client.get("/", follow=True)
    assert page.status_code == 200
    assert ("Mode pengembangan" in page.content.decode()) is shown


# --- Probes ---


def test_healthz_asks_nothing_of_the_database(client):
    """Any query would raise: this test has asked for no database."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_readyz_is_ok_when_all_checks_are(db, client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "failing": [],
        "checks": {"database": "ok", "migrations": "ok", "queue": "ok", "disk": "ok"},
    }
    assert "no-store" in answer["Cache-Control"]


def test_readyz_counts_pending_migrations(db, client):
    MigrationRecorder.Migration.objects.filter(app="config", name="0001_cache_table").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["failing"] == ["migrations"]
    assert answer.json()["checks"]["migrations"] == "1 pending"


def test_readyz_names_a_full_disk(db, client, settings):
    settings.READY_FREE_MB = 10**9
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["failing"]) == (503, ["disk"])


def test_readyz_without_a_database_says_so_and_hides_where_it_is(manage):
    script = (
        "from django.test import Client;"
        "answer = Client().get('/readyz');"
        "print(answer.status_code, answer.content.decode())"
    )
    done = manage(
        "shell", "--no-imports", "-c", script, DATABASE_URL="postgres://skp:rahasia@127.0.0.1:1/skp"
    )
    status, _, body = done.stdout.partition(" ")
    assert status == "503", done.stderr
    assert json.loads(body)["failing"] == ["database", "migrations", "queue"]
    assert json.loads(body)["checks"]["database"] == "unreachable (OperationalError)"


def waiting_task(enqueued_at: datetime, run_after: datetime | None = None) -> None:
    row = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="tests.nowhere",
        backend_name="default",
        queue_name="default",
        **({"run_after": run_after} if run_after else {}),
    )
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=enqueued_at)


def test_queue_check_measures_the_oldest_waiting_task(db, settings):
    settings.READY_QUEUE_SECONDS = 600
    waiting_task(NOW - timedelta(seconds=600))
    assert health.queue_check(NOW) == "ok"
    waiting_task(NOW - timedelta(seconds=601))
    assert health.queue_check(NOW) == "oldest task waits 601 s"


def test_queue_check_counts_a_delayed_task_from_its_time(db, settings):
    settings.READY_QUEUE_SECONDS = 600
    waiting_task(NOW - timedelta(days=2), run_after=NOW - timedelta(seconds=30))
    assert health.queue_check(NOW) == "ok"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_read_only(db, address):
    assert Client().post(address).status_code == 405


# --- Logs ---


def test_production_logs_are_json_with_the_request(manage, tmp_path):
    script = (
        "from django.test import Client;"
        "headers = {'host': 'skp.example.go.id', 'x-forwarded-for': '6.6.6.6, 10.0.0.7'};"
        "Client().get('/healthz', headers=headers)"
    )
    done = manage("shell", "--no-imports", "-c", script, **PRODUCTION)
    assert done.returncode == 0, done.stderr
    line = json.loads(done.stderr.splitlines()[-1])
    assert line["event"] == "request_finished"
    assert (line["request"], line["code"], line["level"]) == ("GET /healthz", 200, "info")
    assert line["ip"] == "10.0.0.7"
    assert len(line["request_id"]) == 36


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 10.0.0.7", "10.0.0.7"),
        (2, "6.6.6.6, 10.0.0.7, 10.0.0.8", "10.0.0.7"),
        (2, "10.0.0.8", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_logged_address_is_what_our_outermost_proxy_saw(proxies, forwarded, expected):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
    assert client_address(request, proxies) == expected


# --- Migrations leave a working system ---


def test_the_cache_table_comes_with_migrate(manage):
    assert manage("migrate", "--no-input", "--verbosity", "0").returncode == 0
    script = "from django.core.cache import cache; cache.set('kunci', 'isi'); print(cache.get('kunci'))"
    assert manage("shell", "--no-imports", "-c", script).stdout.strip() == "isi"


def test_the_cache_works_in_tests(db):
    cache.set("kunci", {"isi": 1})
    assert cache.get("kunci") == {"isi": 1}


# --- The tests' own guards ---


def test_tests_cannot_reach_the_network():
    with pytest.raises(NetworkForbidden, match=r"93\.184\.215\.14"):
        socket.create_connection(("93.184.215.14", 80), timeout=1)
    with pytest.raises(NetworkForbidden, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_tests_may_talk_to_this_machine():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=1) as connection,
    ):
        assert connection.getpeername() == server.getsockname()


def test_files_of_tests_stay_out_of_the_working_copy(settings):
    assert ROOT not in Path(settings.STORAGES["default"]["OPTIONS"]["location"]).parents
