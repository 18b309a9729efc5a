"""Putting compared rows into the drafts: in bulk, inside one transaction, or not at all."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from config.lib.dates import office_date
from config.lib.errors import Conflict
from orgunits.imports.results import RowFault
from orgunits.viewer import Viewer
from skp.enums import SkpEvent
from skp.imports.comparing import Comparison, Desired, compare_rows
from skp.imports.indicators import write_indicators
from skp.imports.results import RhkReport
from skp.imports.rows import RhkRow
from skp.models import Move, Period, PlannedResult, Revision, Skp, WorkResult
from skp.services.duties import duties_refresh
from skp.states import Action

# Somebody saved a draft between comparing and writing; after so many times the import gives up.
ATTEMPTS = 3
BUSY = "Beberapa rencana sedang diubah pemiliknya. Ulangi impor sebentar lagi."
FIELDS = (
    *("kind", "text", "cascade_method", "perspective", "source", "scope", "assigned_by"),
    *("parent", "open_parent_code"),
)


class Overtaken(Conflict):
    """A plan is no longer as it was compared."""


def write_drafts(
    *,
    period: Period,
    opd_id: int | None,
    rows: Sequence[RhkRow],
    actor: Viewer | None,
    now: datetime,
    file: str = "",
    faults: Sequence[tuple[int, RowFault]] = (),
) -> RhkReport:
    """Write the rows into the drafts of revision 1 of their owners, starting plans where there are none.

    Not bound by the planning window (rules.md §14). ``opd_id``: the OPD whose rows they are, None for the
    one in which most owners stood on the period's first day; ``actor`` None for a command. Rows that can't
    be taken are refused in the report, the others written together. Raises Conflict when owners keep
    saving the same drafts meanwhile.
    """
    for _attempt in range(ATTEMPTS):
        compared = compare_rows(
            period,
            rows,
            today=office_date(now),
            opd_id=opd_id,
            file=file,
            faults=faults,
        )
        try:
            with transaction.atomic():
                apply_comparison(compared, actor=actor, now=now)
        except (Overtaken, IntegrityError):
            continue
        return compared.report
    raise Conflict(BUSY)


def apply_comparison(compared: Comparison, *, actor: Viewer | None, now: datetime) -> None:
    """Write what was compared, inside the caller's transaction; raises Overtaken when a plan has moved on."""
    if not compared.report.changes_something or compared.stored is None:
        return
    _claim(compared)
    _free_codes(compared)
    revisions = _revisions(compared)
    ids = {code: one.result for code, one in compared.stored.results.items()}
    _write_results(compared, revisions, ids)
    _write_joins(compared, ids)
    _record(compared, revisions, actor, now)
    owners = {change.home.employee_id for change in compared.plans}
    duties_refresh(period_id=compared.period.pk, employee_ids=owners, now=now)


def _claim(compared: Comparison) -> None:
    """Raise the version of every plan touched, which takes its lock; none may have moved on."""
    seen: dict[int, int] = {
        change.plan.skp.pk: change.plan.skp.version for change in compared.plans if change.plan is not None
    }
    seen.update({planned.revision.skp_id: planned.revision.skp.version for planned, _ in compared.joins})
    versions: dict[int, list[int]] = {}
    for skp_id, version in sorted(seen.items()):
        versions.setdefault(version, []).append(skp_id)
    # In the order of keys, so that two imports never wait for each other.
    list(Skp.objects.filter(pk__in=seen).order_by("pk").select_for_update().values_list("pk"))
    for version, skp_ids in versions.items():
        raised = Skp.objects.filter(pk__in=skp_ids, version=version).update(version=F("version") + 1)
        if raised != len(skp_ids):
            raise Overtaken


def _free_codes(compared: Comparison) -> None:
    """Results of cancelled plans give their codes to those written now."""
    assert compared.stored is not None
    wanted = {one.code for change in compared.plans for one in change.results}
    dead = [result.pk for result in compared.stored.dead if result.import_code in wanted]
    if dead:
        WorkResult.objects.filter(pk__in=dead).update(import_code="", import_opd=None, import_period=None)


