"""One import run: compare with what is stored, write, rebuild the appraisal lines, keep the record."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from accounts import audit
from accounts.models import User
from config.lib.canonical import canonical_text
from config.lib.errors import Conflict
from config.lib.statistics import statistics_refresh
from orgunits.announcing import organisation_told
from orgunits.enums import ImportKind, ImportState, OrgEvent, RowVerdict
from orgunits.guards import readable_guards
from orgunits.imports.compare_decrees import compare_acting, compare_transfers
from orgunits.imports.compare_leaders import compare_leaders, name_new_heads
from orgunits.imports.compare_people import compare_people
from orgunits.imports.compare_units import compare_units
from orgunits.imports.decrees import acting_rows, transfer_rows
from orgunits.imports.employees import employee_rows
from orgunits.imports.loading import load_register
from orgunits.imports.reading import SourceFile
from orgunits.imports.register import Register
from orgunits.imports.results import ACCEPTED, Finding, Outcome, RawRow, Report
from orgunits.imports.units import UnitRow, unit_row, unit_rows
from orgunits.imports.writing import Touched, write_register
from orgunits.lines import change_alone, lines_rebuild
from orgunits.models import ImportBatch, ImportRow

ROW_SCHEMA = 1
ROW_CHUNK = 500
# From so many units on, looking at the whole regency is cheaper than finding out whom they reach.
REBUILD_ALL_FROM = 300
# The number under which PostgreSQL keeps two imports apart; arbitrary, used nowhere else.
LOCK_KEY = 7_402_614


@dataclass(frozen=True, slots=True)
class Compared:
    """The register as it would be, and what there is to say about the rows."""

    register: Register
    report: Report


def compare_sources(
    sources: Sequence[SourceFile], as_of: date, *, own_batches: Collection[int] = ()
) -> Compared:
    """What importing the files would do to the organisation as stored now; writes nothing.

    ``own_batches``: keys of the batches that this run itself is writing.
    """
    report = Report()
    register = load_register()
    before = tree_said_before(own_batches)
    raws = {kind: _raws(sources, kind) for kind in ImportKind}
    units = unit_rows(raws[ImportKind.UNITS], register.parents(), report)
    verdicts = compare_units(register, units, before, as_of, report)
    people = employee_rows(raws[ImportKind.EMPLOYEES], register.opd_names(), report)
    compare_people(register, people, as_of, report)
    compare_transfers(register, transfer_rows(raws[ImportKind.TRANSFERS], report), report)
    compare_acting(register, acting_rows(raws[ImportKind.ACTING], report), report)
    if units:
        compare_leaders(register, units, _refused_people(report), verdicts, as_of, report)
    else:
        name_new_heads(register, before, as_of)
    for row in units:
        verdict = verdicts.get(row.external_id, RowVerdict.UNCHANGED)
        report.accept(ImportKind.UNITS, row.source, verdict)
    return Compared(register, report)


def _raws(sources: Sequence[SourceFile], kind: ImportKind) -> list[RawRow]:
    return [row for source in sources if source.kind == kind for row in source.rows]


def _refused_people(report: Report) -> dict[str, str]:
    """PNS ID → the reason, of the people refused in this run."""
    return {
        outcome.source.text("PNS ID"): outcome.finding.message
        for outcome in report.outcomes
        if outcome.kind == ImportKind.EMPLOYEES
        and outcome.verdict == RowVerdict.REFUSED
        and outcome.finding is not None
    }


def tree_said_before(own_batches: Collection[int] = ()) -> dict[str, UnitRow]:
    """The accepted rows of the last tree applied before this run, by external id; empty before the first."""
    batch = (
        ImportBatch.objects.filter(kind=ImportKind.UNITS, state=ImportState.APPLIED)
        .exclude(pk__in=own_batches)
        .order_by("-applied_at", "-pk")
        .first()
    )
    if batch is None:
        return {}
    stored = ImportRow.objects.filter(batch=batch, verdict__in=ACCEPTED).values_list("row", "raw")
    rows = (unit_row(raw_row(batch.file_name, number, text)) for number, text in stored)
    return {row.external_id: row for row in rows}


def raw_row(file: str, number: int, text: str) -> RawRow:
    """The row as it was kept in ``ImportRow.raw``."""
    content = json.loads(text)
    return RawRow(file, number, content["cells"], frozenset(content["numeric"]))


def raw_text(row: RawRow) -> str:
    """The row as canonical text: the cells that are read, and which of them held numbers."""
    content = {"cells": row.cells, "numeric": sorted(row.numeric)}
    return canonical_text(content, schema_version=ROW_SCHEMA)


def import_sources(
    *, actor: User | None, sources: Sequence[SourceFile], as_of: date, now: datetime
) -> Report:
    """Apply the files at once, each as a batch of its own; answers what was done.

    Raises Conflict when another import is being applied, and DomainError when the database refuses.
    """
    with transaction.atomic(), readable_guards():
        claim_imports()
        batches = {
            source.name: ImportBatch.objects.create(
                kind=source.kind,
                state=ImportState.APPLIED,
                file_name=source.name[:200],
                file_hash=source.digest,
                as_of=as_of,
                created_by=actor,
                created_at=now,
                applied_at=now,
            )
            for source in sources
        }
        report = apply_sources(actor=actor, sources=sources, batches=batches, as_of=as_of, now=now)
        for source in sources:
            keep_rows(batches[source.name], source.name, report, all_rows=source.kind == ImportKind.UNITS)
    return report


def claim_imports() -> None:
    """Keep a second import out until this transaction ends; raises Conflict when one is under way.

    SQLite has one writer at a time anyhow.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK_KEY])
        if not cursor.fetchone()[0]:
            raise Conflict("Impor lain sedang diterapkan. Tunggu sampai selesai, lalu coba lagi.")


