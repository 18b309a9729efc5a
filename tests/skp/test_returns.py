"""Returning a submitted plan: a note for the plan, notes for results, and what refuses it."""

import pytest

from accounts.models import Notification
from config.lib.errors import Conflict, DomainError, NotAllowed
from skp.models import Move, ReturnNote, Revision
from skp.services.moves import skp_return
from skp.states import RevisionState
from tests.people import People
from tests.skp.drafts import JANUARY, period_2026, result_ids, returned, sent, submitted
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(people: People):
    return submitted(people.owner, period_2026())


def give_back(plan, by, now=JANUARY, **values):
    given = {
        "version": plan.version,
        "content_hash": plan.open_revision.content_hash,
        "note": "Target terlalu rendah.",
        "result_notes": {},
    }
    return skp_return(actor=by.viewer(now), skp_id=plan.pk, now=now, **(given | values))


def test_a_return_leaves_its_notes_and_tells_the_owner(people: People, plan):
    first, second = result_ids(plan)
    move = give_back(plan, people.appraiser, result_notes={first: " Sebutkan jumlahnya. ", second: "  "})
    revision = Revision.objects.get(skp=plan)
    assert revision.state == RevisionState.RETURNED
    assert (move.from_state, move.to_state, move.note) == ("submitted", "returned", "Target terlalu rendah.")
    assert (move.actor_id, move.acting_as) == (people.appraiser.user.pk, "Kepala Bidang Satu")
    assert list(ReturnNote.objects.values_list("move", "result", "text")) == [
        (move.pk, first, "Sebutkan jumlahnya.")
    ]
    notice = Notification.objects.get(user=people.owner.user)
    assert "dikembalikan" in notice.text
    assert notice.link == f"/skp/{plan.pk}/"


def test_what_was_returned_is_sent_again(people: People, plan):
    plan = sent(people.owner, returned(plan, people.appraiser), JANUARY)
    assert plan.open_revision.state == RevisionState.SUBMITTED
    assert plan.open_revision.receipts.count() == 2


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"version": 0}, Conflict),
        ({"content_hash": "0" * 64}, Conflict),
        ({"note": "   "}, DomainError),
        ({"note": "x" * 2001}, DomainError),
        ({"result_notes": {999_999: "Bukan hasil rencana ini."}}, DomainError),
    ],
)
def test_a_return_that_is_stale_or_says_nothing_writes_nothing(people: People, plan, values, error):
    with pytest.raises(error):
        give_back(plan, people.appraiser, **values)
    assert Revision.objects.get(skp=plan).state == RevisionState.SUBMITTED
    assert not ReturnNote.objects.exists()
    assert Move.objects.filter(skp=plan).count() == 1
    plan.refresh_from_db()
    assert plan.version == Revision.objects.get().skp.version


@pytest.mark.parametrize("who", ["owner", "superior", "opd_admin", "bkpsdm_admin"])
def test_only_the_appraiser_returns(people: People, plan, who):
    with pytest.raises(NotAllowed):
        give_back(plan, getattr(people, who))


def test_a_return_past_the_deadline_is_answered_within_seven_days(people: People, plan):
    late = moment("2026-02-10 10:00")
    plan = returned(plan, people.appraiser, late)
    too_late = moment("2026-02-18 00:00")
    with pytest.raises(NotAllowed, match="17 Februari 2026"):
        sent(people.owner, plan, too_late)
    plan = sent(people.owner, plan, moment("2026-02-17 23:00"))
    assert plan.open_revision.state == RevisionState.SUBMITTED