def _revisions(compared: Comparison) -> dict[int, Revision]:
    """The draft of every plan touched, by assignment; plans that lack are opened."""
    missing = [change for change in compared.plans if change.plan is None]
    skps = Skp.objects.bulk_create(
        [
            Skp(
                assignment_id=change.home.assignment_id,
                period=compared.period,
                owner_id=change.home.employee_id,
                scheme=change.home.scheme,
                start=change.home.start,
                until=change.home.until,
            )
            for change in missing
        ]
    )
    drafts = Revision.objects.bulk_create([Revision(skp=skp, number=1) for skp in skps])
    for skp, draft in zip(skps, drafts, strict=True):
        skp.open_revision = draft
    Skp.objects.bulk_update(skps, ["open_revision"], batch_size=200)
    found = {skp.assignment_id: draft for skp, draft in zip(skps, drafts, strict=True)}
    found.update(
        {change.home.assignment_id: change.plan.revision for change in compared.plans if change.plan}
    )
    return found


def _write_results(compared: Comparison, revisions: dict[int, Revision], ids: dict[str, WorkResult]) -> None:
    fresh = [
        WorkResult(
            skp_id=revisions[change.home.assignment_id].skp_id,
            import_code=one.code,
            import_opd_id=compared.opd_id,
            import_period=compared.period,
        )
        for change in compared.plans
        for one in change.results
        if one.code not in ids
    ]
    ids.update({result.import_code: result for result in WorkResult.objects.bulk_create(fresh)})
    revived = [one.code for change in compared.plans for one in change.results if _is_retired(one)]
    if revived:
        WorkResult.objects.filter(pk__in=[ids[code].pk for code in revived]).update(retired_at=None)
    created: list[PlannedResult] = []
    changed: list[PlannedResult] = []
    pairs: list[tuple[Desired, PlannedResult]] = []
    for change in compared.plans:
        order = change.plan.last_order if change.plan else 0
        for one in change.results:
            present = one.stored.planned if one.stored else None
            if present is None:
                order += 1
                present = PlannedResult(
                    revision=revisions[change.home.assignment_id], result=ids[one.code], order=order
                )
                created.append(present)
            else:
                changed.append(present)
            _set(present, one, ids)
            pairs.append((one, present))
    PlannedResult.objects.bulk_create(created, batch_size=500)
    PlannedResult.objects.bulk_update(changed, FIELDS, batch_size=200)
    write_indicators(pairs)


def _is_retired(one: Desired) -> bool:
    return one.stored is not None and one.stored.result.retired_at is not None


def _set(row: PlannedResult, desired: Desired, ids: dict[str, WorkResult]) -> None:
    for name, value in desired.values.items():
        setattr(row, name, value)
    if desired.keeps_parent:
        row.open_parent_code = ""
        return
    row.parent = ids[desired.parent_code] if desired.parent_known else None
    row.open_parent_code = "" if desired.parent_known else desired.parent_code


def _write_joins(compared: Comparison, ids: dict[str, WorkResult]) -> None:
    joined = []
    for planned, code in compared.joins:
        planned.parent, planned.open_parent_code = ids[code], ""
        joined.append(planned)
    PlannedResult.objects.bulk_update(joined, ["parent", "open_parent_code"], batch_size=200)


def _record(
    compared: Comparison, revisions: dict[int, Revision], actor: Viewer | None, now: datetime
) -> None:
    """A line in the history of every plan touched, and one audit event for the run."""
    report = compared.report
    origin = f"Diimpor dari {report.file}" if report.file else "Diisi dari buku kerja RHK"
    Move.objects.bulk_create(
        [
            Move(
                skp_id=revision.skp_id,
                revision=revision,
                action=Action.EDIT,
                from_state=revision.state,
                to_state=revision.state,
                actor_id=actor.user_id if actor else None,
                actor_label=actor.label if actor else audit.SYSTEM,
                note=f"{origin}: {len(change.results)} hasil kerja.",
                at=now,
            )
            for change in compared.plans
            for revision in (revisions[change.home.assignment_id],)
        ],
        batch_size=500,
    )
    audit.record(
        actor=User.objects.get(pk=actor.user_id) if actor else None,
        now=now,
        kind=SkpEvent.RHK_IMPORTED,
        target=f"period:{compared.period.pk}",
        target_label=f"{compared.period}, {report.file or origin}",
        after={
            "opd": compared.opd_id,
            "created": report.created,
            "updated": report.updated,
            "joined": report.joined,
            "plans_started": report.started,
        },
    )
