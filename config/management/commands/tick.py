"""``manage.py tick``: all time-driven work that is due; meant for a timer, safe to run many at once."""

import logging
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.services.outbox import outbox_send
from accounts.services.sessions import sessions_prune
from accounts.services.signin import login_guards_prune
from assessments.services.delivery import assessments_settle
from assessments.services.no_performance import no_performance_update
from assessments.services.years import year_results_catch_up
from compliance.services.reminders import reminders_send_quarterly
from compliance.services.snapshots import snapshots_take
from config.lib import clock
from config.lib.dates import office_zone
from config.lib.statistics import statistics_refresh_daily
from documents.services import queue_prune
from skp.services.closing import plans_close_ended
from skp.services.duties import duties_refresh_daily

logger = logging.getLogger(__name__)


def parse_now(text: str) -> datetime:
    """The aware instant of an ISO 8601 text, the regency's office time when it has no offset.

    Raises CommandError when it is not one.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--now: {text!r} is no time in ISO 8601, such as 2026-01-31T23:59.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=office_zone())


def _prune(now: datetime) -> None:
    # Sessions and locks live by the wall clock, whatever time is being played.
    login_guards_prune(now=clock.now())
    sessions_prune(now=clock.now())
    queue_prune(now=now)
    statistics_refresh_daily(now=now)


def _send(now: datetime) -> str:
    result = outbox_send(now=now)
    return f"{result.sent} terkirim, {result.later} ditunda, {result.failed} gagal"


# In this order: what comes later reads what came before. Each part writes in transactions of its own and
# may be stopped half-way, since the next run does what is left.
PARTS: tuple[tuple[str, Callable[[datetime], object]], ...] = (
    ("Pembersihan", _prune),
    ("SKP ditutup karena jabatannya berakhir", lambda now: plans_close_ended(now=now)),
    ("Kewajiban berubah", lambda now: duties_refresh_daily(now=now)),
    ("Hasil penilaian menjadi final", lambda now: assessments_settle(now=now)),
    ("Catatan tanpa kinerja berubah", lambda now: no_performance_update(now=now)),
    ("Hasil tahunan berubah", lambda now: year_results_catch_up(now=now)),
    ("Potret papan", lambda now: f"{snapshots_take(now=now)} diambil"),
    ("Pengingat dikirim", lambda now: reminders_send_quarterly(now=now)),
    ("E-mail", _send),
)


class Command(BaseCommand):
    """Exit code 1 when a part failed; the others are done all the same."""

    help = "Does all time-driven work that is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now",
            metavar="TIME",
            help="do the work of this time, ISO 8601; without an offset the regency's office time",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = parse_now(options["now"]) if options["now"] else clock.now()
        failed = [name for name, part in PARTS if not self._done(name, part, now)]
        if failed:
            raise CommandError(f"Gagal, akan dicoba lagi pada pelaksanaan berikutnya: {', '.join(failed)}.")

    def _done(self, name: str, part: Callable[[datetime], object], now: datetime) -> bool:
        try:
            told = part(now)
        # Whatever goes wrong in one part must not keep the others from their time.
        except Exception:
            logger.exception("tick: %s failed", name)
            self.stderr.write(f"{name}: gagal.")
            return False
        if told is not None:
            self.stdout.write(f"{name}: {told}.")
        return True
