"""Who gets what from the pages of a running plan; the plan is the owner's, in force."""

from collections.abc import Mapping

from tests.access.row import Row, everyone
from tests.people import People
from tests.skp.running import indicators, proven, running

JANUARY_QUARTER = 1


def running_plan(people: People) -> Mapping[str, object]:
    return {"skp_id": running(people).pk}


def first_quarter(people: People) -> Mapping[str, object]:
    return {"skp_id": running(people).pk, "interval": JANUARY_QUARTER}


def first_indicator(people: People) -> Mapping[str, object]:
    skp = running(people)
    return {"skp_id": skp.pk, "interval": JANUARY_QUARTER, "indicator_id": indicators(skp)[0]}


def owners_evidence(people: People) -> Mapping[str, object]:
    return {"public_id": proven(people, running(people)).public_id}


REASON = {"reason": "Pemeriksaan pengaduan nomor 12."}

# BKPSDM is asked for a reason first; neither the OPD's admin nor the leader opens evidence (rules.md §15).
# Columns:                       anon own  appr supr opdA othA strg bkpS insp lead
PROGRESS = (
    everyone("skp:team_progress", 302, 200),
    Row("skp:progress_now", "302 200 200 200 200 404 404 200 200 200", running_plan),
    Row("skp:progress", "302 200 200 200 200 404 404 200 200 200", first_quarter),
    Row("skp:progress", "302 400 400 400 400 404 404 400 400 400", first_quarter, "post"),
    Row("skp:indicator_evidence", "302 200 403 403 403 404 404 403 403 403", first_indicator),
    Row("skp:indicator_evidence", "302 422 403 403 403 404 404 403 403 403", first_indicator, "post"),
    Row("skp:feedback_add", "302 400 400 400 400 404 404 400 400 400", first_quarter, "post"),
    Row("skp:evidence", "302 200 200 200 403 404 404 200 200 403", owners_evidence),
    Row("skp:evidence", "302 200 200 200 403 404 404 200 200 403", owners_evidence, "post", REASON),
    Row("skp:evidence_remove", "302 400 400 400 400 404 404 400 400 400", owners_evidence, "post"),
)
