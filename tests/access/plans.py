"""Who gets what from /skp/ and /penilaian/; the plan is the owner's draft, in the window."""

from collections.abc import Mapping

from assessments.models import NewIdea
from config.lib.privatefiles import private_save
from skp.models import Skp
from tests.access.row import Row, everyone
from tests.lib.uploading import PDF
from tests.people import NOW, People
from tests.skp.drafts import drafted, period_2026


def owners_draft(people: People) -> Skp:
    """The owner's draft; the one that is there already when several rows are asked in one database."""
    return Skp.objects.first() or drafted(people.owner, period_2026())


def owners_plan(people: People) -> Mapping[str, object]:
    return {"skp_id": owners_draft(people).pk}


def owners_idea(people: People) -> Mapping[str, object]:
    """The plan with an idea that a file proves, written past the service: the report is not open in March."""
    skp = owners_draft(people)
    if not NewIdea.objects.filter(skp=skp).exists():
        proof = {
            "name": "ide.pdf",
            "stored_name": private_save("ideas", PDF),
            "content_type": "application/pdf",
        }
        who = {"entered_at": NOW, "entered_by": people.owner.user}
        NewIdea.objects.create(skp=skp, text="Antrean daring", benefit="Waktu tunggu", **proof, **who)
    return {"skp_id": skp.pk}


REASON = {"reason": "Pemeriksaan pengaduan nomor 12."}


def owner(people: People) -> Mapping[str, object]:
    return {"employee_id": people.owner.employee.pk}


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
)
ASSESSMENTS = (
    everyone("assessments:inbox", 302, 200),
    # Without a chosen result there is nothing to look at.
    everyone("assessments:deliver", 302, 400),
    everyone("assessments:deliver", 302, 400, method="post"),
    everyone("assessments:my_years", 302, 200),
    Row("assessments:years_of", "302 200 200 200 403 404 404 200 200 200", owner),
    # Nothing has been reported: there is nothing yet to score.
    Row("assessments:score", "302 403 404 403 403 404 404 404 404 403", owners_plan),
    # A draft has no report yet.
    Row("assessments:report", "302 403 403 403 403 404 404 403 403 403", owners_plan),
    Row("assessments:report", "302 403 403 403 403 404 404 403 403 403", owners_plan, "post"),
    Row("assessments:report_send", "302 403 403 403 403 404 404 403 403 403", owners_plan),
    Row("assessments:report_send", "302 403 403 403 403 404 404 403 403 403", owners_plan, "post"),
    Row("assessments:idea", "302 403 403 403 403 404 404 403 403 403", owners_plan),
    Row("assessments:idea_remove", "302 400 400 400 400 404 404 400 400 400", owners_plan, "post"),
    Row("assessments:idea_proof", "302 200 200 200 403 404 404 200 200 403", owners_idea),
    Row("assessments:idea_proof", "302 200 200 200 403 404 404 200 200 403", owners_idea, "post", REASON),
)
