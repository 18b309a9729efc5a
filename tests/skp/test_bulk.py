"""Agreeing many: each on its own, a verdict for each."""

import pytest

from skp.models import Move, Skp
from skp.services.bulk import ShownPlan, plans_agree
from tests.people import People
from tests.skp.drafts import JANUARY, agreed, period_2026, result_ids, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans(people: People):
    """Two sound plans that wait for the same appraiser, one without links and somebody else's."""
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    return [
        submitted(people.owner, period, result_ids(middle)),
        submitted(people.section_head, period),
        submitted(people.stranger, period),
    ]


def shown(skp: Skp) -> ShownPlan:
    assert skp.open_revision is not None
    return ShownPlan(skp.pk, skp.version, skp.open_revision.content_hash)


def agree(people: People, rows, **values):
    given = {"methods_confirmed": True} | values
    return plans_agree(actor=people.appraiser.viewer(JANUARY), shown=rows, now=JANUARY, **given)


def test_each_plan_gets_its_verdict_and_the_sound_one_is_agreed(people: People, plans):
    own, unlinked, foreign = agree(people, [shown(skp) for skp in plans])
    assert (own.agreed, own.text) == (True, "")
    assert not unlinked.agreed
    assert unlinked.problems == (
        "Hasil 1 belum terhubung ke hasil kerja atasan.",
        "Hasil 2 belum terhubung ke hasil kerja atasan.",
    )
    assert not foreign.agreed
    assert "Muat ulang" in foreign.text
    assert [skp.pk for skp in Skp.objects.filter(in_force__isnull=False, owner=people.owner.employee)] == [
        plans[0].pk
    ]
    plans[1].refresh_from_db()
    assert plans[1].open_revision.state == "submitted"


def test_the_same_page_again_agrees_nothing_twice(people: People, plans):
    rows = [shown(plans[0])]
    agree(people, rows)
    before = Move.objects.count()
    assert [verdict.agreed for verdict in agree(people, rows)] == [False]
    assert Move.objects.count() == before


@pytest.mark.parametrize("change", [{"methods_confirmed": False}, {"version": 0}, {"content_hash": "0" * 64}])
def test_what_was_not_shown_or_looked_at_is_not_agreed(people: People, plans, change):
    row = shown(plans[0])
    values = {"version": row.version, "content_hash": row.content_hash} | change
    confirmed = values.pop("methods_confirmed", True)
    verdicts = agree(people, [ShownPlan(row.skp_id, **values)], methods_confirmed=confirmed)
    assert [verdict.agreed for verdict in verdicts] == [False]
    plans[0].refresh_from_db()
    assert plans[0].in_force is None
