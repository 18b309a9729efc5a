"""Import planned results and cascade links of an OPD from its workbook."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.lib import clock
from config.lib.errors import DomainError
from orgunits.imports.exports import refused_workbook
from skp.imports.results import RhkReport
from skp.imports.running import import_file, period_of, preview_file, read_path


class Command(BaseCommand):
    """Exit code 0 also when rows were refused; 1 when the file can't be taken at all."""

    help = "Impor rencana hasil kerja dan tautan kaskade satu OPD dari berkas Excel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="berkas .xlsx")
        parser.add_argument("--period", type=int, required=True, help="tahun periode, misalnya 2026")
        parser.add_argument("--dry-run", action="store_true", help="hanya bandingkan, tidak menulis apa pun")
        parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")
        parser.add_argument("--refused", type=Path, help="tulis baris yang ditolak ke berkas Excel ini")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        try:
            period = period_of(options["period"])
            file = read_path(options["file"])
            if options["dry_run"]:
                report = preview_file(file=file, period=period, now=now)
            else:
                report = import_file(file=file, period=period, actor=None, now=now)
        except DomainError as error:
            raise CommandError(str(error)) from error
        if options["refused"]:
            options["refused"].write_bytes(refused_workbook(report.errors))
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self._tell(report, dry_run=options["dry_run"])

    def _tell(self, report: RhkReport, *, dry_run: bool) -> None:
        self.stdout.write(
            f"{len(report.results)} hasil kerja milik {len(report.people)} pegawai: "
            f"{report.created} baru, {report.updated} berubah, {report.unchanged} tetap; "
            f"{report.started} SKP dimulai."
        )
        self.stdout.write(
            f"{len(report.open_links)} tautan masih terbuka, {report.joined} tautan lama tersambung, "
            f"{report.merged} baris digabung, {len(report.errors)} ditolak."
        )
        for finding in report.errors:
            self.stdout.write(
                f"  ditolak: baris {finding.row}, {finding.column}: {finding.message} "
                f"Diperbaiki oleh {finding.fix_by}."
            )
        if dry_run:
            self.stdout.write("Uji coba: tidak ada yang ditulis.")
