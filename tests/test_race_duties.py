"""Writers that meet on one person's duties: whoever comes last sees what came before.

On PostgreSQL they really meet; on SQLite the second waits for the first.
"""

import pytest

from skp.models import Duty, Extension
from skp.services.duties import duties_recompute_all
from skp.services.extensions import extension_grant, extension_preview
from skp.services.moves import skp_submit
from tests.people import People, make_people
from tests.skp.drafts import JANUARY, drafted, period_2026
from tests.skp.test_extensions import data
from tests.test_race_skp import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db) -> People:
    return make_people()


@pytest.mark.parametrize("_turn", range(5))
def test_submissions_that_meet_an_extension_of_everybody(cast: People, _turn):
    period = period_2026()
    heads = (cast.superior, cast.other_superior, cast.sekda)
    plans = [drafted(person, period) for person in heads]
    officer, asked = cast.bkpsdm_admin.viewer(JANUARY), data(period)
    seen = extension_preview(actor=officer, data=asked, now=JANUARY)

    def grant() -> object:
        return extension_grant(actor=officer, data=asked, fingerprint=seen.fingerprint, now=JANUARY)

    def submit(number: int) -> object:
        actor = heads[number].viewer(JANUARY)
        plan = plans[number]
        return skp_submit(actor=actor, skp_id=plan.pk, version=plan.version, now=JANUARY)

    outcomes = at_once(grant, lambda: submit(0), lambda: submit(1), lambda: submit(2))
    # A submission that came first changes who is told: the preview is stale, nothing is half done.
    assert refusals(outcomes) in ([], [409])
    assert Duty.objects.filter(stage="planning", fulfilled_at__isnull=False).count() == 3
    assert not duties_recompute_all(period_id=period.pk)


@pytest.mark.parametrize("_turn", range(3))
def test_two_confirmations_of_one_preview_grant_once(cast: People, _turn):
    period = period_2026()
    officer, asked = cast.bkpsdm_admin.viewer(JANUARY), data(period)
    seen = extension_preview(actor=officer, data=asked, now=JANUARY)

    def grant() -> object:
        return extension_grant(actor=officer, data=asked, fingerprint=seen.fingerprint, now=JANUARY)

    assert refusals(at_once(grant, grant, grant)) == [409, 409]
    assert Extension.objects.count() == 1
    assert not duties_recompute_all(period_id=period.pk)
