"""Fill an empty database with a small demo regency and print its logins."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo.seeding import PASSWORD, has_other_people, is_seeded, logins, seed
from config.demo.stages import DemoStage, default_year
from config.lib import clock
from config.lib.dates import office_date
from config.lib.db import queries_unlogged
from config.lib.errors import DomainError

EMPLOYEES = 600
# Below this the agencies would have heads and nobody else.
FEWEST, MOST = 80, 5000


class Command(BaseCommand):
    """Exit code 0 also when people are there already: then nothing is written."""

    help = "Mengisi basis data kosong dengan daerah contoh dan mencetak akun masuknya."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which point of which year, how many people, and the number their invention starts from."""
        stages = [stage.value for stage in DemoStage]
        parser.add_argument(
            "--stage", choices=stages, default=DemoStage.RUNNING, help="tahap yang ditampilkan"
        )
        parser.add_argument(
            "--year", type=int, help="tahun SKP, bawaan tahun ini; untuk tahun yang sudah selesai, tahun lalu"
        )
        parser.add_argument("--seed", type=int, default=1, help="benih nama dan rencana, bawaan 1")
        parser.add_argument("--employees", type=int, default=EMPLOYEES, help="jumlah pegawai")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed once; raises CommandError in production, for a year that is not near, for too few people."""
        if settings.PRODUCTION:
            raise CommandError("Data contoh memakai kata sandi umum dan tidak dapat dibuat di mode produksi.")
        if has_other_people():
            self.stdout.write("Basis data ini sudah berisi pegawai; data contoh tidak dicampurkan.")
            return
        if is_seeded():
            self.stdout.write("Data contoh sudah ada; tidak ada yang diubah.")
        else:
            self._seed(options)
        self._tell()

    def _seed(self, options: dict[str, Any]) -> None:
        now = clock.now()
        this_year = office_date(now).year
        stage = DemoStage(options["stage"])
        year = default_year(stage, now) if options["year"] is None else options["year"]
        if abs(year - this_year) > 1:
            raise CommandError(f"Tahun data contoh harus {this_year - 1}, {this_year}, atau {this_year + 1}.")
        if not FEWEST <= options["employees"] <= MOST:
            raise CommandError(f"Jumlah pegawai contoh harus {FEWEST} sampai {MOST}.")
        try:
            with queries_unlogged():
                seed(
                    regency=settings.REGENCY_NAME,
                    stage=stage,
                    year=year,
                    employees=options["employees"],
                    seed=options["seed"],
                    now=now,
                )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Data contoh tahun {year} sudah dibuat.")

    def _tell(self) -> None:
        rows = [("Nama", "Peran", "NIP atau nama pengguna"), *logins()]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        self.stdout.write("")
        for name, role, username in rows:
            self.stdout.write(f"{name:<{widths[0]}}  {role:<{widths[1]}}  {username}")
        self.stdout.write(f"\nKata sandi semua akun contoh: {PASSWORD}")
