"""What the documents of a plan say, as plain values: frozen as canonical text when they are issued."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.conf import settings

from config.lib.canonical import canonical_text
from config.lib.dates import last_day_from_until, office_date
from config.lib.numbers import show_decimal
from documents.enums import DocumentKind
from documents.services import Subject
from skp.content import IndicatorContent, PlanContent, ResultContent
from skp.enums import Approach, Scheme
from skp.models import Receipt, Revision, Skp
from skp.selectors.documents import PLAN, RECEIPT, opd_head
from skp.selectors.matrix import Matrix
from skp.selectors.parties import frozen_parties

SCHEMA_VERSION = 1
Content = Mapping[str, object]


def plan_kind(scheme: Scheme) -> DocumentKind:
    """D2 for scheme ``jpt``, else D1."""
    return DocumentKind.D2 if scheme == Scheme.JPT else DocumentKind.D1


def kinds_of_plan(scheme: Scheme) -> tuple[DocumentKind, DocumentKind]:
    """The documents that every plan has: D1 or D2, and D5."""
    return plan_kind(scheme), DocumentKind.D5


def plan_content(skp: Skp, revision: Revision, content: PlanContent, head: Content) -> Content:
    """D1 or D2: results, indicators and expectations of the revision."""
    return {
        **head,
        "scheme": content.scheme,
        "approach": content.approach,
        "revision": revision.number,
        "plan_hash": revision.content_hash,
        "main": [_result(result, content.approach) for result in content.main],
        "additional": [_result(result, content.approach) for result in content.additional],
        "behaviours": dict(content.behaviours),
    }


def plan_documents(
    skp: Skp, revision: Revision, content: PlanContent, head: Content
) -> tuple[tuple[DocumentKind, str, Content], ...]:
    """The documents of ``kinds_of_plan``, agreed or as a draft: kind, title and content."""
    return (
        (plan_kind(content.scheme), "SKP", plan_content(skp, revision, content, head)),
        (DocumentKind.D5, "Lampiran SKP", appendix_content(revision, content, head)),
    )


def appendix_content(revision: Revision, content: PlanContent, head: Content) -> Content:
    """D5: the three lists of the appendix."""
    return {
        **head,
        "revision": revision.number,
        "appendix": [[kind, text] for kind, text in content.appendix],
    }


def matrix_content(matrix: Matrix, head: Content) -> Content:
    """D4: who serves which result of the leader. No date, so that it is issued anew only when it differs."""
    return {
        **{key: value for key, value in head.items() if key != "signed_on"},
        "columns": [column.text for column in matrix.columns],
        "people": [
            {
                "name": row.employee.full_name,
                "nip": row.employee.nip or "",
                "title": row.post.shown_title,
                "cells": [list(texts) for texts in row.cells],
            }
            for row in matrix.rows
        ],
    }


def receipt_content(receipt: Receipt, skp: Skp, head: Content) -> Content:
    """D15: number, server time and hash of what was submitted."""
    return {
        **head,
        "receipt": receipt.shown_number,
        "received_at": receipt.at,
        "plan_hash": receipt.content_hash,
        "revision": receipt.revision.number,
    }


def frozen(content: Content) -> str:
    """The content as the text that is stored and hashed."""
    return canonical_text(content, schema_version=SCHEMA_VERSION)


def thawed(text: str) -> Mapping[str, object]:
    """The content as a renderer gets it."""
    values: Mapping[str, object] = json.loads(text)
    return values


def head_content(skp: Skp, parties: Mapping[str, object], signed_on: date | None) -> Content:
    """What every document begins and ends with; ``signed_on`` is the day of agreement, None before."""
    day = min(signed_on or skp.until - timedelta(days=1), skp.until - timedelta(days=1))
    opd = opd_head(skp.assignment.unit_id, max(day, skp.start))
    return {
        "year": skp.period.year,
        "start": skp.start,
        "last_day": last_day_from_until(skp.until),
        "regency": settings.REGENCY_NAME,
        "opd": opd.name,
        "place": opd.place,
        "signed_on": signed_on,
        "owner": parties["owner"],
        "appraiser": parties["appraiser"],
    }


def agreed_head(skp: Skp, revision: Revision) -> Content:
    """The head of an agreed revision, from the parties frozen with it."""
    if revision.agreed_at is None:
        raise ValueError("the revision is not agreed")
    return head_content(skp, json.loads(revision.parties_text), office_date(revision.agreed_at))


def open_head(skp: Skp, appraiser_assignment_id: int | None, day: date) -> Content:
    """The head before agreement, with the parties as they stand on ``day``."""
    return head_content(skp, frozen_parties(skp, appraiser_assignment_id, day), None)


def plan_subject(skp: Skp, revision: Revision, head: Content, title: str) -> Subject:
    """The plan as the subject of a document."""
    return _subject(PLAN, skp.pk, f"{title} {skp.period.year} {skp.owner.full_name}", skp, revision, head)


def receipt_subject(receipt: Receipt, skp: Skp, head: Content) -> Subject:
    """The receipt as the subject of its document."""
    return _subject(RECEIPT, receipt.pk, receipt.shown_number, skp, receipt.revision, head)


def _subject(kind: str, pk: int, title: str, skp: Skp, revision: Revision, head: Content) -> Subject:
    opd_name = str(head["opd"])[:255]
    return Subject(kind, str(pk), title[:200], initials(skp.owner.name), opd_name, revision.number)


def initials(name: str) -> str:
    """ "B. P." of "BUDI PELAKSANA", of at most five names: all that the public page tells of a person."""
    words = [word for word in name.split() if word[0].isalpha()]
    return " ".join(f"{word[0].upper()}." for word in words[:5])


def _result(result: ResultContent, approach: Approach) -> Content:
    return {
        "text": result.text,
        "parent": result.parent_text or result.agreement_text,
        "perspective": result.perspective.label if result.perspective else "",
        "assigned_by": result.assigned_by,
        "indicators": [_indicator(item, approach) for item in result.indicators],
    }


def _indicator(item: IndicatorContent, approach: Approach) -> Content:
    return {"aspect": item.aspect.label, "text": item.text, "target": shown_target(item, approach)}


def shown_target(item: IndicatorContent, approach: Approach) -> str:
    """ "12 laporan", "10 – 12 laporan", or the narrative of the approach kualitatif."""
    if approach == Approach.QUALITATIVE:
        return item.target_text
    low, high = show_decimal(item.target_min), show_decimal(item.target_max)
    numbers = low if item.target_min == item.target_max else f"{low} – {high}"
    return f"{numbers} {item.unit}".strip()


def texts_of(items: Sequence[Sequence[str]], kind: str) -> list[str]:
    """The lines of one list of a frozen appendix."""
    return [text for stored, text in items if stored == kind]
