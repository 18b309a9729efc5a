"""Opening a final score: asked by one admin, confirmed by another, then scored and delivered again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Notification
from assessments.models import Assessment, AssessmentVersion, Delivery, ScoreProposal, UnlockRequest
from assessments.selectors.readable import readable_scores
from assessments.services.unlocking import unlock_confirm, unlock_request, unlock_withdraw
from config.lib import clock
from config.lib.errors import Conflict, DomainError, NotAllowed
from documents.models import IssuedDocument
from orgunits.enums import Role
from skp.models import Duty, Skp
from tests.assessments.family import LATER, family, final, second_admin, unlocked
from tests.assessments.reports import HUNDRED, delivered, reported, scored
from tests.factories import RoleGrantFactory
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(people: People) -> Assessment:
    """The owner's final score."""
    assessment = reported(people)
    scored(people, assessment, recommendation="Ikuti pelatihan.", behaviour_feedback={"loyal": "Baik"})
    delivered(people, assessment)
    final(assessment)
    return assessment


def ask(people: People, assessment: Assessment, actor=None, reason="Realisasi salah dibaca") -> UnlockRequest:
    assessment.refresh_from_db()
    return unlock_request(
        actor=actor or people.bkpsdm_admin.viewer(LATER),
        skp_id=assessment.skp_id,
        version=assessment.version,
        reason=reason,
        now=LATER,
    )


def confirm(assessment: Assessment, asked: UnlockRequest, actor, now=LATER) -> AssessmentVersion:
    assessment.refresh_from_db()
    return unlock_confirm(actor=actor, request_id=asked.pk, version=assessment.version, now=now)


def state(assessment: Assessment) -> tuple[object, ...]:
    assessment.refresh_from_db()
    return (assessment.status, assessment.current_id, list(UnlockRequest.objects.values_list("state")))


def test_two_admins_open_a_final_score(people: People, closed: Assessment):
    old = closed.current
    asked = ask(people, closed)
    closed.refresh_from_db()
    assert (closed.status, closed.current) == ("final", old)
    second = second_admin()
    made = confirm(closed, asked, second)
    closed.refresh_from_db()
    assert (closed.status, closed.current, closed.delivered, closed.reopened_at) == (
        "scored",
        made,
        old,
        LATER,
    )
    assert (made.number, made.cause, made.cause_note) == (2, "unlocked", "Realisasi salah dibaca")
    assert (made.made_by_id, made.made_as) == (second.user_id, "Admin BKPSDM")
    assert (made.inputs_text, made.steps_text) == (old.inputs_text, old.steps_text)
    assert (made.recommendation, made.behaviours.get(aspect="loyal").feedback) == ("Ikuti pelatihan.", "Baik")
    move = closed.moves.last()
    assert (move.action, move.note, move.actor_id) == ("unlock", "Realisasi salah dibaca", second.user_id)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by_id) == ("applied", second.user_id)
    assert Skp.objects.get(pk=closed.skp_id).delivered_at is None
    duty = Duty.objects.get(employee=people.owner.employee, stage="assessment")
    assert duty.fulfilled_at is None
    assert list(AuditEvent.objects.filter(kind__startswith="unlock").order_by("pk").values_list("kind")) == [
        ("unlock.asked",),
        ("unlock.confirmed",),
    ]
    told = Notification.objects.filter(text__startswith="Kunci hasil penilaian SKP 2026")
    assert {row.user for row in told} == {people.owner.user, people.appraiser.user}


def test_the_admin_who_asked_does_not_confirm(people: People, closed: Assessment):
    asked = ask(people, closed)
    before = state(closed)
    with pytest.raises(NotAllowed, match="admin BKPSDM lain"):
        confirm(closed, asked, people.bkpsdm_admin.viewer(LATER))
    assert state(closed) == before


@pytest.mark.parametrize("who", ["owner", "appraiser", "opd_admin", "inspector", "leader"])
def test_nobody_else_asks_confirms_or_withdraws(people: People, closed: Assessment, who):
    actor = getattr(people, who).viewer(LATER)
    with pytest.raises(NotAllowed, match="dua admin BKPSDM"):
        ask(people, closed, actor)
    asked = ask(people, closed)
    before = state(closed)
    with pytest.raises(NotAllowed):
        confirm(closed, asked, actor)
    with pytest.raises(NotAllowed):
        unlock_withdraw(actor=actor, request_id=asked.pk, now=LATER)
    assert state(closed) == before


