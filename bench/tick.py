"""Four timers at once for 8,000 people seven days before planning ends: everything is sent, and once.

    .venv/bin/python bench/tick.py

Rounds of four ``manage.py tick`` processes of one time, until nothing waits, on the PostgreSQL server of
``DATABASE_URL`` (default the local one that ``make test-postgres`` uses; left out with a word when none
answers). Every person has an address; letters go into files, where they are counted. Prints seconds of each
round; ends with status 1 when a digest, a notice or a letter is missing or there twice.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import regency
from board import POSTGRES, answers, settle
from django.conf import settings
from django.db import connection
from regency import bench_database

from accounts.models import Notification, OutboxMessage, User
from compliance.models import ReminderDigest, Snapshot
from orgunits.lines import lines_rebuild
from orgunits.models import Employee
from skp.models import Duty
from skp.services.periods import period_create

TIMERS, MOST_ROUNDS = 4, 20
# 8 in the morning, seven days before planning ends.
SEVEN = datetime(2026, 1, 24, 1, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent


def make_people() -> None:
    """An account and an address for everybody, and the duties of a year."""
    regency.make_regency(random.Random(1))
    lines_rebuild()
    period_create(actor=None, year=SEVEN.year, now=SEVEN - timedelta(days=30))
    User.objects.bulk_create(User(username=str(person.nip)) for person in Employee.objects.all())
    accounts = dict(User.objects.values_list("username", "pk"))
    people = list(Employee.objects.all())
    for person in people:
        person.user_id, person.email = accounts[str(person.nip)], f"{person.pk}@example.go.id"
    Employee.objects.bulk_update(people, ["user_id", "email"], batch_size=1000)


def round_of_timers(now: datetime, letters: Path) -> float:
    """Seconds until all timers that set off together have ended; raises SystemExit when one fails."""
    name = connection.settings_dict["NAME"]
    environment = os.environ | {
        "DATABASE_URL": urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}")),
        "EMAIL_URL": f"filemail:///{letters}",
        "VAR_DIR": str(settings.VAR_DIR),
    }
    begun = time.perf_counter()
    run = [sys.executable, "manage.py", "tick", "--now", now.isoformat()]
    timers = [
        subprocess.Popen(run, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT) for _ in range(TIMERS)
    ]
    ended = [timer.wait() for timer in timers]
    if any(ended):
        raise SystemExit("a timer failed")
    return time.perf_counter() - begun


def addressed(letters: Path) -> Counter[str]:
    """How often each address was written to."""
    lines = (line for file in letters.iterdir() for line in file.read_text(encoding="utf-8").splitlines())
    return Counter(line for line in lines if line.startswith("To: "))


def measure() -> bool:
    """Run the rounds and count; whether everything is there once."""
    with bench_database(), tempfile.TemporaryDirectory(prefix="letters-") as folder:
        make_people()
        settle()
        letters = Path(folder)
        for number in range(MOST_ROUNDS):
            seconds = round_of_timers(SEVEN + timedelta(minutes=number), letters)
            waiting = OutboxMessage.objects.exclude(state="sent").count()
            print(f"round {number + 1}: {TIMERS} timers at once {seconds:5.1f} s, {waiting:,} letters wait")
            if not waiting:
                break
        asked = Duty.objects.filter(stage="planning", obliged=True, due_at__gt=SEVEN)
        people = asked.values("employee").distinct().count()
        digests = ReminderDigest.objects.count()
        notices = Notification.objects.filter(text__startswith="Pengingat").count()
        written = addressed(letters)
        snapshots = Snapshot.objects.filter(kind="daily", stage="planning").count()
        print(
            f"{people:,} people with a deadline: {digests:,} digests, {notices:,} notices,"
            f" {written.total():,} letters to {len(written):,} addresses, {snapshots} snapshot"
        )
        return people <= digests == notices == written.total() == len(written) and snapshots == 1


def main() -> None:
    if os.environ.get("BENCH_DATABASE_URL") == POSTGRES:
        raise SystemExit(0 if measure() else 1)
    if not answers():
        print("postgresql no server answers there: left out")
        return
    there = {**os.environ, "BENCH_DATABASE_URL": POSTGRES}
    raise SystemExit(subprocess.run([sys.executable, __file__], env=there).returncode)


if __name__ == "__main__":
    main()
