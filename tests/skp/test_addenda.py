"""An addendum: a copy with the same identities, what it retires, who is told, what stays in force."""

import pytest

from accounts.models import Notification
from config.lib.errors import Conflict, DomainError, NotAllowed
from skp.enums import AppendixKind, Approach, Perspective
from skp.models import (
    AppendixItem,
    BehaviourExpectation,
    Indicator,
    Move,
    PlannedIndicator,
    PlannedResult,
    Revision,
    Skp,
    WorkResult,
)
from skp.selectors.content import read_content
from skp.selectors.plans import parents_in_force
from skp.services.addenda import addendum_discard, addendum_propose
from skp.services.copying import copied_values
from skp.states import Lifecycle, RevisionState
from tests.people import People
from tests.skp.drafts import (
    JANUARY,
    MARCH,
    add_result,
    agreed,
    decided,
    period_2026,
    proposed,
    removed,
    result_ids,
    returned,
    sent,
    submitted,
)
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(people):
    return period_2026()


@pytest.fixture
def head(people: People, period):
    """The plan in force of the head of the OPD."""
    return agreed(people.superior, people.sekda, period)


def with_third(people: People, head: Skp) -> int:
    """A third result in the head's open addendum, so that one of the first two may go."""
    values = {"source": "agreement", "perspective": "process", "agreement_text": "Perjanjian kinerja 2026"}
    return add_result(head, people.superior.viewer(MARCH), "Meningkatnya mutu data sektoral", **values)


def test_an_addendum_is_a_copy_of_all_that_is_in_force(people: People, head):
    revision = head.in_force
    Revision.objects.filter(pk=revision.pk).update(approach=Approach.QUALITATIVE)
    PlannedResult.objects.filter(revision=revision).update(
        perspective=Perspective.BUDGET, agreement_text="Perjanjian kinerja 2026", scope=2, assigned_by="Sekda"
    )
    PlannedIndicator.objects.filter(planned_result__revision=revision).update(target_text="Sangat memuaskan")
    BehaviourExpectation.objects.create(revision=revision, aspect="adaptif", text="Lebih cepat")
    AppendixItem.objects.create(revision=revision, kind=AppendixKind.RESOURCES, order=1, text="Anggaran")
    head = proposed(people.superior, head)
    copy = head.open_revision
    assert (copy.number, copy.state, copy.reason) == (2, RevisionState.DRAFT, "Perubahan target APBD")
    assert head.in_force_id == revision.pk
    revision.refresh_from_db()
    old, new = read_content(revision, head.scheme), read_content(copy, head.scheme)
    assert new.to_text() == old.to_text()
    assert [row.result_id for row in new.results] == [row.result_id for row in old.results]
    assert new.indicator_ids == old.indicator_ids
    assert {row.planned_id for row in new.results}.isdisjoint(row.planned_id for row in old.results)
    move = Move.objects.get(action="propose")
    assert (move.from_state, move.to_state, move.note) == ("agreed", "draft", "Perubahan target APBD")


def test_every_column_is_copied(people: People, head):
    row = PlannedIndicator.objects.filter(planned_result__revision=head.in_force).earliest("pk")
    assert set(copied_values(row)) == {
        field.attname for field in PlannedIndicator._meta.concrete_fields if field.name != "id"
    }


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_an_addendum_needs_its_reason(people: People, head, reason):
    with pytest.raises(DomainError):
        addendum_propose(
            actor=people.superior.viewer(MARCH),
            skp_id=head.pk,
            version=head.version,
            reason=reason,
            now=MARCH,
        )
    assert Revision.objects.filter(skp=head).count() == 1


def test_one_addendum_at_a_time(people: People, head):
    proposed(people.superior, head)
    with pytest.raises(NotAllowed):
        proposed(people.superior, head)


@pytest.mark.parametrize("who", ["sekda", "bkpsdm_admin", "opd_admin"])
def test_only_the_owner_proposes_and_discards(people: People, head, who):
    with pytest.raises(NotAllowed):
        proposed(getattr(people, who), head)
    head = proposed(people.superior, head)
    with pytest.raises(NotAllowed):
        addendum_discard(
            actor=getattr(people, who).viewer(MARCH), skp_id=head.pk, version=head.version, now=MARCH
        )


def test_no_addendum_of_a_closed_or_reported_plan(people: People, head):
    Skp.objects.filter(pk=head.pk).update(locked_for_scoring=True)
    with pytest.raises(NotAllowed, match="dinilai"):
        proposed(people.superior, head)
    Skp.objects.filter(pk=head.pk).update(
        locked_for_scoring=False, lifecycle=Lifecycle.CLOSED, close_reason="transfer"
    )
    with pytest.raises(NotAllowed, match="ditutup"):
        proposed(people.superior, head)


