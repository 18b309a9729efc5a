"""Who gets what from the moves on a plan: the owner's plan of the year before, agreed, then with an addendum.

Of the year before, since that of this year is the draft of other rows: its addenda are open until the
self-report closes. Rows asked in one database find the plan there and bring it on to what they need.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from skp.models import Period, Skp
from skp.services.periods import period_create
from skp.states import RevisionState
from tests.access.row import Row, everyone
from tests.people import People
from tests.skp.drafts import JANUARY, agreed, proposed, result_ids, sent

LAST_YEAR = datetime(2025, 1, 8, 2, 0, tzinfo=UTC)


def _plan(people: People) -> Skp:
    period = Period.objects.filter(year=2025).first()
    period = period or period_create(actor=None, year=2025, now=LAST_YEAR)
    known = Skp.objects.filter(period=period, owner=people.owner.employee).first()
    if known is not None:
        return known
    top = agreed(people.superior, people.sekda, period, now=LAST_YEAR)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top), now=LAST_YEAR)
    return agreed(people.owner, people.appraiser, period, result_ids(middle), now=LAST_YEAR)


def plan_in_force(people: People) -> Mapping[str, object]:
    return {"skp_id": _plan(people).pk}


def plan_with_addendum(people: People) -> Mapping[str, object]:
    skp = _plan(people)
    return {"skp_id": skp.pk if skp.open_revision_id else proposed(people.owner, skp, JANUARY).pk}


def submitted_addendum(people: People) -> Mapping[str, object]:
    skp = Skp.objects.select_related("open_revision").get(pk=plan_with_addendum(people)["skp_id"])
    assert skp.open_revision is not None
    if skp.open_revision.state == RevisionState.DRAFT:
        skp = sent(people.owner, skp, JANUARY)
    return {"skp_id": skp.pk}


# Columns:          anon own  appr supr opdA othA strg bkpS insp lead
MOVES = (
    # Without a chosen plan there is nothing to look at.
    everyone("skp:agree_many", 302, 400),
    everyone("skp:agree_many", 302, 200, method="post"),
    Row("skp:propose", "302 200 403 403 403 404 404 403 403 403", plan_in_force),
    Row("skp:close", "302 403 403 403 200 404 404 200 403 403", plan_in_force),
    Row("skp:discard", "302 200 403 403 403 404 404 403 403 403", plan_with_addendum),
    # An addendum that is still negotiated is compared by its two parties only.
    Row("skp:compare", "302 200 200 404 404 404 404 404 404 404", plan_with_addendum),
    Row("skp:return", "302 403 200 403 403 404 404 403 403 403", submitted_addendum),
)
