"""The moves on a plan as services: what they write, what they refuse, that refusals write nothing."""

import json
from dataclasses import replace
from datetime import date

import pytest

from config.lib.canonical import text_hash
from config.lib.errors import Conflict, DomainError, Incomplete, NotAllowed
from orgunits.lines import lines_rebuild
from orgunits.models import Assignment
from skp.models import Move, PlannedResult, Receipt, Revision, Skp
from skp.selectors.content import read_content
from skp.selectors.plans import plans_waiting_for, skps_visible_to
from skp.services.editing import skp_start
from skp.services.moves import skp_agree, skp_submit, skp_withdraw
from skp.states import RevisionState
from tests.people import People, Person
from tests.skp.drafts import JANUARY, agreed, drafted, period_2026, result_ids, started, submitted
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(people):
    return period_2026()


@pytest.fixture
def middle(people, period):
    """The appraiser's plan in force, whose results the owner serves."""
    top = agreed(people.superior, people.sekda, period)
    return agreed(people.appraiser, people.superior, period, result_ids(top))


def agree(skp: Skp, by: Person, now=JANUARY, **values) -> None:
    skp.refresh_from_db()
    assert skp.open_revision is not None
    given = {
        "version": skp.version,
        "content_hash": skp.open_revision.content_hash,
        "methods_confirmed": True,
    }
    skp_agree(actor=by.viewer(now), skp_id=skp.pk, now=now, **(given | values))


def written() -> tuple[object, ...]:
    """Everything a move may change."""
    return (
        list(Revision.objects.order_by("pk").values_list("pk", "state", "content_hash", "agreed_at")),
        list(Skp.objects.order_by("pk").values_list("pk", "version", "in_force", "open_revision")),
        Move.objects.count(),
        Receipt.objects.count(),
        list(PlannedResult.objects.order_by("pk").values_list("parent_text", flat=True)),
    )


def test_a_submission_leaves_hash_move_and_receipt(people: People, period):
    skp = drafted(people.superior, period)
    receipt = skp_submit(
        actor=people.superior.viewer(JANUARY), skp_id=skp.pk, version=skp.version, now=JANUARY
    )
    revision = Revision.objects.get(skp=skp)
    assert revision.state == RevisionState.SUBMITTED
    assert revision.content_hash == text_hash(revision.content_text) == receipt.content_hash
    assert revision.content_text == read_content(revision, skp.scheme).to_text()
    assert (receipt.at, receipt.shown_number) == (JANUARY, "TT/2026/000001")
    move = Move.objects.get()
    assert (move.action, move.from_state, move.to_state, move.at) == ("submit", "draft", "submitted", JANUARY)
    assert (move.actor_id, move.acting_as) == (people.superior.user.pk, "")


def test_receipts_are_dense_over_people_and_refused_submissions(people: People, period):
    numbers = []
    for person in (people.superior, people.other_superior):
        skp = drafted(person, period)
        with pytest.raises(Conflict):
            skp_submit(actor=person.viewer(JANUARY), skp_id=skp.pk, version=skp.version - 1, now=JANUARY)
        for _ in range(2):
            skp.refresh_from_db()
            receipt = skp_submit(
                actor=person.viewer(JANUARY), skp_id=skp.pk, version=skp.version, now=JANUARY
            )
            numbers.append(receipt.number)
            skp.refresh_from_db()
            skp_withdraw(actor=person.viewer(JANUARY), skp_id=skp.pk, version=skp.version, now=JANUARY)
    assert numbers == [1, 2, 3, 4]


def test_an_incomplete_plan_is_refused_with_its_problems(people: People, period):
    skp = started(people.owner, period)
    before = written()
    with pytest.raises(Incomplete) as refusal:
        skp_submit(actor=people.owner.viewer(JANUARY), skp_id=skp.pk, version=skp.version, now=JANUARY)
    assert refusal.value.problems == ("Hasil kerja utama baru 0, paling sedikit 2.",)
    assert written() == before


def test_an_unlinked_plan_is_sent_but_not_agreed(people: People, period):
    skp = submitted(people.owner, period)
    before = written()
    with pytest.raises(Incomplete) as refusal:
        agree(skp, people.appraiser)
    assert refusal.value.problems == (
        "Hasil 1 belum terhubung ke hasil kerja atasan.",
        "Hasil 2 belum terhubung ke hasil kerja atasan.",
    )
    assert written() == before


def test_a_link_to_a_draft_waits_for_the_superior(people: People, period):
    top = agreed(people.superior, people.sekda, period)
    superiors = drafted(people.appraiser, period, result_ids(top))
    skp = submitted(people.owner, period, result_ids(superiors))
    with pytest.raises(Incomplete) as refusal:
        agree(skp, people.appraiser)
    assert all("belum disepakati" in problem for problem in refusal.value.problems)
    skp_submit(
        actor=people.appraiser.viewer(JANUARY), skp_id=superiors.pk, version=superiors.version, now=JANUARY
    )
    agree(superiors, people.superior)
    agree(skp, people.appraiser)
    skp.refresh_from_db()
    assert skp.in_force is not None


