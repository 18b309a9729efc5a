"""Transfer (mutasi): the old post closes at TMT, the new one begins (rules.md §9)."""

from dataclasses import asdict
from datetime import date, datetime

from django.db.models import F

from config.lib.dates import format_date
from config.lib.errors import DomainError
from orgunits.enums import AssignmentKind, OrgEvent, Role
from orgunits.models import Assignment, Employee, RoleGrant
from orgunits.permissions import OrgAction
from orgunits.selectors.days import not_ended
from orgunits.selectors.facts import facts_of_person, opds_of_units
from orgunits.services.assignments import Post
from orgunits.services.common import (
    Effect,
    claim_employee,
    post_on,
    rebuilt,
    record,
    require,
    span_on,
    writing,
)
from orgunits.viewer import Viewer


def employee_transfer(
    *,
    actor: Viewer,
    now: datetime,
    employee_id: int,
    version: int,
    post: Post,
    tmt: date,
    decree: str,
) -> Effect:
    """Move a person to another unit or post from ``tmt``; acting posts stay and are listed for review.

    Raises NotAllowed, Conflict for a stale ``version``, and DomainError when there is nothing to leave
    on that day, the new post is the old one, the unit does not exist then, or it already has a head.
    """
    with writing():
        employee = claim_employee(employee_id, version)
        old = post_on(employee, tmt)
        units = [post.unit_id, *([old.unit_id] if old else [])]
        require(actor, facts_of_person(actor, employee.pk, employee.user_id, *units), OrgAction.EDIT_POSTS)
        span = span_on(post.unit_id, tmt)
        old = _refuse_unleavable(employee, old, tmt, post)
        Assignment.objects.filter(pk=old.pk).update(
            until=tmt, end_reason=f"Mutasi ke {span.name}"[:200], version=F("version") + 1
        )
        new = Assignment.objects.create(
            employee=employee,
            kind=AssignmentKind.DEFINITIVE,
            start=tmt,
            decree=decree,
            **asdict(post),
        )
        notes = (
            f"{old.position_title} berakhir.",
            f"{post.position_title} pada {span.name} mulai {format_date(tmt)}.",
            *_mark_acting(employee, tmt),
            *_roles_left_behind(employee, old, new, tmt),
        )
        record(
            actor,
            now,
            OrgEvent.TRANSFERRED,
            employee,
            str(employee),
            before={"unit": old.unit_id, "position_title": old.position_title, "until": old.until},
            after={**asdict(post), "tmt": tmt, "decree": decree},
        )
        return Effect(rebuilt(actor, [old.unit_id, post.unit_id]), notes)


def _refuse_unleavable(employee: Employee, old: Assignment | None, tmt: date, post: Post) -> Assignment:
    if old is None:
        raise DomainError(
            f"{employee} tidak mempunyai jabatan definitif pada {format_date(tmt)}. Gunakan Mulai penugasan."
        )
    if old.start == tmt:
        raise DomainError(
            f"Jabatan sekarang juga mulai {format_date(tmt)}. TMT mutasi harus sesudah tanggal itu."
        )
    same = (old.unit_id, old.position_title, old.is_head) == (post.unit_id, post.position_title, post.is_head)
    if same:
        raise DomainError("Unit dan jabatan baru sama dengan yang sekarang; tidak ada yang dipindahkan.")
    return old


def _mark_acting(employee: Employee, tmt: date) -> tuple[str, ...]:
    """A transfer does not end acting posts but asks an officer to look at them (rules.md §14)."""
    acting = Assignment.objects.filter(not_ended(tmt), employee=employee).exclude(
        kind=AssignmentKind.DEFINITIVE
    )
    rows = list(acting)
    acting.update(review_note=f"Pegawai dimutasi terhitung {format_date(tmt)}", version=F("version") + 1)
    return tuple(f"{row.shown_title} tetap berjalan dan masuk daftar untuk ditinjau." for row in rows)


def _roles_left_behind(employee: Employee, old: Assignment, new: Assignment, tmt: date) -> tuple[str, ...]:
    """Roles for the OPD that the person leaves: they go on until somebody revokes them."""
    opds = opds_of_units([old.unit_id, new.unit_id], tmt)
    if employee.user_id is None or opds.get(old.unit_id) == opds.get(new.unit_id):
        return ()
    grants = RoleGrant.objects.filter(not_ended(tmt), user=employee.user_id, unit=opds.get(old.unit_id))
    return tuple(
        f"Peran {Role(grant.role).label} untuk OPD yang ditinggalkan tetap berlaku sampai dicabut."
        for grant in grants
    )
