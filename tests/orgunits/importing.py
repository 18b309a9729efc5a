"""What the tests of imports share: run one on small workbooks, look at what it left."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from orgunits.enums import AssignmentKind
from orgunits.imports.reading import read_directory
from orgunits.imports.results import Finding, Report
from orgunits.imports.running import import_sources
from orgunits.lines import lines_recompute_all
from orgunits.models import Employee
from tests.workbooks import write

FIRST = date(2026, 1, 5)
NEXT = date(2026, 6, 10)
LAST = date(2026, 9, 1)
NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)

Load = Callable[..., Report]


@pytest.fixture
def load(tmp_path) -> Load:
    """``load(as_of, units=…, pns=…)``: import these workbooks and nothing else; lines must be right after."""
    runs: Iterator[int] = iter(range(1000))

    def run(as_of: date = FIRST, **files: bytes) -> Report:
        folder = write(tmp_path / str(next(runs)), **files)
        report = import_sources(actor=None, sources=read_directory(folder), as_of=as_of, now=NOW)
        difference = lines_recompute_all()
        assert (difference.created, difference.deleted) == (0, 0)
        return report

    return run


def person(number: int) -> Employee:
    """The person of ``tests.workbooks.employee(number)``."""
    return Employee.objects.get(external_id=f"P-{number}")


def posts(number: int) -> list[tuple[str | None, str, date, date | None, bool]]:
    """Unit, title, start, until, leads: the definitive posts in order."""
    rows = person(number).assignments.filter(kind=AssignmentKind.DEFINITIVE).order_by("start")
    return [(row.unit.external_id, row.position_title, row.start, row.until, row.is_head) for row in rows]


def counts(report: Report, word: str) -> dict[str, int]:
    """What ``--json`` says under created, updated or unchanged, without the zeros."""
    answer = report.as_json()[word]
    assert isinstance(answer, dict)
    return {name: number for name, number in answer.items() if number}


def only_error(report: Report) -> Finding:
    """The one refusal."""
    (finding,) = report.errors
    return finding
