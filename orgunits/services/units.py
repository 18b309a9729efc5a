"""A unit by itself: its name, who appraises its head, whether it stands alone."""

from datetime import date, datetime

from config.lib.dates import format_date
from config.lib.errors import DomainError
from orgunits.announcing import organisation_told
from orgunits.enums import OrgEvent
from orgunits.models import OrgUnit, OrgUnitSpan
from orgunits.permissions import OrgAction
from orgunits.selectors.facts import facts_of_units
from orgunits.services.common import Effect, claim_unit, rebuilt, record, require, span_on, writing
from orgunits.viewer import Viewer

FURTHEST_DAYS = 366
KEPT = (
    "name",
    "kind",
    "parent_id",
    "opd_id",
    "appraised_by_id",
    "head_title",
    "head_echelon",
    "letterhead",
    "signing_place",
)


def refuse_far(actor: Viewer, start: date) -> None:
    """Raise DomainError for a change of a unit more than a year ahead, mostly a slip in the year.

    Nothing may be changed before such a change any more, so it would be hard to take back.
    """
    if (start - actor.today).days > FURTHEST_DAYS:
        raise DomainError("Perubahan unit berlaku paling lambat satu tahun dari sekarang. Periksa tahunnya.")


def span_change(unit_id: int, start: date, **changes: object) -> OrgUnitSpan:
    """Let the unit be different from ``start`` on; the span before stays as history.

    A change on the very day a span began corrects that span. Raises DomainError when the unit does
    not exist then or has a later change already.
    """
    span = span_on(unit_id, start)
    if span.until is not None:
        raise DomainError(
            f"{span.name} sudah mempunyai perubahan yang berlaku mulai {format_date(span.until)}. "
            "Pilih tanggal mulai sesudah itu."
        )
    if span.start == start:
        OrgUnitSpan.objects.filter(pk=span.pk).update(**changes)
        return OrgUnitSpan.objects.get(pk=span.pk)
    OrgUnitSpan.objects.filter(pk=span.pk).update(until=start)
    values: dict[str, object] = {name: getattr(span, name) for name in KEPT}
    new = OrgUnitSpan(unit_id=unit_id, start=start)
    for name, value in {**values, **changes}.items():
        setattr(new, name, value)
    new.save()
    return new


def unit_rename(
    *,
    actor: Viewer,
    now: datetime,
    unit_id: int,
    version: int,
    name: str,
    head_title: str,
    start: date,
) -> Effect:
    """Give the unit another name from ``start``; identity, people and plans stay.

    Raises NotAllowed, Conflict for a stale ``version``, DomainError as ``span_change`` does.
    """
    with writing():
        unit = claim_unit(unit_id, version)
        require(actor, facts_of_units(actor, unit_id), OrgAction.EDIT_UNIT)
        refuse_far(actor, start)
        old = span_on(unit_id, start)
        span_change(unit_id, start, name=name, head_title=head_title)
        record(
            actor,
            now,
            OrgEvent.UNIT_RENAMED,
            unit,
            name,
            before={"name": old.name, "head_title": old.head_title},
            after={"name": name, "head_title": head_title, "start": start},
        )
        note = f"{old.name} bernama {name} mulai {format_date(start)}. Pegawai dan SKP-nya tidak berpindah."
        return Effect(notes=(note,))


def unit_set_appraised_by(
    *,
    actor: Viewer,
    now: datetime,
    unit_id: int,
    version: int,
    appraised_by_id: int | None,
    start: date,
) -> Effect:
    """Let the unit's head be appraised by another unit's head than the parent's, or by the parent's again.

    Raises NotAllowed, Conflict for a stale ``version``, and DomainError when the way up would lead
    back to the unit.
    """
    with writing():
        unit = claim_unit(unit_id, version)
        others = () if appraised_by_id is None else (appraised_by_id,)
        require(actor, facts_of_units(actor, unit_id, *others), OrgAction.EDIT_UNIT)
        refuse_far(actor, start)
        old = span_on(unit_id, start)
        target = None if appraised_by_id is None else span_on(appraised_by_id, start)
        if target is not None:
            _refuse_circle(unit_id, target, start)
        span_change(unit_id, start, appraised_by_id=appraised_by_id)
        record(
            actor,
            now,
            OrgEvent.UNIT_APPRAISED_BY,
            unit,
            old.name,
            before={"appraised_by": old.appraised_by_id},
            after={"appraised_by": appraised_by_id, "start": start},
        )
        who = f"pimpinan {target.name}" if target else "pimpinan unit atasannya"
        note = f"Pimpinan {old.name} dinilai oleh {who} mulai {format_date(start)}."
        return Effect(rebuilt(actor, [unit_id]), (note,))


def _refuse_circle(unit_id: int, target: OrgUnitSpan, day: date) -> None:
    """Follow the way up from ``target`` as the walk of rules.md §9 does."""
    seen: set[int] = set()
    span: OrgUnitSpan | None = target
    while span is not None and span.unit_id not in seen:
        if span.unit_id == unit_id:
            raise DomainError(
                f"Jalur penilaian akan berputar: pimpinan {target.name} sendiri dinilai lewat unit ini."
            )
        seen.add(span.unit_id)
        above = span.appraised_by_id or span.parent_id
        span = None if above is None else span_on(above, day)


def unit_set_standalone(
    *, actor: Viewer, now: datetime, unit_id: int, version: int, standalone: bool
) -> Effect:
    """Mark the unit *mandiri* or take the mark off: its head plans in scheme jpt (rules.md §3)."""
    with writing():
        unit = claim_unit(unit_id, version)
        require(actor, facts_of_units(actor, unit_id), OrgAction.MARK_STANDALONE)
        span = span_on(unit_id, actor.today)
        if unit.is_standalone == standalone:
            raise DomainError("Tanda mandiri unit ini sudah seperti itu.")
        OrgUnit.objects.filter(pk=unit_id).update(is_standalone=standalone)
        record(
            actor,
            now,
            OrgEvent.UNIT_STANDALONE,
            unit,
            span.name,
            before={"is_standalone": unit.is_standalone},
            after={"is_standalone": standalone},
        )
        organisation_told(unit_ids=[unit_id])
        scheme = "menyusun SKP seperti pimpinan OPD" if standalone else "menyusun SKP seperti pegawai lain"
        return Effect(notes=(f"Pimpinan {span.name} {scheme}.",))
