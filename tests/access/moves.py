"""Who gets what from the moves on a plan: the owner's plan as submitted, agreed, or with an addendum."""

from collections.abc import Mapping

from skp.models import Skp
from tests.access.row import Row, everyone
from tests.people import People
from tests.skp.drafts import JANUARY, agreed, period_2026, proposed, result_ids, submitted


def submitted_plan(people: People) -> Mapping[str, object]:
    return {"skp_id": submitted(people.owner, period_2026()).pk}


def _in_force(people: People) -> Skp:
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    return agreed(people.owner, people.appraiser, period, result_ids(middle))


def plan_in_force(people: People) -> Mapping[str, object]:
    return {"skp_id": _in_force(people).pk}


def plan_with_addendum(people: People) -> Mapping[str, object]:
    return {"skp_id": proposed(people.owner, _in_force(people), JANUARY).pk}


# Columns:          anon own  appr supr opdA othA strg bkpS insp lead
MOVES = (
    # Without a chosen plan there is nothing to look at.
    everyone("skp:agree_many", 302, 400),
    everyone("skp:agree_many", 302, 200, method="post"),
    Row("skp:return", "302 403 200 403 403 404 404 403 403 403", submitted_plan),
    Row("skp:propose", "302 200 403 403 403 404 404 403 403 403", plan_in_force),
    Row("skp:discard", "302 200 403 403 403 404 404 403 403 403", plan_with_addendum),
    # An addendum that is still negotiated is compared by its two parties only.
    Row("skp:compare", "302 200 200 404 404 404 404 404 404 404", plan_with_addendum),
    Row("skp:close", "302 403 403 403 200 404 404 200 403 403", plan_in_force),
)