def test_agreeing_freezes_parents_parties_and_moment(people: People, period, middle):
    skp = submitted(people.owner, period, result_ids(middle))
    agree(skp, people.appraiser)
    skp.refresh_from_db()
    revision = skp.in_force
    assert revision is not None
    assert skp.open_revision is None
    assert (revision.state, revision.agreed_at, revision.agreed_by_id) == (
        "agreed",
        JANUARY,
        people.appraiser.user.pk,
    )
    assert set(revision.results.values_list("parent_text", "parent_revision_number")) == {
        ("Tersusunnya laporan kinerja", 1),
        ("Terlayaninya permintaan data", 1),
    }
    parties = json.loads(revision.parties_text)
    assert parties["owner"]["name"] == "BUDI PELAKSANA"
    assert (parties["appraiser"]["name"], parties["appraiser"]["unit"]) == ("DEWI KABID", "Bidang Satu")
    assert Move.objects.filter(skp=skp, action="agree").get().acting_as == "Kepala Bidang Satu"


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"version": 0}, Conflict),
        ({"content_hash": "0" * 64}, Conflict),
        ({"methods_confirmed": False}, Incomplete),
    ],
)
def test_agreeing_what_was_not_shown_or_looked_at_is_refused(people: People, period, middle, values, error):
    skp = submitted(people.owner, period, result_ids(middle))
    before = written()
    with pytest.raises(error):
        agree(skp, people.appraiser, **values)
    assert written() == before


@pytest.mark.parametrize("who", ["owner", "superior", "opd_admin", "bkpsdm_admin", "inspector", "leader"])
def test_whoever_sees_the_plan_but_is_not_its_appraiser_cannot_agree(people: People, period, middle, who):
    skp = submitted(people.owner, period, result_ids(middle))
    before = written()
    with pytest.raises(NotAllowed):
        agree(skp, getattr(people, who))
    assert written() == before


@pytest.mark.parametrize("who", ["stranger", "other_admin", "other_appraiser", "section_member"])
def test_whoever_may_not_know_of_the_plan_meets_a_stale_one(people: People, period, middle, who):
    skp = submitted(people.owner, period, result_ids(middle))
    person = getattr(people, who)
    assert not skps_visible_to(person.viewer(JANUARY)).filter(pk=skp.pk).exists()
    with pytest.raises(Conflict):
        agree(skp, person)


def test_moves_of_other_people_s_plans_are_refused(people: People, period):
    skp = submitted(people.owner, period)
    for move in (skp_submit, skp_withdraw):
        with pytest.raises((NotAllowed, Conflict)):
            move(actor=people.appraiser.viewer(JANUARY), skp_id=skp.pk, version=skp.version, now=JANUARY)
    assert Move.objects.count() == 1


def test_the_window_binds_the_services(people: People, period):
    skp = drafted(people.superior, period)
    late = moment("2026-01-15 00:00")
    with pytest.raises(NotAllowed, match="14 Januari 2026"):
        skp_submit(actor=people.superior.viewer(late), skp_id=skp.pk, version=skp.version, now=late)
    in_time = moment("2026-01-14 23:59")
    skp_submit(actor=people.superior.viewer(in_time), skp_id=skp.pk, version=skp.version, now=in_time)


def test_a_plan_is_started_once_and_only_for_an_own_post(people: People, period):
    skp = started(people.owner, period)
    assert started(people.owner, period).pk == skp.pk
    for post in (people.appraiser.post, Assignment.objects.get(kind="plt")):
        with pytest.raises(DomainError, match="tidak memiliki jabatan"):
            skp_start(
                actor=people.acting_head.viewer(JANUARY), assignment_id=post.pk, period=period, now=JANUARY
            )
    with pytest.raises(DomainError, match="tidak memiliki jabatan"):
        started(people.leader, period)
    viewer = replace(people.owner.viewer(JANUARY), employee_id=None)
    with pytest.raises(DomainError, match="tidak terhubung"):
        skp_start(actor=viewer, assignment_id=people.owner.post.pk, period=period, now=JANUARY)
    assert Skp.objects.count() == 1


def test_no_plan_is_started_outside_of_the_window(people: People, period):
    late = moment("2026-02-01 00:00")
    with pytest.raises(NotAllowed):
        started(people.owner, period, late)
    assert not Skp.objects.exists()


@pytest.mark.parametrize(
    ("who", "scheme"),
    [("sekda", "jpt"), ("superior", "jpt"), ("appraiser", "ja_jf"), ("owner", "ja_jf")],
)
def test_the_scheme_follows_the_post(people: People, period, who, scheme):
    assert started(getattr(people, who), period).scheme == scheme


def test_the_head_of_a_unit_marked_standalone_plans_as_a_leader(people: People, period):
    people.division.is_standalone = True
    people.division.save()
    assert started(people.appraiser, period).scheme == "jpt"
    assert started(people.owner, period).scheme == "ja_jf"


def test_a_plan_covers_the_part_of_the_year_in_the_post(people: People, period):
    Assignment.objects.filter(pk=people.owner.post.pk).update(start=date(2026, 1, 5))
    lines_rebuild()
    skp = started(people.owner, period)
    assert (skp.start, skp.until) == (date(2026, 1, 5), date(2027, 1, 1))


def test_the_inbox_holds_what_waits_oldest_first(people: People, period):
    first = drafted(people.acting_member, period)
    second = drafted(people.section_head, period, None)
    viewer = people.acting_head.viewer(JANUARY)
    assert not plans_waiting_for(viewer).exists()
    skp_submit(
        actor=people.acting_member.viewer(JANUARY), skp_id=first.pk, version=first.version, now=JANUARY
    )
    skp_submit(
        actor=people.section_head.viewer(JANUARY), skp_id=second.pk, version=second.version, now=JANUARY
    )
    assert [row.pk for row in plans_waiting_for(viewer)] == [first.pk]
    assert plans_waiting_for(viewer).get().submitted_at == JANUARY
    assert [row.pk for row in plans_waiting_for(people.appraiser.viewer(JANUARY))] == [second.pk]
