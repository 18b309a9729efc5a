"""Two at once on the documents of one plan: one is issued, and both get it."""

import pytest

from documents.enums import DocumentKind
from documents.models import IssuedDocument
from skp.models import PlannedResult, Skp
from skp.services.issuing import matrix_issue, plan_documents_ensure
from tests.people import People, make_people
from tests.skp.drafts import JANUARY, agreed, period_2026, result_ids
from tests.test_race_skp import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db) -> People:
    return make_people()


@pytest.fixture
def plan(cast: People) -> Skp:
    period = period_2026()
    top = agreed(cast.superior, cast.sekda, period)
    return agreed(cast.appraiser, cast.superior, period, result_ids(top))


def numbers(outcomes: list[object]) -> set[str]:
    assert all(isinstance(outcome, IssuedDocument) for outcome in outcomes), outcomes
    return {str(outcome) for outcome in outcomes}


@pytest.mark.parametrize("_turn", range(3))
def test_two_clicks_issue_one_matrix(cast: People, plan: Skp, _turn):
    actor = cast.appraiser.viewer(JANUARY)

    def issue() -> object:
        return matrix_issue(actor=actor, skp_id=plan.pk, now=JANUARY)

    assert numbers(at_once(issue, issue, issue, issue)) == {"D4/2026/000001"}
    PlannedResult.objects.filter(revision=plan.in_force_id).update(text="Peran yang lain")
    assert numbers(at_once(issue, issue)) == {"D4/2026/000002"}
    assert IssuedDocument.objects.filter(kind=DocumentKind.D4).count() == 2


@pytest.mark.parametrize("_turn", range(3))
def test_two_archives_at_once_issue_what_is_missing_once(cast: People, plan: Skp, _turn):
    IssuedDocument.objects.filter(subject_id=str(plan.pk), subject_type="skp.skp").delete()

    def ensure() -> object:
        return plan_documents_ensure(skp_id=plan.pk, actor_id=None, now=JANUARY)[0]

    assert numbers(at_once(ensure, ensure, ensure)) == {"D1/2026/000002"}
    assert IssuedDocument.objects.filter(subject_id=str(plan.pk), kind=DocumentKind.D1).count() == 1
