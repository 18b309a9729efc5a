"""Write the documents of every plan of a year, of its score, and the recapitulations as PDF files."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.services.score_files import score_files
from compliance.services.recap_files import recap_files
from config.lib import clock
from config.lib.dates import office_date
from config.lib.errors import DomainError
from orgunits.selectors.units import opd_names
from skp.imports.running import period_of
from skp.models import Period, Skp
from skp.selectors.documents import plans_with_documents
from skp.services.plan_files import PlanFile, plan_files
from skp.states import Lifecycle

TOLD_EVERY = 100


class Command(BaseCommand):
    """Exit code 1 for an unknown year or OPD, a folder that can't be written, or a document that is lost."""

    help = (
        "Tulis dokumen setiap SKP satu tahun sebagai berkas PDF: D1 atau D2 dan D5, D6 sampai D8 bila "
        "nilainya sudah disampaikan, serta rekapitulasi D10 dan D11."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--period", type=int, required=True, help="tahun periode, misalnya 2026")
        parser.add_argument("--opd", help="nama OPD; tanpa ini seluruh OPD")
        parser.add_argument("--out", type=Path, required=True, help="folder tujuan, dibuat bila belum ada")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        try:
            period = period_of(options["period"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        day = office_date(now)
        opd_id = _opd_id(options["opd"], day) if options["opd"] is not None else None
        plans = plans_with_documents(
            Skp.objects.exclude(lifecycle=Lifecycle.CANCELLED), period_id=period.pk, opd_id=opd_id, day=day
        )
        self._write_all(options["out"], list(plans.values_list("pk", flat=True)), period, opd_id, now)

    def _write_all(
        self, folder: Path, ids: list[int], period: Period, opd_id: int | None, now: datetime
    ) -> None:
        counts, lost = [0, 0], 0
        for done, skp_id in enumerate(ids, start=1):
            try:
                for file in _files_of(skp_id, now):
                    _write(folder, file.name, file.data)
                    if not file.draft:
                        _remove(folder, file.draft_name)
                    counts[file.draft] += 1
            except FileNotFoundError as error:
                lost += 1
                self.stderr.write(
                    f"  SKP {skp_id}: berkas tidak ditemukan di penyimpanan ({error.filename})."
                )
            if done % TOLD_EVERY == 0:
                self.stdout.write(f"{done} dari {len(ids)} SKP …")
        issued, drafts = counts
        self.stdout.write(
            f"{issued} dokumen terbit dan {drafts} draf dari {len(ids)} SKP ditulis di {folder}."
        )
        self._write_recaps(folder, period, opd_id, now)
        if lost:
            raise CommandError(f"Dokumen {lost} SKP tidak dapat ditulis.")

    def _write_recaps(self, folder: Path, period: Period, opd_id: int | None, now: datetime) -> None:
        written = 0
        try:
            for name, data in recap_files(period=period, opd_id=opd_id, now=now):
                _write(folder, name, data)
                written += 1
        except FileNotFoundError as error:
            raise CommandError(f"Berkas rekapitulasi tidak ditemukan ({error.filename}).") from error
        if written:
            self.stdout.write(f"{written} rekapitulasi ditulis di {folder}.")


def _files_of(skp_id: int, now: datetime) -> Iterator[PlanFile]:
    """The plan's documents and, once its score is delivered, those of the score."""
    yield from plan_files(skp_id=skp_id, actor_id=None, now=now)
    yield from score_files(skp_id=skp_id, actor_id=None, now=now)


def _opd_id(name: str, day: date) -> int:
    """The OPD of that name today, else at any time; raises CommandError when it is not exactly one."""
    ever = opd_names()
    found = _called(name, opd_names(day)) or _called(name, ever)
    if len(found) == 1:
        return found.pop()
    if found:
        raise CommandError(f'Ada {len(found)} OPD bernama "{name}".')
    near = get_close_matches(name, sorted({called for called, _unit in ever}), n=3, cutoff=0.4)
    hint = f" Mungkin maksud Anda: {'; '.join(near)}." if near else ""
    raise CommandError(f'OPD "{name}" tidak ditemukan.{hint}')


def _called(name: str, names: Iterable[tuple[str, int]]) -> set[int]:
    """The units of that name, large and small letters alike."""
    wanted = " ".join(name.split()).casefold()
    return {unit_id for called, unit_id in names if called.casefold() == wanted}


def _write(folder: Path, name: str, data: bytes) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    except OSError as error:
        raise CommandError(f"Folder {folder} tidak dapat ditulis: {error.strerror}.") from error


def _remove(folder: Path, draft: str) -> None:
    """A draft of the same document from an earlier run goes, since it no longer holds."""
    try:
        (folder / draft).unlink(missing_ok=True)
    except OSError as error:
        raise CommandError(f"Folder {folder} tidak dapat ditulis: {error.strerror}.") from error
