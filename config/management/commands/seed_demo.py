"""Fill an empty database with a small demo regency and print its logins."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo.seeding import PASSWORD, has_other_people, is_seeded, logins, seed
from config.lib import clock
from config.lib.dates import office_date
from config.lib.errors import DomainError


class Command(BaseCommand):
    """Exit code 0 also when people are there already: then nothing is written."""

    help = "Mengisi basis data kosong dengan daerah contoh dan mencetak akun masuknya."

    def add_arguments(self, parser: CommandParser) -> None:
        """The year of the plans, this one unless told."""
        parser.add_argument("--year", type=int, help="tahun SKP, bawaan tahun ini")

    def handle(self, *args: Any, year: int | None = None, **options: Any) -> None:
        """Seed once; raises CommandError in production and for a year that is not near."""
        if settings.PRODUCTION:
            raise CommandError("Data contoh memakai kata sandi umum dan tidak dapat dibuat di mode produksi.")
        if has_other_people():
            self.stdout.write("Basis data ini sudah berisi pegawai; data contoh tidak dicampurkan.")
            return
        if is_seeded():
            self.stdout.write("Data contoh sudah ada; tidak ada yang diubah.")
        else:
            self._seed(year)
        self._tell()

    def _seed(self, year: int | None) -> None:
        now = clock.now()
        this_year = office_date(now).year
        chosen = this_year if year is None else year
        if abs(chosen - this_year) > 1:
            raise CommandError(f"Tahun data contoh harus {this_year - 1}, {this_year}, atau {this_year + 1}.")
        try:
            seed(regency=settings.REGENCY_NAME, year=chosen, now=now)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Data contoh tahun {chosen} sudah dibuat.")

    def _tell(self) -> None:
        rows = [("Nama", "Peran", "NIP atau nama pengguna"), *logins()]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        self.stdout.write("")
        for name, role, username in rows:
            self.stdout.write(f"{name:<{widths[0]}}  {role:<{widths[1]}}  {username}")
        self.stdout.write(f"\nKata sandi semua akun contoh: {PASSWORD}")
