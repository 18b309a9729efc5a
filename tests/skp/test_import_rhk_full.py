"""The three offices' real workbooks on the real regency; then the refused head is mended."""

import json
import time
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from config.lib.xlsx import Table, read_sheets, workbook
from orgunits.imports.reading import cell_text, read_directory, read_workbook
from orgunits.imports.running import import_sources
from skp.imports.running import import_file, read_path
from skp.models import PlannedResult, Skp, WorkResult
from skp.services.periods import period_create

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)
# The puskesmas head whose number the personnel file holds as a number cell.
HEAD = "198512012018041001"
HEAD_PNS_ID = "8FBAD622B2603BBA06A5CA446AAED368"


@pytest.fixture(scope="module")
def expected(siasn_dir):
    return json.loads((siasn_dir / "expected.json").read_text())["accepted"]["rhk"]


@pytest.fixture(scope="module")
def reports(siasn_dir, expected, django_db_setup, django_db_blocker):
    """Regency and workbooks, imported once for this module and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_sources(actor=None, sources=read_directory(siasn_dir), as_of=TODAY, now=NOW)
        period = period_create(actor=None, year=2026, now=NOW)
        yield {name: _run(siasn_dir, name, period) for name in expected}
        transaction.set_rollback(True)


def _run(siasn_dir, name, period):
    file = read_path(siasn_dir / f"RHK {name}.xlsx")
    return import_file(file=file, period=period, actor=None, now=NOW)


@pytest.fixture
def period(reports, db):
    return Skp.objects.first().period


def test_counts_are_those_expected(period, reports, expected):
    assert {
        name: {
            "rows_refused": len(report.errors),
            "results": len(report.results),
            "people": len(report.people),
            "open_links": len(report.open_links),
        }
        for name, report in reports.items()
    } == expected
    assert WorkResult.objects.count() == sum(one["results"] for one in expected.values())
    assert PlannedResult.objects.exclude(open_parent_code="").count() == 110


def test_a_second_run_changes_nothing_and_is_quick(period, reports, siasn_dir, django_assert_max_num_queries):
    for name, first in reports.items():
        began = time.monotonic()
        with django_assert_max_num_queries(14):
            again = _run(siasn_dir, name, period)
        assert time.monotonic() - began < 2
        assert not again.changes_something
        assert again.unchanged == len(first.results)
        assert (again.results, again.people, again.open_links) == (
            first.results,
            first.people,
            first.open_links,
        )


def _mended_employee_file(siasn_dir) -> bytes:
    """A copy of the personnel file's header and the head's row, the NIP written as text."""
    (sheet,) = read_sheets((siasn_dir / "Data PNS.xlsx").read_bytes())
    rows = iter(sheet.rows())
    headers = [str(cell) for cell in next(rows)]
    row = next(row for row in rows if row[headers.index("PNS ID")] == HEAD_PNS_ID)
    cells = [cell_text(cell) for cell in row]
    cells[headers.index("NIP BARU")] = f"'{HEAD}"
    return workbook([Table("Sheet1", headers, [cells])])


def test_open_links_are_joined_once_the_heads_number_is_mended(period, reports, siasn_dir):
    with transaction.atomic():
        source = read_workbook("Data PNS diperbaiki.xlsx", _mended_employee_file(siasn_dir))
        accepted = import_sources(actor=None, sources=[source], as_of=TODAY, now=NOW)
        assert (accepted.errors, accepted.as_json()["people"]) == ([], 1)
        report = _run(siasn_dir, "Dinas Kesehatan", period)
        assert (report.errors, report.open_links) == ([], set())
        assert (len(report.results), len(report.people)) == (308, 116)
        assert not PlannedResult.objects.exclude(open_parent_code="").exists()
        joined = PlannedResult.objects.filter(parent__skp__owner__nip=HEAD)
        assert joined.count() == 110
        assert not _run(siasn_dir, "Dinas Kesehatan", period).changes_something
        transaction.set_rollback(True)
