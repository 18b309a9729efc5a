"""Who gets what from /skp/ and /penilaian/; the plan is the owner's draft, in the window."""

from collections.abc import Mapping

from skp.models import Skp
from tests.access.row import Row, everyone
from tests.people import People
from tests.skp.drafts import drafted, period_2026


def owners_draft(people: People) -> Skp:
    """The owner's draft; the one that is there already when several rows are asked in one database."""
    return Skp.objects.first() or drafted(people.owner, period_2026())


def owners_plan(people: People) -> Mapping[str, object]:
    return {"skp_id": owners_draft(people).pk}


# A posted move without the form's version is refused with 400, after the question who may know of it.
# Columns:           anon own  appr supr opdA othA strg bkpS insp lead
SKP = (
    everyone("skp:mine", 302, 200),
    everyone("skp:start", 302, 400, method="post"),
    everyone("skp:inbox", 302, 200),
    Row("skp:plan", "302 200 200 200 200 404 404 200 200 200", owners_plan),
    Row("skp:submit", "302 400 400 400 400 404 404 400 400 400", owners_plan, "post"),
    Row("skp:withdraw", "302 400 400 400 400 404 404 400 400 400", owners_plan, "post"),
    Row("skp:agree", "302 400 400 400 400 404 404 400 400 400", owners_plan, "post"),
    Row("skp:realisation", "302 403 403 403 403 404 404 403 403 403", owners_plan),
)
ASSESSMENTS = (
    Row("assessments:achievements", "302 403 200 200 200 200 403 200 200 200"),
    everyone("assessments:inbox", 302, 200),
    # Nothing has been reported: there is nothing yet to score.
    Row("assessments:score", "302 403 404 403 403 404 404 404 404 403", owners_plan),
    Row("assessments:report", "302 400 400 400 400 404 404 400 400 400", owners_plan, "post"),
)
