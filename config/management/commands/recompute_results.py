"""Compute the year's results anew from the delivered versions."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.services.years import year_results_compare, year_results_refresh
from config.lib import clock
from skp.models import Period


class Command(BaseCommand):
    """Exit code 1 with ``--check`` when a stored row differs."""

    help = "Hitung ulang hasil tahunan pegawai dari versi nilai yang sudah disampaikan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, metavar="YEAR", required=True, help="tahun periode")
        parser.add_argument("--check", action="store_true", help="hanya bandingkan, tidak menulis apa pun")

    def handle(self, *args: Any, **options: Any) -> None:
        period = Period.objects.filter(year=options["year"]).first()
        if period is None:
            raise CommandError(f"Periode {options['year']} belum ada.")
        if options["check"]:
            changes = year_results_compare(period_id=period.pk)
        else:
            changes = year_results_refresh(period_id=period.pk, employee_ids=None, now=clock.now())
        self.stdout.write(
            f"{period}: {len(changes.created)} baru, {len(changes.changed)} berubah, "
            f"{len(changes.deleted)} dihapus."
        )
        if options["check"] and changes:
            raise CommandError("Hasil tahunan yang tersimpan berbeda dari hasil hitung ulang.")
