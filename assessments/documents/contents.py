"""What the documents of a score say, as plain values: frozen as canonical text when they are issued."""

from collections.abc import Mapping

from assessments.aspects import aspects_of
from assessments.documents.figures import (
    feedback_on,
    given_indicators,
    realisation_remarks,
    scored_realisation,
    scored_target,
    two,
)
from assessments.documents.sheets import score_content
from assessments.models import Assessment
from assessments.selectors.documents import ASSESSMENT, Source
from config.lib.dates import office_date
from documents.enums import DocumentKind
from documents.services import Subject
from skp.documents.contents import head_content, initials
from skp.enums import Regime, ResultKind

Content = Mapping[str, object]
TITLES: Mapping[DocumentKind, str] = {
    DocumentKind.D6: "Evaluasi kinerja",
    DocumentKind.D7: "Dokumen evaluasi kinerja",
    DocumentKind.D8: "Penilaian SKP",
}


def kinds_of_score(regime: Regime) -> tuple[DocumentKind, ...]:
    """The documents that every delivered score has; without numbers there is no D8."""
    kinds = (DocumentKind.D6, DocumentKind.D7)
    return kinds if regime == Regime.QUADRANT else (*kinds, DocumentKind.D8)


def score_document(kind: DocumentKind, source: Source, head: Content) -> Content:
    """What the document of that kind says, ``head`` being that of the score.

    Raises ValueError for D8 without numbers, and for a kind that is no document of a score.
    """
    if kind == DocumentKind.D6:
        return evaluation_content(source, head)
    if kind == DocumentKind.D7:
        return statement_content(source, head)
    if kind == DocumentKind.D8:
        return score_content(source, head)
    raise ValueError(f"{kind} is no document of a score")


def score_head(source: Source) -> Content:
    """What all documents of a score begin and end with."""
    version = source.version
    return {
        **head_content(source.skp, source.parties, source.signed_on),
        "scheme": source.content.scheme,
        "approach": source.content.approach,
        "version": version.number,
        "org_performance": version.org_performance,
        "national": version.national,
        "category": version.category,
        "final": two(version.final),
    }


def score_subject(kind: DocumentKind, source: Source, head: Content, assessment: Assessment) -> Subject:
    """The score as the subject of a document; the public page tells initials alone."""
    owner, year = source.skp.owner, source.skp.period.year
    return Subject(
        ASSESSMENT,
        str(assessment.pk),
        f"{TITLES[kind]} {year} {owner.full_name}"[:200],
        initials(owner.name),
        str(head["opd"])[:255],
        source.version.number,
    )


def evaluation_content(source: Source, head: Content) -> Content:
    """D6: results with what was reached and said of them, behaviour, both ratings, the predicate."""
    return {
        **head,
        "main": _results(source, ResultKind.MAIN),
        "additional": _results(source, ResultKind.ADDITIONAL),
        "plan_feedback": [{"when": when, "text": text} for when, text in source.running.get(None, ())],
        "behaviours": _behaviours(source),
        "results_rating": source.version.results_rating,
        "behaviour_rating": source.version.behaviour_rating,
    }


def statement_content(source: Source, head: Content) -> Content:
    """D7: three people, the predicate, the recommendation, the days of delivery and receipt."""
    received_at = source.delivery.received_at if source.delivery else None
    return {
        **head,
        "superior": source.parties["superior"],
        "recommendation": source.version.recommendation,
        "received_on": office_date(received_at) if received_at else None,
    }


def _results(source: Source, kind: ResultKind) -> list[Content]:
    return [
        {
            "text": result.text,
            "parent": result.parent_text or result.agreement_text,
            "perspective": result.perspective.label if result.perspective else "",
            "feedback": feedback_on(source, result),
            "indicators": [
                {
                    "aspect": item.aspect.label,
                    "text": item.text,
                    "target": scored_target(source, item, given),
                    "realisation": scored_realisation(source, item, given),
                    "remarks": realisation_remarks(source, item),
                }
                for item, given in zip(result.indicators, given_indicators(source, index), strict=True)
            ],
        }
        for index, result in enumerate(source.content.results)
        if result.kind == kind
    ]


def _behaviours(source: Source) -> list[Content]:
    """One row for each aspect that the period judges, with the leader's expectation of it."""
    expected = {aspect.value: text for aspect, text in source.content.behaviours}
    rows: list[Content] = []
    for aspect in aspects_of(source.stored.settings.aspects, leads=source.skp.assignment.is_head):
        score = source.behaviours.get(aspect.key)
        rows.append(
            {
                "aspect": aspect.key,
                "expectation": expected.get(aspect.key, ""),
                "value": two(score.value) if score else "",
                "feedback": score.feedback if score else "",
            }
        )
    return rows
