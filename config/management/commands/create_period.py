"""Make the period of a year with its default windows and settings."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.lib import clock
from config.lib.errors import DomainError
from skp.models import Period
from skp.services.periods import period_create


class Command(BaseCommand):
    """``create_period YEAR``; says so, and changes nothing, when the period exists."""

    help = "Membuat periode SKP satu tahun dengan jadwal dan pengaturan baku."

    def add_arguments(self, parser: CommandParser) -> None:
        """The year, 2000 to 2100."""
        parser.add_argument("year", type=int)

    def handle(self, *args: Any, year: int, **options: Any) -> None:
        """Create the period; raises CommandError for a year that cannot have one."""
        if Period.objects.filter(year=year).exists():
            self.stdout.write(f"Periode {year} sudah ada; tidak ada yang diubah.")
            return
        try:
            period = period_create(actor=None, year=year, now=clock.now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{period} dibuat dengan {period.windows.count()} jadwal.")
