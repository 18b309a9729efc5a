"""Who gets what of a delivered score: the owner's draft with a final result, written past the services.

The year is not over where these addresses are asked, so that no service would deliver anything yet.
"""

from collections.abc import Mapping
from decimal import Decimal

from accounts.models import User
from assessments.enums import Rating
from assessments.inputs import Ratings, ScoredInput, input_text
from assessments.judging import judged
from assessments.models import Assessment, AssessmentVersion, Delivery, ScoreProposal, UnlockRequest
from assessments.schemes.settings import DEFAULTS
from skp.enums import Regime
from tests.access.plans import owners_draft
from tests.access.row import Row, everyone
from tests.people import NOW, People


def owners_result(people: People) -> Mapping[str, object]:
    return {"skp_id": _final(people).skp_id}


def a_proposal(people: People) -> Mapping[str, object]:
    assessment = _final(people)
    version = assessment.current
    values = {"new_skp_value": Decimal(100), "new_final": Decimal(100), "made_at": NOW}
    row, _ = ScoreProposal.objects.get_or_create(
        assessment=assessment, state="open", defaults={"based_on": version, "cause": version, **values}
    )
    return {"proposal_id": row.pk}


def a_request(people: People) -> Mapping[str, object]:
    asked = {"reason": "Salah baca", "requested_at": NOW, "requested_by": people.stranger.user}
    row, _ = UnlockRequest.objects.get_or_create(assessment=_final(people), state="open", defaults=asked)
    return {"request_id": row.pk}


def _final(people: People) -> Assessment:
    skp = owners_draft(people)
    assessment, made = Assessment.objects.get_or_create(skp=skp)
    if made:
        version = _version(assessment)
        Assessment.objects.filter(pk=assessment.pk).update(status="final", current=version, delivered=version)
        clock = {"delivered_at": NOW, "deemed_at": NOW, "received_at": NOW, "closes_at": NOW}
        by = User.objects.get(pk=people.appraiser.user.pk)
        Delivery.objects.create(version=version, delivered_by=by, delivered_as="Kepala Bidang Satu", **clock)
        assessment.refresh_from_db()
    return assessment


def _version(assessment: Assessment) -> AssessmentVersion:
    ratings = Ratings(Rating.AS_EXPECTED, Rating.AS_EXPECTED)
    scored = ScoredInput(Regime.QUADRANT, "", DEFAULTS, ratings, None)
    outcome = judged(scored)
    return AssessmentVersion.objects.create(
        assessment=assessment,
        number=1,
        regime=scored.regime,
        rule_version=outcome.rule_version,
        inputs_text=input_text(scored),
        steps_text=outcome.steps_text,
        results_rating=ratings.results,
        behaviour_rating=ratings.behaviour,
        national=outcome.national,
        four=outcome.four,
        made_at=NOW,
        made_as="Kepala Bidang Satu",
    )


# Columns:           anon own  appr supr opdA othA strg bkpS insp lead
JUDGED = (
    Row("assessments:result", "302 200 200 200 403 404 404 200 200 200", owners_result),
    Row("assessments:accept", "302 403 403 403 403 404 404 403 403 403", owners_result),
    Row("assessments:accept", "302 403 403 403 403 404 404 403 403 403", owners_result, "post"),
    everyone("assessments:proposals", 302, 200),
    Row("assessments:proposal", "302 404 200 404 404 404 404 200 200 404", a_proposal),
    Row("assessments:proposal_apply", "302 404 400 404 404 404 404 400 400 404", a_proposal, "post"),
    Row("assessments:proposal_dismiss", "302 404 400 404 404 404 404 400 400 404", a_proposal, "post"),
    Row("assessments:unlock", "302 403 403 403 403 404 404 200 403 403", owners_result),
    Row("assessments:unlock", "302 403 403 403 403 404 404 422 403 403", owners_result, "post"),
    Row("assessments:unlocks", "302 403 403 403 403 403 403 200 200 403"),
    Row("assessments:unlock_confirm", "302 403 403 403 403 403 403 400 400 403", a_request, "post"),
    Row("assessments:unlock_withdraw", "302 403 403 403 403 403 403 302 403 403", a_request, "post"),
)
