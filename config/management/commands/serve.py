"""A first look in one process tree: the web server and the worker, looked after together."""

import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
# A worker that lived this long did well; its end starts the pauses from the beginning.
HEALTHY_SECONDS = 60.0
SECONDS_TO_END = 15.0


class Worker:
    """The worker process, started again when it dies, after pauses that grow."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.pause = FIRST_PAUSE
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, cwd=settings.BASE_DIR)
        self.started = time.monotonic()
        self.start_at: float | None = None

    def look_after(self) -> int | None:
        """Start the worker again when its pause is over; the exit status when it was found dead just now."""
        status = self.process.poll()
        if status is None:
            return None
        now = time.monotonic()
        if self.start_at is None:
            self.pause = FIRST_PAUSE if now - self.started > HEALTHY_SECONDS else self.pause
            self.start_at = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
            return status
        if now >= self.start_at:
            self.start()
        return None


def check_address(host: str, port: int) -> None:
    """Refuse an address that cannot be used before anything starts; raises CommandError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise CommandError(
            f"Cannot listen on {host}:{port} ({error.strerror}). Choose another: make run PORT=8001"
        ) from error


class Command(BaseCommand):
    help = "Run the web server and a worker together until stopped; for a first look and for development."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=8, help="requests answered at once (default: 8)")
        parser.add_argument("--reload", action="store_true", help="restart the web server when code changes")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        check_address(host, port)
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        worker = Worker([sys.executable, "manage.py", "worker"])
        server = self.start_server(host, port, options["threads"], reload=options["reload"])
        self.stdout.write(f"Open http://{host}:{port}/ – stop with Ctrl+C.")
        self.stdout.flush()
        try:
            self.watch(server, worker)
        finally:
            self.end(server, worker.process)
        if not self.stopping:
            raise CommandError(f"The web server ended with status {server.returncode}.")

    def start_server(self, host: str, port: int, threads: int, *, reload: bool) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{host}:{port}"]
        command += ["--worker-class", "gthread", "--threads", str(threads), "--log-level", "warning"]
        if reload:
            command.append("--reload")
        return subprocess.Popen(command, cwd=settings.BASE_DIR)

    def watch(self, server: "subprocess.Popen[bytes]", worker: Worker) -> None:
        """Until asked to stop or the server is gone."""
        while not self.stopping and server.poll() is None:
            status = worker.look_after()
            if status is not None:
                self.stderr.write(f"The worker ended with status {status}; starting it again.")
            time.sleep(0.2)

    def end(self, *processes: "subprocess.Popen[bytes]") -> None:
        """Ask the processes to finish, and kill those that do not."""
        for process in processes:
            process.terminate()
        over = time.monotonic() + SECONDS_TO_END
        for process in processes:
            try:
                process.wait(max(over - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
