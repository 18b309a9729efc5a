"""Two officers who change the organisation at once: one takes effect, the other is told; lines stay true.

On PostgreSQL the two really meet; on SQLite the second waits for the first.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from config.lib.errors import Conflict, DomainError
from orgunits.enums import AssignmentKind, PositionKind, Role
from orgunits.lines import lines_recompute_all
from orgunits.models import Assignment, RoleGrant
from orgunits.services.acting import acting_start
from orgunits.services.assignments import Post, assignment_end
from orgunits.services.common import Effect
from orgunits.services.preview import effect_apply, effect_digest, effect_preview
from orgunits.services.roles import role_revoke
from orgunits.services.transfers import employee_transfer
from tests.factories import RoleGrantFactory
from tests.people import NOW, TODAY, People, make_people

pytestmark = pytest.mark.django_db(transaction=True)

Change = Callable[[], Effect]
TMT = date(2026, 4, 1)


@pytest.fixture
def cast(transactional_db) -> People:
    return make_people()


def both(*changes: Change) -> list[Effect | DomainError]:
    """Each change previewed by its officer, then all confirmed at the same moment."""
    digests = [effect_digest(effect_preview(change)) for change in changes]
    barrier = Barrier(len(changes))

    def confirm(change: Change, digest: str) -> Effect | DomainError:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return effect_apply(change, digest=digest)
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(changes)) as pool:
        return list(pool.map(confirm, changes, digests))


def the_refusal(outcomes: list[Effect | DomainError]) -> Conflict:
    """The one Conflict; everything else took effect."""
    (refused,) = [outcome for outcome in outcomes if not isinstance(outcome, Effect)]
    assert isinstance(refused, Conflict)
    assert refused.status == 409
    return refused


@pytest.mark.parametrize("_turn", range(3))
def test_two_officers_who_appoint_a_plt_for_one_unit(cast: People, _turn):
    Assignment.objects.filter(kind=AssignmentKind.PLT, unit=cast.vacant_division).update(until=TODAY)

    def appoint(actor, person) -> Change:
        return lambda: acting_start(
            actor=actor.viewer(),
            now=NOW,
            employee_id=person.employee.pk,
            version=0,
            unit_id=cast.vacant_division.pk,
            kind=AssignmentKind.PLT,
            start=TODAY,
            until=None,
            decree="800/1/2026",
        )

    outcomes = both(appoint(cast.opd_admin, cast.owner), appoint(cast.bkpsdm_admin, cast.section_head))
    assert str(the_refusal(outcomes)) == "Unit ini sudah memiliki Plt. pada tanggal tersebut."
    row = Assignment.objects.get(kind=AssignmentKind.PLT, unit=cast.vacant_division, until=None)
    assert row.employee in (cast.owner.employee, cast.section_head.employee)
    assert not lines_recompute_all()


@pytest.mark.parametrize("_turn", range(3))
def test_a_transfer_meets_the_end_of_the_same_assignment(cast: People, _turn):
    post = cast.owner.post
    new = Post(unit_id=cast.section.pk, position_title="Analis Data", position_kind=PositionKind.FUNCTIONAL)

    def move() -> Effect:
        return employee_transfer(
            actor=cast.bkpsdm_admin.viewer(),
            now=NOW,
            employee_id=post.employee_id,
            version=0,
            post=new,
            tmt=TMT,
            decree="800/3/2026",
        )

    def end() -> Effect:
        return assignment_end(
            actor=cast.opd_admin.viewer(),
            now=NOW,
            assignment_id=post.pk,
            version=0,
            until=date(2026, 3, 16),
            reason="Pensiun",
        )

    outcomes = both(move, end)
    assert str(the_refusal(outcomes)) == "Data sudah diubah orang lain. Muat ulang halaman."
    post.refresh_from_db()
    moved = isinstance(outcomes[0], Effect)
    assert post.until == (TMT if moved else date(2026, 3, 16))
    assert Assignment.objects.filter(employee=post.employee_id).count() == (2 if moved else 1)
    assert not lines_recompute_all()


@pytest.mark.parametrize("_turn", range(3))
def test_changes_of_different_people_in_one_unit_leave_true_lines(cast: People, _turn):
    """Neither sees the other's rows before it commits; the one who comes second rebuilds on both."""
    new = Post(unit_id=cast.division.pk, position_title="Analis Data", position_kind=PositionKind.FUNCTIONAL)

    def come() -> Effect:
        return employee_transfer(
            actor=cast.bkpsdm_admin.viewer(),
            now=NOW,
            employee_id=cast.stranger.employee.pk,
            version=0,
            post=new,
            tmt=TMT,
            decree="800/4/2026",
        )

    def leave() -> Effect:
        return assignment_end(
            actor=cast.opd_admin.viewer(),
            now=NOW,
            assignment_id=cast.appraiser.post.pk,
            version=0,
            until=date(2026, 3, 16),
            reason="Pensiun",
        )

    outcomes = both(come, leave)
    told = the_refusal(outcomes) if not all(isinstance(one, Effect) for one in outcomes) else None
    assert told is None or "berubah sejak pratinjau" in str(told)
    assert not lines_recompute_all()


@pytest.mark.parametrize("_turn", range(3))
def test_two_admins_who_revoke_each_other_leave_one(cast: People, _turn):
    RoleGrantFactory(user=cast.sekda.user, role=Role.BKPSDM_ADMIN)
    grants = {row.user_id: row.pk for row in RoleGrant.objects.filter(role=Role.BKPSDM_ADMIN)}

    def revoke(actor, other) -> Change:
        viewer = actor.viewer()
        return lambda: role_revoke(actor=viewer, now=NOW, grant_id=grants[other.user.pk])

    outcomes = both(revoke(cast.sekda, cast.bkpsdm_admin), revoke(cast.bkpsdm_admin, cast.sekda))
    assert "admin BKPSDM terakhir" in str(the_refusal(outcomes))
    assert RoleGrant.objects.filter(role=Role.BKPSDM_ADMIN, until=None).count() == 1
