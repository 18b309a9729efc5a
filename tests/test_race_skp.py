"""Two at once on one plan: one wins, the other is told, nothing is done twice.

On PostgreSQL the two really meet; on SQLite the second waits for the first.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from assessments.models import Assessment, AssessmentVersion
from assessments.services.reporting import assessment_report
from assessments.services.scoring import assessment_score
from assessments.services.versions import Judgment
from config.lib.errors import DomainError
from skp.models import AnnualRealisation, Move, Receipt, Revision, Skp
from skp.selectors.plans import skps_visible_to
from skp.services.moves import skp_agree, skp_submit, skp_withdraw
from tests.assessments.reports import HUNDRED, in_force, realise, reported
from tests.people import People, make_people
from tests.skp.drafts import (
    DECEMBER,
    JANUARY,
    MARCH,
    SCORING,
    add_result,
    agreed,
    drafted,
    period_2026,
    proposed,
    result_ids,
    sent,
    started,
    submitted,
)

pytestmark = pytest.mark.django_db(transaction=True)

Work = Callable[[], object]


@pytest.fixture
def cast(transactional_db) -> People:
    return make_people()


def at_once(*works: Work) -> list[object]:
    """What each gives, or the refusal it meets, when all set off at the same moment."""
    barrier = Barrier(len(works))

    def one(work: Work) -> object:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return work()
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def refusals(outcomes: list[object]) -> list[int]:
    return [outcome.status for outcome in outcomes if isinstance(outcome, DomainError)]


@pytest.mark.parametrize("_turn", range(3))
def test_two_submissions_of_one_page_give_one_receipt(cast: People, _turn):
    skp = drafted(cast.superior, period_2026())
    actor = cast.superior.viewer(JANUARY)

    def submit() -> object:
        return skp_submit(actor=actor, skp_id=skp.pk, version=skp.version, now=JANUARY)

    assert refusals(at_once(submit, submit, submit, submit)) == [409, 409, 409]
    assert Receipt.objects.get().number == 1
    assert Move.objects.count() == 1
    assert Skp.objects.get(pk=skp.pk).version == skp.version + 1


def test_many_people_submit_at_once_and_get_dense_numbers(cast: People):
    period = period_2026()
    names = ("superior", "other_superior", "sekda", "owner", "stranger", "section_head", "inspector")
    people = [*(getattr(cast, name) for name in names), cast.section_member]
    plans = [(person, drafted(person, period)) for person in people]

    def submit(person, skp) -> Work:
        viewer = person.viewer(JANUARY)
        return lambda: skp_submit(actor=viewer, skp_id=skp.pk, version=skp.version, now=JANUARY)

    assert refusals(at_once(*(submit(person, skp) for person, skp in plans))) == []
    assert sorted(Receipt.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("_turn", range(3))
def test_agreeing_meets_withdrawing_and_sending_other_content(cast: People, _turn):
    period = period_2026()
    top = agreed(cast.superior, cast.sekda, period)
    middle = agreed(cast.appraiser, cast.superior, period, result_ids(top))
    skp = submitted(cast.owner, period, result_ids(middle))
    shown_version, shown_hash = skp.version, skp.open_revision.content_hash
    owner, appraiser = cast.owner.viewer(JANUARY), cast.appraiser.viewer(JANUARY)

    def agree() -> None:
        skp_agree(
            actor=appraiser,
            skp_id=skp.pk,
            version=shown_version,
            content_hash=shown_hash,
            methods_confirmed=True,
            now=JANUARY,
        )

    def change() -> None:
        skp_withdraw(actor=owner, skp_id=skp.pk, version=shown_version, now=JANUARY)
        add_result(
            skp,
            owner,
            "Terkirimnya isi yang lain",
            parent_id=result_ids(middle)[0],
            cascade_method="direct",
        )
        skp_submit(actor=owner, skp_id=skp.pk, version=skp.version, now=JANUARY)

    outcomes = at_once(agree, change)
    revision = Revision.objects.get(skp=skp)
    if outcomes[0] is None:
        # Agreed first: what was shown is in force and the owner is told.
        assert refusals(outcomes) == [409]
        assert (revision.state, revision.content_hash) == ("agreed", shown_hash)
        assert revision.results.count() == 2
    else:
        # Changed first: nothing is agreed that the appraiser has not seen.
        assert refusals(outcomes) == [409]
        assert (revision.state, revision.results.count()) == ("submitted", 3)
        assert revision.content_hash != shown_hash
        assert Skp.objects.get(pk=skp.pk).in_force is None


@pytest.mark.parametrize("_turn", range(2))
def test_two_agrees_of_one_addendum_supersede_once(cast: People, _turn):
    head = agreed(cast.superior, cast.sekda, period_2026())
    head = sent(cast.superior, proposed(cast.superior, head))
    actor = cast.sekda.viewer(MARCH)

    def agree() -> None:
        skp_agree(
            actor=actor,
            skp_id=head.pk,
            version=head.version,
            content_hash=head.open_revision.content_hash,
            methods_confirmed=True,
            now=MARCH,
        )

    assert refusals(at_once(agree, agree)) == [409]
    assert dict(Revision.objects.values_list("number", "state")) == {1: "superseded", 2: "agreed"}
    assert Move.objects.filter(action="agree").count() == 2


def test_a_double_start_makes_one_plan(cast: People):
    period = period_2026()

    def start() -> object:
        return started(cast.owner, period).pk

    outcomes = at_once(start, start, start, start)
    assert refusals(outcomes) == []
    assert set(outcomes) == {Skp.objects.get().pk}
    assert Revision.objects.count() == 1


def test_two_scores_of_one_page_give_one_version(cast: People):
    assessment = reported(cast)
    assessment.refresh_from_db()
    actor = cast.appraiser.viewer(SCORING)

    def score() -> object:
        return assessment_score(
            actor=actor,
            skp_id=assessment.skp_id,
            version=assessment.version,
            data=Judgment(behaviour=HUNDRED),
            now=SCORING,
        )

    assert refusals(at_once(score, score)) == [409]
    assert AssessmentVersion.objects.get().number == 1
    assert Assessment.objects.get().current_id == AssessmentVersion.objects.get().pk


@pytest.mark.parametrize("_turn", range(3))
def test_a_report_meets_a_late_change_of_a_realisation(cast: People, _turn):
    skp = in_force(cast)
    realise(cast.owner, skp, "12", "12")
    version = skp.version
    actor = cast.owner.viewer(DECEMBER)

    def report() -> object:
        return assessment_report(actor=actor, skp_id=skp.pk, version=version, now=DECEMBER)

    def change() -> None:
        with transaction.atomic():
            seen = skps_visible_to(actor).get(pk=skp.pk)
            realise(cast.owner, seen, "1", "1")

    at_once(report, change)
    locked = Skp.objects.get(pk=skp.pk).locked_for_scoring
    values = {int(value) for value in AnnualRealisation.objects.values_list("value", flat=True)}
    # Either the report came first and the values stand, or the change did and the report was refused.
    assert (locked, values) in ((True, {12}), (False, {1}))
