"""Issuing the documents of a plan: inside the move that makes them due, or on the leader's request."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from config.lib.canonical import text_hash
from config.lib.errors import Conflict
from documents.enums import DocumentKind
from documents.models import IssuedDocument
from documents.services import current_document, document_issue
from orgunits.viewer import Viewer
from skp.documents.contents import (
    agreed_head,
    frozen,
    kinds_of_plan,
    matrix_content,
    open_head,
    plan_documents,
    plan_subject,
    receipt_content,
    receipt_subject,
)
from skp.enums import Scheme
from skp.models import Receipt, Revision, Skp
from skp.permissions import can_issue_matrix
from skp.selectors.cascade import cascade_day
from skp.selectors.content import read_content
from skp.selectors.documents import PLAN
from skp.selectors.matrix import matrix_of
from skp.selectors.plans import plan_facts, skps_visible_to, with_facts


def plan_documents_issue(*, skp: Skp, revision: Revision, actor: Viewer, now: datetime) -> None:
    """D1 or D2, and D5, of the revision just agreed; call it last inside the move's transaction.

    The parents' texts and both parties must have been frozen before.
    """
    _plan_documents_issue(skp, revision, actor_id=actor.user_id, now=now)


def plan_documents_ensure(*, skp_id: int, actor_id: int | None, now: datetime) -> list[IssuedDocument]:
    """The valid D1 or D2 and D5 of the plan's revision in force; what is missing of them is issued now.

    Empty while no revision is in force. The caller has found the plan in the visible set.
    """
    with transaction.atomic():
        # Held so that two at once do not both find something missing.
        skp = with_facts(Skp.objects.filter(pk=skp_id)).select_for_update(of=("self",)).get()
        if skp.in_force is None:
            return []
        current = _current_plan_documents(skp, skp.in_force)
        missing = frozenset(kinds_of_plan(Scheme(skp.scheme))) - current.keys()
        if missing:
            _plan_documents_issue(skp, skp.in_force, actor_id=actor_id, now=now, only=missing)
            current = _current_plan_documents(skp, skp.in_force)
    return [current[kind] for kind in kinds_of_plan(Scheme(skp.scheme))]


def _current_plan_documents(skp: Skp, revision: Revision) -> dict[DocumentKind, IssuedDocument]:
    """The valid documents of that revision, by kind."""
    found = (
        current_document(kind=kind, subject_type=PLAN, subject_id=str(skp.pk))
        for kind in kinds_of_plan(Scheme(skp.scheme))
    )
    return {DocumentKind(row.kind): row for row in found if row and row.revision == revision.number}


def _plan_documents_issue(
    skp: Skp,
    revision: Revision,
    *,
    actor_id: int | None,
    now: datetime,
    only: Collection[DocumentKind] = DocumentKind,
) -> None:
    content = read_content(revision, Scheme(skp.scheme))
    head = agreed_head(skp, revision)
    for kind, title, values in plan_documents(skp, revision, content, head):
        if kind in only:
            document_issue(
                kind=kind,
                subject=plan_subject(skp, revision, head, title),
                content_text=frozen(values),
                actor_id=actor_id,
                now=now,
            )


def receipt_document_issue(
    *, receipt: Receipt, skp: Skp, appraiser_assignment_id: int | None, actor: Viewer, now: datetime
) -> None:
    """D15 of a submission; call it last inside the move's transaction."""
    head = open_head(skp, appraiser_assignment_id, actor.today)
    document_issue(
        kind=DocumentKind.D15,
        subject=receipt_subject(receipt, skp, head),
        content_text=frozen(receipt_content(receipt, skp, head)),
        actor_id=actor.user_id,
        now=now,
    )


def matrix_issue(*, actor: Viewer, skp_id: int, now: datetime) -> IssuedDocument:
    """D4 of a leader's plan in force: the valid one while nobody's part has changed, else a new one.

    Raises NotAllowed for anybody but the owner of a plan in force.
    """
    with transaction.atomic():
        # Held so that two clicks do not supersede one another.
        visible = skps_visible_to(actor).filter(pk=skp_id).values("pk")
        skp = with_facts(Skp.objects.filter(pk__in=visible)).select_for_update(of=("self",)).get()
        revision, facts = skp.in_force, plan_facts(skp, today=actor.today)
        can_issue_matrix(actor, facts, in_force=revision is not None).enforce()
        if revision is None:
            raise Conflict()
        day = min(cascade_day(skp.period, actor.today), skp.until - timedelta(days=1))
        matrix = matrix_of(skp.owner_id, skp.period, day, plan=skp, agreed_only=True)
        head = agreed_head(skp, revision)
        text = frozen(matrix_content(matrix, head))
        current = current_document(kind=DocumentKind.D4, subject_type=PLAN, subject_id=str(skp.pk))
        if current is not None and current.content_hash == text_hash(text):
            return current
        return document_issue(
            kind=DocumentKind.D4,
            subject=plan_subject(skp, revision, head, "Matriks peran dan hasil"),
            content_text=text,
            actor_id=actor.user_id,
            now=now,
        )
