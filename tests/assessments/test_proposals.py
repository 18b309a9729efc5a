"""Proposals of a superior's later value: applied with a clock of its own, dismissed, refused when stale."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from assessments.models import Assessment, AssessmentMove, AssessmentVersion, Delivery, ScoreProposal
from assessments.selectors.requests import proposed_score
from assessments.services.delivery import assessment_accept, assessment_receive
from assessments.services.proposals import proposal_apply, proposal_dismiss
from config.lib.errors import Conflict, DomainError, NotAllowed
from skp.models import Skp
from skp.services.closing import plans_close_ended
from tests.assessments.family import LATER, Family, family, final
from tests.people import People
from tests.skp.drafts import SCORING
from tests.transfers import transferred

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(people: People) -> Family:
    """The owner's delivered 108.00 with the appraiser's 120 come later: 112.00 is proposed."""
    both = family(people)
    both.child_delivered()
    both.middle_delivered("13", "13")
    return both


def apply(both: Family, now=SCORING, **values) -> Delivery:
    proposal = ScoreProposal.objects.get()
    given = {
        "actor": both.people.appraiser.viewer(now),
        "version": Assessment.objects.get(skp=both.child).version,
        "cause_id": proposal.cause_id,
    } | values
    return proposal_apply(proposal_id=proposal.pk, now=now, **given)


def dismiss(both: Family, note="Sudah dibicarakan", **values) -> ScoreProposal:
    proposal = ScoreProposal.objects.get()
    given = {"actor": both.people.appraiser.viewer(SCORING), "cause_id": proposal.cause_id} | values
    return proposal_dismiss(proposal_id=proposal.pk, note=note, now=SCORING, **given)


def written() -> tuple[object, ...]:
    return (
        list(Assessment.objects.order_by("pk").values_list("status", "version", "current", "delivered")),
        list(ScoreProposal.objects.values_list("state", "decided_by", "decided_note")),
        AssessmentVersion.objects.count(),
        AssessmentMove.objects.count(),
        Delivery.objects.count(),
    )


def test_an_applied_proposal_is_delivered_anew_with_its_own_clock(waiting: Family):
    owner = waiting.people.owner.viewer(SCORING)
    assert assessment_receive(actor=owner, skp_id=waiting.child.pk, now=SCORING)
    later = SCORING + timedelta(days=5)
    given = apply(waiting, now=later)
    child = Assessment.objects.get(skp=waiting.child)
    made = given.version
    assert (child.status, child.current, child.delivered) == ("delivered", made, made)
    assert (made.number, made.cause, made.final) == (2, "superior", Decimal("108.40"))
    assert made.cause_note == "Nilai DEWI KABID (Kepala Bidang Satu) disampaikan."
    assert (made.made_by, made.made_as) == (waiting.people.appraiser.user, "Kepala Bidang Satu")
    assert (given.delivered_at, given.received_at, given.closes_at) == (later, None, None)
    first = Delivery.objects.get(version__assessment=child, version__number=1)
    assert first.received_at == SCORING
    proposal = ScoreProposal.objects.get()
    assert (proposal.state, proposal.decided_at) == ("applied", later)
    move = AssessmentMove.objects.filter(assessment=child).last()
    assert (move.action, move.from_status, move.to_status) == ("renew", "delivered", "delivered")
    assert Skp.objects.get(pk=waiting.child.pk).delivered_at == later
    assert assessment_receive(actor=owner, skp_id=waiting.child.pk, now=later)


def test_what_was_shown_is_delivered_though_the_plan_has_ended_since(waiting: Family):
    people = waiting.people
    transferred(
        people.bkpsdm_admin.viewer(SCORING), people.owner.employee, people.other_division, date(2026, 7, 1)
    )
    plans_close_ended(now=SCORING)
    assert Skp.objects.get(pk=waiting.child.pk).lifecycle == "closed"
    proposal = ScoreProposal.objects.get()
    shown = proposed_score(proposal).after
    made = apply(waiting).version
    assert (made.skp_value, made.final) == (shown.skp, shown.final)
    assert (made.skp_value, made.final) == (proposal.new_skp_value, proposal.new_final)
    assert made.steps_text == shown.steps_text


@pytest.mark.parametrize("status", ["accepted", "final"])
def test_an_accepted_or_final_score_can_be_renewed(waiting: Family, status):
    child = Assessment.objects.get(skp=waiting.child)
    if status == "accepted":
        actor = waiting.people.owner.viewer(SCORING)
        assessment_accept(actor=actor, skp_id=waiting.child.pk, version=child.version, now=SCORING)
    else:
        final(child)
    apply(waiting, now=LATER)
    child.refresh_from_db()
    assert child.status == "delivered"
    assert list(child.moves.filter(action="renew").values_list("from_status", flat=True)) == [status]


def test_nothing_is_renewed_while_an_objection_runs(waiting: Family):
    Assessment.objects.filter(skp=waiting.child).update(status="objected")
    before = written()
    with pytest.raises(NotAllowed, match="keberatan masih berjalan"):
        apply(waiting)
    assert written() == before


@pytest.mark.parametrize("who", ["owner", "superior", "bkpsdm_admin"])
def test_only_the_appraiser_decides(waiting: Family, who):
    actor = getattr(waiting.people, who).viewer(SCORING)
    before = written()
    with pytest.raises(NotAllowed):
        apply(waiting, actor=actor)
    with pytest.raises(NotAllowed):
        dismiss(waiting, actor=actor)
    assert written() == before


def test_a_stranger_learns_nothing(waiting: Family):
    actor = waiting.people.stranger.viewer(SCORING)
    with pytest.raises(Conflict):
        apply(waiting, actor=actor)
    with pytest.raises(Conflict):
        dismiss(waiting, actor=actor)


def test_a_stale_click_is_refused(waiting: Family):
    shown = ScoreProposal.objects.get().cause_id
    waiting.middle_delivered_again("13", "12")
    before = written()
    with pytest.raises(Conflict, match="berubah"):
        apply(waiting, cause_id=shown)
    with pytest.raises(Conflict, match="berubah"):
        dismiss(waiting, cause_id=shown)
    with pytest.raises(Conflict):
        apply(waiting, version=Assessment.objects.get(skp=waiting.child).version - 1)
    assert written() == before


def test_a_proposal_is_decided_once(waiting: Family):
    apply(waiting)
    before = written()
    with pytest.raises(Conflict):
        apply(waiting)
    with pytest.raises(Conflict):
        dismiss(waiting)
    assert written() == before


def test_a_dismissed_value_is_not_proposed_again_but_another_is(waiting: Family):
    with pytest.raises(DomainError, match="Tulis mengapa"):
        dismiss(waiting, note=" ")
    dismissed = dismiss(waiting)
    dismissed.refresh_from_db()
    assert (dismissed.state, dismissed.decided_note) == ("dismissed", "Sudah dibicarakan")
    assert Assessment.objects.get(skp=waiting.child).delivered.number == 1
    waiting.middle_delivered_again("13", "13")
    assert ScoreProposal.objects.get() == dismissed
    waiting.middle_delivered_again("13", "12", now=LATER + timedelta(days=60))
    assert ScoreProposal.objects.get(state="open").new_skp_value == Decimal("110.00")
