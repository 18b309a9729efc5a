"""Splits and merges of units: the only changes for which people get a new assignment without moving desks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from config.lib.dates import format_date
from config.lib.errors import DomainError
from orgunits.enums import AssignmentKind, OrgEvent, Role, UnitKind
from orgunits.models import Assignment, Employee, OrgUnit, OrgUnitSpan, RoleGrant
from orgunits.permissions import OrgAction
from orgunits.selectors.days import not_ended, on_day
from orgunits.selectors.facts import facts_of_units
from orgunits.selectors.viewers import unit_ids_below
from orgunits.services.common import (
    Effect,
    claim_unit,
    rebuilt,
    record,
    require,
    span_on,
    writing,
)
from orgunits.services.units import KEPT, refuse_far, span_change
from orgunits.viewer import Viewer


@dataclass(frozen=True, slots=True)
class NewUnit:
    """The unit that a split makes: its names, and who and what goes with it."""

    name: str
    head_title: str = ""
    head_echelon: str = ""
    employee_ids: frozenset[int] = frozenset()
    child_unit_ids: frozenset[int] = frozenset()


def unit_split(
    *, actor: Viewer, now: datetime, unit_id: int, version: int, new: NewUnit, start: date
) -> Effect:
    """Split a unit: from ``start`` a new one stands beside it and takes the named people and units.

    The old unit keeps its identity, so nobody who stays gets a second plan. Its head stays; the new
    unit begins vacant. Raises NotAllowed, Conflict for a stale ``version``, DomainError when somebody
    or something named does not belong to the unit on that day.
    """
    with writing():
        unit = claim_unit(unit_id, version)
        require(actor, facts_of_units(actor, unit_id), OrgAction.EDIT_UNIT)
        refuse_far(actor, start)
        span = span_on(unit_id, start)
        if span.kind == UnitKind.REGENCY:
            raise DomainError("Pemerintah daerah tidak dapat dipecah.")
        moved = _members(unit_id, start, new.employee_ids)
        child_ids = _children(unit_id, start, new.child_unit_ids)
        made = _unit_beside(span, new, start)
        _move_posts(moved, made.pk, start, reason=f"Unit dipecah: {new.name}")
        _hang_under(child_ids, made.pk, start)
        record(
            actor,
            now,
            OrgEvent.UNIT_SPLIT,
            unit,
            span.name,
            after={
                "new_unit": made.pk,
                "name": new.name,
                "start": start,
                "employees": sorted(new.employee_ids),
                "units": sorted(child_ids),
            },
        )
        notes = (
            f"{new.name} berdiri mulai {format_date(start)} di samping {span.name}, tanpa pimpinan.",
            f"{len(moved)} pegawai dan {len(child_ids)} unit di bawahnya pindah ke {new.name}.",
        )
        return Effect(rebuilt(actor, [unit_id, made.pk]), notes)


def unit_merge(
    *, actor: Viewer, now: datetime, unit_id: int, version: int, into_id: int, start: date
) -> Effect:
    """Merge a unit into another, its successor: people and units below go there, acting posts end.

    Whoever led the unit becomes a member of the successor. Raises NotAllowed, Conflict for a stale
    ``version``, and DomainError when the successor is the unit itself or lies below it, or the unit
    has a change that is still to come.
    """
    with writing():
        unit = claim_unit(unit_id, version)
        require(actor, facts_of_units(actor, unit_id, into_id), OrgAction.EDIT_UNIT)
        refuse_far(actor, start)
        span, into = span_on(unit_id, start), span_on(into_id, start)
        _refuse_merge(span, into, start)
        child_ids = _children(unit_id, start, None)
        posts = _posts_from(unit_id, start)
        acting = [post for post in posts if post.kind != AssignmentKind.DEFINITIVE]
        moved = [post for post in posts if post.kind == AssignmentKind.DEFINITIVE]
        _end_posts(acting, start, reason=f"Unit digabung ke {into.name}")
        _move_posts(moved, into_id, start, reason=f"Unit digabung ke {into.name}")
        _hang_under(child_ids, into_id, start)
        _point_away(unit_id, into_id, start)
        OrgUnitSpan.objects.filter(pk=span.pk).update(until=start)
        OrgUnit.objects.filter(pk=unit_id).update(successor=into_id)
        notes = (
            f"{span.name} berakhir dan dilanjutkan oleh {into.name} mulai {format_date(start)}.",
            f"{len(moved)} pegawai dan {len(child_ids)} unit di bawahnya pindah ke {into.name}.",
            *(f"{post.shown_title}, {post.employee}, berakhir." for post in acting),
            *_end_grants(unit_id, start),
        )
        record(
            actor,
            now,
            OrgEvent.UNIT_MERGED,
            unit,
            span.name,
            after={"into": into_id, "start": start, "employees": [post.employee_id for post in moved]},
        )
        return Effect(rebuilt(actor, [unit_id, into_id]), notes)


def _refuse_merge(span: OrgUnitSpan, into: OrgUnitSpan, start: date) -> None:
    if span.kind == UnitKind.REGENCY:
        raise DomainError("Pemerintah daerah tidak dapat digabung.")
    if into.unit_id in unit_ids_below([span.unit_id], start):
        raise DomainError("Unit tidak dapat digabung ke dirinya sendiri atau ke unit di bawahnya.")
    if span.kind == UnitKind.OPD and into.kind not in (UnitKind.OPD, UnitKind.UNIT):
        raise DomainError("OPD hanya dapat digabung ke OPD atau unit kerja lain.")
    if span.until is not None or span.start == start:
        raise DomainError(
            f"{span.name} mempunyai perubahan pada atau sesudah tanggal itu. Pilih tanggal yang lebih lambat."
        )


def _posts_from(unit_id: int, start: date) -> list[Assignment]:
    """Every assignment of the unit in force on ``start`` or later."""
    return list(Assignment.objects.filter(not_ended(start), unit=unit_id).select_related("employee"))


def _members(unit_id: int, start: date, employee_ids: frozenset[int]) -> list[Assignment]:
    """The definitive posts of the people named; raises DomainError for a stranger or the head."""
    posts = Assignment.objects.filter(
        on_day(start), unit=unit_id, employee__in=employee_ids, kind=AssignmentKind.DEFINITIVE
    ).select_related("employee")
    found = list(posts)
    if len(found) != len(employee_ids):
        raise DomainError("Ada pegawai terpilih yang tidak bertugas di unit ini pada tanggal tersebut.")
    heads = [str(post.employee) for post in found if post.is_head]
    if heads:
        raise DomainError(f"{heads[0]} memimpin unit ini dan tinggal di sini; gunakan mutasi.")
    return found


def _children(unit_id: int, start: date, chosen: frozenset[int] | None) -> list[int]:
    """Units directly below, all or those chosen; raises DomainError when one is not among them."""
    below = set(OrgUnitSpan.objects.filter(on_day(start), parent=unit_id).values_list("unit_id", flat=True))
    if chosen is None:
        return sorted(below)
    if not chosen <= below:
        raise DomainError("Ada unit terpilih yang tidak berada langsung di bawah unit ini.")
    return sorted(chosen)


def _unit_beside(span: OrgUnitSpan, new: NewUnit, start: date) -> OrgUnit:
    made = OrgUnit.objects.create()
    values: dict[str, object] = {name: getattr(span, name) for name in KEPT}
    if span.kind == UnitKind.OPD:
        values["opd_id"] = made.pk
    names = {"name": new.name, "head_title": new.head_title, "head_echelon": new.head_echelon}
    row = OrgUnitSpan(unit=made, start=start)
    for name, value in {**values, **names}.items():
        setattr(row, name, value)
    row.save()
    return made


def _end_posts(posts: Sequence[Assignment], start: date, *, reason: str) -> None:
    """End posts on ``start``; one that would not have had a day is taken back altogether."""
    begun = [post.pk for post in posts if post.start < start]
    rows = Assignment.objects.filter(pk__in=begun)
    rows.update(until=start, end_reason=reason[:200], version=F("version") + 1)
    Assignment.objects.filter(pk__in=[post.pk for post in posts if post.start >= start]).delete()
    _bump(posts)


def _move_posts(posts: Sequence[Assignment], unit_id: int, start: date, *, reason: str) -> None:
    """Give each person the same post, not as head, in the other unit from ``start``.

    A post that has not begun by then goes there as it is: it never had a day in the old unit.
    """
    begun = [post for post in posts if post.start < start]
    later = [post.pk for post in posts if post.start >= start]
    rows = Assignment.objects.filter(pk__in=[post.pk for post in begun])
    rows.update(until=start, end_reason=reason[:200], version=F("version") + 1)
    Assignment.objects.bulk_create(
        Assignment(
            employee_id=post.employee_id,
            unit_id=unit_id,
            kind=post.kind,
            position_title=post.position_title,
            position_kind=post.position_kind,
            echelon=post.echelon,
            functional_level=post.functional_level,
            start=start,
            until=post.until,
            decree=post.decree,
        )
        for post in begun
    )
    Assignment.objects.filter(pk__in=later).update(unit_id=unit_id, is_head=False, version=F("version") + 1)
    _bump(posts)


def _bump(posts: Iterable[Assignment]) -> None:
    """Pages that show these people are stale now."""
    people = {post.employee_id for post in posts}
    Employee.objects.filter(pk__in=people).update(version=F("version") + 1)


def _hang_under(unit_ids: Iterable[int], parent_id: int, start: date) -> None:
    """Hang units under another from ``start``; all below them belong to its OPD from then on."""
    opd_id = span_on(parent_id, start).opd_id
    for unit_id in unit_ids:
        span_change(unit_id, start, parent_id=parent_id, opd_id=opd_id)
        for below in unit_ids_below([unit_id], start) - {unit_id}:
            if span_on(below, start).opd_id != opd_id:
                span_change(below, start, opd_id=opd_id)


def _point_away(unit_id: int, into_id: int, start: date) -> None:
    """Units whose heads the merged unit's head appraised are appraised by the successor's."""
    pointing = OrgUnitSpan.objects.filter(on_day(start), appraised_by=unit_id)
    for other_id in list(pointing.values_list("unit_id", flat=True)):
        span_change(other_id, start, appraised_by_id=None if other_id == into_id else into_id)


def _end_grants(unit_id: int, start: date) -> tuple[str, ...]:
    """Roles for an OPD that ends, end with it."""
    grants: QuerySet[RoleGrant] = RoleGrant.objects.filter(not_ended(start), unit=unit_id)
    notes = tuple(f"Peran {Role(grant.role).label} {grant.user} berakhir." for grant in grants)
    grants.filter(start__lt=start).update(until=start)
    grants.filter(Q(start__gte=start)).delete()
    return notes
