"""Who gets what from the units' achievements, the pattern of predicates, and the numbers of scoring."""

from collections.abc import Mapping

from tests.access.periods import a_period
from tests.access.plans import owners_draft
from tests.access.row import Row
from tests.people import People


def owners_unit(people: People) -> Mapping[str, object]:
    return {"year": owners_draft(people).period.year, "unit_id": people.division.pk}


# Columns:                                         anon own  appr supr opdA othA strg bkpS insp lead
REGIMES = (
    Row("assessments:scoring_edit", "302 403 403 403 403 403 403 200 200 403", a_period),
    Row("assessments:achievements", "302 403 200 200 200 200 403 200 200 200"),
    Row("assessments:distribution", "302 403 200 200 403 403 403 403 403 200"),
    # Nothing is broken in January: the unit's head is told so.
    Row("assessments:distribution_reason", "302 403 400 403 403 403 403 403 403 403", owners_unit, "post"),
)
