"""Kinds of jobs for the tests; what they do is counted by Counter rows, one for each key."""

import time

from config.lib.errors import DomainError
from documents.services import JobContext, counter_next

YEAR = 2026


def count_parts(job: JobContext) -> None:
    """Do each of payload ``parts`` keys once, ``pause_ms`` each; keys in ``bad`` are refused."""
    for key in job.items([f"bagian-{number}" for number in range(job.payload["parts"])]):
        with job.item(key):
            counter_next(kind="test", key=key, year=YEAR)
            time.sleep(job.payload.get("pause_ms", 0) / 1000)
            if key in job.payload.get("bad", []):
                raise DomainError(f"{key} ditolak")
    job.attach("hasil.csv", b"a;b\n1;2\n")
    job.summarise({"parts": job.payload["parts"]}, message="Semua bagian sudah diperiksa.")


def one_long_step(job: JobContext) -> None:
    """Work in one transaction for ``pause_ms`` without a sign of its own."""
    for key in job.items(["langkah"]):
        with job.item(key):
            counter_next(kind="test", key=key, year=YEAR)
            time.sleep(job.payload["pause_ms"] / 1000)


def steps_without_items(job: JobContext) -> None:
    """Count to ``parts`` in memory."""
    job.total(job.payload["parts"])
    for _ in range(job.payload["parts"]):
        job.advance()


def refuse(job: JobContext) -> None:
    """Fail by a rule."""
    raise DomainError("Berkas tidak berisi baris data.")


def break_down(job: JobContext) -> None:
    """Fail by a fault of the program."""
    raise ZeroDivisionError("secret detail")
