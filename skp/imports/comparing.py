"""What importing rows would change in the drafts of one OPD and period; writes nothing.

What a workbook does not say (an empty cell, a column that is absent) keeps what the draft says, so that a
second run of the same file changes nothing and undoes no link that the owner has picked since.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from orgunits.imports.results import RowFault
from orgunits.imports.results import opd as fixed_by_opd
from orgunits.selectors.lines import appraiser_on
from orgunits.selectors.people import unit_names
from skp.enums import ResultKind, ResultSource, Scheme
from skp.imports.checking import Checker, Group, Offices
from skp.imports.owners import Home, employees_by_nip, homes_of, opd_of_file
from skp.imports.reading import OFFICE
from skp.imports.results import RhkReport
from skp.imports.rows import IndicatorRow, RhkRow
from skp.imports.stored import Stored, StoredPlan, StoredResult, load_stored
from skp.models import Period, PlannedIndicator, PlannedResult
from skp.states import RevisionState


@dataclass(frozen=True, slots=True)
class Desired:
    """A result as the draft shall say it.

    ``parent_code``: the code linked to, known or open; ``keeps_parent``: the link stays as it is.
    """

    code: str
    values: Mapping[str, object]
    parent_code: str
    parent_known: bool
    keeps_parent: bool
    indicators: tuple[IndicatorRow, ...]
    stored: StoredResult | None


@dataclass(slots=True)
class PlanChange:
    """The results to write into one plan; ``plan`` is None where it has to be started."""

    home: Home
    plan: StoredPlan | None
    results: list[Desired] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a run would write, and what there is to say about its rows."""

    period: Period
    opd_id: int | None
    report: RhkReport
    plans: Sequence[PlanChange] = ()
    joins: Sequence[tuple[PlannedResult, str]] = ()
    stored: Stored | None = None


def compare_rows(
    period: Period,
    rows: Sequence[RhkRow],
    *,
    today: date,
    opd_id: int | None = None,
    file: str = "",
    faults: Iterable[tuple[int, RowFault]] = (),
) -> Comparison:
    """The difference between the rows and the drafts, in a fixed number of queries.

    ``opd_id``: the OPD whose rows these are; None takes the one in which most owners stood.
    ``faults``: rows that could not even be read, for the report.
    """
    report = RhkReport(file)
    employees = employees_by_nip({row.nip for row in rows})
    homes = homes_of(set(employees.values()), period)
    opd_id = opd_id or opd_of_file((row.nip for row in rows), employees, homes)
    if opd_id is None:
        return _without_opd(period, rows, report, faults)
    offices = Offices(opd_id, _opd_names({home.opd_id for home in homes.values()} | {opd_id}, period))
    for number, fault in faults:
        report.refuse(number, _for_office(fault, offices))
    here = [home for home in homes.values() if home.opd_id == opd_id]
    stored = load_stored(period, opd_id, [home.assignment_id for home in here])
    checker = Checker(employees, homes, offices, stored, period.year)
    owner_of: dict[str, str] = {}
    for row in rows:
        owner_of.setdefault(row.result.code, row.nip)
    for row in rows:
        try:
            checker.take(row, owner_of)
        except RowFault as fault:
            report.refuse(row.number, _for_office(fault, offices))
    report.merged = checker.merged
    plans = _plan_changes(checker.groups, stored, today, report, offices)
    return Comparison(period, opd_id, report, plans, _joins(stored, checker.groups, plans, report), stored)


def _without_opd(
    period: Period, rows: Iterable[RhkRow], report: RhkReport, faults: Iterable[tuple[int, RowFault]]
) -> Comparison:
    """Nobody in the rows had a post in an OPD: each is refused."""
    for number, fault in faults:
        report.refuse(number, fault)
    for row in rows:
        message = f"NIP {row.nip} tidak dikenal atau tidak memiliki jabatan di OPD pada awal {period.year}."
        report.refuse(row.number, RowFault("NIP", "person_unknown", message, OFFICE))
    return Comparison(period, None, report)


def _opd_names(opd_ids: Collection[int | None], period: Period) -> dict[int, str]:
    return unit_names((pk for pk in opd_ids if pk is not None), date(period.year, 1, 1))


def _for_office(fault: RowFault, offices: Offices) -> RowFault:
    """The office is named once it is known which one it is."""
    if fault.fix_by == OFFICE:
        fault.fix_by = fixed_by_opd(offices.name(offices.opd_id))
    return fault


def _plan_changes(
    groups: Mapping[str, Group], stored: Stored, today: date, report: RhkReport, offices: Offices
) -> list[PlanChange]:
    known = _known_codes(groups, stored)
    assigners = _assigners(groups.values(), stored, today)
    changes: dict[int, PlanChange] = {}
    for code, group in groups.items():
        plan = stored.plans.get(group.home.assignment_id)
        desired = _desired(group, stored.results.get(code), known, assigners)
        same = _is_same(desired, stored)
        if not same and plan is not None and not plan.writable:
            for number in group.numbers:
                report.refuse(number, _for_office(_closed_fault(plan, code), offices))
            continue
        report.results.add(code)
        report.people.add(group.home.employee_id)
        if not desired.keeps_parent and desired.parent_code and not desired.parent_known:
            report.open_links.add(code)
        if same:
            report.unchanged += 1
            continue
        if desired.stored is None or desired.stored.planned is None:
            report.created += 1
        else:
            report.updated += 1
        change = changes.setdefault(group.home.assignment_id, PlanChange(group.home, plan))
        change.results.append(desired)
    report.started = sum(change.plan is None for change in changes.values())
    return list(changes.values())


