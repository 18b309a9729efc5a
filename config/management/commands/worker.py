"""The process that does long work: takes messages from the queue and looks after lost jobs."""

import logging
import signal
import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from config.lib import clock, jobs
from documents.services import jobs_recover

logger = logging.getLogger(__name__)

LOOK_AFTER = timedelta(seconds=5)
# A message claimed this long ago belonged to a worker that died; jobs guard themselves by their lease.
MESSAGE_LOST = timedelta(minutes=15)
MAX_DELIVERIES = 3
LONGEST_PAUSE = 30.0


def return_lost_messages(now: datetime) -> None:
    """Make messages of dead workers ready again; after the third worker they count as failed."""
    for row in DBTaskResult.objects.running().filter(started_at__lte=now - MESSAGE_LOST):
        given_up = len(row.worker_ids) >= MAX_DELIVERIES
        DBTaskResult.objects.running().filter(pk=row.pk, started_at=row.started_at).update(
            status=TaskResultStatus.FAILED if given_up else TaskResultStatus.READY,
            finished_at=now if given_up else None,
        )


class Loop:
    """Turns of the worker; a locked or absent database only makes it wait, with growing pauses."""

    def __init__(self, interval: float) -> None:
        self.interval = interval
        self.worker_id = get_random_string(32)
        self.pause = interval
        self.looked_at: datetime | None = None

    def run(self, *, until_empty: bool) -> None:
        """Work until asked to stop, or until nothing is left."""
        while not jobs.stop.requested:
            try:
                worked = self.turn()
                self.pause = self.interval
            except (OperationalError, InterfaceError) as error:
                worked = False
                self.recover_from(error)
            else:
                if until_empty and not worked:
                    return
            if not worked:
                self.wait()

    def wait(self) -> None:
        """Pause in short steps, so that a wish to stop is heard."""
        over = time.monotonic() + self.pause
        while not jobs.stop.requested and (left := over - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))

    def turn(self) -> bool:
        """Look after lost work now and then, and do one message; True when there was one."""
        close_old_connections()
        now = clock.now()
        if self.looked_at is None or now - self.looked_at >= LOOK_AFTER:
            self.looked_at = now
            jobs_recover(now=now)
            return_lost_messages(now)
        if not DBTaskResult.objects.ready().exists():
            return False
        self.one_message()
        return True

    def one_message(self) -> None:
        """Let the queue's own worker claim and run a single message."""
        Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=self.worker_id,
        ).run()

    def recover_from(self, error: Exception) -> None:
        """Drop the connection and wait longer each time, half a minute at most."""
        logger.warning("database not usable (%s), trying again in %.0f s", error, self.pause)
        connection.close()
        self.pause = min(max(self.pause, 0.5) * 2, LONGEST_PAUSE)


class Command(BaseCommand):
    help = "Kerjakan antrean: impor, cetak massal, dan pekerjaan lama lainnya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="detik menunggu bila antrean kosong")
        parser.add_argument("--until-empty", action="store_true", help="berhenti bila antrean kosong")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        Loop(options["interval"]).run(until_empty=options["until_empty"])

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Finish the part at hand, give the rest of the job back, and end."""
        jobs.stop.requested = True
