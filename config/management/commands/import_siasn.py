"""Import the national personnel export: units, employees, transfers, acting officials."""

import gc
import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.lib import clock
from config.lib.dates import format_date, office_date
from config.lib.errors import DomainError
from orgunits.imports.exports import refused_workbook
from orgunits.imports.reading import SourceFile, read_directory
from orgunits.imports.results import Report
from orgunits.imports.running import compare_sources, import_sources
from skp.services.closing import plans_close_ended
from skp.services.duties import duties_refresh_running


class Command(BaseCommand):
    """Exit code 0 also when rows were refused; 1 when the files can't be taken at all."""

    help = "Impor pohon unit, pegawai, mutasi dan Plt/Plh dari berkas ekspor SIASN dalam satu folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="folder berisi berkas .xlsx")
        parser.add_argument("--dry-run", action="store_true", help="hanya bandingkan, tidak menulis apa pun")
        parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")
        parser.add_argument("--as-of", type=_day, help="keadaan per tanggal (YYYY-MM-DD), bawaan hari ini")
        parser.add_argument("--refused", type=Path, help="tulis baris yang ditolak ke berkas Excel ini")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        as_of = options["as_of"] or office_date(now)
        # Hundreds of thousands of small rows in one run: the collector would only walk them again and
        # again, a fifth of the time for nothing.
        gc.disable()
        try:
            sources = read_directory(options["directory"])
            if options["dry_run"]:
                report = compare_sources(sources, as_of).report
            else:
                report = import_sources(actor=None, sources=sources, as_of=as_of, now=now)
                # At once, also where no worker runs.
                plans_close_ended(now=now)
                # The queue would do it too, but a first import is made before a worker runs.
                duties_refresh_running(employee_ids=None, now=now)
        except DomainError as error:
            raise CommandError(str(error)) from error
        finally:
            gc.enable()
        if options["refused"]:
            options["refused"].write_bytes(refused_workbook(report.errors))
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self._tell(sources, report, as_of, dry_run=options["dry_run"])

    def _tell(self, sources: list[SourceFile], report: Report, as_of: date, *, dry_run: bool) -> None:
        counts = report.as_json()
        self.stdout.write(f"Keadaan per {format_date(as_of)}, {len(sources)} berkas.")
        for name in ("units", "people", "acting", "transfers"):
            parts = (f"{counts[word][name]} {label}" for word, label in _WORDS)  # type: ignore[index]
            self.stdout.write(f"{_KINDS[name]}: {', '.join(parts)}.")
        self.stdout.write(
            f"{counts['merged']} baris digabung, {len(report.errors)} ditolak, "
            f"{len(report.warnings)} peringatan."
        )
        for finding in report.errors:
            self.stdout.write(
                f"  ditolak: {finding.file} baris {finding.row}, {finding.column}: {finding.message} "
                f"Diperbaiki oleh {finding.fix_by}."
            )
        if dry_run:
            self.stdout.write("Uji coba: tidak ada yang ditulis.")


_KINDS = {"units": "Unit kerja", "people": "Pegawai", "acting": "Plt/Plh", "transfers": "Mutasi"}
_WORDS = (("created", "baru"), ("updated", "berubah"), ("unchanged", "tetap"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Tanggal “{text}” tidak benar; tulis seperti 2026-01-31.") from error
