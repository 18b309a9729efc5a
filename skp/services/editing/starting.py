"""Starting a plan, empty."""

from datetime import datetime

from django.db import IntegrityError, transaction

from config.lib.errors import DomainError
from orgunits.enums import AssignmentKind, EmploymentKind
from orgunits.models import Assignment
from orgunits.viewer import Viewer
from skp.models import Period, Revision, Skp
from skp.permissions import can_do
from skp.scheme import plan_span
from skp.selectors.plans import plan_facts, read_plan
from skp.selectors.schemes import scheme_of_post
from skp.services.duties import duties_refresh
from skp.states import Action, Lifecycle


def skp_start(*, actor: Viewer, assignment_id: int, period: Period, now: datetime) -> Skp:
    """Open the actor's plan for one of their definitive assignments; an existing one is returned.

    Raises DomainError when the post does not lie in the period and NotAllowed when it is not theirs
    or the planning window is not open.
    """
    if actor.employee_id is None:
        raise DomainError("Akun ini tidak terhubung dengan data pegawai.")
    assignment = (
        Assignment.objects.filter(
            pk=assignment_id, employee_id=actor.employee_id, kind=AssignmentKind.DEFINITIVE
        )
        .exclude(employee__employment_kind=EmploymentKind.STATE_OFFICIAL)
        .select_related("employee", "unit")
        .first()
    )
    span = plan_span(period.year, assignment.start, assignment.until) if assignment else None
    if assignment is None or span is None:
        raise DomainError("Anda tidak memiliki jabatan pada periode ini.")
    existing = _plan_of(assignment, period)
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            skp = Skp.objects.create(
                assignment=assignment,
                period=period,
                owner=assignment.employee,
                scheme=scheme_of_post(assignment, span[0]),
                start=span[0],
                until=span[1],
            )
            revision = Revision.objects.create(skp=skp, number=1)
            skp.open_revision = revision
            skp.save(update_fields=["open_revision"])
            facts = plan_facts(read_plan(skp.pk), today=actor.today)
            can_do(actor, facts, Action.EDIT).enforce()
            duties_refresh(period_id=period.pk, employee_ids=[skp.owner_id], now=now)
    except IntegrityError:
        # A double click: the other request has just made it.
        existing = _plan_of(assignment, period)
        if existing is None:
            raise
        return existing
    return skp


def _plan_of(assignment: Assignment, period: Period) -> Skp | None:
    return (
        Skp.objects.filter(assignment=assignment, period=period)
        .exclude(lifecycle=Lifecycle.CANCELLED)
        .first()
    )
