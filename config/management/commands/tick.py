"""``manage.py tick``: all time-driven work that is due; meant for a timer, safe to run twice at once."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.services.outbox import outbox_send
from accounts.services.sessions import sessions_prune
from accounts.services.signin import login_guards_prune
from compliance.services.snapshots import snapshots_take
from config.lib import clock
from config.lib.dates import office_zone
from documents.services import queue_prune
from skp.services.closing import plans_close_ended
from skp.services.duties import duties_refresh_daily


def parse_now(text: str) -> datetime:
    """The aware instant of an ISO 8601 text, the regency's office time when it has no offset.

    Raises CommandError when it is not one.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--now: {text!r} is no time in ISO 8601, such as 2026-01-31T23:59.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=office_zone())


class Command(BaseCommand):
    help = "Does all time-driven work that is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now",
            metavar="TIME",
            help="do the work of this time, ISO 8601; without an offset the regency's office time",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = parse_now(options["now"]) if options["now"] else clock.now()
        # Sessions and locks live by the wall clock, whatever time is being played.
        login_guards_prune(now=clock.now())
        sessions_prune(now=clock.now())
        queue_prune(now=now)
        closed = plans_close_ended(now=now)
        self.stdout.write(f"SKP ditutup karena jabatannya berakhir: {closed}.")
        duties_refresh_daily(now=now)
        self.stdout.write(f"Potret papan: {snapshots_take(now=now)} diambil.")
        result = outbox_send(now=now)
        self.stdout.write(f"E-mail: {result.sent} terkirim, {result.later} ditunda, {result.failed} gagal.")
