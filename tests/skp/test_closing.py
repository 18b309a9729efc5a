"""Closing a plan before its year ends: by hand, by the end of the post, and what it leaves open."""

from datetime import date, datetime

import pytest
from django.core.management import call_command

from accounts.models import AuditEvent, Notification
from config.lib.errors import Conflict, DomainError, NotAllowed
from orgunits.enums import LegalPosition
from orgunits.models import Assignment
from orgunits.services.assignments import assignment_end
from skp.closing import reason_of_end
from skp.enums import CloseReason
from skp.models import Move, Skp
from skp.selectors.plans import plan_facts, plans_waiting_for
from skp.services.closing import plans_close_ended, skp_close
from skp.states import Lifecycle, RevisionState
from skp.tasks import organisation_changed
from tests.factories import LegalPositionFactory
from tests.people import People
from tests.skp.drafts import JANUARY, MARCH, agreed, decided, period_2026, result_ids, submitted
from tests.skp.facts import moment
from tests.transfers import transferred

pytestmark = pytest.mark.django_db
APRIL = moment("2026-04-02 09:00")


@pytest.fixture
def plan(people: People):
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    return agreed(people.owner, people.appraiser, period, result_ids(middle))


def close(people: People, plan: Skp, who: str = "opd_admin", now: datetime = APRIL, **values: object) -> None:
    given = {
        "version": plan.version,
        "reason": CloseReason.RETIREMENT,
        "day": date(2026, 4, 1),
        "note": "SK 882/4/2026",
    }
    skp_close(actor=getattr(people, who).viewer(now), skp_id=plan.pk, now=now, **(given | values))


@pytest.mark.parametrize("who", ["opd_admin", "bkpsdm_admin"])
def test_an_officer_closes_a_plan(people: People, plan, who):
    close(people, plan, who)
    plan.refresh_from_db()
    assert (plan.lifecycle, plan.close_reason, plan.until) == ("closed", "retirement", date(2026, 4, 1))
    assert plan.in_force is not None
    move = Move.objects.get(action="close")
    assert (move.from_state, move.to_state, move.note) == ("active", "closed", "SK 882/4/2026")
    assert move.actor_id == getattr(people, who).user.pk
    assert move.acting_as
    assert "31 Maret 2026" in Notification.objects.filter(user=people.owner.user).latest("pk").text
    event = AuditEvent.objects.get(kind="plan.closed")
    assert (event.target, event.acting_as) == (f"skp:{plan.pk}", move.acting_as)


@pytest.mark.parametrize("who", ["owner", "appraiser", "superior", "inspector", "leader"])
def test_whoever_reads_the_plan_but_is_no_officer_cannot_close_it(people: People, plan, who):
    with pytest.raises(NotAllowed):
        close(people, plan, who)


def test_the_admin_of_another_opd_does_not_know_of_it(people: People, plan):
    with pytest.raises(Conflict):
        close(people, plan, "other_admin")


def test_no_officer_closes_the_own_plan(people: People, plan):
    own = agreed(people.opd_admin, people.superior, plan.period, result_ids(Skp.objects.earliest("pk")))
    with pytest.raises(NotAllowed):
        close(people, own)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"note": " "}, DomainError),
        ({"day": date(2026, 1, 1)}, DomainError),
        ({"day": date(2027, 1, 2)}, DomainError),
        ({"day": date(2026, 4, 3)}, DomainError),
        ({"version": 0}, Conflict),
    ],
)
def test_a_closing_without_note_or_with_a_wrong_day_is_refused(people: People, plan, values, error):
    with pytest.raises(error):
        close(people, plan, **values)
    plan.refresh_from_db()
    assert plan.lifecycle == Lifecycle.ACTIVE


def test_a_closed_plan_is_not_closed_again(people: People, plan):
    close(people, plan)
    plan.refresh_from_db()
    with pytest.raises(NotAllowed, match="ditutup"):
        close(people, plan, day=date(2026, 3, 1))


def transfer(people: People, tmt: date, now: datetime = MARCH) -> None:
    transferred(people.bkpsdm_admin.viewer(now), people.owner.employee, people.other_division, tmt)


