"""Closing a plan before its year ends: by an officer, or because the post has ended (rules.md §9)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from config.lib.dates import covers, format_date, office_date
from config.lib.db import swap_version
from config.lib.errors import Conflict, DomainError
from orgunits.enums import AssignmentKind, LegalPosition, Role
from orgunits.models import Assignment, LegalPositionSpan
from orgunits.viewer import Viewer
from skp.closing import reason_of_end
from skp.enums import CloseReason, SkpEvent
from skp.models import Move, Revision, Skp
from skp.permissions import can_do
from skp.services.duties import duties_refresh
from skp.services.notices import owner_told
from skp.services.steps import SYSTEM, lock_plan, required_note
from skp.states import Action, Lifecycle


def skp_close(
    *, actor: Viewer, skp_id: int, version: int, reason: CloseReason, day: date, note: str, now: datetime
) -> None:
    """End a running plan as OPD admin or BKPSDM; drafts stay, the head at its end still acts on it.

    ``day`` is the first day that the plan no longer covers (TMT). Raises Conflict on a stale page,
    NotAllowed, or DomainError without a note or for a day outside of the plan or still to come.
    """
    with transaction.atomic():
        skp, facts = lock_plan(actor, skp_id, version)
        can_do(actor, facts, Action.CLOSE).enforce()
        text = required_note(note, asked="Tulis dasar penutupan SKP.")
        if not skp.start < day <= skp.until:
            raise DomainError(
                f"TMT harus sesudah {format_date(skp.start)} dan paling lambat {format_date(skp.until)}."
            )
        if day > office_date(now):
            raise DomainError("SKP ditutup pada atau sesudah TMT. Tanggal ini belum tiba.")
        before = skp.until
        _close(skp, reason=reason, day=day)
        role = Role.BKPSDM_ADMIN if actor.is_bkpsdm else Role.OPD_ADMIN
        _tell(skp, now, note=text, actor=actor, acting_as=str(role.label))
        audit.record(
            actor=User.objects.get(pk=actor.user_id),
            now=now,
            kind=SkpEvent.PLAN_CLOSED,
            target=f"skp:{skp.pk}",
            target_label=f"SKP {skp.period.year} {skp.owner.full_name}",
            before={"until": before},
            after={"until": day, "reason": reason, "note": text},
            acting_as=str(role.label),
        )


def plans_close_ended(*, now: datetime, employee_ids: Collection[int] | None = None) -> int:
    """Close every running plan whose post has ended by today, of these people or of all; answers how many.

    Idempotent. A plan whose post turns out to have ended before the plan began covers no day and is
    cancelled: the person plans in the post they really held.
    """
    ended = Assignment.objects.filter(until__lte=office_date(now))
    plans = Skp.objects.filter(
        lifecycle=Lifecycle.ACTIVE, assignment__in=ended, assignment__until__lte=F("until")
    )
    if employee_ids is not None:
        plans = plans.filter(owner__in=employee_ids)
    closed = 0
    for skp in plans.select_related("assignment", "period", "owner").order_by("pk"):
        closed += _close_ended(skp, now)
    return closed


def _close_ended(skp: Skp, now: datetime) -> bool:
    post: Assignment = skp.assignment
    assert post.until is not None
    try:
        with transaction.atomic():
            swap_version(Skp.objects.filter(pk=skp.pk, lifecycle=Lifecycle.ACTIVE), version=skp.version)
            if post.until <= skp.start:
                Skp.objects.filter(pk=skp.pk).update(lifecycle=Lifecycle.CANCELLED)
                skp.lifecycle = Lifecycle.CANCELLED
            else:
                _close(skp, reason=_reason(post), day=post.until)
            _tell(skp, now, note=post.end_reason)
    except Conflict:
        # Somebody has just written it; the next run finds it again.
        return False
    return True


def _reason(post: Assignment) -> CloseReason:
    assert post.until is not None
    later = Assignment.objects.filter(
        employee=post.employee_id, kind=AssignmentKind.DEFINITIVE, start__gte=post.until
    )
    spans = LegalPositionSpan.objects.filter(employee=post.employee_id, position=LegalPosition.RETIRED)
    retired = any(covers(span.start, span.until, post.until) for span in spans)
    return reason_of_end(post.end_reason, retired=retired, moved_on=later.exists())


def _close(skp: Skp, *, reason: CloseReason, day: date) -> None:
    Skp.objects.filter(pk=skp.pk).update(lifecycle=Lifecycle.CLOSED, close_reason=reason, until=day)
    skp.lifecycle, skp.close_reason, skp.until = Lifecycle.CLOSED, reason, day


def _tell(skp: Skp, now: datetime, *, note: str, actor: Viewer | None = None, acting_as: str = "") -> None:
    """The history row, the duties and the owner's notice."""
    Move.objects.create(
        skp=skp,
        revision=_revision_of(skp),
        action=Action.CLOSE,
        from_state=Lifecycle.ACTIVE,
        to_state=skp.lifecycle,
        actor_id=actor.user_id if actor else None,
        actor_label=actor.label if actor else SYSTEM,
        acting_as=acting_as,
        note=note,
        at=now,
    )
    duties_refresh(period_id=skp.period_id, employee_ids=[skp.owner_id], now=now)
    if skp.lifecycle == Lifecycle.CANCELLED:
        text = f"SKP {skp.period.year} dibatalkan: jabatannya berakhir sebelum SKP ini mulai."
    else:
        last = format_date(skp.until - timedelta(days=1))
        text = f"SKP {skp.period.year} ditutup per {last} ({CloseReason(skp.close_reason).label})."
    owner_told(skp, text, now)


def _revision_of(skp: Skp) -> Revision:
    revision = skp.open_revision or skp.in_force
    assert revision is not None
    return revision
