"""Time and peak memory of ``import_siasn`` on SQLite and PostgreSQL, first and second run.

    python bench/import.py [DIR]

DIR: the export's workbooks, default ``SIASN_DIR``, else beside the repository. PostgreSQL is the
server of ``DATABASE_URL`` (default postgres://postgres@127.0.0.1:5432/test); a database of its own
is made there and dropped. Budget: 20 seconds, 300 MB, each run, appraisal lines included.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SECONDS, MEGABYTES = 20, 300
BENCH_DATABASE = "bench_import"


def manage(environment: dict[str, str], *arguments: str) -> tuple[float, float, float]:
    """Run a command; seconds of wall clock, of its own processor time, and peak resident megabytes."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *arguments], env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(name: str, environment: dict[str, str], directory: Path) -> bool:
    """Import twice into an empty database and print both runs; whether they keep the budget."""
    manage(environment, "migrate", "-v", "0")
    kept = True
    for run in ("first", "second"):
        seconds, processor, megabytes = manage(environment, "import_siasn", str(directory))
        good = seconds <= SECONDS and megabytes < MEGABYTES
        kept = kept and good
        verdict = "within" if good else "OVER"
        figures = f"{seconds:6.1f} s ({processor:.1f} s processor) {megabytes:6.0f} MB"
        print(f"{name:<11}{run:<8}{figures}   {verdict} {SECONDS} s, {MEGABYTES} MB")
    return kept


def main() -> None:
    beside = ROOT.parent / "shared" / "data" / "siasn"
    directory = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SIASN_DIR", beside))
    address = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/test")
    bench_address = urlunsplit(urlsplit(address)._replace(path=f"/{BENCH_DATABASE}"))
    server = urlunsplit(urlsplit(address)._replace(path="/postgres"))
    plain = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    with tempfile.TemporaryDirectory() as folder:
        kept = measure("SQLite", {**plain, "VAR_DIR": folder}, directory)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {BENCH_DATABASE}")
            connection.execute(f"CREATE DATABASE {BENCH_DATABASE}")
            try:
                postgres = {**plain, "VAR_DIR": folder, "DATABASE_URL": bench_address}
                kept = measure("PostgreSQL", postgres, directory) and kept
            finally:
                connection.execute(f"DROP DATABASE {BENCH_DATABASE}")
    raise SystemExit(0 if kept else 1)


if __name__ == "__main__":
    main()
