"""Issuing the documents of a score: inside the moves that deliver, renew and accept it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from assessments.documents.contents import kinds_of_score, score_document, score_head, score_subject
from assessments.models import Assessment, AssessmentVersion
from assessments.selectors.documents import ASSESSMENT, source_of
from assessments.states import DELIVERED_STATES
from config.lib.dates import office_date
from config.lib.prepared import Given, Prepared
from documents.enums import DocumentKind
from documents.models import IssuedDocument
from documents.services import current_document, document_issue
from skp.documents.contents import frozen
from skp.enums import Regime
from skp.selectors.plans import read_plan

WITH_DELIVERED = Prepared(
    lambda: Assessment.objects.filter(pk=Given("assessment")).select_related("delivered")
)


def score_documents_issue(
    *,
    assessment_id: int,
    actor_id: int | None,
    now: datetime,
    only: Collection[DocumentKind] = DocumentKind,
) -> None:
    """D6, D7 and, with numbers, D8 of the version just delivered; those of an earlier one are superseded.

    Call it last inside the move's transaction. Nothing happens before a delivery.
    """
    (assessment,) = WITH_DELIVERED.rows(assessment=assessment_id)
    version = assessment.delivered
    if version is None:
        return
    source = source_of(read_plan(assessment.skp_id), version, office_date(now))
    head = score_head(source)
    for kind in kinds_of_score(Regime(version.regime)):
        if kind in only:
            document_issue(
                kind=kind,
                subject=score_subject(kind, source, head, assessment),
                content_text=frozen(score_document(kind, source, head)),
                actor_id=actor_id,
                now=now,
            )


def score_receipt_issue(*, assessment_id: int, actor_id: int | None, now: datetime) -> None:
    """D7 anew with the day of receipt; call it last inside the move that accepts, also by silence."""
    score_documents_issue(assessment_id=assessment_id, actor_id=actor_id, now=now, only=(DocumentKind.D7,))


def score_documents_ensure(*, skp_id: int, actor_id: int | None, now: datetime) -> list[IssuedDocument]:
    """The valid documents of the plan's delivered score; what is missing of them is issued now.

    Empty while no score is delivered. The caller has found the plan in the visible set.
    """
    with transaction.atomic():
        # Held so that two at once do not both find something missing.
        rows = Assessment.objects.select_for_update(of=("self",)).select_related("delivered")
        assessment = rows.filter(skp=skp_id, status__in=DELIVERED_STATES).first()
        version = assessment.delivered if assessment else None
        if assessment is None or version is None:
            return []
        kinds = kinds_of_score(Regime(version.regime))
        current = _current(assessment, version, kinds)
        missing = frozenset(kinds) - current.keys()
        if missing:
            score_documents_issue(assessment_id=assessment.pk, actor_id=actor_id, now=now, only=missing)
            current = _current(assessment, version, kinds)
    return [current[kind] for kind in kinds]


def _current(
    assessment: Assessment, version: AssessmentVersion, kinds: Collection[DocumentKind]
) -> dict[DocumentKind, IssuedDocument]:
    """The valid documents of that version, by kind."""
    found = (
        current_document(kind=kind, subject_type=ASSESSMENT, subject_id=str(assessment.pk)) for kind in kinds
    )
    return {DocumentKind(row.kind): row for row in found if row and row.revision == version.number}
