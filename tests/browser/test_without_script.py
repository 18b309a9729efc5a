"""Scripts are comfort: a plan is started, written and sent without any."""

import pytest

from skp.models import Move, Period, Skp
from tests.browser.conftest import Visit
from tests.browser.test_thread import period, submit_withdraw_resubmit, write_plan
from tests.people import People

__all__ = ["period"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("screen", ["phone"], indirect=True)
def test_a_plan_is_sent_without_script(people: People, period: Period, visit: Visit) -> None:
    owner = visit(people.owner, java_script_enabled=False)
    owner.open("/")
    write_plan(owner)
    submit_withdraw_resubmit(owner)
    skp = Skp.objects.get(owner=people.owner.employee)
    assert Move.objects.filter(skp=skp, action="submit").count() == 2
