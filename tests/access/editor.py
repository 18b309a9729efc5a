"""Who gets what from the editor; the plan is the owner's draft, in the window."""

from collections.abc import Mapping

from tests.access.plans import owners_draft, owners_plan
from tests.access.row import Row
from tests.people import People


def owners_result(people: People) -> Mapping[str, object]:
    skp = owners_draft(people)
    assert skp.open_revision is not None
    return {"skp_id": skp.pk, "planned_id": skp.open_revision.results.earliest("pk").pk}


def owners_section(people: People) -> Mapping[str, object]:
    skp = owners_draft(people)
    assert skp.open_revision is not None
    return {"skp_id": skp.pk, "key": skp.open_revision.results.earliest("pk").result.key}


# A posted section without the form's version is refused with 400, after the question who may know of it.
# Columns:           anon own  appr supr opdA othA strg bkpS insp lead
EDITOR = (
    Row("skp:section_result", "302 302 403 403 403 404 404 403 403 403", owners_section),
    Row("skp:section_result", "302 400 400 400 400 404 404 400 400 400", owners_section, "post"),
    Row("skp:section_behaviours", "302 302 403 403 403 404 404 403 403 403", owners_plan),
    Row("skp:section_behaviours", "302 400 400 400 400 404 404 400 400 400", owners_plan, "post"),
    Row("skp:section_appendix", "302 302 403 403 403 404 404 403 403 403", owners_plan),
    Row("skp:section_appendix", "302 400 400 400 400 404 404 400 400 400", owners_plan, "post"),
    Row("skp:approach", "302 400 400 400 400 404 404 400 400 400", owners_plan, "post"),
    Row("skp:result_remove", "302 400 400 400 400 404 404 400 400 400", owners_result, "post"),
    Row("skp:result_move", "302 400 400 400 400 404 404 400 400 400", owners_plan, "post"),
    Row("skp:from_superior", "302 200 403 403 403 404 404 403 403 403", owners_plan),
    Row("skp:copy", "302 200 403 403 403 404 404 403 403 403", owners_plan),
)
