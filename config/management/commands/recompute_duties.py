"""Compute the duties of a period anew from posts, plans, windows, extensions and exemptions."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.lib import clock
from skp.models import Period
from skp.services.duties import DutyChanges, duties_recompute_all, duties_refresh


class Command(BaseCommand):
    """Exit code 1 with ``--check`` when a stored row differs."""

    help = "Hitung ulang kewajiban SKP pegawai; tanpa --period untuk semua periode."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--period", type=int, metavar="YEAR", help="tahun periode")
        parser.add_argument("--check", action="store_true", help="hanya bandingkan, tidak menulis apa pun")

    def handle(self, *args: Any, **options: Any) -> None:
        periods = Period.objects.order_by("year")
        if options["period"]:
            periods = periods.filter(year=options["period"])
            if not periods:
                raise CommandError(f"Periode {options['period']} belum ada.")
        found = {period: self._changes(period, check=options["check"]) for period in periods}
        for period, changes in found.items():
            self.stdout.write(
                f"{period}: {changes.created} baru, {changes.changed} berubah, {changes.deleted} dihapus."
            )
        if options["check"] and any(found.values()):
            raise CommandError("Kewajiban yang tersimpan berbeda dari hasil hitung ulang.")

    def _changes(self, period: Period, *, check: bool) -> DutyChanges:
        if check:
            return duties_recompute_all(period_id=period.pk)
        return duties_refresh(period_id=period.pk, employee_ids=None, now=clock.now())