def _known_codes(groups: Mapping[str, Group], stored: Stored) -> frozenset[str]:
    """Codes that a link can lead to after the run: those stored and not retired, and those to be written."""
    there = {code for code, one in stored.results.items() if one.result.retired_at is None}
    plans = stored.plans
    coming = {
        code
        for code, group in groups.items()
        if group.home.assignment_id not in plans or plans[group.home.assignment_id].writable
    }
    return frozenset(there | coming)


def _closed_fault(plan: StoredPlan, code: str) -> RowFault:
    submitted = plan.revision.state == RevisionState.SUBMITTED
    what = "sudah dikirim" if submitted else "sudah disepakati"
    way = (
        "Minta pegawainya menarik kembali rencana itu, lalu impor lagi."
        if submitted
        else "Perubahan sesudah itu diajukan pegawainya lewat adendum."
    )
    message = f"Rencana pegawai ini {what}; hasil kerja {code} tidak diubah. {way}"
    return RowFault("KODE RHK", "plan_submitted" if submitted else "plan_agreed", message, OFFICE)


def _assigners(groups: Iterable[Group], stored: Stored, today: date) -> dict[int, str]:
    """Name of the appraiser by assignment, where an additional result does not say who assigned it."""
    days: dict[date, set[int]] = {}
    for group in groups:
        if group.result.kind == ResultKind.ADDITIONAL and group.result.assigned_by is None:
            last_day = group.home.until - timedelta(days=1)
            day = max(min(today, last_day), group.home.start)
            days.setdefault(day, set()).add(group.home.assignment_id)
    return {
        assignment_id: line.appraiser.full_name[:200]
        for day, ids in days.items()
        for assignment_id, line in appraiser_on(ids, day).items()
        if line.appraiser is not None
    }


def _desired(
    group: Group, stored: StoredResult | None, known: frozenset[str], assigners: Mapping[int, str]
) -> Desired:
    row, home = group.result, group.home
    present = stored.planned if stored is not None else None
    main = row.kind == ResultKind.MAIN
    weighed = main and home.scheme == Scheme.JPT
    cascades = main and home.scheme == Scheme.JA_JF
    values: dict[str, object] = {
        "kind": row.kind,
        "text": row.text,
        "cascade_method": _said(row.cascade_method, present and present.cascade_method) if cascades else "",
        "perspective": _said(row.perspective, present and present.perspective) if main else "",
        "source": _said(row.source, present and present.source, ResultSource.AGREEMENT) if weighed else "",
        "scope": _said(row.scope, present and present.scope, 1),
        "assigned_by": ""
        if main
        else _said(row.assigned_by, present and present.assigned_by, assigners.get(home.assignment_id, "")),
    }
    parent_code = row.parent_code if main else ""
    keeps = main and present is not None and present.parent_id is not None and parent_code not in known
    return Desired(
        code=row.code,
        values=values,
        parent_code=parent_code,
        parent_known=parent_code in known,
        keeps_parent=keeps,
        indicators=tuple(group.indicators),
        stored=stored,
    )


def _said(said: object, present: object, default: object = "") -> object:
    """What the workbook says, else what the draft says, else the default."""
    return said or present or default


def _is_same(desired: Desired, stored: Stored) -> bool:
    present = desired.stored.planned if desired.stored is not None else None
    if present is None or desired.stored is None:
        return False
    if any(getattr(present, name) != value for name, value in desired.values.items()):
        return False
    if not _same_parent(desired, present, stored):
        return False
    return tuple(indicator_row(item) for item in desired.stored.indicators) == desired.indicators


def _same_parent(desired: Desired, present: PlannedResult, stored: Stored) -> bool:
    if desired.keeps_parent:
        return present.open_parent_code == ""
    if not desired.parent_known:
        return present.parent_id is None and present.open_parent_code == desired.parent_code
    parent = stored.results.get(desired.parent_code)
    return parent is not None and present.parent_id == parent.result.pk and present.open_parent_code == ""


def indicator_row(row: PlannedIndicator) -> IndicatorRow:
    """A stored indicator in the words of a workbook."""
    return IndicatorRow(
        aspect=row.aspect,  # type: ignore[arg-type]
        text=row.text,
        target_min=row.target_min,
        target_max=row.target_max,
        unit=row.unit,
        direction=row.direction,  # type: ignore[arg-type]
    )


def _joins(
    stored: Stored, groups: Mapping[str, Group], plans: Iterable[PlanChange], report: RhkReport
) -> list[tuple[PlannedResult, str]]:
    """Results of earlier workbooks, not in this one, whose parent is there now."""
    own = {one.planned.pk for code, one in stored.results.items() if code in groups and one.planned}
    known = _known_codes(groups, stored)
    joins = [
        (planned, planned.open_parent_code)
        for planned in stored.waiting
        if planned.pk not in own and planned.open_parent_code in known
    ]
    report.joined = len(joins)
    return joins
