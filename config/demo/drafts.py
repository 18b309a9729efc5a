"""The drafts of all stories, written in bulk as rows of the offices' own workbooks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from config.demo.plans import Fate
from config.demo.stages import Moments
from config.demo.stories import Story
from config.demo.texts import DemoIndicator, DemoResult
from orgunits.models import Employee
from orgunits.viewer import Viewer
from skp.enums import Perspective, ResultKind, ResultSource
from skp.imports.rows import IndicatorRow, ResultRow, RhkRow
from skp.imports.writing import write_drafts
from skp.models import Period

PERSPECTIVES = tuple(Perspective)
# The workbooks come in before the first plan is sent.
DAYS_BEFORE = 29.5


def drafts_write(
    *,
    stories: Sequence[Story],
    people: Mapping[str, Employee],
    opd_of: Mapping[str, int],
    period: Period,
    moments: Moments,
    actor: Viewer,
) -> None:
    """Write every draft, one workbook for each OPD; ``opd_of`` tells each person's, by key."""
    by_opd: dict[int, list[Story]] = defaultdict(list)
    for story in stories:
        if story.fate is not Fate.NONE:
            by_opd[opd_of[story.owner]].append(story)
    now = moments.before_close(days=DAYS_BEFORE)
    for opd_id, told in by_opd.items():
        rows = list(_rows(told, people))
        report = write_drafts(period=period, opd_id=opd_id, rows=rows, actor=actor, now=now)
        if report.errors:
            raise ValueError(f"The demo's own rows are refused: {report.errors[0]}")


def _rows(stories: Sequence[Story], people: Mapping[str, Employee]) -> Iterator[RhkRow]:
    codes: dict[tuple[str, int], str] = {}
    for story in stories:
        for place in range(len(story.results)):
            codes[story.owner, place] = f"R{len(codes) + 1:04d}"
    number = 0
    for story in stories:
        nip = people[story.owner].nip or ""
        for place, result in enumerate(story.results):
            head = _result_row(codes[story.owner, place], result, place, codes, story.by)
            for indicator in result.indicators:
                number += 1
                yield RhkRow(nip, head, _indicator_row(indicator), number)


def _result_row(
    code: str, result: DemoResult, place: int, codes: Mapping[tuple[str, int], str], by: str
) -> ResultRow:
    main = result.kind == ResultKind.MAIN
    # Who serves a result of another OPD is a head of scheme jpt: there a link is not needed.
    parent = codes.get((by, result.serves), "") if main and result.serves is not None else ""
    return ResultRow(
        code=code,
        text=result.text,
        kind=result.kind,
        parent_code=parent,
        cascade_method=result.method if main else None,
        perspective=PERSPECTIVES[place % len(PERSPECTIVES)] if main else None,
        source=ResultSource.AGREEMENT if main else None,
        assigned_by=result.assigned_by or None,
    )


def _indicator_row(item: DemoIndicator) -> IndicatorRow:
    return IndicatorRow(item.aspect, item.text, item.low, item.high, item.unit, item.direction)
