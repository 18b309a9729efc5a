"""``manage.py serve``: web and worker start together, a dead worker comes back, all end together."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def children(pid: int) -> dict[int, str]:
    """The command lines of the processes that ``pid`` started, as the kernel lists them."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == pid:
                found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
        except OSError:  # ended meanwhile
            continue
    return found


def worker_of(pid: int) -> int | None:
    return next((child for child, args in children(pid).items() if "manage.py worker" in args), None)


def wait_for(ask, what: str):
    """The first true answer of ``ask`` within 60 seconds."""
    end = time.monotonic() + 60
    while not (answer := ask()):
        assert time.monotonic() < end, what
        time.sleep(0.1)
    return answer


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def serve(tmp_path, port):
    """Start ``serve`` on a database of its own; what is left is ended afterwards."""
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "PYTHONUNBUFFERED": "1",
    }
    started: list[subprocess.Popen[str]] = []

    def start() -> "subprocess.Popen[str]":
        command = [sys.executable, "manage.py", "serve", "--port", str(port)]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        return process

    migrate = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)


def test_web_and_worker_live_and_end_together(serve, port):
    process = serve()
    wait_for(lambda: answers(f"http://127.0.0.1:{port}/readyz"), "the web server did not answer")
    first = wait_for(lambda: worker_of(process.pid), "no worker was started")

    os.kill(first, signal.SIGKILL)
    wait_for(lambda: (worker_of(process.pid) or first) != first, "the worker did not come back")
    family = children(process.pid)
    assert len(family) == 2

    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert re.search(r"The worker ended with status -9; starting it again\.", output)
    for pid in family:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_port_in_use_is_refused_before_anything_starts(serve, port):
    with socket.create_server(("127.0.0.1", port)):
        process = serve()
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in output
    assert "make run PORT=" in output
