"""Two admins at once on one period: one wins, the other is told, nothing is half-written."""

import pytest

from skp.models import Period, SettingsVersion
from skp.services.period_settings import settings_change
from skp.services.windows import window_close_now
from skp.settings import PlanSettings
from tests.people import make_people
from tests.skp.drafts import JANUARY, period_2026
from tests.test_race_skp import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("_turn", range(3))
def test_settings_and_schedule_changed_from_the_same_page(transactional_db, _turn):
    people = make_people()
    period = period_2026()
    actor = people.bkpsdm_admin.viewer(JANUARY)
    given = {"actor": actor, "period_id": period.pk, "version": period.version, "now": JANUARY}
    window = period.windows.get(stage="planning", audience="all")

    def settings(days: int):
        return lambda: settings_change(
            settings=PlanSettings(return_days=days), regime=period.regime, reason="Rapat", **given
        )

    def close():
        return window_close_now(window_id=window.pk, **given)

    outcomes = at_once(settings(8), settings(9), close)
    assert refusals(outcomes) == [409, 409]
    after = Period.objects.get()
    closed = period.windows.get(pk=window.pk).closes_at == JANUARY
    assert after.version == 2
    assert after.settings_version == SettingsVersion.objects.count() == (1 if closed else 2)
    assert (after.settings.return_days in (8, 9)) is not closed