def apply_sources(
    *,
    actor: User | None,
    sources: Sequence[SourceFile],
    batches: Mapping[str, ImportBatch],
    as_of: date,
    now: datetime,
) -> Report:
    """Compare, write, rebuild the lines, audit; inside the caller's transaction."""
    own = [batch.pk for batch in batches.values()]
    compared = compare_sources(sources, as_of, own_batches=own)
    change_alone()
    touched = write_register(compared.register, batches=batches, actor=actor, now=now)
    _rebuild(touched)
    audit.record_many(
        audit.event(
            actor=actor,
            now=now,
            kind=OrgEvent.IMPORT_APPLIED,
            target=f"import:{batch.public_id}",
            target_label=batch.file_name,
            after={"as_of": as_of, **_counts(compared.report.of_file(name))},
        )
        for name, batch in batches.items()
    )
    return compared.report


def _counts(outcomes: Iterable[Outcome]) -> dict[str, int]:
    verdicts = [outcome.verdict for outcome in outcomes]
    return {verdict.value: verdicts.count(verdict) for verdict in RowVerdict}


def _rebuild(touched: Touched) -> None:
    if not touched.unit_ids and not touched.employee_ids:
        return
    if len(touched.unit_ids) >= REBUILD_ALL_FROM or len(touched.employee_ids) >= REBUILD_ALL_FROM:
        lines_rebuild()
        statistics_refresh()
    else:
        lines_rebuild(unit_ids=touched.unit_ids, employee_ids=touched.employee_ids)
    organisation_told(unit_ids=touched.unit_ids, employee_ids=touched.employee_ids)


def keep_rows(batch: ImportBatch, file: str, report: Report, *, all_rows: bool) -> None:
    """Store the verdicts on the file's rows; without ``all_rows`` unchanged ones are left out."""
    warned = {finding.row: finding for finding in reversed(report.warnings) if finding.file == file}
    rows = (
        _import_row(batch, outcome, warned.get(outcome.source.number))
        for outcome in report.of_file(file)
        if all_rows or outcome.verdict != RowVerdict.UNCHANGED
    )
    pending: list[ImportRow] = []
    for row in rows:
        pending.append(row)
        if len(pending) == ROW_CHUNK:
            ImportRow.objects.bulk_create(pending)
            pending = []
    ImportRow.objects.bulk_create(pending)


def _import_row(batch: ImportBatch, outcome: Outcome, warning: Finding | None) -> ImportRow:
    row = ImportRow(
        batch=batch, row=outcome.source.number, raw=raw_text(outcome.source), verdict=outcome.verdict
    )
    row.message = outcome.note[:500]
    finding = outcome.finding or warning
    if finding is not None:
        row.column, row.code = finding.column, finding.code
        row.message, row.fix_by = finding.message[:500], finding.fix_by
    return row