def test_an_admin_does_not_open_the_own_score(people: People, closed: Assessment):
    RoleGrantFactory(user=people.owner.user)
    actor = people.owner.viewer(LATER)
    with pytest.raises(NotAllowed, match="bukan untuk SKP sendiri"):
        ask(people, closed, actor)
    asked = ask(people, closed)
    with pytest.raises(NotAllowed, match="bukan untuk SKP sendiri"):
        confirm(closed, asked, actor)
    with pytest.raises(NotAllowed, match="bukan untuk SKP sendiri"):
        unlock_withdraw(actor=actor, request_id=asked.pk, now=LATER)
    asked.refresh_from_db()
    assert asked.state == "open"


@pytest.mark.parametrize("role", [Role.BKPSDM_ADMIN, Role.INSPECTOR])
def test_no_role_reads_the_own_score_before_it_is_delivered(people: People, role):
    RoleGrantFactory(user=people.owner.user, role=role)
    owner = people.owner.viewer(LATER)
    assessment = reported(people)
    scored(people, assessment)
    assert not readable_scores(owner).exists()
    assert readable_scores(people.bkpsdm_admin.viewer(LATER)).count() == 1
    delivered(people, assessment)
    assert readable_scores(owner).count() == 1


def test_an_opened_score_shows_its_owner_what_was_delivered_alone(
    people: People, closed: Assessment, monkeypatch
):
    RoleGrantFactory(user=people.owner.user)
    unlocked(people, closed)
    monkeypatch.setattr(clock, "now", lambda: LATER)
    client = Client()
    client.force_login(people.owner.user)
    page = client.get(reverse("assessments:result", args=[closed.skp_id])).content.decode()
    assert "Versi 1" in page
    assert "Versi 2" not in page
    documents = client.get(reverse("assessments:documents", args=[closed.skp_id])).content.decode()
    for kind in ("D6", "D7", "D8"):
        issued = IssuedDocument.objects.filter(kind=kind).latest("pk")
        address = reverse("assessments:document", args=[closed.skp_id, issued.public_id])
        assert address in documents
        assert client.get(address).status_code == 200


def test_a_request_needs_a_reason_a_final_score_and_no_other_request(people: People, closed: Assessment):
    with pytest.raises(DomainError, match="Tulis alasan"):
        ask(people, closed, reason="  ")
    ask(people, closed)
    with pytest.raises(DomainError, match="menunggu admin kedua"):
        ask(people, closed)
    Assessment.objects.filter(pk=closed.pk).update(status="accepted")
    with pytest.raises(NotAllowed, match="final"):
        ask(people, closed)
    assert UnlockRequest.objects.count() == 1


def test_a_withdrawn_request_leaves_the_score_final(people: People, closed: Assessment):
    asked = ask(people, closed)
    unlock_withdraw(actor=people.bkpsdm_admin.viewer(LATER), request_id=asked.pk, now=LATER)
    assert state(closed)[0] == "final"
    asked.refresh_from_db()
    assert asked.state == "dismissed"
    with pytest.raises(Conflict):
        confirm(closed, asked, second_admin())
    with pytest.raises(Conflict):
        unlock_withdraw(actor=people.bkpsdm_admin.viewer(LATER), request_id=asked.pk, now=LATER)
    assert AuditEvent.objects.filter(kind="unlock.withdrawn").count() == 1
    assert ask(people, closed).state == "open"


@pytest.mark.parametrize(("days", "allowed"), [(13, True), (14, False)])
def test_it_is_scored_and_delivered_again_for_some_days(people: People, closed: Assessment, days, allowed):
    unlocked(people, closed)
    now = LATER + timedelta(days=days)
    if not allowed:
        with pytest.raises(NotAllowed, match="sudah lewat"):
            delivered(people, closed, now=now)
        return
    given = delivered(people, closed, now=now)
    closed.refresh_from_db()
    assert (closed.status, closed.delivered, closed.reopened_at) == ("delivered", given.version, None)
    assert Skp.objects.get(pk=closed.skp_id).delivered_at == now
    assert Delivery.objects.filter(version__assessment=closed).count() == 2


def test_opening_takes_over_what_the_superior_was_given_since(people: People):
    both = family(people)
    given = both.child_delivered()
    both.middle_delivered("13", "13")
    child = given.version.assessment
    final(child)
    made = unlocked(people, child)
    assert (made.cause, str(made.skp_value), made.provisional) == ("unlocked", "112.00", False)
    assert not ScoreProposal.objects.exists()
    assert {row.aspect: row.value for row in made.behaviours.all()} == HUNDRED