def test_taking_out_what_is_in_force_retires_nothing_before_agreement(people: People, head):
    first, second = result_ids(head)
    head = proposed(people.superior, head)
    with_third(people, head)
    head = removed(people.superior, head, first)
    assert not WorkResult.objects.exclude(retired_at=None).exists()
    assert not Indicator.objects.exclude(retired_at=None).exists()
    assert set(parents_in_force([first, second])) == {first, second}


def test_agreeing_an_addendum_supersedes_and_retires(people: People, period, head):
    first, second = result_ids(head)
    child = agreed(people.appraiser, people.superior, period, (first, second))
    unagreed = submitted(people.acting_member, period, None)
    head = proposed(people.superior, head)
    third = with_third(people, head)
    head = decided(people.sekda, sent(people.superior, removed(people.superior, head, first)))
    states = dict(Revision.objects.filter(skp=head).values_list("number", "state"))
    assert states == {1: RevisionState.SUPERSEDED, 2: RevisionState.AGREED}
    assert (head.in_force.number, head.open_revision_id) == (2, None)
    assert WorkResult.objects.get(pk=first).retired_at == MARCH
    assert Indicator.objects.get(result=first).retired_at == MARCH
    assert set(parents_in_force([first, second, third])) == {second, third}
    child.refresh_from_db()
    assert child.in_force.state == RevisionState.AGREED
    assert set(child.in_force.results.values_list("parent_text", "parent_revision_number")) == {
        ("Tersusunnya laporan kinerja", 1),
        ("Terlayaninya permintaan data", 1),
    }
    told = Notification.objects.filter(text__contains="tidak berlaku lagi")
    assert [(row.user, row.link) for row in told] == [(people.appraiser.user, f"/skp/{child.pk}/")]
    assert "Tersusunnya laporan kinerja" in told.get().text
    assert "Terlayaninya" not in told.get().text
    assert not Notification.objects.filter(user=people.acting_member.user).exists()
    assert unagreed.in_force is None


def test_a_draft_that_serves_a_retired_result_is_told_to_choose_anew(people: People, period, head):
    first, second = result_ids(head)
    child = submitted(people.appraiser, period, (first, second))
    head = proposed(people.superior, head)
    with_third(people, head)
    decided(people.sekda, sent(people.superior, removed(people.superior, head, first)))
    told = Notification.objects.get(user=people.appraiser.user)
    assert told.text.startswith("Pilih hasil kerja atasan yang lain pada draf Anda.")
    with pytest.raises(DomainError) as refusal:
        decided(people.superior, child, JANUARY)
    assert refusal.value.problems == ("Hasil 1: hasil kerja atasan yang dituju tidak berlaku lagi.",)


def test_a_returned_addendum_keeps_the_plan_in_force(people: People, head):
    head = returned(sent(people.superior, proposed(people.superior, head)), people.sekda, MARCH)
    assert head.open_revision.state == RevisionState.RETURNED
    assert (head.in_force.number, head.in_force.state) == (1, RevisionState.AGREED)


def test_discarding_leaves_the_plan_as_it_was(people: People, head):
    first, _ = result_ids(head)
    head = proposed(people.superior, head)
    third = with_third(people, head)
    head = removed(people.superior, head, first)
    addendum_discard(actor=people.superior.viewer(MARCH), skp_id=head.pk, version=head.version, now=MARCH)
    head.refresh_from_db()
    assert (head.open_revision_id, head.in_force.number) == (None, 1)
    assert Revision.objects.get(skp=head, number=2).state == RevisionState.DISCARDED
    assert WorkResult.objects.get(pk=first).retired_at is None
    assert WorkResult.objects.get(pk=third).retired_at == MARCH
    # The next one takes a new number.
    assert proposed(people.superior, head).open_revision.number == 3


def test_a_first_revision_is_not_discarded(people: People, period):
    skp = submitted(people.owner, period)
    with pytest.raises(NotAllowed):
        addendum_discard(actor=people.owner.viewer(JANUARY), skp_id=skp.pk, version=skp.version, now=JANUARY)


def test_a_stale_page_proposes_and_discards_nothing(people: People, head):
    actor = people.superior.viewer(MARCH)
    with pytest.raises(Conflict):
        addendum_propose(actor=actor, skp_id=head.pk, version=head.version - 1, reason="Alasan", now=MARCH)
    head = proposed(people.superior, head)
    with pytest.raises(Conflict):
        addendum_discard(actor=actor, skp_id=head.pk, version=head.version - 1, now=MARCH)


def test_an_addendum_is_bound_by_the_close_of_the_self_report(people: People, head):
    with pytest.raises(NotAllowed, match="10 Januari 2027"):
        proposed(people.superior, head, moment("2027-01-11 00:00"))
    proposed(people.superior, head, moment("2027-01-10 23:59"))