def test_a_transfer_closes_the_plan_on_its_day_and_once(people: People, plan):
    transfer(people, date(2026, 4, 1))
    assert plans_close_ended(now=moment("2026-03-31 23:59")) == 0
    assert plans_close_ended(now=APRIL, employee_ids=[people.appraiser.employee.pk]) == 0
    assert plans_close_ended(now=APRIL, employee_ids=[people.owner.employee.pk]) == 1
    plan.refresh_from_db()
    assert (plan.lifecycle, plan.close_reason, plan.until) == ("closed", "transfer", date(2026, 4, 1))
    move = Move.objects.get(action="close")
    assert (move.actor_id, move.actor_label, move.note) == (None, "Sistem", "Mutasi ke Bidang Tiga")
    assert plans_close_ended(now=APRIL) == 0
    assert Move.objects.filter(action="close").count() == 1


def test_a_transfer_in_force_closes_the_plan_through_the_queue(people: People, plan, monkeypatch):
    transfer(people, date(2026, 3, 10))
    monkeypatch.setattr("config.lib.clock.now", lambda: MARCH)
    organisation_changed.func([people.owner.employee.pk])
    plan.refresh_from_db()
    assert plan.lifecycle == Lifecycle.CLOSED


def test_the_tick_closes_what_has_ended(people: People, plan, capsys):
    transfer(people, date(2026, 4, 1))
    call_command("tick", "--now", APRIL.isoformat())
    plan.refresh_from_db()
    assert plan.lifecycle == Lifecycle.CLOSED
    assert "berakhir: 1." in capsys.readouterr().out


def test_a_post_that_ends_by_retirement_says_so(people: People, plan):
    post = people.owner.post
    post.refresh_from_db()
    LegalPositionFactory(
        employee=people.owner.employee, position=LegalPosition.RETIRED, start=date(2026, 4, 1)
    )
    assignment_end(
        actor=people.bkpsdm_admin.viewer(MARCH),
        now=MARCH,
        assignment_id=post.pk,
        version=post.version,
        until=date(2026, 4, 1),
        reason="SK 882",
    )
    assert plans_close_ended(now=APRIL) == 1
    plan.refresh_from_db()
    assert plan.close_reason == CloseReason.RETIREMENT


def test_a_plan_that_turns_out_to_cover_no_day_is_cancelled(people: People, plan):
    Assignment.objects.filter(pk=people.owner.post.pk).update(until=date(2025, 10, 1))
    assert plans_close_ended(now=APRIL) == 1
    plan.refresh_from_db()
    assert plan.lifecycle == Lifecycle.CANCELLED
    assert Move.objects.get(action="close").to_state == "cancelled"
    assert "dibatalkan" in Notification.objects.filter(user=people.owner.user).latest("pk").text


def test_a_submitted_plan_that_is_closed_is_still_decided_by_the_head_at_its_end(people: People):
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    skp = submitted(people.owner, period, result_ids(middle))
    day = moment("2026-01-20 09:00")
    transfer(people, date(2026, 1, 20), JANUARY)
    assert plans_close_ended(now=day) == 1
    skp.refresh_from_db()
    assert plan_facts(skp, today=day.date()).appraiser_id == people.appraiser.employee.pk
    assert list(plans_waiting_for(people.appraiser.viewer(day))) == [skp]
    skp = decided(people.appraiser, skp, day)
    assert (skp.lifecycle, skp.in_force.state) == (Lifecycle.CLOSED, RevisionState.AGREED)


@pytest.mark.parametrize(
    ("words", "retired", "moved_on", "reason"),
    [
        ("Mutasi ke Bidang Tiga", False, True, CloseReason.TRANSFER),
        ("Pensiun dini", False, True, CloseReason.TRANSFER),
        ("", False, False, CloseReason.TRANSFER),
        ("", True, False, CloseReason.RETIREMENT),
        ("PENSIUN batas usia", False, False, CloseReason.RETIREMENT),
        ("Meninggal dunia", True, False, CloseReason.DEATH),
        ("Pemberhentian tidak atas permintaan sendiri", False, False, CloseReason.DISMISSAL),
    ],
)
def test_the_reason_is_read_from_the_end_of_the_post(words, retired, moved_on, reason):
    assert reason_of_end(words, retired=retired, moved_on=moved_on) == reason
