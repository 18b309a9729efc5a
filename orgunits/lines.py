"""Keep the stored appraisal lines equal to what rules.md §9 computes.

Services that change the organisation call ``lines_rebuild`` in their own transaction, after their
writes. Only the difference is written, and it is returned, so a preview can make the change, read
whose appraiser changes, and roll back.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model, Q

from orgunits.appraisal import Line, UnitHeads
from orgunits.enums import AssignmentKind
from orgunits.line_changes import DatedState, LineChange, LineChanges, LineState, told
from orgunits.models import AppraisalLine, AppraiserOverride, Assignment, UnitHeadLine
from orgunits.selectors.organisation import load_organisation, posts, unit_spans

__all__ = ["LineChange", "LineChanges", "change_alone", "lines_rebuild", "lines_recompute_all"]

Row = tuple[Any, ...]

# Any number that no other advisory lock of the product uses.
REBUILD_LOCK = 90_059

LINE_FIELDS = (
    "assignment_id",
    "employee_id",
    "appraiser_assignment_id",
    "appraiser_id",
    "head_unit_id",
    "acts_as",
    "superior_assignment_id",
    "superior_id",
    "superior_unit_id",
    "superior_acts_as",
    "none_reason",
    "start",
    "until",
)
HEAD_FIELDS = (
    "unit_id",
    "first_assignment_id",
    "first_id",
    "second_assignment_id",
    "second_id",
    "start",
    "until",
)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whose lines are looked at; units None means everybody."""

    units: frozenset[int] | None
    employees: frozenset[int] = frozenset()

    def of_assignments(self, prefix: str = "") -> Q:
        if self.units is None:
            return Q()
        return Q(**{f"{prefix}unit__in": self.units}) | Q(**{f"{prefix}employee__in": self.employees})


@dataclass(frozen=True, slots=True)
class _Difference:
    gone: list[Row]
    gone_ids: list[int]
    fresh: list[Row]


def lines_rebuild(
    *, unit_ids: Collection[int] | None = None, employee_ids: Collection[int] = ()
) -> LineChanges:
    """Bring the stored lines of everybody whom a change can reach up to date, and say what changed.

    ``unit_ids``: units whose spans or heads changed, or whose members came or went (name the old
    and the new unit of a move); all below them on the way of the walk are included. ``employee_ids``:
    people whose legal position or override changed. With neither, the whole regency. An unchanged
    organisation writes nothing.
    """
    with transaction.atomic():
        change_alone()
        scope = _scope(unit_ids, employee_ids)
        lines, heads = _differences(scope)
        _write(AppraisalLine, LINE_FIELDS, lines)
        _write(UnitHeadLine, HEAD_FIELDS, heads)
    return _summary(lines, heads)


def lines_recompute_all() -> LineChanges:
    """What a full rebuild would change, without writing; empty when stored equals computed."""
    return _summary(*_differences(_Scope(None)))


def change_alone() -> None:
    """Let changes of the organisation that meet happen one after the other, each seeing what came before.

    Taken before the first row is written, since two changes reach the same people and units in
    different orders and would wait for each other for ever. SQLite has a single writer anyway. The lock
    ends with the transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REBUILD_LOCK])


def _scope(unit_ids: Collection[int] | None, employee_ids: Collection[int]) -> _Scope:
    if unit_ids is None and not employee_ids:
        return _Scope(None)
    employees = set(employee_ids)
    changed = set(unit_ids or ())
    changed.update(
        Assignment.objects.filter(employee__in=employees, is_head=True).values_list("unit_id", flat=True)
    )
    units = _with_units_below(changed)
    # Who is appraised by override follows the appraiser's own post wherever it stands.
    by_override = AppraiserOverride.objects.filter(
        Q(appraiser__in=employees)
        | Q(appraiser__in=Assignment.objects.filter(unit__in=units).values("employee"))
    )
    employees.update(by_override.values_list("employee_id", flat=True))
    return _Scope(frozenset(units), frozenset(employees))


def _with_units_below(changed: set[int]) -> set[int]:
    """The units and all from which the walk can reach them, on whatever date."""
    below: dict[int, set[int]] = defaultdict(set)
    for span in unit_spans():
        if span.up is not None:
            below[span.up].add(span.unit)
    found, waiting = set(changed), list(changed)
    while waiting:
        fresh = below[waiting.pop()] - found
        found |= fresh
        waiting.extend(fresh)
    return found


def _differences(scope: _Scope) -> tuple[_Difference, _Difference]:
    organisation = load_organisation()
    since: date = settings.APPRAISAL_LINES_SINCE
    definitive = posts(scope.of_assignments() & Q(kind=AssignmentKind.DEFINITIVE) & _reaches(since))
    wanted = (_line_row(line) for post in definitive for line in organisation.lines(post, since))
    stored = AppraisalLine.objects.filter(scope.of_assignments("assignment__"))
    lines = _difference(stored.values_list("pk", *LINE_FIELDS), wanted)

    units = {span.unit for span in unit_spans()} if scope.units is None else scope.units
    wanted_heads = (_heads_row(heads) for unit in units for heads in organisation.unit_heads(unit, since))
    stored_heads = UnitHeadLine.objects.all()
    if scope.units is not None:
        stored_heads = stored_heads.filter(unit__in=units)
    return lines, _difference(stored_heads.values_list("pk", *HEAD_FIELDS), wanted_heads)


def _reaches(since: date) -> Q:
    return Q(until__isnull=True) | Q(until__gt=since)


def _line_row(line: Line) -> Row:
    v = line.verdict
    return (
        line.assignment,
        line.employee,
        v.appraiser_post,
        v.appraiser,
        v.head_unit,
        v.acts_as,
        v.superior_post,
        v.superior,
        v.superior_unit,
        v.superior_acts_as,
        v.none_reason,
        line.start,
        line.until,
    )


def _heads_row(heads: UnitHeads) -> Row:
    return (
        heads.unit,
        heads.first_post,
        heads.first,
        heads.second_post,
        heads.second,
        heads.start,
        heads.until,
    )


def _difference(stored: Iterable[Row], wanted: Iterable[Row]) -> _Difference:
    """Stored rows (first column the key) that are no longer wanted, and wanted rows not yet stored."""
    known = {row[1:]: row[0] for row in stored}
    fresh = [row for row in wanted if known.pop(row, None) is None]
    return _Difference(list(known), list(known.values()), fresh)


def _write(model: type[Model], fields: tuple[str, ...], difference: _Difference) -> None:
    manager = model._default_manager
    for start in range(0, len(difference.gone_ids), 500):
        manager.filter(pk__in=difference.gone_ids[start : start + 500]).delete()
    manager.bulk_create(model(**dict(zip(fields, row, strict=True))) for row in difference.fresh)


def _summary(lines: _Difference, heads: _Difference) -> LineChanges:
    return LineChanges(
        created=len(lines.fresh) + len(heads.fresh),
        deleted=len(lines.gone) + len(heads.gone),
        changes=tuple(told(map(_state, lines.gone), map(_state, lines.fresh))),
    )


def _state(row: Row) -> DatedState:
    line = dict(zip(LINE_FIELDS, row, strict=True))
    state = LineState(
        line["assignment_id"],
        line["appraiser_id"],
        line["acts_as"],
        line["superior_id"],
        line["none_reason"],
    )
    return DatedState(line["employee_id"], line["start"], line["until"], state)
